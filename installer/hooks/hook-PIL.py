"""Nothing: Pillow is a stand-in here (installer/stubs), without its formats."""
