"""What a process takes of memory, pages that it shares with others split (PSS)."""

from __future__ import annotations

import gc
import os

_MB = 1_000_000


def megabytes_of(pid: int) -> float:
    """Megabytes of a process, 0 for this one; resident memory where PSS cannot be read."""
    import psutil

    gc.collect()
    try:
        process = psutil.Process(pid or os.getpid())
    except (psutil.Error, ValueError):
        return 0.0
    try:
        return round(float(process.memory_full_info().pss) / _MB, 1)
    except (psutil.Error, AttributeError, OSError):
        return round(float(process.memory_info().rss) / _MB, 1)
