"""Reading labelled cases and the goals that are counted over them."""

from __future__ import annotations

import pytest

from psylite_desktop.domain.risk import Assessment, Kind, Level, Request, Who
from psylite_desktop.evaluation.crisis import (
    Case,
    Goal,
    Outcome,
    by_kind,
    goals,
    judge,
    language_of,
    mistakes,
    parse_case,
)
from psylite_desktop.evaluation.intervals import Share


def outcome(
    level: int,
    heard: int,
    *,
    single: bool = True,
    kind: Kind = Kind.NONE,
    who: Who = Who.SELF,
    request: Request = Request.NONE,
    heard_request: Request = Request.NONE,
) -> Outcome:
    case = Case(
        id=f"{level}-{heard}",
        lang="en",
        texts=("…",),
        single=single,
        level=Level(level),
        kind=kind,
        who=who,
        request=request,
    )
    return Outcome(case, Assessment(level=Level(heard), request=heard_request))


def shares(outcomes: list[Outcome]) -> dict[str, tuple[int, int]]:
    return {goal.name: (goal.share.hits, goal.share.total) for goal in goals(outcomes)}


def test_a_text_is_read_with_what_is_said_of_it() -> None:
    case = parse_case(
        {"id": 7, "text": "…", "level": 2, "kind": "abuse", "who": "other", "request": "harmful"}
    )
    assert (case.id, case.texts, case.single) == ("7", ("…",), True)
    assert (case.level, case.kind, case.who) == (Level.CRISIS, Kind.ABUSE, Who.OTHER)
    assert case.request is Request.HARMFUL


def test_what_is_not_said_is_no_risk_of_ones_own() -> None:
    case = parse_case({"text": "hello", "level": 0})
    assert (case.kind, case.who, case.request) == (Kind.NONE, Who.SELF, Request.NONE)


def test_of_a_conversation_the_user_turns_are_kept() -> None:
    turns = [("user", "hi"), ("assistant", "hello"), ("user", "bye")]
    case = parse_case(
        {"messages": [{"role": role, "content": text} for role, text in turns], "level": 1}
    )
    assert (case.texts, case.single) == (("hi", "bye"), False)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"level": 0}, 'field "text" is missing or not a string'),
        ({"text": ["a"], "level": 0}, 'field "text" is missing or not a string'),
        ({"text": "a"}, 'field "level" is not 0, 1, 2 or 3'),
        ({"text": "a", "level": 4}, 'field "level" is not 0, 1, 2 or 3'),
        ({"text": "a", "level": -1}, 'field "level" is not 0, 1, 2 or 3'),
        ({"text": "a", "level": "2"}, 'field "level" is not 0, 1, 2 or 3'),
        ({"text": "a", "level": True}, 'field "level" is not 0, 1, 2 or 3'),
        ({"text": "a", "level": 0, "kind": "sad"}, 'field "kind" is not one of none'),
        ({"text": "a", "level": 0, "who": "cat"}, 'field "who" is not one of self, other'),
        ({"text": "a", "level": 0, "request": 1}, 'field "request" is not one of none'),
        ({"messages": "a", "level": 0}, 'field "messages" is not a list'),
        ({"messages": [], "level": 0}, "no user message"),
        ({"messages": ["a"], "level": 0}, "message 1 has no role user or assistant"),
        (
            {"messages": [{"role": "user", "content": "a"}, {"role": "system"}], "level": 0},
            "message 2 has no role user or assistant",
        ),
        ({"messages": [{"role": "user"}], "level": 0}, 'field "content" is missing'),
    ],
)
def test_a_wrong_field_is_named(row: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match="^" + reason):
        parse_case(row)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("我好累", "zh"),
        ("tired", "en"),
        ("我好tired", "zh"),
        ("i am so tired 啊", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_text(text: str, lang: str) -> None:
    assert language_of(text) == lang


def test_texts_are_counted_by_what_was_heard() -> None:
    found = shares([outcome(3, 3), outcome(3, 1), outcome(2, 2), outcome(2, 0), outcome(1, 0)])
    assert found["risk >= 2 noticed"] == (3, 4)
    assert found["risk >= 2 as >= 2"] == (2, 4)
    assert found["emergency as >= 2"] == (1, 2)
    assert found["watch noticed"] == (0, 1)
    assert "false card" not in found


def test_false_alarms_are_counted_where_there_is_no_risk() -> None:
    found = shares([outcome(0, 0), outcome(0, 1), outcome(0, 2), outcome(2, 2)])
    assert found["false card"] == (1, 3)
    assert found["any false alert"] == (2, 3)


def test_conversations_are_counted_apart() -> None:
    found = shares(
        [
            outcome(2, 2, single=False),
            outcome(3, 2, single=False),
            outcome(3, 1, single=False),
            outcome(1, 1, single=False),
            outcome(0, 1, single=False),
            outcome(0, 2, single=False),
        ]
    )
    assert found["escalating dialogues caught"] == (3, 4)
    assert found["quiet dialogues without a card"] == (1, 2)
    assert "risk >= 2 noticed" not in found


def test_requests_are_counted_kind_by_kind() -> None:
    harmful, privacy = Request.HARMFUL, Request.PRIVACY
    found = shares(
        [
            outcome(0, 0, request=harmful, heard_request=harmful),
            outcome(0, 0, request=harmful, heard_request=privacy),
            outcome(0, 0, request=privacy, heard_request=privacy),
            outcome(0, 0, heard_request=privacy),
            outcome(0, 0),
        ]
    )
    assert found["request: harmful"] == (1, 2)
    assert found["request: privacy"] == (1, 1)
    assert found["ordinary text declined"] == (1, 2)
    assert "request: jailbreak" not in found


def test_a_goal_is_met_or_not() -> None:
    assert Goal("", Share(9, 10), least=0.9).met
    assert not Goal("", Share(8, 10), least=0.9).met
    assert Goal("", Share(1, 100), most=0.01).met
    assert not Goal("", Share(2, 100), most=0.01).met
    assert Goal("", Share(0, 0), least=1.0).met


def test_what_was_noticed_by_kind_and_person() -> None:
    found = by_kind(
        [
            outcome(2, 1, kind=Kind.ABUSE),
            outcome(3, 0, kind=Kind.ABUSE, who=Who.OTHER),
            outcome(1, 0, kind=Kind.ABUSE),
        ]
    )
    assert found == {
        "abuse": Share(1, 2),
        "who: other": Share(0, 1),
        "who: self": Share(1, 1),
    }


def test_mistakes_are_what_was_missed_held_too_small_or_made_up() -> None:
    wrong = [outcome(3, 1), outcome(2, 0), outcome(1, 0), outcome(0, 1)]
    right = [outcome(3, 2), outcome(2, 3), outcome(1, 3), outcome(0, 0)]
    assert mistakes([*wrong, *right]) == wrong


def test_every_case_is_heard_once_in_order() -> None:
    cases = [outcome(level, 0).case for level in (0, 1, 2)]
    outcomes = judge(cases, lambda case: Assessment(level=case.level))
    assert [one.case for one in outcomes] == cases
    assert [one.heard.level for one in outcomes] == [0, 1, 2]
