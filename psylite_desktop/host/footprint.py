"""How much memory a process of the app takes."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Footprint:
    """Bytes: all of it, and what would be free at once if the process ended."""

    resident: int = 0
    own: int = 0


def footprint(pid: int) -> Footprint:
    """Of a process; nothing where there is none or nobody may look."""
    if pid <= 0:
        return Footprint()
    try:
        import psutil

        memory = psutil.Process(pid).memory_info()
    except Exception:  # noqa: BLE001 - psutil raises many kinds, and none of them matters here
        return Footprint()
    resident = int(memory.rss)
    shared = int(getattr(memory, "shared", 0))
    return Footprint(resident, max(0, resident - shared))


@dataclass(frozen=True, slots=True)
class Share:
    """Megabytes of a process; `exact`: pages that it shares with others are split (PSS)."""

    megabytes: float = 0.0
    exact: bool = False


def share(pid: int) -> Share:
    """What a process takes for itself; its whole resident memory where nobody may look closer.

    Nothing where there is none. Garbage of this process is thrown away before.
    """
    import psutil

    if pid == os.getpid():
        gc.collect()
    try:
        process = psutil.Process(pid) if pid > 0 else None
    except psutil.Error:
        process = None
    if process is None:
        return Share()
    try:
        return Share(round(float(process.memory_full_info().pss) / _MB, 1), exact=True)
    except (psutil.Error, AttributeError, OSError):
        return Share(round(footprint(pid).resident / _MB, 1))


def megabytes(pid: int) -> float:
    """The same as a number, for tables of figures."""
    return share(pid).megabytes
