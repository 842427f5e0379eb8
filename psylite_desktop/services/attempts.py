"""Wrong passphrases cost a growing pause: trying out by hand is not worth it, a slip is cheap.

Kept in memory only, and nothing is ever wiped: whoever sits at the computer could else destroy
what somebody else wrote.
"""

from __future__ import annotations

import time
from collections.abc import Callable

PAUSES_S = (0, 1, 2, 5, 15, 30)
"""Seconds to wait after the first, the second, … wrong one; the last holds from then on."""


class Attempts:
    """Counts wrong passphrases of each space."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """`now` is a clock that nobody can set."""
        self._now = now
        self._failed: dict[str, int] = {}
        self._free_at: dict[str, float] = {}

    def failed(self, space: str) -> float:
        """Note a wrong passphrase and return the seconds to wait now."""
        count = self._failed.get(space, 0) + 1
        self._failed[space] = count
        self._free_at[space] = self._now() + PAUSES_S[min(count, len(PAUSES_S)) - 1]
        return self.wait_s(space)

    def succeeded(self, space: str) -> None:
        """Forget what went wrong before."""
        self._failed.pop(space, None)
        self._free_at.pop(space, None)

    def wait_s(self, space: str) -> float:
        """Seconds until the next try; 0 where it may come now."""
        return max(0.0, self._free_at.get(space, 0.0) - self._now())
