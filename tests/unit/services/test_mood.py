"""Numbers of Insights: compared with the plainest way of counting the same."""

from __future__ import annotations

import statistics
import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.exercise import AFTER, BEFORE, ExerciseRun
from psylite_desktop.domain.insights import FactorKind, MoodDay, Period
from psylite_desktop.domain.risk import Assessment, Level
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.services import mood
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.insights import InsightsService, insights

TODAY = date(2026, 11, 21)


def day(back: int) -> str:
    return (TODAY - timedelta(days=back)).isoformat()


def at(back: int, hour: int = 12) -> float:
    on = TODAY - timedelta(days=back)
    return time.mktime((on.year, on.month, on.day, hour, 30, 0, 0, 0, -1))


def check_in(back: int, face: int, hour: int = 12, **more) -> CheckIn:
    return CheckIn(at=at(back, hour), day=day(back), mood=face, **more)


check_ins = st.lists(
    st.builds(
        check_in,
        st.integers(0, 60),
        st.integers(1, 5),
        st.integers(0, 23),
        feelings=st.lists(st.sampled_from("abc"), max_size=3, unique=True).map(tuple),
        tags=st.lists(st.sampled_from("xyz"), max_size=2, unique=True).map(tuple),
        backfilled=st.booleans(),
    ),
    max_size=80,
)


@given(check_ins)
def test_days_are_means_of_their_check_ins(found):
    days = mood.day_means(found)
    assert [one.day for one in days] == sorted({one.day for one in found})
    for one in days:
        its = [c for c in found if c.day == one.day]
        assert one.count == len(its)
        assert one.mean == pytest.approx(statistics.mean(c.mood for c in its))
        assert one.backfilled == any(c.backfilled for c in its)


@given(check_ins)
def test_the_rolling_mean_never_reaches_over_a_missing_day(found):
    days = mood.day_means(found)
    means = {one.day: one.mean for one in days}
    points = [point for stretch in mood.rolling_mean(days) for point in stretch]
    for stretch in mood.rolling_mean(days):
        places = [date.fromisoformat(point.day).toordinal() for point in stretch]
        assert places == list(range(places[0], places[0] + len(places)))
    for point in points:
        end = date.fromisoformat(point.day)
        inside = [(end - timedelta(days=n)).isoformat() for n in range(7)]
        values = [means[one] for one in inside if one in means]
        assert point.day in means
        assert point.n == len(values) >= 3
        assert point.mean == pytest.approx(statistics.mean(values))
    assert len(points) == sum(
        sum(0 <= (date.fromisoformat(one) - date.fromisoformat(other)).days < 7 for other in means)
        >= 3
        for one in means
    )


def test_a_gap_stays_open():
    days = mood.day_means(check_in(back, 3) for back in (20, 19, 18, 16, 15, 2))
    stretches = mood.rolling_mean(days)
    assert [[point.day for point in one] for one in stretches] == [[day(18)], [day(16), day(15)]]


@given(check_ins)
def test_patterns_count_what_they_say(found):
    days = mood.day_means(found)
    weekdays = mood.weekday_pattern(days)
    assert [one.place for one in weekdays] == [1, 2, 3, 4, 5, 6, 7]
    assert sum(one.n for one in weekdays) == len(days)
    hours = mood.hour_pattern(found)
    assert [one.place for one in hours] == [0, 3, 6, 9, 12, 15, 18, 21]
    assert sum(one.n for one in hours) == sum(not one.backfilled for one in found)
    for one in (*weekdays, *hours):
        assert (one.mean is None) == (one.n == 0)


def test_a_check_in_added_later_has_no_hour():
    found = [check_in(1, 5, 8), check_in(1, 1, 22, backfilled=True)]
    assert [(one.place, one.n, one.mean) for one in mood.hour_pattern(found) if one.n] == [
        (6, 1, 5.0)
    ]


@given(check_ins)
def test_feeling_words_come_with_a_mood(found):
    uses = mood.feeling_uses(found)
    assert [use.count for use in uses] == sorted((use.count for use in uses), reverse=True)
    for use in uses:
        moods = [one.mood for one in found if use.feeling in one.feelings]
        assert (use.count, use.mean) == (len(moods), pytest.approx(statistics.mean(moods)))


@given(check_ins)
def test_both_sides_need_five_days(found):
    days = mood.day_means(found)
    rows = mood.went_together(days, mood.factors(found, []))
    assert {row.id for row in rows} == {tag for one in found for tag in one.tags}
    for row in rows:
        its = {one.day for one in found if row.id in one.tags}
        assert row.n_with == len(its)
        assert row.n_with + row.n_without == len(days)
        assert (row.difference is not None) == (min(row.n_with, row.n_without) >= 5)
        if row.difference is not None:
            assert row.mean_without is not None
            assert row.difference.mean == pytest.approx(row.mean_with - row.mean_without)
            assert row.difference.low < row.difference.mean < row.difference.high
    enough = [row.difference is not None for row in rows]
    assert enough == sorted(enough, reverse=True), "what is not enough yet comes last"


