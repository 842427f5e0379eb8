"""Classes of words: the longest word wins, nothing is lost, and each word stands in one class."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.safety.linear import LANGS, characters_of, words_of
from psylite_desktop.safety.word_classes import WORD_CLASSES, WordClasses

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "model_store" / "risk" / WORD_CLASSES
SMALL = WordClasses(
    {
        "zh": {"night": ["今晚"], "pills": ["药", "安眠药"]},
        "en": {"night": ["tonight"], "pills": ["pills", "sleeping pills"], "sleep": ["sleeping"]},
    }
)


@pytest.mark.parametrize(
    ("text", "lang", "row"),
    [
        ("今晚 安眠药", "zh", ["#night", "#pills"]),
        ("今天药", "zh", ["今", "天", "#pills"]),
        ("今晚，药……", "zh", ["#night", ",", "#pills"]),
        ("sleeping pills, tonight", "en", ["#pills", "#night"]),
        ("sleeping in", "en", ["#sleep", "in"]),
        ("", "en", []),
    ],
)
def test_the_longest_word_is_taken(text: str, lang: str, row: list[str]) -> None:
    assert SMALL.row(text, lang) == row


@given(st.text(alphabet="abc 今晚药#,.", max_size=40))
def test_what_is_in_no_class_stays(text: str) -> None:
    none = WordClasses({"zh": {}, "en": {}})
    assert none.row(text, "en") == words_of(text)
    assert "".join(none.row(text, "zh")) == characters_of(text)


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_stands_in_one_class_as_the_model_reads_it(lang: str) -> None:
    classes = json.loads(SHIPPED.read_text("utf-8"))[lang]
    words = Counter(word for held in classes.values() for word in held)
    assert len(classes) > 100
    assert [word for word, times in words.items() if times > 1] == []
    if lang == "en":  # another form would never be found
        assert [word for word in words if " ".join(words_of(word)) != word] == []


def test_the_model_ships_with_the_classes_that_it_learnt_with() -> None:
    source = ROOT / "psylite_desktop" / "forge" / "texts" / "risk" / WORD_CLASSES
    assert SHIPPED.read_bytes() == source.read_bytes()
