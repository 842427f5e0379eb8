"""Check-ins: what is kept, what is heard, what is counted, what a model is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.domain.check_in import CheckIn, CheckInDraft
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.risk import Level
from psylite_desktop.services.check_ins import (
    DAYS,
    LONGEST_NOTE,
    MOST_USED,
    CheckInService,
    draft_of,
    line_for_prompt,
    summary,
)
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.listening import Listening
from psylite_desktop.services.screening import Screening
from tests.fakes.floor import floor
from tests.fakes.memory_vault import MemoryVault

ROOT = Path(__file__).parents[3]
WORDS = CheckInWords.load(ROOT / "assets")
ASSESSOR = floor()
TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, 0).astimezone().timestamp()
DAY = TODAY.isoformat()
YESTERDAY = (TODAY - timedelta(days=1)).isoformat()


class Hands:
    """A service over a vault in memory, and the clock in somebody's hand."""

    def __init__(self) -> None:
        self.now = NOON
        self.vault = MemoryVault()
        clock = Clock(lambda: self.now)
        self.screening = Screening(Listening(ASSESSOR), self.vault.risk_state, clock)
        self.check_ins = CheckInService(self.vault.check_ins, self.screening, WORDS, clock)

    def kept(self) -> list[CheckIn]:
        return self.vault.check_ins.between("0000", "9999")


@pytest.fixture
def hands() -> Hands:
    return Hands()


def test_a_mood_alone_is_enough(hands: Hands) -> None:
    change = hands.check_ins.record(CheckInDraft(DAY, 4))
    assert change.before is None
    assert hands.kept() == [change.after]
    [kept] = hands.kept()
    assert (kept.day, kept.mood, kept.at) == (DAY, 4, NOON)
    assert (kept.note, kept.tags, kept.backfilled, kept.level) == ("", (), False, Level.NONE)


def test_what_is_added_later_is_marked(hands: Hands) -> None:
    after = hands.check_ins.record(CheckInDraft(YESTERDAY, 2)).after
    assert after is not None
    assert (after.day, after.at, after.backfilled) == (YESTERDAY, NOON, True)
    moved = hands.check_ins.edit(after, replace(draft_of(after), day=DAY)).after
    assert moved is not None
    assert not moved.backfilled
    hands.now += 3 * 86_400
    kept = hands.check_ins.edit(moved, replace(draft_of(moved), mood=5)).after
    assert kept is not None
    assert (kept.day, kept.mood, kept.backfilled) == (DAY, 5, False), "a change is not a later day"


def test_no_check_in_is_about_a_day_to_come(hands: Hands) -> None:
    after = hands.check_ins.record(CheckInDraft("2027-01-01", 3)).after
    assert after is not None
    assert (after.day, after.backfilled) == (DAY, False)


def test_a_line_has_an_end(hands: Hands) -> None:
    after = hands.check_ins.record(CheckInDraft(DAY, 3, note=" " + "好" * 9_999)).after
    assert after is not None
    assert after.note == "好" * LONGEST_NOTE


@pytest.mark.parametrize("text", ["我不想活了", "I want to die"])
def test_risk_in_a_line_is_heard_and_kept(hands: Hands, text: str) -> None:
    draft = CheckInDraft(DAY, 1, tags=("sleep",), note=text)
    assert hands.check_ins.own_words(draft) == text
    assessment, state = hands.check_ins.preview(draft)
    assert min(assessment.level, state.level) >= Level.CRISIS
    assert hands.screening.state.level is Level.NONE, "a preview touches nothing"
    after = hands.check_ins.record(draft).after
    assert after is not None
    assert after.level >= Level.CRISIS
    _, state = hands.check_ins.hear(text)
    assert state.level >= Level.CRISIS
    assert hands.vault.risk_state.load() == state


def test_a_tag_of_ones_own_is_heard_too(hands: Hands) -> None:
    draft = CheckInDraft(DAY, 1, tags=("sleep", "我不想活了"))
    assert hands.check_ins.own_words(draft) == "我不想活了"
    after = hands.check_ins.record(draft).after
    assert after is not None
    assert after.level >= Level.CRISIS
    assert hands.check_ins.own_tags() == ["我不想活了"]


def test_a_change_keeps_the_level_of_words_that_stay(hands: Hands) -> None:
    first = hands.check_ins.record(CheckInDraft(DAY, 1, note="quiet")).after
    assert first is not None
    hands.check_ins.raise_level(first.id, Level.CRISIS)
    [heard] = hands.kept()
    same = hands.check_ins.edit(heard, replace(draft_of(heard), mood=2)).after
    assert same is not None
    assert same.level is Level.CRISIS
    other = hands.check_ins.edit(same, replace(draft_of(same), note="a walk")).after
    assert other is not None
    assert other.level is Level.NONE
    assert hands.kept() == [other]


def test_every_step_can_be_taken_back(hands: Hands) -> None:
    check_ins = hands.check_ins
    added = check_ins.record(CheckInDraft(DAY, 2, note="one"))
    assert added.after is not None
    changed = check_ins.edit(added.after, CheckInDraft(YESTERDAY, 5, ("calm",)))
    assert changed.after is not None
    assert check_ins.undo(changed) == added.after
    assert hands.kept() == [added.after]
    deleted = check_ins.delete(added.after)
    assert hands.kept() == []
    back = check_ins.undo(deleted)
    assert back is not None
    assert replace(back, id=0) == replace(added.after, id=0)
    assert check_ins.undo(replace(added, after=back)) is None
    assert hands.kept() == []


