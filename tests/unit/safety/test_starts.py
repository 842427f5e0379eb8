"""Trying a pattern only where a match can begin must find what trying it everywhere finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.safety.patterns import PatternLanguage
from psylite_desktop.safety.rules import RuleSet
from psylite_desktop.safety.starts import FIRST, find, places_of, starts
from tests.fakes.floor import rules_alone

RULE_SETS = rules_alone().rule_sets
TEXTS = [(rules, text) for rules in RULE_SETS for rule in rules.rules for text in rule.examples]


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        ("死", ["死"]),
        ("我死了", ["我死"]),
        ("我(?:去)?死", ["我去", "我死"]),
        ("(?:我|咱们?)死", ["我死", "咱们", "咱死"]),
        ("跳?楼", ["跳楼", "楼"]),
        ("死+", ["死"]),
        ("a{2}b", ["a"]),
        ("(?<!不)想死", ["想死"]),
        ("(?!想不)想死", ["想死"]),
        ("[刀剪]子", ["刀子", "剪子"]),
        (r"[.\n]死", [".死", "\n死"]),
        (r"\.死", [".死"]),
        ("^死", [FIRST]),
        ("(?:^|。)死", [FIRST, "。死"]),
        (r"\bdie", ["di"]),
        ("i +(?:want|need)", ["i "]),
        ("死|杀了", ["死", "杀了"]),
        ("死.", ["死"]),
        ("[^死]死", []),
        (".死", []),
        (r"\w死", []),
        ("(?:死)?", []),
        ("死*", []),
    ],
)
def test_what_a_match_begins_with(pattern: str, begins: list[str]) -> None:
    assert starts(pattern) == frozenset(begins)


PARTS = st.sampled_from(
    ["死", "杀", "[死了]", "[^死]", ".", "(?!死)", "(?<!了)", "^", "$", r"\b", r"\n"]
)
PATTERNS = st.recursive(
    st.builds(
        lambda one, many: one + ("" if one[0] in "(^$\\" else many),
        PARTS,
        st.sampled_from(["", "?", "*", "+", "{0,2}", "{2}"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda them: f"(?:{'|'.join(them)})"),
        inner.map(lambda one: f"(?:{one})?"),
    ),
    max_leaves=8,
)


@given(pattern=PATTERNS, text=st.text("死杀了\n x", max_size=12))
def test_any_pattern_finds_the_same_in_any_text(pattern: str, text: str) -> None:
    whole = re.compile(pattern)
    padded = text + " " * 100  # so few places are worth trying one by one
    found = list(find(whole, starts(pattern), padded, places_of(padded, words=False)))
    everywhere = list(whole.finditer(padded))
    assert [one.span() for one in found] == [one.span() for one in everywhere]


@given(pattern=PATTERNS, text=st.text("ab1 .", max_size=12))
def test_words_are_tried_only_where_they_begin(pattern: str, text: str) -> None:
    source = pattern.translate(str.maketrans("死杀了", "ab1"))
    whole = PatternLanguage("en", {}).compile([source])
    padded = text + " " * 100
    found = list(find(whole, starts(source), padded, places_of(padded, words=True)))
    assert [one.span() for one in found] == [one.span() for one in whole.finditer(padded)]


@given(one=st.sampled_from(TEXTS))
def test_the_rules_find_the_same(one: tuple[RuleSet, str]) -> None:
    rules, text = one
    masked, _ = rules.masked(text)
    found = sorted((match.rule.id, match.start, match.end) for match in rules.matches(masked))
    spread = rules._language.spread(masked)
    everywhere = sorted(
        (lazy.rule.id, *match.span())
        for lazy in rules._patterns
        for match in lazy.compile().finditer(spread)
        if match.end() > match.start()
    )
    assert found == everywhere
