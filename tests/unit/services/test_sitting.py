"""Time in a talk: due once, never beside risk, and a new sitting after a rest."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from psylite_desktop.services.clock import Clock
from psylite_desktop.services.sitting import FACTS_EVERY_S, PAUSE_AFTER_S, REST_S, Due, Sitting


@dataclass
class Now:
    s: float = 1000.0

    def clock(self) -> Clock:
        return Clock(lambda: self.s, lambda: self.s)


def talk_for(sitting: Sitting, now: Now, seconds: float) -> None:
    """A message every ten minutes."""
    for _ in range(int(seconds // 600)):
        sitting.note_message()
        now.s += 600
    sitting.note_message()


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def sitting(now: Now) -> Sitting:
    return Sitting(now.clock())


def test_the_chosen_time_is_told_once(sitting: Sitting, now: Now) -> None:
    sitting.set_minutes(10)
    now.s += 5000
    assert sitting.due(is_calm=True) is None  # it counts from the first message
    sitting.note_message()
    now.s += 599
    assert sitting.due(is_calm=True) is None
    now.s += 1
    assert sitting.due(is_calm=False) is None
    assert sitting.due(is_calm=True) is Due.TIME_UP
    sitting.note_said(Due.TIME_UP)
    now.s += 600
    assert sitting.due(is_calm=True) is None
    sitting.begin_talk()
    sitting.note_message()
    now.s += 600
    assert sitting.due(is_calm=True) is Due.TIME_UP


def test_no_limit_is_no_limit(sitting: Sitting, now: Now) -> None:
    for minutes in (0, -3):
        sitting.set_minutes(minutes)
        sitting.note_message()
        now.s += 3000
        assert sitting.due(is_calm=True) is None


def test_a_pause_is_offered_once_a_sitting(sitting: Sitting, now: Now) -> None:
    talk_for(sitting, now, PAUSE_AFTER_S)
    assert sitting.due(is_calm=False) is None
    assert sitting.due(is_calm=True) is Due.PAUSE
    sitting.note_said(Due.PAUSE)
    talk_for(sitting, now, 1800)
    assert sitting.due(is_calm=True) is None
    now.s += REST_S + 1
    sitting.note_message()
    assert sitting.due(is_calm=True) is Due.FACTS  # three hours have passed, but no pause again
    sitting.note_said(Due.FACTS)
    talk_for(sitting, now, PAUSE_AFTER_S)
    assert sitting.due(is_calm=True) is Due.PAUSE


def test_an_abandoned_desk_gets_no_pause(sitting: Sitting, now: Now) -> None:
    sitting.note_message()
    now.s += PAUSE_AFTER_S + 1
    assert sitting.due(is_calm=True) is None


def test_the_facts_come_every_three_hours_whatever_else(sitting: Sitting, now: Now) -> None:
    now.s += FACTS_EVERY_S
    assert sitting.due(is_calm=False) is Due.FACTS
    sitting.note_said(Due.FACTS)
    assert sitting.due(is_calm=True) is None
    now.s += FACTS_EVERY_S
    assert sitting.due(is_calm=True) is Due.FACTS
