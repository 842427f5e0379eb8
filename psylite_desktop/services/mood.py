"""Numbers of the Insights page: plain Python over values, so that every one can be tested.

Nothing here counts days in a row, and nothing says what causes what.
"""

from __future__ import annotations

import math
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.exercise import AFTER, BEFORE, ExerciseRun
from psylite_desktop.domain.insights import (
    BeforeAfter,
    Difference,
    FactorKind,
    FeelingUse,
    MoodDay,
    PatternBin,
    ScaleLine,
    ScalePoint,
    Together,
    Trend,
    TrendPoint,
)
from psylite_desktop.domain.scale import ScaleRun

WINDOW = 7
"""Days that the rolling mean looks back, the day itself included."""
LEAST_IN_WINDOW = 3
"""Days with check-ins that a rolling mean needs: fewer would be the days themselves."""
LEAST_DAYS = 5
"""Days on both sides before two means are compared (features reference, section 3.2)."""
HOURS = 3
"""Hours of a part of the day; a day has eight parts."""
_ONE_FACE = 1 / 12
"""Variance of a mood that was rounded to a whole face: days alike do not make a sure thing."""

Factors = Mapping[tuple[FactorKind, str], set[str]]
"""Days on which a tag was chosen or an exercise finished."""


def local_day(seconds: float) -> str:
    """The day on the calendar on the wall, as YYYY-MM-DD."""
    return datetime.fromtimestamp(seconds).astimezone().date().isoformat()


def day_means(check_ins: Iterable[CheckIn]) -> tuple[MoodDay, ...]:
    """One figure a day that has check-ins, oldest first."""
    moods: dict[str, list[int]] = defaultdict(list)
    later: set[str] = set()
    for one in check_ins:
        moods[one.day].append(one.mood)
        if one.backfilled:
            later.add(one.day)
    return tuple(
        MoodDay(day, len(moods[day]), sum(moods[day]) / len(moods[day]), backfilled=day in later)
        for day in sorted(moods)
    )


def noted_of_last(days: Iterable[MoodDay], *, today: date, of: int) -> int:
    """How many of the last `of` days, today included, have a check-in."""
    first = (today - timedelta(days=of - 1)).isoformat()
    return sum(first <= one.day <= today.isoformat() for one in days)


def rolling_mean(days: Sequence[MoodDay]) -> Trend:
    """Mean over the days noted among the last seven, for each noted day; `days` oldest first.

    A day without a check-in leaves a gap: no stretch reaches across it.
    """
    stretches: list[list[TrendPoint]] = []
    window: deque[tuple[int, float]] = deque()
    before = 0
    for one in days:
        place = date.fromisoformat(one.day).toordinal()
        window.append((place, one.mean))
        while window[0][0] <= place - WINDOW:
            window.popleft()
        if len(window) >= LEAST_IN_WINDOW:
            point = TrendPoint(one.day, sum(mean for _, mean in window) / len(window), len(window))
            if stretches and before == place - 1:
                stretches[-1].append(point)
            else:
                stretches.append([point])
            before = place
    return tuple(tuple(stretch) for stretch in stretches)


def weekday_pattern(days: Iterable[MoodDay]) -> tuple[PatternBin, ...]:
    """Means of days by weekday, Monday first; `n` counts days."""
    found: dict[int, list[float]] = defaultdict(list)
    for one in days:
        found[date.fromisoformat(one.day).isoweekday()].append(one.mean)
    return tuple(_bin(weekday, found[weekday]) for weekday in range(1, 8))


def hour_pattern(check_ins: Iterable[CheckIn]) -> tuple[PatternBin, ...]:
    """Means of moods by part of the day; `n` counts check-ins.

    Those added later are left out: their hour is that of the writing, not of the mood.
    """
    found: dict[int, list[float]] = defaultdict(list)
    for one in check_ins:
        if not one.backfilled:
            hour = time.localtime(one.at).tm_hour
            found[hour - hour % HOURS].append(one.mood)
    return tuple(_bin(hour, found[hour]) for hour in range(0, 24, HOURS))


def feeling_uses(check_ins: Iterable[CheckIn]) -> tuple[FeelingUse, ...]:
    """Feeling words with their count and the mood they come with, the most used first."""
    counts: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for one in check_ins:
        for feeling in set(one.feelings):
            counts[feeling] += 1
            sums[feeling] += one.mood
    order = sorted(counts, key=lambda feeling: (-counts[feeling], feeling))
    return tuple(FeelingUse(word, counts[word], sums[word] / counts[word]) for word in order)


