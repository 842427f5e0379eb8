from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.storage.search_terms import (
    composed,
    index_tokens,
    match_expression,
    runs,
    snippet,
)

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=12)
ANY_TEXT = st.text(max_size=200)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("考试焦虑", "考 考试 试 试焦 焦 焦虑 虑"),
        ("好", "好"),
        ("I don't", "i don t"),
        ("CAFÉ Straße", "cafe strasse"),
        ("GPT4 很好", "gpt4 很 很好 好"),
        ("ＡＢＣ１２３", "abc123"),
        ("焦\u200b虑", "焦 焦虑 虑"),
        ("难过😢", "难 难过 过 过😢 😢"),
        ("e\u0301tude", "etude"),
        ("안녕 カメラ", "안 안녕 녕 カ カメ メ メラ ラ"),
        ("…，。!?", ""),
        ("", ""),
        ("x" * 100, "x" * 64),
    ],
)
def test_index_tokens(text: str, tokens: str) -> None:
    assert index_tokens(text) == tokens


@pytest.mark.parametrize(
    ("query", "expression"),
    [
        ("焦虑", '"焦虑"'),
        ("焦", '"焦"'),
        ("考试周", '"考试 试 试周"'),
        ("anx", '"anx" *'),
        ("anx anx", '"anx" *'),
        ('a" OR b*', '"a" AND "or" AND "b"'),
        ("，", ""),
    ],
)
def test_match_expression(query: str, expression: str) -> None:
    assert match_expression(query) == expression


@given(HAN, HAN, HAN)
def test_part_of_a_chinese_run_is_a_phrase_of_its_tokens(
    before: str, part: str, after: str
) -> None:
    tokens = index_tokens(before + part + after).split()
    phrase = match_expression(part).strip('"').split()
    # The compatibility block folds to other characters; phrase and text fold alike.
    assert any(
        tokens[at : at + len(phrase)] == phrase for at in range(len(tokens) - len(phrase) + 1)
    )


@given(ANY_TEXT)
def test_expression_holds_nothing_but_folded_text(query: str) -> None:
    bare = match_expression(query).replace('" *', '"').replace(" AND ", " ").replace('"', "")
    assert all(part.isalnum() or not part.isascii() for part in bare.split())
    assert "\0" not in bare


@given(ANY_TEXT)
def test_tokens_of_equivalent_texts_are_equal(text: str) -> None:
    assert index_tokens(composed(text)) == index_tokens(text)


@given(ANY_TEXT)
def test_runs_name_places_in_the_text(text: str) -> None:
    whole = composed(text)
    at = 0
    for run in runs(whole):
        assert len(run.starts) == len(run.ends) >= 1
        for start, end in zip(run.starts, run.ends, strict=True):
            assert at <= start < end <= len(whole)
            at = end if run.singles else start


@given(ANY_TEXT, ANY_TEXT)
def test_snippet_is_one_short_line(text: str, query: str) -> None:
    line = snippet(text, query)
    assert len(line.splitlines()) <= 1
    assert line.count("\ue000") == line.count("\ue001")


def test_snippet_shows_the_surroundings_of_a_late_hit() -> None:
    text = "前" * 5000 + "考试" + "后" * 5000
    line = snippet(text, "考试")
    assert line.startswith("…")
    assert line.endswith("…")
    assert "前\ue000考试\ue001后" in line
    assert len(line) < 150


def test_snippet_marks_every_hit_in_view_and_no_forged_one() -> None:
    line = snippet("\ue000焦虑\ue001 and Anxiety\n焦虑", "焦虑 anx")
    assert line == "\ue000焦虑\ue001 and \ue000Anxiety\ue001 \ue000焦虑\ue001"
