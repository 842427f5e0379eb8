"""Classes of words that mean the same kind of thing: a painkiller, a high place, one's mother.

With them the linear risk model hears of a drug or a place that none of its texts named. A row is
read twice: with the classes that danger is told by, and with the `wide` ones too, in which nearly
every word of everyday life has its place, so that whoever burns whatever is somebody burning
something. (Measured on authors whom no model had seen, in README of `model_store/risk`.)
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from psylite_desktop.safety.linear import LANGS, characters_of, words_of

WORD_CLASSES = "word_classes.json"
MARK = "#"
WIDE = "wide"
"""What the file calls the classes of everyday words."""
_BETWEEN = {"zh": "", "en": " "}


class WordClasses:
    """Finds classes in plain sentences. Immutable; safe to use from any thread."""

    def __init__(self, classes: Mapping[str, Any]) -> None:
        """The words of each class by language, and those that are added to them under "wide".

        Words are in plain form; one of English may be a phrase. Raises KeyError, TypeError and
        AttributeError where it is something else.
        """
        self._finders: dict[tuple[str, bool], _Finder] = {}
        for lang in LANGS:
            near = _named(classes[lang])
            self._finders[lang, False] = _Finder(near, lang)
            self._finders[lang, True] = _Finder(near | _named(classes[WIDE][lang]), lang)

    @classmethod
    def load(cls, path: Path) -> WordClasses:
        """Read a file of them. Raises OSError, ValueError and as the constructor does."""
        return cls(json.loads(path.read_bytes()))

    def row(self, sentence: str, lang: str, *, wide: bool = False) -> list[str]:
        """A plain sentence as a row of classes and, where there is none, words or characters.

        The longest word that begins at a place is taken.
        """
        return [name for name, _ in self._finders[lang, wide](_parts(sentence, lang))]

    def marks(self, sentence: str, lang: str, *, wide: bool = False) -> list[str]:
        """The class of each word or character of a plain sentence; empty where there is none."""
        marks: list[str] = []
        for name, long in self._finders[lang, wide](_parts(sentence, lang)):
            marks += [name if name[0] == MARK else ""] * long
        return marks


class _Finder:
    """Finds words in the parts of a sentence."""

    def __init__(self, known: Mapping[str, str], lang: str) -> None:
        self._known = known
        self._between = _BETWEEN[lang]
        self._longest: dict[str, int] = {}
        for word in known:
            first, long = _begun(word, lang)
            if long > self._longest.get(first, 0):
                self._longest[first] = long

    def __call__(self, parts: Sequence[str]) -> list[tuple[str, int]]:
        """What stands in a row, and how many parts each of it takes."""
        known, between = self._known, self._between
        row: list[tuple[str, int]] = []
        place = 0
        while place < len(parts):
            # Most parts begin no word or only short ones: nothing longer is looked for there.
            for long in range(min(self._longest.get(parts[place], 0), len(parts) - place), 0, -1):
                found = known.get(between.join(parts[place : place + long]))
                if found is not None:
                    row.append((found, long))
                    break
            else:
                long = 1
                row.append((parts[place], long))
            place += long
        return row


def _named(classes: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {word: MARK + name for name, words in classes.items() for word in words}


def _begun(word: str, lang: str) -> tuple[str, int]:
    """The first part of a word and how many there are."""
    if lang == "zh":
        return word[:1], len(word)
    return word.partition(" ")[0], word.count(" ") + 1


def _parts(text: str, lang: str) -> Sequence[str]:
    return characters_of(text) if lang == "zh" else words_of(text)
