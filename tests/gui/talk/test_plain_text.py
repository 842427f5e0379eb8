"""Text of strangers: kept whole, painted harmless."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.ui.pages.talk.plain_text import (
    FOLD_AT,
    LONGEST_RUN,
    broken,
    folded,
    shown,
    typed,
)

ANY = st.text(st.characters(), max_size=200)


def test_two_halves_of_a_character_become_one_and_a_single_half_a_mark():
    assert typed("\ud83d\ude14") == "😔"
    assert typed("a\ud83db") == "a\ufffdb"


def test_line_ends_become_one_kind():
    assert typed("a\r\nb\rc\u2029d") == "a\nb\nc\nd"


@given(ANY)
def test_what_is_stored_can_be_encoded_and_stays_the_same(text):
    once = typed(text)
    once.encode()
    assert typed(once) == once


@given(ANY)
def test_what_is_painted_has_no_tricks(text):
    painted = shown(text)
    assert not any(
        c in painted for c in "\x00\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


def test_a_long_text_is_folded_and_a_short_one_is_not():
    assert folded("short") == ("short", False)
    text, is_cut = folded("x" * (FOLD_AT + 1))
    assert is_cut
    assert len(text) < FOLD_AT + 10


def test_paragraphs_without_an_end_are_broken_without_losing_a_character():
    text = "x" * (LONGEST_RUN * 3 + 7) + "\nend"
    lines = broken(text).split("\n")
    assert max(map(len, lines)) == LONGEST_RUN
    assert "".join(lines) == text.replace("\n", "")
