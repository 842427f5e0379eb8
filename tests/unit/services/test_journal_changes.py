"""What is new in a page, and what is heard in that."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.risk import Assessment, Level
from psylite_desktop.services.journal_changes import (
    AROUND,
    Known,
    change_between,
    level_of,
    new_words,
)

words = st.text(alphabet="ab好 \n😀", max_size=60)


def look(text: str) -> Assessment:
    """Hears `die`, unless it is `diet`."""
    return Assessment(Level.CRISIS if "die" in text.replace("diet", "") else Level.NONE)


@given(words, words)
def test_a_change_says_how_one_text_becomes_the_other(before: str, after: str) -> None:
    change = change_between(before, after)
    assert 0 <= change.start <= min(change.end_before, change.end_after)
    middle = after[change.start : change.end_after]
    assert before[: change.start] + middle + before[change.end_before :] == after
    assert change.removed == change.end_before - change.start
    if before == after:
        assert middle == ""


@given(words, words, words)
def test_new_words_hold_all_that_is_new(head: str, new: str, tail: str) -> None:
    found, assessment = new_words(look, head + tail, head + new + tail)
    change = change_between(head + tail, head + new + tail)
    assert (head + new + tail)[change.start : change.end_after] in found
    assert assessment.level is Level.NONE


def test_danger_that_stood_there_is_not_heard_again() -> None:
    old = "I want to die. "
    assert new_words(look, "", old)[1].level is Level.CRISIS
    assert new_words(look, old, old + "It rains.")[1].level is Level.NONE
    assert new_words(look, old, old + "I die.")[1].level is Level.CRISIS
    assert new_words(look, old, "x " + old)[1].level is Level.NONE


def test_words_are_read_with_what_stands_beside_them() -> None:
    assert new_words(look, "I want to di", "I want to die")[1].level is Level.CRISIS
    assert new_words(look, "diet", "die")[1].level is Level.CRISIS, "a cut changes what is said"
    far = "x" * (AROUND + 9)
    found, _ = new_words(look, f"die {far}", f"die {far} rain")
    assert "die" not in found


def test_the_level_of_a_page_does_not_fall() -> None:
    known = Known("I want to die.", Level.WATCH)
    assert level_of(look, known, "I want to die.") is Level.WATCH
    assert level_of(look, known, "") is Level.WATCH
    assert level_of(look, known, "I want to die. I die.") is Level.CRISIS
    assert level_of(look, Known(), "die") is Level.CRISIS