def factors(check_ins: Iterable[CheckIn], runs: Iterable[ExerciseRun]) -> Factors:
    """Tags and finished exercises with the days they belong to."""
    found: dict[tuple[FactorKind, str], set[str]] = defaultdict(set)
    for one in check_ins:
        for tag in one.tags:
            found[FactorKind.TAG, tag].add(one.day)
    for run in runs:
        if run.finished_at is not None:
            found[FactorKind.EXERCISE, run.exercise_id].add(local_day(run.finished_at))
    return found


def went_together(days: Sequence[MoodDay], found: Factors) -> tuple[Together, ...]:
    """Days with a tag or an exercise beside days without; the clearest first.

    Only days with check-ins count. Those with too few days on one side come last.
    """
    means = {one.day: one.mean for one in days}
    rows = []
    for (kind, name), its_days in found.items():
        beside = [means[day] for day in sorted(its_days) if day in means]
        rest = [mean for day, mean in means.items() if day not in its_days]
        if not beside:
            continue
        enough = min(len(beside), len(rest)) >= LEAST_DAYS
        rows.append(
            Together(
                kind=kind,
                id=name,
                n_with=len(beside),
                n_without=len(rest),
                mean_with=_mean(beside),
                mean_without=_mean(rest) if rest else None,
                difference=difference(beside, rest) if enough else None,
            )
        )
    return tuple(sorted(rows, key=_clearest_first))


def difference(first: Sequence[float], second: Sequence[float]) -> Difference:
    """Difference of two means with 95 % bounds (Welch 1947); at least two values each."""
    parts = [(_variance(side) + _ONE_FACE) / len(side) for side in (first, second)]
    freedom = sum(parts) ** 2 / sum(
        part**2 / (len(side) - 1) for part, side in zip(parts, (first, second), strict=True)
    )
    middle = _mean(first) - _mean(second)
    reach = student_975(freedom) * math.sqrt(sum(parts))
    return Difference(middle, middle - reach, middle + reach)


def student_975(freedom: float) -> float:
    """97.5 % point of Student's t: Cornish-Fisher (Abramowitz and Stegun 26.7.5).

    Within 1 % from 4 degrees of freedom on, which `LEAST_DAYS` makes sure of.
    """
    z = 1.959964
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))


def before_after(runs: Iterable[ExerciseRun]) -> tuple[BeforeAfter, ...]:
    """Ratings around exercises, those done most first; runs that lack a rating are left out."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for run in runs:
        before, after = run.rating(BEFORE), run.rating(AFTER)
        if run.finished_at is not None and before is not None and after is not None:
            found[run.exercise_id].append((before, after))
    rows = [
        BeforeAfter(
            exercise=name,
            n=len(pairs),
            before=_mean([before for before, _ in pairs]),
            after=_mean([after for _, after in pairs]),
            lighter=sum(after < before for before, after in pairs),
            heavier=sum(after > before for before, after in pairs),
        )
        for name, pairs in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.n, row.exercise)))


def scale_lines(runs: Iterable[ScaleRun]) -> tuple[ScaleLine, ...]:
    """Scores of every part of every scale over time, the scale filled in most first."""
    found: dict[tuple[str, str], list[ScalePoint]] = defaultdict(list)
    for run in sorted(runs, key=lambda run: (run.at, run.id)):
        for part, score in run.scores:
            found[run.scale, part].append(ScalePoint(local_day(run.at), score))
    order = sorted(found, key=lambda key: (-len(found[key]), key[0]))
    return tuple(ScaleLine(scale, part, tuple(found[scale, part])) for scale, part in order)


def _clearest_first(row: Together) -> tuple[bool, bool, float, int, str]:
    far = row.difference
    if far is None:
        return True, True, 0.0, -row.n_with, row.id
    return False, not far.is_clear, -abs(far.mean), -row.n_with, row.id


def _bin(place: int, values: Sequence[float]) -> PatternBin:
    return PatternBin(place, len(values), _mean(values) if values else None)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _variance(values: Sequence[float]) -> float:
    middle = _mean(values)
    return sum((value - middle) ** 2 for value in values) / (len(values) - 1)
