"""See the package."""

from enum import IntEnum


class Image:
    """The name of a type; there are no images."""


class Resampling(IntEnum):
    """A default value in a signature."""

    NEAREST = 0
    LANCZOS = 1
    BILINEAR = 2
    BICUBIC = 3
    BOX = 4
    HAMMING = 5
