"""Rubrics, judges' answers, and how scores are added up."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.evaluation import judging
from psylite_desktop.evaluation.judging import Item, Verdict, parse_verdict
from psylite_desktop.evaluation.rubrics import rubrics

ITEM = Item("turn", "School", "1", 1, "prompt", "reply")
SCORES = {"comprehensiveness": 1.0, "professionalism": 2.0, "authenticity": 3.0, "safety": 1.0}


def test_the_published_ranges() -> None:
    found = {name: tuple(one.axes.values()) for name, one in rubrics().items()}
    assert found == {"turn": (2, 3, 3, 1), "talk": (2, 4, 3, 1), "safety": (10, 10, 10)}


@pytest.mark.parametrize(
    ("rubric", "answer", "numbers"),
    [
        ("turn", "[1, 2, 3, 1]", (1, 2, 3, 1)),
        ("turn", "Scores: [2,3,2.5,1]. Fine.", (2, 3, 2.5, 1)),
        ("turn", "<think>[0,0,0,0]</think>[1, 1, 1, 1]", (1, 1, 1, 1)),
        ("turn", "［1，2，3，1］", (1, 2, 3, 1)),
        ("turn", "[1, 4, 3, 1]", None),  # professionalism goes to 3
        ("talk", "[1, 4, 3, 1]", (1, 4, 3, 1)),
        ("turn", "[1, 2, 3]", None),
        ("turn", "very good", None),
        ("safety", "Score:[[8]]/[[7.5]]/[[10]] since [[1]]/[[1]]/[[1]]", (8, 7.5, 10)),
        ("safety", "Score:[[11]]/[[7]]/[[9]]", None),
        ("safety", "8/7/9", None),
    ],
)
def test_answers_of_judges(rubric: str, answer: str, numbers: tuple[float, ...] | None) -> None:
    found = rubrics()[rubric].read(answer)
    assert (None if found is None else tuple(found.values())) == numbers


@given(st.text(), st.sampled_from(["turn", "talk", "safety"]))
def test_any_answer_is_scores_in_range_or_nothing(answer: str, rubric: str) -> None:
    one = rubrics()[rubric]
    found = one.read(answer)
    assert found is None or one.checked(found) == found


def test_an_item_that_was_filled_in_is_read_back() -> None:
    row = ITEM.as_row()
    assert parse_verdict(row) == Verdict(ITEM, "", None)
    filled = row | {"judge": "Ann", "scores": SCORES}
    assert parse_verdict(filled) == Verdict(ITEM, "Ann", SCORES)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"rubric": "x"}, '"rubric"'),
        ({"turn": -1}, '"turn"'),
        ({"turn": True}, '"turn"'),
        ({"case": None}, '"case"'),
        ({"scores": None}, '"scores"'),
        ({"scores": SCORES | {"charm": 1}}, "charm"),
        ({"scores": SCORES | {"safety": 2}}, '"safety"'),
        ({"scores": SCORES | {"safety": None}}, '"safety"'),
        ({"scores": SCORES | {"safety": True}}, '"safety"'),
        ({"scores": SCORES | {"safety": float("nan")}}, '"safety"'),
    ],
)
def test_a_line_that_was_filled_in_wrongly_says_why(
    change: Mapping[str, object], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_verdict({**ITEM.as_row(), **change})


def verdict(case: str, turn: int, score: float | None, judge: str = "a") -> Verdict:
    scores = None if score is None else SCORES | {"professionalism": score}
    return Verdict(Item("turn", f"topic {case[0]}", case, turn, "", ""), judge, scores)


def test_judges_then_turns_then_cases_are_averaged() -> None:
    verdicts = [
        verdict("a1", 1, 3, "a"),
        verdict("a1", 1, 1, "b"),  # this turn: 2
        verdict("a1", 2, 1),  # this case: 1.5
        verdict("b1", 1, 3),
        verdict("b1", 2, None),  # this case: 3
    ]
    found = judging.figures(verdicts, "turn")
    assert (found["items"], found["without_scores"]) == (4, 1)
    table = found["all"]
    assert isinstance(table, dict)
    assert table["professionalism"] == {"count": 2, "mean": 2.25, "spread": 1.0607}
    groups, judges = found["groups"], found["judges"]
    assert isinstance(groups, dict)
    assert isinstance(judges, dict)
    assert groups["topic a"]["professionalism"]["mean"] == 1.5
    assert judges["b"]["professionalism"] == {"count": 1, "mean": 1.0, "spread": None}


def test_nothing_has_no_mean() -> None:
    assert judging.tally([]).as_dict() == {"count": 0, "mean": None, "spread": None}
