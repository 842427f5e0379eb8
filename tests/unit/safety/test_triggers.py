"""Skipping patterns must never lose a match."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.safety.triggers import triggers, ways
from tests.fakes.floor import rules_alone

RULES = rules_alone().rule_sets[0]
TEXTS = [
    text
    for case in tomllib.loads(
        Path(__file__).with_name("self_check_zh.toml").read_text(encoding="utf-8")
    )["case"]
    for text in case["texts"]
] + [text for rule in RULES.rules for text in rule.examples]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("死", ["死"]),
        ("我死", ["我死"]),
        ("我(?:去)?死", ["死"]),
        ("(?:死|杀)了", ["死", "杀"]),
        ("(?:死|.)", []),
        ("死?", []),
        ("跳楼?", ["跳"]),
        ("死{0,5}", []),
        ("死+", ["死"]),
        ("(?!死)杀", ["杀"]),
        ("(?<!死)杀", ["杀"]),
        ("[死杀]", ["死", "杀"]),
        ("[^死]", []),
        (r"\d死", ["死"]),
        (r"\u25a1+死", ["死"]),
        (r"\x20死", ["死"]),
        ("(?:^|死)", []),
        ("死|杀", ["死", "杀"]),
        ("razors? +blades?", ["razor"]),
        ("(?:jump|leap)(?:ed|s)? +off", ["jump", "leap"]),
    ],
)
def test_what_a_pattern_cannot_do_without(pattern: str, needed: list[str]) -> None:
    assert triggers(pattern) == frozenset(needed)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("割腕", [[["割腕"]]]),
        ("(?:刀|剪).{0,3}手腕", [[["手腕"], ["刀", "剪"]]]),
        ("(?:刀)?手腕", [[["手腕"]]]),
        ("药(?!店).*整瓶|上吊", [[["整瓶"], ["药"]], [["上吊"]]]),
        (".|上吊", [[], [["上吊"]]]),
    ],
)
def test_each_way_to_match_needs_all_of_its_parts(
    pattern: str, needed: list[list[list[str]]]
) -> None:
    assert ways(pattern) == tuple(tuple(map(frozenset, way)) for way in needed)


@given(text=st.sampled_from(TEXTS))
def test_no_match_is_skipped(text: str) -> None:
    masked, _ = RULES.masked(text)
    found = {(match.rule.id, match.start, match.end) for match in RULES.matches(masked)}
    for lazy in RULES._patterns:
        for match in re.finditer(lazy.compile(), masked):
            if match.end() > match.start():
                assert (lazy.rule.id, *match.span()) in found
