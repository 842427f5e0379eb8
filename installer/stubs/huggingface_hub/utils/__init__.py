"""See the package. Without a name `httpx` here, fastembed takes it that there is none."""


class HFValidationError(ValueError):
    """Never raised."""


class RepositoryNotFoundError(OSError):
    """Never raised."""


def disable_progress_bars() -> None:
    """Nothing to do: there are none."""


def enable_progress_bars() -> None:
    """Nothing to do: there are none."""
