from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.evaluation.grounding import mean, taken_up

words = st.lists(st.sampled_from("abcdef"), max_size=8)


def test_only_what_the_person_did_not_bring_counts() -> None:
    assert taken_up(["a", "b", "c"], ["b", "c"], ["a"]) == 1.0
    assert taken_up(["a", "b", "c", "d"], ["b"], ["a"]) == pytest.approx(1 / 3)
    assert taken_up(["a"], ["b"], ["a"]) is None


@given(words, words, words)
def test_it_is_a_share(reply: list[str], passage: list[str], text: list[str]) -> None:
    share = taken_up(reply, passage, text)
    assert share is None or 0.0 <= share <= 1.0
    assert taken_up(reply, reply, text) in (None, 1.0)


def test_the_mean_leaves_out_what_says_nothing() -> None:
    assert mean([None, 0.5, 1.0]) == 0.75
    assert mean([None]) is None