def test_what_was_heard_stays_heard_after_undo(hands: Hands) -> None:
    change = hands.check_ins.record(CheckInDraft(DAY, 1, note="我不想活了"))
    hands.check_ins.hear("我不想活了")
    hands.check_ins.undo(change)
    assert hands.screening.state.level >= Level.CRISIS


def test_a_full_disk_is_told(hands: Hands) -> None:
    hands.vault.failure = VaultError("vault_disk_full")
    with pytest.raises(VaultError):
        hands.check_ins.record(CheckInDraft(DAY, 3))


# -- figures

feelings = st.lists(st.sampled_from([one.id for one in WORDS.feelings("zh")]), max_size=4)
check_ins = st.builds(
    CheckIn,
    at=st.floats(0, 2e9),
    day=st.integers(-20, 400).map(lambda back: (TODAY - timedelta(days=back)).isoformat()),
    mood=st.integers(1, 5),
    feelings=feelings.map(tuple),
    tags=st.lists(st.sampled_from(WORDS.tag_ids), max_size=2).map(tuple),
)
near = st.builds(
    replace,
    check_ins,
    day=st.integers(0, 15).map(lambda back: (TODAY - timedelta(days=back)).isoformat()),
)


@given(st.lists(st.one_of(check_ins, near), max_size=60), st.integers(1, 40))
def test_figures_hold_for_any_check_ins(found: list[CheckIn], days: int) -> None:
    said = summary(found, last=TODAY, days=days)
    first = TODAY - timedelta(days=days - 1)
    inside = [one for one in found if first.isoformat() <= one.day <= DAY]
    assert [day.day for day in said.days] == [
        (first + timedelta(days=number)).isoformat() for number in range(days)
    ]
    assert said.total == len(inside) == sum(day.count for day in said.days)
    assert said.days_with == len({one.day for one in inside}) <= days
    assert (said.mean is None) == (not inside)
    for day in said.days:
        assert (day.mean is None) == (day.count == 0)
        assert day.mean is None or 1 <= day.mean <= 5
    if said.mean is not None:
        means = [day.mean for day in said.days if day.mean is not None]
        assert min(means) - 1e-9 <= said.mean <= max(means) + 1e-9
    assert len(said.words) <= MOST_USED
    counts = [count for _, count in said.words]
    assert counts == sorted(counts, reverse=True)
    for word, count in said.words:
        assert count == sum(one.feelings.count(word) for one in inside)
    assert summary(list(reversed(found)), last=TODAY, days=days) == said, "order does not matter"


@given(st.lists(near, min_size=1, max_size=20), st.integers(2, 5))
def test_a_day_with_many_check_ins_weighs_no_more(found: list[CheckIn], times: int) -> None:
    once, often = summary(found, last=TODAY), summary(found * times, last=TODAY)
    assert often.days_with == once.days_with
    assert often.mean == pytest.approx(once.mean)


def test_nine_of_fourteen(hands: Hands) -> None:
    for back in (0, 1, 2, 4, 5, 6, 8, 10, 13, 14):
        day = (TODAY - timedelta(days=back)).isoformat()
        hands.check_ins.record(CheckInDraft(day, 4, ("calm",)))
    said = hands.check_ins.last_days()
    assert (said.days_with, len(said.days), said.mean) == (9, DAYS, 4.0)
    assert said.words == (("calm", 9),)
    assert hands.check_ins.of_day(DAY)[0].mood == 4


# -- the line for a model


def line(*found: CheckIn, lang: str = "zh", shared: bool = True) -> str:
    return line_for_prompt(found, WORDS, today=TODAY, lang=lang, shared=shared)


FULL = CheckIn(NOON, DAY, 2, ("wronged", "worn_out"), ("study", "室友"), "和室友\n又吵了一架")


def test_a_model_is_told_today_in_one_line() -> None:
    assert line(FULL) == (
        "今天的心情记录：不太好（5 档里的第 2 档）；感受：委屈、心累；"
        "和这些有关：学习、室友；自己写的一句：“和室友 又吵了一架”。"
    )
    assert line(replace(FULL, note="", tags=()), lang="en") == (
        "Check-in of today: Low (2 of 5); feelings: wronged, worn out."
    )
    assert line(CheckIn(NOON, DAY, 5), lang="en") == "Check-in of today: Very good (5 of 5)."


def test_only_the_newest_of_today_is_told() -> None:
    assert line() == ""
    assert line(replace(FULL, day=YESTERDAY)) == ""
    later = CheckIn(NOON + 60, DAY, 4)
    assert line(later, FULL, lang="en") == "Check-in of today: Good (4 of 5)."


def test_nothing_is_told_where_it_is_not_wanted() -> None:
    assert line(FULL, shared=False) == ""


def test_words_with_risk_are_not_told() -> None:
    watched = line(replace(FULL, level=Level.WATCH))
    assert "吵" not in watched
    assert "室友" not in watched
    assert "学习" in watched
    assert line(replace(FULL, level=Level.CRISIS)) == ""


@given(st.text(max_size=400))
def test_it_stays_one_short_line(note: str) -> None:
    said = line(replace(FULL, note=note))
    assert len(said.splitlines()) == 1
    assert len(said) < 200
