"""Replies beside reference replies: rows, figures and perplexity."""

from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.likelihood import Likelihood
from psylite_desktop.evaluation import replies

ROW: dict[str, object] = {"reference": "听起来很累", "generated": "你很累"}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


def test_the_language_is_that_of_the_reference_unless_it_is_named() -> None:
    assert replies.parse_case(ROW).lang == "zh"
    assert replies.parse_case({"reference": "ok", "generated": ""}).lang == "en"
    assert replies.parse_case(ROW | {"lang": "en"}).lang == "en"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"generated": "a"}, '"reference"'),
        ({"reference": " ", "generated": "a"}, "empty"),
        ({"reference": "a"}, '"generated"'),
        (ROW | {"generated": 3}, '"generated"'),
        (ROW | {"lang": "fr"}, '"lang"'),
        (ROW | {"prompt": []}, '"prompt"'),
        (ROW | {"id": True}, '"id"'),
    ],
)
def test_a_bad_field_is_named(row: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        replies.parse_case(row)


@given(
    st.dictionaries(
        st.sampled_from(["reference", "generated", "prompt", "lang", "id"]), VALUES, max_size=5
    )
)
def test_a_row_is_a_case_or_a_reason(row: dict[str, object]) -> None:
    cases: list[replies.Case] = []
    with contextlib.suppress(ValueError):
        cases = [replies.parse_case(row)]
    assert replies.figures(replies.judge(cases, {}))["replies"] == len(cases)


def test_figures_are_means_over_replies_and_counts_over_all() -> None:
    rows = [ROW, {"reference": "你很累", "generated": "你很累"}]
    found = replies.figures(replies.judge([replies.parse_case(row) for row in rows], {0: 0.5}))
    # 很, 累 of 你很累 and of 听起来很累: 2 * (2/3) * (2/5) / (16/15); the other one is 1.
    assert found["rouge_1"] == {
        "precision": round((2 / 3 + 1) / 2, 4),
        "recall": round((2 / 5 + 1) / 2, 4),
        "f1": 0.75,
    }
    assert found["distinct_1"] == 0.5
    assert found["distinct_2"] == round(2 / 6, 4)
    assert found["drift"] == 0.5
    said_before = found["said_before"]
    assert isinstance(said_before, dict)
    assert said_before["hits"] == 1


def test_perplexity_by_hand() -> None:
    cases = [replies.parse_case(ROW), replies.parse_case(ROW), replies.parse_case(ROW)]
    answers = {
        0: Likelihood((-math.log(8) * 2,), (2,)),
        1: Likelihood(fits=False),
        2: Likelihood((0.0,), (0,)),
    }
    found = replies.surprise(cases, answers)
    assert found.per_token == pytest.approx(8)
    assert found.per_character == pytest.approx(4)  # 64 ** (1/3)
    assert (found.tokens, found.characters, found.left_out) == (2, 3, 2)
    assert replies.surprise(cases, {}).per_token is None


def test_what_no_number_can_hold_is_infinite() -> None:
    assert replies.Surprise(-1e9, 1, 1).per_token == math.inf
