"""Made-up days for measuring and for tests: check-ins, exercises and scales of many years."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.exercise import AFTER, BEFORE, ExerciseRun
from psylite_desktop.domain.scale import ScaleRun

TEN_YEARS = 3650
EXERCISE_RUNS = 200
SCALE_EVERY_DAYS = 14
_SCALES = (("phq9", "total", 27), ("gad7", "total", 21), ("who5", "total", 100))


@dataclass(frozen=True, slots=True)
class SampleDays:
    """What a vault would hold."""

    check_ins: tuple[CheckIn, ...]
    exercise_runs: tuple[ExerciseRun, ...]
    scale_runs: tuple[ScaleRun, ...]


def sample_days(
    *,
    today: date,
    days: int = TEN_YEARS,
    feelings: Sequence[str],
    tags: Sequence[str],
    exercises: Sequence[str],
    seed: int = 7,
) -> SampleDays:
    """One to three check-ins a day up to `today`, the same for the same `seed`."""
    draw = random.Random(seed)  # noqa: S311 - made-up days, nothing secret
    found: list[CheckIn] = []
    for back in range(days - 1, -1, -1):
        day = today - timedelta(days=back)
        weekend = 0.5 if day.isoweekday() >= 6 else 0.0
        for hour in sorted(draw.sample(range(7, 24), draw.randint(1, 3))):
            found.append(_check_in(draw, day, hour, weekend, (feelings, tags)))
    step = max(days // EXERCISE_RUNS, 1)
    runs = tuple(
        _exercise(draw, today - timedelta(days=back), draw.choice(exercises))
        for back in range(days - 1, -1, -step)
    )
    scales = tuple(
        _scale(draw, today - timedelta(days=back), number)
        for number, back in enumerate(range(days - 1, -1, -SCALE_EVERY_DAYS))
    )
    return SampleDays(tuple(found), runs, scales)


def moment(day: date, hour: int) -> float:
    """UTC seconds of an hour on the calendar on the wall."""
    return time.mktime((day.year, day.month, day.day, hour, 20, 0, 0, 0, -1))


def _check_in(
    draw: random.Random,
    day: date,
    hour: int,
    lift: float,
    words: tuple[Sequence[str], Sequence[str]],
) -> CheckIn:
    feelings, tags = words
    chosen = tuple(draw.sample(tags, draw.randint(0, min(2, len(tags)))))
    if tags and tags[0] in chosen:
        lift += 0.8
    mood = round(min(max(draw.gauss(3.0 + lift, 1.0), 1), 5))
    return CheckIn(
        at=moment(day, hour),
        day=day.isoformat(),
        mood=mood,
        feelings=tuple(draw.sample(feelings, draw.randint(0, min(3, len(feelings))))),
        tags=chosen,
        note="a line about the day " * draw.randint(0, 3),
        backfilled=draw.random() < 0.05,
    )


def _exercise(draw: random.Random, day: date, name: str) -> ExerciseRun:
    before = draw.randint(3, 9)
    at = moment(day, 20)
    return ExerciseRun(
        exercise_id=name,
        lang="en",
        path=(BEFORE, AFTER),
        answers={BEFORE: before, AFTER: max(before - draw.randint(-1, 4), 0)},
        started_at=at,
        updated_at=at,
        finished_at=at,
    )


def _scale(draw: random.Random, day: date, number: int) -> ScaleRun:
    scale, part, high = _SCALES[number % len(_SCALES)]
    return ScaleRun(scale, moment(day, 19), "en", ((part, draw.randint(0, high)),))
