"""A check-in: how somebody was, said in a moment, several times a day if they like."""

from __future__ import annotations

from dataclasses import dataclass

from psylite_desktop.domain.risk import Level

MOODS = (1, 2, 3, 4, 5)
"""From very low to very good."""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One check-in.

    `at` is when it was written (UTC seconds), `day` the local day it is about (YYYY-MM-DD);
    `backfilled` says that it was added on a later day. `feelings` are ids of feeling words. A tag
    is the id of a default tag or the person's own word. `level` is what was heard in the words.
    """

    at: float
    day: str
    mood: int
    feelings: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
    backfilled: bool = False
    level: Level = Level.NONE
    id: int = 0


@dataclass(frozen=True, slots=True)
class CheckInDraft:
    """What the person filled in; `day` as in CheckIn."""

    day: str
    mood: int
    feelings: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class CheckInChange:
    """One step that can be taken back: added (no `before`), changed, or deleted (no `after`)."""

    before: CheckIn | None
    after: CheckIn | None


@dataclass(frozen=True, slots=True)
class DayMood:
    """One day of a summary; `mean` of its moods (1 to 5) is None where there are none."""

    day: str
    count: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class CheckInSummary:
    """Figures of a stretch of days, oldest first; nothing in it counts days in a row.

    `mean` is taken over the days that have check-ins, so that a day with many weighs no more.
    `words` are the feelings used most, with how often, and `tags` likewise.
    """

    days: tuple[DayMood, ...]
    days_with: int
    total: int
    mean: float | None
    words: tuple[tuple[str, int], ...] = ()
    tags: tuple[tuple[str, int], ...] = ()
