"""When a reminder is due: pure reckoning with the clock on the wall, in local time.

A reminder that falls into the quiet hours is left out, and so is one that was slept through:
nothing is ever made up for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from psylite_desktop.domain.settings import PrivateSettings

MOST_TIMES = 6
"""A day."""
LATE = timedelta(minutes=10)
"""A reminder that could not be shown within this time is left out."""


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    """Times of a day, in order, outside of the quiet hours."""

    times: tuple[time, ...] = ()

    def next_after(self, now: datetime) -> datetime | None:
        """The next one after a moment on the wall (without a zone); None where there is none."""
        for days in (0, 1):
            day = now.date() + timedelta(days=days)
            for at in self.times:
                moment = datetime.combine(day, at)
                if moment > now:
                    return moment
        return None


NO_REMINDERS = ReminderPlan()


def plan_of(settings: PrivateSettings) -> ReminderPlan:
    """What the settings ask for; nothing where reminders are off."""
    if not settings.reminders:
        return NO_REMINDERS
    times = times_of(settings.reminder_times)
    quiet_from, quiet_to = clock_of(settings.quiet_from), clock_of(settings.quiet_to)
    return ReminderPlan(tuple(at for at in times if not is_quiet(at, quiet_from, quiet_to)))


def times_of(texts: Iterable[str]) -> tuple[time, ...]:
    """Times that can be read, each once and in order; others are left out."""
    found = {at for text in texts if (at := clock_of(text)) is not None}
    return tuple(sorted(found))[:MOST_TIMES]


def clock_of(text: str) -> time | None:
    """A time as HH:MM; None where it is none."""
    hours, colon, minutes = text.partition(":")
    if not colon or not (hours + minutes).isascii() or not (hours + minutes).isdigit():
        return None
    if len(hours) > 2 or len(minutes) != 2:
        return None
    try:
        return time(int(hours), int(minutes))
    except ValueError:
        return None


def is_quiet(at: time, quiet_from: time | None, quiet_to: time | None) -> bool:
    """Whether a time lies in the quiet hours, which may run over midnight."""
    if quiet_from is None or quiet_to is None or quiet_from == quiet_to:
        return False
    if quiet_from < quiet_to:
        return quiet_from <= at < quiet_to
    return at >= quiet_from or at < quiet_to


def is_due(planned: datetime, now: datetime) -> bool:
    """Whether a planned reminder shall be shown now: not before its time, and not much later."""
    return timedelta(0) <= now - planned <= LATE
