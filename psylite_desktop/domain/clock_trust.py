"""How far the computer's clock is believed."""

from __future__ import annotations

LAST_BELIEVED = 4_102_444_800.0
"""UTC seconds of the year 2100: a clock that says more is wrong, and nothing goes because of it.

A flat battery on the board, or a counter of 32 bits that ran over, sets a clock back to 1970 or
ahead to 2106. What ends by itself must not end by that.
"""


def days_before(now: float, days: int) -> float:
    """What began at or before this moment has lasted so many days by `now`, as far as is known."""
    return now - days * 86_400.0 if now <= LAST_BELIEVED else float("-inf")
