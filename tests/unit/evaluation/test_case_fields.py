"""Reading lists that others have written, line by line."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.evaluation.case_fields import BadRowError, list_items, plain

ITEMS = st.lists(st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()))


@given(ITEMS, st.sampled_from([None, 0, 2]))
def test_the_items_are_those_of_the_list(items: list[object], indent: int | None) -> None:
    text = json.dumps(items, indent=indent, ensure_ascii=False)
    assert [value for _, value in list_items(text)] == items


def test_items_know_their_lines() -> None:
    assert list(list_items('\n[\n "a",\n\n "b"]\n')) == [(3, "a"), (5, "b")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("{}", 1),
        ("[", 1),
        ('["a",\n]', 2),
        ('["a"\n"b"]', 2),
        ('["a",\n"b]', 2),
        ('["a"]\n\nx', 3),
        ("[" * 100_000, 1),
    ],
)
def test_what_is_no_list_is_named_by_its_line(text: str, line: int) -> None:
    with pytest.raises(BadRowError) as caught:
        list(list_items(text))
    assert caught.value.line == line
    assert caught.value.reason


@given(st.text())
def test_any_text_is_items_or_a_reason(text: str) -> None:
    lines = 1
    with contextlib.suppress(BadRowError):
        lines = max((line for line, _ in list_items(text)), default=1)
    assert 1 <= lines <= text.count("\n") + 1


@given(st.text())
def test_plain_text_can_be_written_anywhere(text: str) -> None:
    plain(text).encode("utf-8")
    assert "\x1b" not in plain(text)
