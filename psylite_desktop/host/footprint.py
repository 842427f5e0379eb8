"""How much memory another process of the app takes."""

from __future__ import annotations

from dataclasses import dataclass


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
