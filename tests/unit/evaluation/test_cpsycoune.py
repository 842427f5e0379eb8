"""Cases of the published format, and what judges are given."""

from __future__ import annotations

import contextlib
import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.conversation import Role
from psylite_desktop.evaluation.case_fields import BadRowError
from psylite_desktop.evaluation.cpsycoune import Case, parse_cases, talk_item, turn_item

LINES = [
    "求助者：换了新学校，谁也不认识。",
    "支持者：到了陌生的地方，一个人会有点空。",
    "求助者: 午饭都是自己吃。",
    "支持者：吃饭的时候，你会想些什么？",
]


def parsed(value: object) -> list[tuple[Role, str]]:
    (case,) = parse_cases(json.dumps(value), name="1", topic="School")
    return list(case.lines)


def test_lines_take_turns() -> None:
    lines = parsed(LINES)
    assert [role for role, _ in lines] == [Role.USER, Role.ASSISTANT] * 2
    assert lines[2][1] == "午饭都是自己吃。"


def test_lines_of_one_side_are_joined() -> None:
    assert parsed([LINES[0], LINES[2]]) == [
        (Role.USER, "换了新学校，谁也不认识。\n午饭都是自己吃。")
    ]


def test_a_file_may_hold_several_cases() -> None:
    cases = parse_cases(json.dumps([LINES, LINES[:2]]), name="all", topic="t")
    assert [case.name for case in cases] == ["all-1", "all-2"]
    assert [len(case.client_lines) for case in cases] == [2, 1]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("{}", 1, "not a JSON list"),
        ('["求助者：a",\n3]', 2, "not a string"),
        ('["求助者：a",\n\n"旁白：b"]', 3, "does not begin with"),
        ('["求助者：a",\n"支持者： "]', 2, "nothing stands behind"),
        ('["支持者：a"]', 1, "no line of"),
        ("[]", 1, "no line of"),
        ('[["求助者：a"],\n["支持者：b"]]', 2, "no line of"),
    ],
)
def test_a_bad_line_is_named(text: str, line: int, reason: str) -> None:
    with pytest.raises(BadRowError, match=reason) as caught:
        parse_cases(text, name="1", topic="t")
    assert caught.value.line == line


@given(st.lists(st.tuples(st.sampled_from(["求助者", "支持者", "谁"]), st.text(max_size=6))))
def test_any_list_is_cases_or_a_reason(lines: list[tuple[str, str]]) -> None:
    text = json.dumps([f"{who}：{said}" for who, said in lines])
    cases: list[Case] = []
    with contextlib.suppress(BadRowError):
        cases = parse_cases(text, name="1", topic="t")
    for case in cases:
        roles = [role for role, _ in case.lines]
        assert all(one is not other for one, other in itertools.pairwise(roles))
        assert all(said for _, said in case.lines)


def test_a_judge_of_a_turn_sees_the_true_history_and_the_reply_apart() -> None:
    (case,) = parse_cases(json.dumps(LINES), name="1", topic="School")
    item = turn_item(case, 2, "你 {history} 自己吃饭。")
    assert "支持者：到了陌生的地方" in item.prompt
    assert "支持者：吃饭的时候" not in item.prompt
    assert item.judged == "你 {history} 自己吃饭。"
    assert (item.group, item.case, item.turn) == ("School", "1", 2)
    first, second = item.turns
    assert (first.role, second.role) == ("system", "user")


def test_a_judge_of_a_talk_sees_all_of_it() -> None:
    (case,) = parse_cases(json.dumps(LINES), name="1", topic="School")
    item = talk_item(case, case.lines)
    assert item.judged.count("求助者：") == 2
    assert item.turn == 0
