"""The plain form and its way back to the original."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.safety.cloaks import Uncloaker

UNCLOAKER = Uncloaker.from_file(Path(__file__).parents[3] / "assets" / "safety" / "normalise.toml")


@given(text=st.text(st.characters(exclude_categories=()), max_size=200))
def test_every_character_knows_where_it_came_from(text: str) -> None:
    plain = UNCLOAKER.plain(text)
    assert len(plain.text) == len(plain.starts) == len(plain.ends)
    assert list(plain.starts) == sorted(plain.starts)
    assert all(
        0 <= start < end <= len(text) for start, end in zip(plain.starts, plain.ends, strict=True)
    )


@given(
    before=st.sampled_from(["", "嗯，", "ok ", "１２ ", "🙂"]),
    inside=st.sampled_from(["自 杀", "自\u200b杀", "自.杀", "zi sha", "自鲨", "自殺"]),
    after=st.sampled_from(["", "。", "了", " ok"]),
)
def test_a_disguised_word_points_to_the_disguise(before: str, inside: str, after: str) -> None:
    text = before + inside + after
    plain = UNCLOAKER.plain(text)
    place = plain.text.index("自杀")
    start, end = plain.original(place, place + 2)
    assert text[start:end] == inside


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ＡＢＣ，１２", "abc,12"),
        ("I don’t", "i dont"),
        ("Résumé", "resume"),
        ("輕生與結束", "轻生与结束"),
        ("紫砂壶", "紫砂壶"),
        ("deadline", "deadline"),
        ("diet", "diet"),
        ("想4个苹果", "想4个苹果"),
        ("想去，死也不去", "想去,死也不去"),
        ("skill", "skill"),
        ("a\tb\r\nc", "a b\n\nc"),
        ("我 想 走", "我想走"),
        ("我很累 想走了", "我很累 想走了"),
    ],
)
def test_plain_form(text: str, plain: str) -> None:
    assert UNCLOAKER.plain(text).text == plain
