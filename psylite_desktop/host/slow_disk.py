"""How long a large file may be read in without a sign of progress."""

from __future__ import annotations

from pathlib import Path

SLOW_DISK = 20_000_000
"""Bytes a second."""


def reading_s(path: Path) -> float:
    """Seconds that a slow disk needs for a file; none where there is none."""
    try:
        return path.stat().st_size / SLOW_DISK
    except (OSError, ValueError):
        return 0.0
