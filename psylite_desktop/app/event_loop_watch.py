"""Turns the event loop by hand and counts how long each turn kept the window from answering."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from PySide6.QtWidgets import QApplication

IDLE_MS = 0.1
"""A turn this short did nothing: counting such turns would make every percentile look good."""
PATIENCE_S = 180.0


class LateError(Exception):
    """What was waited for did not come; names it."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """How long turns of the event loop took, in milliseconds.

    `cpu_*` is the time that the window's thread worked in them: on a busy machine the rest of a
    turn was spent waiting for a processor, or for Python's lock.
    """

    turns: int
    p50_ms: float
    p99_ms: float
    worst_ms: float
    cpu_p99_ms: float
    cpu_worst_ms: float

    @classmethod
    def of(cls, turns: Sequence[tuple[float, float]]) -> Blocks:
        """From pairs of wall and processor milliseconds."""
        wall = sorted(turn[0] for turn in turns)
        cpu = sorted(turn[1] for turn in turns)
        return cls(
            len(turns),
            percentile(wall, 50),
            percentile(wall, 99),
            percentile(wall, 100),
            percentile(cpu, 99),
            percentile(cpu, 100),
        )

    def as_dict(self) -> dict[str, float]:
        """For JSON."""
        return asdict(self)


def percentile(ordered: Sequence[float], percent: int) -> float:
    """The value that so many percent of an ordered row do not exceed; 0 of none."""
    place = math.ceil(len(ordered) * percent / 100) - 1
    return round(ordered[max(place, 0)], 3) if ordered else 0.0


class EventLoopWatch:
    """Stands in the place of `app.exec()`: the same events, with a clock around each turn."""

    def __init__(self, app: QApplication, *, patience_s: float = PATIENCE_S) -> None:
        self.app = app
        self._patience_s = patience_s
        self._turns: list[tuple[float, float]] = []

    def turn(self) -> None:
        """Handle what has arrived."""
        start, worked = time.perf_counter(), time.thread_time()
        self.app.processEvents()
        wall = 1000 * (time.perf_counter() - start)
        if wall >= IDLE_MS:
            self._turns.append((wall, 1000 * (time.thread_time() - worked)))
        else:
            time.sleep(0.0005)  # lets other threads have Python's lock, as a waiting loop does

    def note(self, act: Callable[[], object]) -> None:
        """Do something as one turn, with the painting it leads to."""
        start, worked = time.perf_counter(), time.thread_time()
        act()
        self.app.processEvents()
        wall = 1000 * (time.perf_counter() - start)
        self._turns.append((wall, 1000 * (time.thread_time() - worked)))

    def until(self, done: Callable[[], bool], what: str) -> None:
        """Turn until `done`. Raises LateError naming `what`."""
        end = time.perf_counter() + self._patience_s
        while not done():
            if time.perf_counter() > end:
                raise LateError(what)
            self.turn()

    def rest(self, seconds: float) -> None:
        """Turn for a while: timers and readings come to an end."""
        end = time.perf_counter() + seconds
        self.until(lambda: time.perf_counter() > end, "rest")

    def take(self) -> Blocks:
        """What was counted since it was taken last."""
        turns, self._turns = self._turns, []
        return Blocks.of(turns)
