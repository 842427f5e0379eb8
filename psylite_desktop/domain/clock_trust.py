"""How far the computer's clock is believed.

A flat battery on the board, a counter that ran over or a slip of the hand sets a clock back or
ahead by hours or by seventy years. What ends by itself (the bin, notes, the mark of a hard week)
must not end by that, so it is not measured by the clock but by *lived* time:

    a moment counts when the clock went there in a step of at most `LONGEST_STEP_S`
    from a moment at which it was seen, and no moment counts twice.

So a jump counts nothing, neither ahead nor back again, and nor does a clock that starts in 1970
every morning. Somebody who opens the program every ten days loses nothing of it; longer absences
do not count, because nobody can tell them from a jump: then things are kept longer, never shorter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

DAY_S = 86_400.0

LAST_BELIEVED = 4_102_444_800.0
"""UTC seconds of the year 2100: a clock that says more is wrong, and nothing goes because of it."""

FIRST_BELIEVED = 1_767_225_600.0
"""UTC seconds of the year 2026: a clock that says less is of a time before there was PsyLite."""

LONGEST_STEP_S = 10 * DAY_S
"""As long as the clock may not have been seen, in seconds."""
MOST_STRETCHES = 64
"""Stretches of time that are remembered; the one seen last stays longest."""
WORTH_A_MARK_S = 3600.0
"""By how much the difference between lived time and the clock must change to be remembered."""


_YEAR_S = 365 * DAY_S


def days_before(now: float, days: int) -> float:
    """What began at or before this moment has lasted so many days by `now`, as far as is known."""
    return now - days * DAY_S if now <= LAST_BELIEVED else float("-inf")


@dataclass(frozen=True, slots=True)
class Stretch:
    """From where to where the clock went in small steps, and the lived time at its end."""

    first: float
    last: float
    lived: float


@dataclass(frozen=True, slots=True)
class ClockSeen:
    """What was seen of a clock, in UTC seconds.

    `lived` is what the clock would show now, had it gone on from the first sight without jumps.
    `stretches` never overlap; the one seen last stands at the end. `ahead` says from which lived
    moment on the clock was how far ahead of it, in order.
    """

    lived: float
    stretches: tuple[Stretch, ...]
    ahead: tuple[tuple[float, float], ...] = ()

    def at(self, now: float) -> ClockSeen:
        """What was seen once the clock has shown `now`."""
        if not math.isfinite(now):
            return self
        grown = Stretch(now, now, self.lived)
        for one in self.stretches:
            if one.first <= now <= one.last + LONGEST_STEP_S:
                # What was lived meanwhile by another clock, for example elsewhere with a stick, is
                # not lived a second time.
                lived = max(self.lived, one.lived + max(0.0, now - one.last))
                if lived > grown.lived or grown.first == now:
                    grown = Stretch(one.first, max(one.last, now), lived)
        others = [one for one in self.stretches if one.last < grown.first or one.first > grown.last]
        return ClockSeen(
            lived=grown.lived,
            stretches=(*others, grown)[-MOST_STRETCHES:],
            ahead=self._marked(grown.lived, now - grown.lived),
        )

    def shown(self, lived: float) -> float:
        """What the clock showed at a lived moment, or will show, as far as is known."""
        ahead = self.ahead[0][1] if self.ahead else 0.0
        for since, by in self.ahead:
            if since > lived:
                break
            ahead = by
        return lived + ahead

    def _marked(self, lived: float, by: float) -> tuple[tuple[float, float], ...]:
        if self.ahead and abs(self.ahead[-1][1] - by) < WORTH_A_MARK_S:
            return self.ahead
        earlier = [one for one in self.ahead if one[0] < lived]
        return (*earlier, (lived, by))[-MOST_STRETCHES:]


def first_seen(now: float, *, newest: float | None = None) -> ClockSeen:
    """A clock that is looked at for the first time.

    `newest` is when something was kept last, where anything was kept: what lies there already must
    not end because the clock is wrong today. Nor shall a clock that begins anew in 1970 set lived
    time there for good: it counts as much as was kept, where that is years later.
    """
    now = now if math.isfinite(now) else 0.0
    lived = now
    if newest is not None and math.isfinite(newest):
        is_now_wrong = now < FIRST_BELIEVED and now < newest - _YEAR_S
        lived = newest if is_now_wrong and newest <= LAST_BELIEVED else min(now, newest)
    lived = min(max(lived, 0.0), LAST_BELIEVED - LONGEST_STEP_S)
    return ClockSeen(lived, ()).at(now)
