"""When a reminder is due."""

# ruff: noqa: DTZ001 - reminders go by the clock on the wall

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.services.reminders import (
    LATE,
    MOST_TIMES,
    NO_REMINDERS,
    ReminderPlan,
    clock_of,
    is_due,
    is_quiet,
    plan_of,
    times_of,
)

NOON = datetime(2026, 11, 21, 12, 0)


def test_off_by_default() -> None:
    assert plan_of(PrivateSettings()) == NO_REMINDERS
    assert NO_REMINDERS.next_after(NOON) is None


def test_times_come_in_order_and_around_midnight() -> None:
    settings = PrivateSettings(reminders=True, reminder_times=("20:00", "09:30", "20:00"))
    plan = plan_of(settings)
    assert plan.times == (time(9, 30), time(20, 0))
    assert plan.next_after(NOON) == datetime(2026, 11, 21, 20, 0)
    assert plan.next_after(datetime(2026, 11, 21, 20, 0)) == datetime(2026, 11, 22, 9, 30)


def test_quiet_hours_are_kept() -> None:
    settings = PrivateSettings(
        reminders=True,
        reminder_times=("23:00", "07:59", "08:00", "21:59"),
        quiet_from="22:00",
        quiet_to="08:00",
    )
    assert plan_of(settings).times == (time(8, 0), time(21, 59))
    assert plan_of(PrivateSettings(reminders=True, reminder_times=("23:00",))) == NO_REMINDERS


@pytest.mark.parametrize(
    "text", ["", "8", "24:00", "8:60", "ab:cd", "08:0", "-1:30", "８:00", "1:2:3"]
)
def test_what_is_no_time_is_left_out(text: str) -> None:
    assert clock_of(text) is None
    assert times_of([text, "07:00"]) == (time(7, 0),)


@given(st.lists(st.times().map(lambda at: f"{at:%H:%M}") | st.text(max_size=6), max_size=12))
def test_any_list_gives_some_times_in_order(texts: list[str]) -> None:
    found = times_of(texts)
    assert list(found) == sorted(set(found))
    assert len(found) <= MOST_TIMES


@given(st.times(), st.times(), st.times())
def test_quiet_hours_split_the_day(at: time, first: time, last: time) -> None:
    if first != last:
        assert is_quiet(at, first, last) is not is_quiet(at, last, first)
    else:
        assert not is_quiet(at, first, last)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.lists(st.times(), max_size=4))
def test_the_next_one_is_the_first_to_come(now: datetime, times: list[time]) -> None:
    plan = ReminderPlan(tuple(sorted({at.replace(microsecond=0) for at in times})))
    found = plan.next_after(now)
    if not plan.times:
        assert found is None
        return
    assert found is not None
    assert now < found <= now + timedelta(days=1)
    between = [
        datetime.combine(day, at)
        for day in (now.date(), now.date() + timedelta(days=1))
        for at in plan.times
    ]
    assert found == min(one for one in between if one > now)


def test_what_was_slept_through_is_left_out() -> None:
    assert not is_due(NOON, NOON - timedelta(seconds=1))
    assert is_due(NOON, NOON)
    assert is_due(NOON, NOON + LATE)
    assert not is_due(NOON, NOON + LATE + timedelta(seconds=1))
    assert date(2026, 11, 21) == NOON.date()
