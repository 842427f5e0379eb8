"""See the package."""

HF_HUB_OFFLINE = True
