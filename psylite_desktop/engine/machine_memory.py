"""How much memory this process may still take: the machine's, and every limit set on the process.

A process in a container or a job sees the whole machine's memory and is killed at its own limit.
Sources: Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst of the Linux kernel.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_CGROUPS = Path("/sys/fs/cgroup")
_OWN = Path("/proc/self/cgroup")


@dataclass(frozen=True, slots=True)
class MachineMemory:
    """Bytes. `total` and `available` of whatever is smallest: machine, container, job.

    `available` counts what is free and the page cache that can be dropped. `address_space` is what
    a limit on addresses (RLIMIT_AS) leaves, None where there is none. `limit` names what decided:
    machine, cgroup or address_space.
    """

    total: int
    available: int
    address_space: int | None = None
    limit: str = "machine"


@dataclass(frozen=True, slots=True)
class GroupLimit:
    """One limit of a control group: bytes allowed, bytes used that cannot be dropped."""

    allowed: int
    used: int


def machine_memory() -> MachineMemory:
    """Ask the system; works without psutil on Linux only (0 total means: nobody can tell)."""
    total, available = _whole_machine()
    limit = "machine"
    for group in group_limits(_OWN, _CGROUPS):
        total = min(total, group.allowed)
        if group.allowed - group.used < available:
            available, limit = max(0, group.allowed - group.used), "cgroup"
    space = _address_space()
    if space is not None and space < available:
        available, limit = space, "address_space"
    return MachineMemory(total, available, space, limit)


def group_limits(own: Path, mount: Path) -> Iterator[GroupLimit]:
    """Memory limits of the control groups that the process in `own` (a /proc file) belongs to.

    Limits of all groups above count too. Inside a container the path may not be visible under
    `mount`; the root that is mounted there is the container's own then.
    """
    for line in _lines(own):
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        roots: tuple[Path, ...]
        if not controllers:
            roots = (mount, mount / "unified")
            names = ("memory.max", "memory.current", ("inactive_file", "active_file"))
        elif "memory" in controllers.split(","):
            roots = (mount / "memory",)
            names = (
                "memory.limit_in_bytes",
                "memory.usage_in_bytes",
                ("total_inactive_file", "total_active_file"),
            )
        else:
            continue
        for root in roots:
            yield from _limits_up(root, path, names)


_Names = tuple[str, str, tuple[str, str]]


def _limits_up(root: Path, path: str, names: _Names) -> Iterator[GroupLimit]:
    parts = [part for part in path.split("/") if part and part != ".."]
    for depth in range(len(parts), -1, -1):
        folder = root.joinpath(*parts[:depth])
        allowed = _number(folder / names[0])
        used = _number(folder / names[1])
        if allowed is None or used is None:
            continue
        facts = _facts(folder / "memory.stat")
        cached = sum(facts.get(name, 0) for name in names[2])
        yield GroupLimit(allowed, max(0, used - cached))


def _whole_machine() -> tuple[int, int]:
    try:
        import psutil
    except ImportError:
        facts = _facts(Path("/proc/meminfo"))
        return facts.get("MemTotal:", 0) * 1024, facts.get("MemAvailable:", 0) * 1024
    memory = psutil.virtual_memory()
    return int(memory.total), int(memory.available)


def _address_space() -> int | None:
    """Bytes of addresses that RLIMIT_AS leaves to this process."""
    if sys.platform == "win32":
        return None
    import resource

    allowed = resource.getrlimit(resource.RLIMIT_AS)[0]
    if allowed == resource.RLIM_INFINITY:
        return None
    pages = next(iter(_lines(Path("/proc/self/statm"))), "0").split()[0]
    return max(0, allowed - int(pages) * os.sysconf("SC_PAGE_SIZE"))


def _number(path: Path) -> int | None:
    """The number in a file; None for "max", for nonsense and where there is no file."""
    text = next(iter(_lines(path)), "").strip()
    return int(text) if text.isdecimal() else None


def _facts(path: Path) -> Mapping[str, int]:
    facts = {}
    for line in _lines(path):
        words = line.split()
        if len(words) > 1 and words[1].isdecimal():
            facts[words[0]] = int(words[1])
    return facts


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return []