def test_exercises_go_together_by_the_day_they_were_finished():
    found = [check_in(back, 4 if back < 6 else 2) for back in range(12)]
    runs = [run("soft", back, 5, 3) for back in range(6)]
    (row,) = mood.went_together(mood.day_means(found), mood.factors(found, runs))
    assert (row.kind, row.id, row.n_with, row.n_without) == (FactorKind.EXERCISE, "soft", 6, 6)
    assert row.difference is not None
    assert row.difference.mean == 2.0
    assert row.difference.is_clear


def test_bounds_agree_with_tables():
    """Student's t at 97.5 %, from the tables of any textbook."""
    for freedom, value in ((4, 2.776), (8, 2.306), (10, 2.228), (30, 2.042), (120, 1.980)):
        assert mood.student_975(freedom) == pytest.approx(value, rel=0.01)


def run(name: str, back: int, before: int | None, after: int | None) -> ExerciseRun:
    answers = {BEFORE: before, AFTER: after}
    return ExerciseRun(
        name,
        "en",
        (BEFORE,),
        {key: value for key, value in answers.items() if value is not None},
        finished_at=at(back),
    )


def test_before_and_after_need_both_ratings():
    rows = mood.before_after(
        [run("a", 1, 8, 4), run("a", 2, 6, 6), run("a", 3, 5, None), run("b", 1, 2, 3)]
    )
    assert [(row.exercise, row.n, row.before, row.after) for row in rows] == [
        ("a", 2, 7.0, 5.0),
        ("b", 1, 2.0, 3.0),
    ]
    assert [(row.lighter, row.heavier) for row in rows] == [(1, 0), (0, 1)]


def test_scales_run_over_time_part_by_part():
    runs = [
        ScaleRun("phq9", at(3), "en", (("total", 7),), id=2),
        ScaleRun("phq9", at(30), "en", (("total", 12),), id=1),
        ScaleRun("dass21", at(5), "en", (("depression", 4), ("stress", 8)), id=3),
    ]
    lines = mood.scale_lines(runs)
    assert [(line.scale, line.part) for line in lines] == [
        ("phq9", "total"),
        ("dass21", "depression"),
        ("dass21", "stress"),
    ]
    assert [point.score for point in lines[0].points] == [12, 7]


@given(check_ins, st.sampled_from(Period))
def test_a_period_holds_its_own_days_and_the_calendar_all(found, period):
    made = insights(found, [], [], period=period, today=TODAY)
    assert len(made.calendar) == len({one.day for one in found})
    inside = [one for one in found if not period.days or one.day > day(period.days)]
    assert made.check_ins == len(inside)
    assert {one.day for one in made.days} == {one.day for one in inside}
    assert made.recent_noted == len({one.day for one in found if one.day > day(14)})
    assert all(point.day >= made.first for stretch in made.trend for point in stretch)


def test_days_to_come_are_left_out():
    made = insights([check_in(-3, 5), check_in(0, 2)], [], [], period=Period.ALL, today=TODAY)
    assert made.calendar == (MoodDay(day(0), 1, 2.0),)
    assert made.check_ins == 1


def test_nothing_at_all():
    made = insights([], [], [], period=Period.ALL, today=TODAY)
    assert (made.mean, made.recent_noted, made.calendar) == (None, 0, ())


class Store:
    """The stores of a profile, as far as they are read."""

    def __init__(self, check_ins=(), runs=(), scales=()):
        self.check_ins, self.scales = list(check_ins), list(scales)
        self.finished = list(runs)

    def between(self, first, last):
        return [one for one in self.check_ins if first <= one.day <= last]

    def finished_runs(self, _exercise_id="", *, limit, offset):
        return self.finished[offset : offset + limit]

    def runs(self):
        return self.scales


def service_of(store):
    clock = Clock(now=lambda: at(0), monotonic=lambda: 0.0)
    return InsightsService(
        check_ins=store,
        exercise_runs=store,
        scale_runs=store,
        look=lambda text: Assessment(Level.CRISIS) if "level2" in text else Assessment(),
        clock=clock,
    )


def test_all_runs_are_read_however_many_there_are():
    runs = [run("a", back % 300, 6, 4) for back in range(1200)]
    made = service_of(Store(runs=runs)).read(Period.ALL)
    assert [row.n for row in made.exercises] == [1200]
    assert not made.is_empty


def test_a_glance_has_this_month_and_the_last_weeks():
    store = Store([check_in(back, 3) for back in (0, 3, 25, 200)])
    glance, whole = service_of(store).glance(), service_of(store).read(Period.DAYS_30)
    assert glance.recent_noted == whole.recent_noted == 2
    assert [one.day for one in glance.calendar] == [day(25), day(3), day(0)]
    assert len(whole.calendar) == 4


def test_danger_never_stands_beside_a_mood():
    found = [check_in(back, 5, tags=("level2 tag", "music")) for back in range(6)]
    found += [check_in(back, 2) for back in range(6, 14)]
    made = service_of(Store(found)).read(Period.DAYS_30)
    assert [row.id for row in made.together] == ["music"]
