"""What the Insights page shows: figures of a stretch of days, never a count of days in a row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Period(StrEnum):
    """How far back the charts look, today included."""

    DAYS_30 = "days_30"
    DAYS_90 = "days_90"
    YEAR = "year"
    ALL = "all"

    @property
    def days(self) -> int:
        """Number of days; 0 for everything there is."""
        return {"days_30": 30, "days_90": 90, "year": 365}.get(self.value, 0)


@dataclass(frozen=True, slots=True)
class MoodDay:
    """One local day (YYYY-MM-DD) that has check-ins.

    `mean` is of its moods, 1 to 5; `backfilled`: at least one was added on a later day.
    """

    day: str
    count: int
    mean: float
    backfilled: bool = False


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The rolling mean (1 to 5) that ends on a day, taken over `n` days that have check-ins."""

    day: str
    mean: float
    n: int


Trend = tuple[tuple[TrendPoint, ...], ...]
"""Stretches of days without a gap; a day without a check-in ends one."""


@dataclass(frozen=True, slots=True)
class PatternBin:
    """One weekday (1 Monday to 7 Sunday) or one part of the day (its first hour).

    `n` counts days, or check-ins in the pattern of hours; `mean` is None where `n` is 0.
    """

    place: int
    n: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class FeelingUse:
    """A feeling word: how many check-ins have it, and the mean mood of those (1 to 5)."""

    feeling: str
    count: int
    mean: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean mood of days with something less that of days without it.

    `low` and `high` bound it with 95 % confidence as far as days do not hang together.
    """

    mean: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether zero lies outside of the bounds."""
        return self.low > 0 or self.high < 0


class FactorKind(StrEnum):
    """What stands beside the mood of a day."""

    TAG = "tag"
    EXERCISE = "exercise"


@dataclass(frozen=True, slots=True)
class Together:
    """A tag or an exercise beside the mood of days; it never says what causes what.

    `n_with` and `n_without` count days that have check-ins. `difference` is None where one side
    has too few of them.
    """

    kind: FactorKind
    id: str
    n_with: int
    n_without: int
    mean_with: float
    mean_without: float | None
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Ratings (0 to 10, how heavy it feels) of `n` runs of an exercise that have both."""

    exercise: str
    n: int
    before: float
    after: float
    lighter: int
    heavier: int


@dataclass(frozen=True, slots=True)
class ScalePoint:
    """A score on a local day."""

    day: str
    score: int


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """Scores of one part of a scale, oldest first."""

    scale: str
    part: str
    points: tuple[ScalePoint, ...]


@dataclass(frozen=True, slots=True)
class Insights:
    """Everything the page shows. Days are local ones as YYYY-MM-DD, oldest first.

    `first` is where the period begins. `calendar` has every day there is, whatever the period;
    `is_empty` says that there is nothing at all, and the rest is of the period. `recent_noted` of
    the last `recent_days` days have check-ins.
    """

    period: Period
    today: str
    first: str
    is_empty: bool = True
    calendar: tuple[MoodDay, ...] = ()
    days: tuple[MoodDay, ...] = ()
    check_ins: int = 0
    recent_noted: int = 0
    recent_days: int = 14
    trend: Trend = ()
    weekdays: tuple[PatternBin, ...] = ()
    hours: tuple[PatternBin, ...] = ()
    feelings: tuple[FeelingUse, ...] = ()
    together: tuple[Together, ...] = ()
    exercises: tuple[BeforeAfter, ...] = ()
    scales: tuple[ScaleLine, ...] = ()

    @property
    def mean(self) -> float | None:
        """Mean of the days of the period; a day with many check-ins weighs no more."""
        return sum(day.mean for day in self.days) / len(self.days) if self.days else None
