"""Earlier versions: which are kept and which are thinned out, whatever the clock does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.journal import JournalEntry, Revision
from psylite_desktop.domain.risk import Level
from psylite_desktop.services import journal_versions
from psylite_desktop.services.journal_versions import (
    ALL_FOR_S,
    DAY_S,
    EVERY_S,
    MOST,
    MOST_CHARACTERS,
    is_worth_keeping,
    superfluous,
)

NOW = 1_790_000_000.0
ages = st.lists(st.floats(0, 3 * 365 * DAY_S), max_size=120)
lengths = st.integers(0, 60_000)


def version(number: int, kept_at: float, length: int = 10) -> Revision:
    return Revision(number, 1, kept_at, kept_at, "x" * length)


def left_of(revisions: list[Revision], now: float = NOW) -> list[Revision]:
    gone = set(superfluous(revisions, now=now))
    return [one for one in revisions if one.id not in gone]


@given(ages, st.data())
def test_thinning_keeps_the_ends_and_its_bounds(found: list[float], data: st.DataObject) -> None:
    order = sorted(found)
    many = [
        version(len(order) - place, NOW - age, data.draw(lengths))
        for place, age in enumerate(order)
    ]
    left = left_of(many)
    assert len(left) <= MOST
    assert len(left) <= 1 or sum(len(one.text) for one in left) <= MOST_CHARACTERS
    assert left[:1] == many[:1], "the newest stays"
    if sum(len(one.text) for one in many) <= MOST_CHARACTERS:
        assert left[-1:] == many[-1:], "so does the oldest"
    assert left_of(left) == left, "thinning twice takes nothing more"
    assert left == [one for one in many if one in left], "in their order"


@given(st.integers(1, MOST))
def test_what_is_young_is_all_kept(count: int) -> None:
    step = ALL_FOR_S / (count + 1)
    many = [version(count - place, NOW - place * step) for place in range(count)]
    assert left_of(many) == many


def test_older_days_keep_their_last_version() -> None:
    day = NOW // DAY_S * DAY_S - 10 * DAY_S
    many = [
        version(9, NOW),
        version(8, day + 3_000),
        version(7, day + 2_000),
        version(6, day + 1_000),
        version(5, day - 40_000),
        version(4, day - 50_000),
        version(1, day - 300 * DAY_S),
    ]
    assert [one.id for one in left_of(many)] == [9, 8, 5, 1]


def test_a_clock_that_was_set_back_loses_nothing_new() -> None:
    many = [version(2, NOW + 900), version(1, NOW)]
    assert left_of(many, now=NOW - 5 * EVERY_S) == many


def entry(text: str, at: float = NOW) -> JournalEntry:
    return JournalEntry(1, at, "2026-11-21", text, "", Level.NONE, False, at)


def test_a_version_is_worth_keeping_after_a_while() -> None:
    stored = entry("words")
    assert not is_worth_keeping(stored, "words", None, now=NOW + 9 * EVERY_S)
    assert not is_worth_keeping(stored, "more words", None, now=NOW + EVERY_S - 1)
    assert is_worth_keeping(stored, "more words", None, now=NOW + EVERY_S)
    assert is_worth_keeping(stored, "more words", None, now=NOW - EVERY_S)
    last = version(1, NOW + 500)
    assert not is_worth_keeping(stored, "more words", last, now=NOW + EVERY_S)
    same = Revision(1, 1, NOW, NOW - 9 * EVERY_S, "words")
    assert not is_worth_keeping(stored, "more words", same, now=NOW)
    assert not is_worth_keeping(entry(" \n"), "words", None, now=NOW + EVERY_S)


@given(st.text(min_size=1, max_size=400), st.text(max_size=400))
def test_nothing_large_is_let_go_without_a_version(before: str, after: str) -> None:
    is_kept = is_worth_keeping(entry(before), after, None, now=NOW)
    if before.strip() and not after and len(before) >= journal_versions.LARGE_CUT:
        assert is_kept
    if after.startswith(before):
        assert not is_kept, "only words were added"
