"""Lived time: no jump of the clock makes thirty days pass."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.clock_trust import (
    DAY_S,
    LONGEST_STEP_S,
    MOST_STRETCHES,
    ClockSeen,
    first_seen,
)

NOW = 1_795_000_000.0
YEAR_S = 365 * DAY_S
steps = st.floats(0.0, LONGEST_STEP_S)
moments = st.floats(-1e12, 1e12)


def _gone(seen: ClockSeen) -> float:
    return seen.lived - NOW


@given(st.lists(steps, max_size=60))
def test_a_clock_that_goes_on_is_lived_time(passed: list[float]) -> None:
    now, seen = NOW, first_seen(NOW)
    for step in passed:
        now += step
        seen = seen.at(now)
    assert seen.lived == pytest.approx(now, abs=1e-3)
    assert seen.shown(seen.lived) == pytest.approx(now, abs=1e-3)


@given(
    clocks=st.lists(st.integers(-2300, 2300), min_size=1, max_size=8, unique=True),
    looks=st.lists(st.tuples(st.floats(0.0, 40 * DAY_S), st.integers(0, 7)), max_size=40),
)
def test_wrong_clocks_never_live_longer_than_one_does(
    clocks: list[int], looks: list[tuple[float, int]]
) -> None:
    """However often and however far it jumps, up to seventy years: no more than really went by."""
    real, seen = 0.0, first_seen(NOW)
    for passed, which in looks:
        real += passed
        wrong_by = clocks[which % len(clocks)] * (LONGEST_STEP_S + DAY_S)
        before = seen.lived
        seen = seen.at(NOW + wrong_by + real)
        assert before <= seen.lived
        assert _gone(seen) <= real + 1e-3


@given(st.lists(moments, max_size=200))
def test_whatever_a_clock_shows_it_counts_at_most_a_small_step(walls: list[float]) -> None:
    seen = first_seen(NOW)
    for now in walls:
        before, seen = seen, seen.at(now)
        assert before.lived <= seen.lived <= before.lived + LONGEST_STEP_S
        assert len(seen.stretches) <= MOST_STRETCHES
        ordered = sorted(seen.stretches, key=lambda one: one.first)
        for one, other in itertools.pairwise(ordered):
            assert one.last < other.first
        assert all(one.lived <= seen.lived for one in ordered)


@given(st.lists(st.integers(-2300, 2300), max_size=60))
def test_jumps_there_and_back_count_nothing(jumps: list[int]) -> None:
    """Seventy years there and back again within a minute, as often as you like."""
    seen = first_seen(NOW)
    for jump in jumps:
        seen = seen.at(NOW + jump * (LONGEST_STEP_S + DAY_S)).at(NOW)
    assert _gone(seen) == 0.0


@pytest.mark.parametrize("wrong", [-56 * YEAR_S, -DAY_S, DAY_S * 31, 70 * YEAR_S, 2**32 - NOW])
def test_one_wrong_day_costs_nothing(wrong: float) -> None:
    seen = first_seen(NOW)
    for day in range(5):
        seen = seen.at(NOW + day * DAY_S)
    seen = seen.at(NOW + 5 * DAY_S + wrong).at(NOW + 5 * DAY_S + wrong + 3600.0)
    seen = seen.at(NOW + 6 * DAY_S)
    assert seen.lived == pytest.approx(NOW + 6 * DAY_S)
    for day in range(7, 40):
        seen = seen.at(NOW + day * DAY_S)
    assert seen.lived == pytest.approx(NOW + 39 * DAY_S)


def test_a_flat_battery_every_morning_counts_each_day_once() -> None:
    seen = first_seen(NOW)
    for day in range(100):
        seen = seen.at(0.0).at(60.0).at(NOW + day * DAY_S).at(NOW + day * DAY_S + 3600.0)
    assert seen.lived == pytest.approx(NOW + 99 * DAY_S + 3600.0)


def test_two_computers_with_other_clocks_live_once() -> None:
    seen = first_seen(NOW)
    for day in range(40):
        seen = seen.at(NOW + day * DAY_S).at(NOW - 20 * YEAR_S + day * DAY_S)
    assert seen.lived == pytest.approx(NOW + 39 * DAY_S)


def test_a_long_absence_does_not_count_and_later_days_do() -> None:
    seen = first_seen(NOW).at(NOW + 60 * DAY_S)
    assert seen.lived == NOW
    assert seen.shown(NOW) == NOW + 60 * DAY_S
    for day in range(61, 92):
        seen = seen.at(NOW + day * DAY_S)
    assert seen.lived == pytest.approx(NOW + 31 * DAY_S)


def test_what_the_clock_showed_is_known_for_each_time() -> None:
    seen = first_seen(NOW).at(NOW + DAY_S)
    seen = seen.at(NOW + 100 * DAY_S).at(NOW + 101 * DAY_S)
    assert seen.shown(NOW + 0.5 * DAY_S) == pytest.approx(NOW + 0.5 * DAY_S)
    assert seen.shown(seen.lived) == pytest.approx(NOW + 101 * DAY_S)
    assert seen.shown(seen.lived + DAY_S) == pytest.approx(NOW + 102 * DAY_S)


def test_an_old_vault_is_not_judged_by_todays_wrong_clock() -> None:
    seen = first_seen(NOW + 70 * YEAR_S, newest=NOW)
    assert seen.lived == NOW
    assert first_seen(NOW, newest=NOW + YEAR_S).lived == NOW
    assert first_seen(math.inf).lived == 0.0


@pytest.mark.parametrize("now", [0.0, 365 * DAY_S, 1_577_836_800.0, math.nan])
def test_a_clock_of_before_there_was_a_program_does_not_set_lived_time_back(now: float) -> None:
    seen = first_seen(now, newest=NOW)
    assert seen.lived == NOW
    assert seen.at(NOW + DAY_S).at(NOW + 2 * DAY_S).lived == pytest.approx(NOW + DAY_S)


def test_what_a_wrong_clock_kept_long_ago_ends_nothing_today() -> None:
    assert first_seen(NOW, newest=NOW + 60 * YEAR_S).lived == NOW
    assert first_seen(0.0, newest=NOW + 200 * YEAR_S).lived == 0.0
    assert first_seen(0.0, newest=DAY_S).lived == 0.0


@pytest.mark.parametrize("now", [math.nan, math.inf, -math.inf])
def test_a_clock_that_shows_nonsense_is_not_looked_at(now: float) -> None:
    seen = first_seen(NOW)
    assert seen.at(now) == seen
