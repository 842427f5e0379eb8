"""The word lists: as many as promised, and no two that could be taken for each other."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from pypinyin import lazy_pinyin

from psylite_desktop.content.passphrase_words import COUNT, load_passphrase_words
from psylite_desktop.domain.errors import InputError

ASSETS = Path(__file__).parents[3] / "assets"
LISTS = load_passphrase_words(ASSETS)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_there_are_as_many_words_as_bits_are_told(lang: str) -> None:
    assert len(LISTS[lang]) == len(set(LISTS[lang])) == COUNT == 2**11


def test_no_english_word_begins_another() -> None:
    ordered = sorted(LISTS["en"])
    assert [pair for pair in pairwise(ordered) if pair[1].startswith(pair[0])] == []


def test_no_slip_of_a_letter_makes_another_english_word() -> None:
    words = set(LISTS["en"])
    letters = "abcdefghijklmnopqrstuvwxyz"
    near = []
    for word in words:
        cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
        slips = {a + b[1:] for a, b in cuts if b}
        slips |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
        slips |= {a + letter + b[1:] for a, b in cuts if b for letter in letters}
        slips |= {a + letter + b for a, b in cuts for letter in letters}
        near += [(word, other) for other in (slips & words) - {word}]
    assert near == []


def _sound(word: str) -> str:
    """As it is typed by somebody who mixes up zh and z, or ang and an."""
    parts = (
        re.sub(r"([aei]n)g$", r"\1", re.sub(r"^([zcs])h", r"\1", part))
        for part in lazy_pinyin(word)
    )
    return " ".join(parts)


def test_no_two_chinese_words_sound_alike() -> None:
    sounds: dict[str, str] = {}
    alike = []
    for word in LISTS["zh"]:
        other = sounds.setdefault(_sound(word), word)
        if other != word:
            alike.append((word, other))
    assert alike == []


def test_no_chinese_word_is_another_one_turned_around() -> None:
    words = set(LISTS["zh"])
    assert [word for word in words if word[::-1] in words and word != word[::-1]] == []


@pytest.mark.parametrize("damage", ["twice", "missing", "shape"])
def test_a_list_that_is_worth_less_is_refused(tmp_path: Path, damage: str) -> None:
    for lang in ("zh", "en"):
        source = ASSETS / "content" / lang / "passphrase_words.toml"
        text = source.read_text("utf-8")
        if lang == "en":
            change = {"twice": "abacus acrobat", "missing": "", "shape": "abacus ACROBAT"}
            assert "abacus acorn acrobat" in text
            text = text.replace("abacus acorn acrobat", f"abacus {change[damage]}")
        target = tmp_path / "content" / lang / "passphrase_words.toml"
        target.parent.mkdir(parents=True)
        target.write_text(text, "utf-8")
    with pytest.raises(InputError):
        load_passphrase_words(tmp_path)
