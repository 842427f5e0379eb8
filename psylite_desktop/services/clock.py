"""Time, handed in so that tests decide what it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class Lived(Protocol):
    """Time as a vault lived it: see `domain.clock_trust`."""

    def lived(self) -> float:
        """Lived time now."""
        ...

    def shown(self, lived: float) -> float:
        """What the clock showed at a lived moment, or will show."""
        ...


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` gives UTC seconds since the epoch, `monotonic` seconds that never go back.

    What ends by itself after a while goes by `lived`, which no jump of the clock moves.
    """

    now: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic
    life: Lived | None = None

    def lived(self) -> float:
        """Lived time now, in UTC seconds as if the clock had never jumped."""
        return self.now() if self.life is None else self.life.lived()

    def shown(self, lived: float) -> float:
        """What the clock on the wall showed at a lived moment, or will show."""
        return lived if self.life is None else self.life.shown(lived)
