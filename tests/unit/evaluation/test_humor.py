from __future__ import annotations

import pytest

from psylite_desktop.evaluation.humor import Case, Outcome, figures, mistakes, parse_case

TALK = [
    {"role": "user", "content": "hi"},
    {"role": "assistant", "content": "Hello."},
    {"role": "user", "content": "tell me a joke"},
]


def outcome(*pieces: str, ok: bool, turns: int = 2) -> Outcome:
    return Outcome(Case("x", "en", ("a",) * turns, ok), pieces)


def test_a_case_holds_the_person_s_turns() -> None:
    case = parse_case({"id": 7, "messages": TALK, "humor_ok": True, "why": "asks"})
    assert case == Case("7", "en", ("hi", "tell me a joke"), humor_ok=True, why="asks")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"messages": TALK}, "humor_ok"),
        ({"messages": TALK, "humor_ok": 1}, "humor_ok"),
        ({"humor_ok": True}, "messages"),
        ({"messages": TALK[1:2], "humor_ok": True}, "no user message"),
    ],
)
def test_what_is_wrong_is_named(row: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_case(row)


def test_figures_tell_shown_from_offered() -> None:
    rows = [
        outcome("1:offered:p:joked", ok=True),
        outcome(ok=True),
        outcome("2:shown:p:asked_light", ok=False),
        outcome("2:offered:p:joked", ok=False),
        outcome("1:shown:p:asked_light", ok=False),  # an earlier turn is another question
        outcome(ok=False),
    ]
    found = figures(rows)
    assert (found.came_where_welcome.hits, found.came_where_welcome.total) == (1, 2)
    assert (found.shown_where_not.hits, found.shown_where_not.total) == (1, 4)
    assert found.offered_where_not.hits == 1
    assert (found.precision.hits, found.precision.total) == (1, 3)
    assert [one.case.humor_ok for one in mistakes(rows)] == [False, False, True]
