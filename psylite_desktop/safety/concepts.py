"""Everyday words gathered under concepts: a rooftop and a window sill are both a high place.

A concept is a meaning field, not a sign of risk; the linear model learns which of them mean
something *together*. The lists are data (`assets/safety/concepts_*.toml`), one language a file,
the concepts are the same in both: what is learnt in one language helps in the other.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST_ZH = 8
_LONGEST_EN = 6


@dataclass(frozen=True, slots=True)
class Heard:
    """A concept and where its words stand; offsets into the text that was searched."""

    name: str
    start: int
    end: int


class Concepts:
    """The lexicon of one language. Immutable once made."""

    def __init__(self, lang: str, words: Mapping[str, list[str]]) -> None:
        """`words` lists phrases by concept; a phrase may stand under several."""
        self._lang = lang
        self._names: dict[str, tuple[str, ...]] = {}
        for name, phrases in words.items():
            for phrase in phrases:
                key = " ".join(_WORD.findall(phrase.lower())) if lang == "en" else phrase
                if key:
                    self._names[key] = (*self._names.get(key, ()), name)
        # Where a word of a phrase can begin: most places of a text begin none.
        self._first = frozenset(
            key.split(" ")[0] if lang == "en" else key[0] for key in self._names
        )

    @classmethod
    def from_file(cls, path: Path, lang: str) -> Concepts:
        """Read a lexicon. Raises OSError, tomllib.TOMLDecodeError, KeyError."""
        return cls(lang, tomllib.loads(path.read_text("utf-8"))["concept"])

    def heard(self, text: str) -> Iterator[Heard]:
        """Concepts of a plain text in their order; the longest phrase at a place wins."""
        return self._english(text) if self._lang == "en" else self._chinese(text)

    def _chinese(self, text: str) -> Iterator[Heard]:
        size = len(text)
        for place, first in enumerate(text):
            if first in self._first:
                for long in range(min(_LONGEST_ZH, size - place), 0, -1):
                    names = self._names.get(text[place : place + long])
                    if names:
                        for name in names:
                            yield Heard(name, place, place + long)
                        break

    def _english(self, text: str) -> Iterator[Heard]:
        words = list(_WORD.finditer(text))
        place = 0
        while place < len(words):
            if words[place][0] in self._first:
                for long in range(min(_LONGEST_EN, len(words) - place), 0, -1):
                    phrase = " ".join(word[0] for word in words[place : place + long])
                    names = self._names.get(phrase)
                    if names:
                        start, end = words[place].start(), words[place + long - 1].end()
                        for name in names:
                            yield Heard(name, start, end)
                        place += long - 1
                        break
            place += 1
