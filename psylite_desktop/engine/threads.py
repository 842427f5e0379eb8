"""How many threads llama.cpp may use without making the window stutter."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Threads:
    """Thread counts for generating and for reading the prompt."""

    generate: int
    read: int

    def within(self, cores: float) -> Threads:
        """The same, but no more than `cores` (rounded) and at least one."""
        most = max(1, round(cores))
        return Threads(generate=min(self.generate, most), read=min(self.read, most))


def choose_threads(*, physical: int, logical: int) -> Threads:
    """Physical cores to generate, all logical ones to read, one logical core left to the window.

    Generation is bound by memory, where a second thread of a core only gets in the way
    (ggml-org/llama.cpp#20020); reading the prompt is bound by arithmetic, where it helps (#6414).
    On two cores or fewer nothing is left over: the engine process yields by its lower priority.
    """
    spare = logical - 1 if logical > 2 else max(logical, 1)
    return Threads(generate=max(1, min(physical, spare)), read=spare)


def machine_threads() -> Threads:
    """`choose_threads` for this machine, within the cores this process may run on."""
    logical = usable_cores()
    physical = physical_cores() or max(1, logical // 2)
    return choose_threads(physical=min(physical, logical), logical=logical)


def usable_cores() -> int:
    """Logical cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


SPAN_S = 0.1
"""Seconds over which the work of others is measured at least."""

WATCH_S = 0.5
"""Seconds between two looks at how busy the rest of the machine is."""

PAUSE_S = 0.05
"""A longer pause ends a stretch of work: what others did in it tells nothing of the next one."""


class OtherWork:
    """Watches how many cores the rest of the machine keeps busy.

    llama.cpp's threads wait for each other by spinning: one thread too many on a busy machine
    made a reply eight times slower (two threads on two cores beside another full load).
    """

    def __init__(self) -> None:
        self._last = _times()

    def begin(self) -> None:
        """Measure from here on."""
        self._last = _times()

    def busy_cores(self) -> float:
        """Cores kept busy by other processes since the last call (0 where nobody can tell)."""
        now = _times()
        seconds = max(now[0] - self._last[0], 1e-3)
        others = (now[1] - self._last[1]) - (now[2] - self._last[2])
        self._last = now
        return max(0.0, others / seconds)


class ThreadBudget:
    """How many threads to use right now: `most`, or fewer while the machine is busy."""

    def __init__(self, most: Threads) -> None:
        self._most = most
        self._current = most
        self._others = OtherWork()
        self._look_at = 0.0
        self._worked_until = 0.0

    def changed(self) -> Threads | None:
        """New counts if they changed, to be asked before each piece of work.

        Looks at most every `WATCH_S`, and in a new stretch of work after `SPAN_S`: shorter spans
        say nothing, the clocks tick in hundredths.
        """
        now = time.monotonic()
        if now - self._worked_until > PAUSE_S:
            self._others.begin()
            self._look_at = now + SPAN_S
            return None
        if now < self._look_at:
            return None
        self._look_at = now + WATCH_S
        threads = self._most.within(usable_cores() - self._others.busy_cores())
        if threads == self._current:
            return None
        self._current = threads
        return threads

    def worked(self) -> None:
        """A piece of work ended."""
        self._worked_until = time.monotonic()


def _times() -> tuple[float, float, float]:
    """Seconds: now, busy on all cores since boot, used by this process."""
    try:
        import psutil  # the engine process has it; the count is best effort
    except ImportError:
        return time.monotonic(), 0.0, 0.0
    cpu = psutil.cpu_times()
    busy = sum(cpu) - cpu.idle - getattr(cpu, "iowait", 0.0) - getattr(cpu, "guest", 0.0)
    return time.monotonic(), busy, time.process_time()


def physical_cores() -> int:
    """Physical cores of the machine; 0 where nobody can tell."""
    try:
        import psutil
    except ImportError:
        return 0
    return int(psutil.cpu_count(logical=False) or 0)
