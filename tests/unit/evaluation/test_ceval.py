"""Files and prompts of C-Eval."""

from __future__ import annotations

import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.likelihood import Likelihood
from psylite_desktop.evaluation import ceval
from psylite_desktop.evaluation.case_fields import BadRowError

HEAD = "id,question,A,B,C,D,answer,explanation\n"
TEXT = HEAD + '0,"一加一，\n等于____。",1,2,3,4,B,因为\n1,二加一等于____。,1,2,3,4,C,\n'
FIELDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)


def test_a_file_is_read() -> None:
    first, second = ceval.parse_questions(TEXT)
    assert first.text == "一加一，\n等于____。"
    assert (second.id, second.answers, second.right) == ("1", ("1", "2", "3", "4"), "C")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, '"id"'),
        ("id,question,A,B,C,answer\n", 1, '"D"'),
        (TEXT + "2,x,1,2\n", 5, "4 fields"),
        (TEXT + "2,,1,2,3,4,A,\n", 5, '"question" is empty'),
        (TEXT + "2,x,1,,3,4,A,\n", 5, '"B" is empty'),
        (TEXT + "2,x,1,2,3,4,E,\n", 5, '"answer"'),
        (TEXT + "2,x,1,2,3,4,,\n", 5, '"answer"'),
        (TEXT + '2,"x,1,2,3,4,A,\n', 5, "not CSV"),
    ],
)
def test_a_bad_row_is_named(text: str, line: int, reason: str) -> None:
    with pytest.raises(BadRowError, match=reason) as caught:
        ceval.parse_questions(text)
    assert caught.value.line == line


@given(st.lists(st.tuples(*[FIELDS] * 5, st.sampled_from("ABCD")), max_size=4))
def test_what_was_written_is_read(rows: list[tuple[str, ...]]) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(ceval.COLUMNS)
    for number, row in enumerate(rows):
        writer.writerow([number, *row])
    found = ceval.parse_questions(file.getvalue())
    assert [(one.text, *one.answers, one.right) for one in found] == rows


@given(st.text())
def test_any_text_is_questions_or_a_reason(text: str) -> None:
    for whole in (text, HEAD + text):
        questions: list[ceval.Question] = []
        with contextlib.suppress(BadRowError):
            questions = ceval.parse_questions(whole)
        assert all(one.right in ceval.LETTERS and all(one.answers) for one in questions)


def test_names_of_files() -> None:
    assert ceval.subject_of("middle_school_physics_val") == ("middle_school_physics", "val")
    assert ceval.subject_of("law") == ("law", "")
    assert len(ceval.subjects()) == 52


def test_the_published_prompt() -> None:
    example, question = ceval.parse_questions(TEXT)
    asked = ceval.asked_of(ceval.Subject("law", (example,), (question,)), question, 5)
    assert asked.head == "以下是中国关于法学考试的单项选择题，请选出其中的正确答案。\n\n"
    assert asked.shots == ("一加一，\n等于____。\nA. 1\nB. 2\nC. 3\nD. 4\n答案：B\n\n",)
    assert asked.text == "二加一等于____。\nA. 1\nB. 2\nC. 3\nD. 4\n答案："
    assert asked.options == ("A", "B", "C", "D")


def test_a_question_is_never_its_own_example() -> None:
    example, question = ceval.parse_questions(TEXT)
    subject = ceval.Subject("law", (question, example), (question,))
    assert len(ceval.asked_of(subject, question, 5).shots) == 1


def test_accuracy_by_hand() -> None:
    one, other = ceval.parse_questions(TEXT)
    law = ceval.Subject("law", (), (one, other))
    logic = ceval.Subject("logic", (), (one,))
    likely_b = Likelihood((-3.0, -1.0, -2.0, -4.0), (1, 1, 1, 1), 5)
    outcomes = [
        ceval.outcome(law, one, likely_b),
        ceval.outcome(law, other, likely_b),
        ceval.outcome(logic, one, Likelihood(fits=False)),
    ]
    assert [row.chosen for row in outcomes] == ["B", "B", ""]
    found = ceval.figures(outcomes)
    # Wilson 95 % of 1 of 2: (0.5 + 3.8415/4 +- 1.96 * sqrt(0.125 + 3.8415/16)) / (1 + 3.8415/2)
    subjects = found["subjects"]
    assert isinstance(subjects, dict)
    assert subjects["law"] == {
        "hits": 1,
        "total": 2,
        "share": 0.5,
        "interval": [0.0945, 0.9055],
    }
    assert found["mean_of_subjects"] == 0.25
    assert (found["too_long"], found["shots_given"]) == (1, [5, 5])
