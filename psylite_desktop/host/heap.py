"""How memory is given back: by the C library (glibc; elsewhere nothing is done) and by Python."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys

_M_MMAP_THRESHOLD = -3  # malloc.h
_M_ARENA_MAX = -8
_LARGE = 1 << 20
_ARENAS = 2


def spare_memory() -> None:
    """Large pieces go back to the system when they are freed; few arenas for many threads.

    By itself glibc raises the bound with each large piece that is freed, up to 32 MB, and keeps
    what lies below: a long text once read by the encoder would cost its 30 MB until the end.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            library = ctypes.CDLL(None)
            library.mallopt(_M_MMAP_THRESHOLD, _LARGE)
            library.mallopt(_M_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Return what was freed after something was opened: parsing leaves holes."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def collect_due() -> None:
    """Collect the oldest generation that Python itself would collect by now, if any."""
    for generation, (count, limit) in reversed(
        list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))
    ):
        if limit and count > limit:
            gc.collect(generation)
            return
