"""Classes of words: the longest word wins, nothing is lost, and each word stands in one class."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.safety.linear import LANGS, characters_of, words_of
from psylite_desktop.safety.word_classes import WIDE, WORD_CLASSES, WordClasses

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "model_store" / "risk" / WORD_CLASSES
SMALL = WordClasses(
    {
        "zh": {"night": ["今晚"], "pills": ["药", "安眠药"]},
        "en": {"night": ["tonight"], "pills": ["pills", "sleeping pills"], "sleep": ["sleeping"]},
        "wide": {
            "zh": {"pills": ["感冒药"], "day": ["今天"]},
            "en": {"place": ["in", "in bed"], "pills": ["lozenge"]},
        },
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


@pytest.mark.parametrize(
    ("text", "lang", "row"),
    [
        ("今天 感冒药", "zh", ["#day", "#pills"]),
        ("今晚药", "zh", ["#night", "#pills"]),
        ("sleeping in bed tonight", "en", ["#sleep", "#place", "#night"]),
        ("in a lozenge", "en", ["#place", "a", "#pills"]),
    ],
)
def test_the_wide_row_knows_everyday_words_too(text: str, lang: str, row: list[str]) -> None:
    assert SMALL.row(text, lang, wide=True) == row


@given(st.text(alphabet="abc 今晚药#,.", max_size=40), st.booleans())
def test_what_is_in_no_class_stays(text: str, wide: bool) -> None:
    none = WordClasses({"zh": {}, "en": {}, "wide": {"zh": {}, "en": {}}})
    assert none.row(text, "en", wide=wide) == words_of(text)
    assert "".join(none.row(text, "zh", wide=wide)) == characters_of(text)


_PARTS = st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=4)


@given(st.lists(_PARTS, max_size=6), st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=12))
def test_nothing_longer_is_overlooked(known: list[list[str]], said: list[str]) -> None:
    """As one that tries every length at every place would find it."""
    words = {" ".join(parts) for parts in known}
    classes = {"zh": {}, "en": {"all": sorted(words)}, "wide": {"zh": {}, "en": {}}}
    expected: list[str] = []
    place = 0
    while place < len(said):
        ends = range(len(said), place, -1)
        end = next((end for end in ends if " ".join(said[place:end]) in words), None)
        expected.append(said[place] if end is None else "#all")
        place = place + 1 if end is None else end
    assert WordClasses(classes).row(" ".join(said), "en") == expected


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_stands_in_one_class_as_the_model_reads_it(lang: str) -> None:
    shipped = json.loads(SHIPPED.read_text("utf-8"))
    classes, wide = shipped[lang], shipped[WIDE][lang]
    words = Counter(word for held in (*classes.values(), *wide.values()) for word in held)
    assert len(classes) > 100
    assert len(classes | wide) > 200
    assert [word for word, times in words.items() if times > 1] == []
    if lang == "en":  # another form would never be found
        assert [word for word in words if " ".join(words_of(word)) != word] == []


def test_the_model_ships_with_the_classes_that_it_learnt_with() -> None:
    source = ROOT / "psylite_desktop" / "forge" / "texts" / "risk" / WORD_CLASSES
    assert SHIPPED.read_bytes() == source.read_bytes()
