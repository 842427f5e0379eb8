from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.services.history import TITLE_LENGTH, title_from


@given(st.text())
def test_titles_are_one_short_line(text: str) -> None:
    title = title_from(text)
    assert len(title) <= TITLE_LENGTH + 1
    assert "\n" not in title


def test_a_title_is_cut_at_a_word() -> None:
    assert title_from("I had a fight with my roommate") == "I had a fight with my…"
    assert title_from("  最近就业\n压力很大 ") == "最近就业 压力很大"
