"""The words that suggested passphrases are drawn from, Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from psylite_desktop.content.crisis import LANGS, About
from psylite_desktop.content.loader import invalid, read_toml

COUNT = 2048
"""Words in a list: each one drawn is worth 11 bits."""

_SHAPES = {"zh": re.compile(r"[\u4e00-\u9fff]{2}"), "en": re.compile(r"[a-z]{4,9}")}


class _WordList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    list: str


class PassphraseWordsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """content/<lang>/passphrase_words.toml; the words stand between blanks."""

    about: About
    words: _WordList


def load_passphrase_words(assets_dir: Path) -> Mapping[str, tuple[str, ...]]:
    """Read both lists, keyed by language. Raises InputError("content_invalid").

    A list with a word missing or twice would be worth less than what people are told.
    """
    lists: dict[str, tuple[str, ...]] = {}
    for lang in LANGS:
        path = assets_dir / "content" / lang / "passphrase_words.toml"
        file = read_toml(path, PassphraseWordsFile)
        if file.about.lang != lang:
            raise invalid(path, where="about.lang", reason=f"must be {lang}")
        words = tuple(file.words.list.split())
        if len(set(words)) != COUNT or len(words) != COUNT:
            raise invalid(path, where="words.list", reason=f"must be {COUNT} different words")
        if not all(_SHAPES[lang].fullmatch(word) for word in words):
            raise invalid(path, where="words.list", reason="a word has another shape")
        lists[lang] = words
    return lists
