"""Signs that something light is welcome, Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import HumorFile
from psylite_desktop.content.words import Words, count_words, fold
from psylite_desktop.domain.aside import Why

LANGS = ("zh", "en")
ASKED, JOKED, RELIEVED = "asked_light", "joked", "relieved"
"""Codes of a sign, the plainest first."""
SOUNDED = "sounded_light"
"""Code of a sign without words of its own: the whole message sounds that way."""
LONGEST = 600
"""Characters of a message up to which a sign is looked for."""
BESIDE = {"zh": 12, "en": 7}
"""Characters or words beside a wish up to which it is nothing but a wish."""


@dataclass(frozen=True, slots=True)
class _Language:
    signs: tuple[tuple[str, Words], ...]
    block: Words
    loose: Words
    bars: frozenset[str]
    query: str
    taboo: Mapping[str, frozenset[str]]


class HumorWords:
    """Recognises a wish for something light. Pure: the same text gets the same answer."""

    def __init__(self, languages: Mapping[str, _Language]) -> None:
        """Use `load`."""
        self._languages = dict(languages)

    @classmethod
    def load(cls, assets_dir: Path) -> HumorWords:
        """Read content/{zh,en}/humor.toml. Raises InputError("content_invalid")."""
        languages = {}
        for lang in LANGS:
            path = assets_dir / "content" / lang / "humor.toml"
            file = read_toml(path, HumorFile)
            entries = ((ASKED, file.asked), (JOKED, file.joked), (RELIEVED, file.relieved))
            try:
                signs = tuple((code, Words.of(entry)) for code, entry in entries)
                block, loose = Words.of(file.block), Words.of(file.loose)
            except re.error as error:
                raise invalid(path, where="patterns", reason=str(error)) from None
            taboo = {mark: frozenset(tags) for mark, tags in file.taboo.items()}
            bars = frozenset(file.bars.situations)
            languages[lang] = _Language(signs, block, loose, bars, file.fallback.query, taboo)
        return cls(languages)

    def sign(self, text: str, lang: str) -> Why | None:
        """The plainest sign in a text with the words that show it, None where there is none.

        Bitter laughter speaks against relief as well. Whoever writes at length has something to
        tell: there is no sign in it, and no pattern is let loose on a page full of laughter.
        """
        if len(text) > LONGEST:
            return None
        folded = fold(text)
        for code, words in self._languages[lang].signs:
            if (match := words.search(folded)) is not None:
                rest = count_words(folded) - count_words(match.group())
                return Why(code, match.group(), code == ASKED and rest <= BESIDE[lang])
            is_bitter = words.against is not None and words.against.search(folded)
            if code == JOKED and is_bitter:
                return None
        return None

    def blocks(self, text: str, situations: Collection[str], lang: str) -> bool:
        """Whether a message, or the situations it points to, forbid humor."""
        known = self._languages[lang]
        return known.block.search_beside(fold(text)) is not None or bool(
            known.bars & set(situations)
        )

    def without_loose(self, text: str, lang: str) -> str:
        """A message without the words that alone prove nothing; by bitter laughter they stay."""
        known = self._languages[lang]
        folded = fold(text)
        jokes = dict(known.signs)[JOKED]
        if jokes.against is not None and jokes.against.search(folded):
            return folded
        return known.loose.found.sub(" ", folded)

    def query(self, lang: str) -> str:
        """What to search with where the person's own words name no topic."""
        return self._languages[lang].query

    def is_taboo(self, marks: Collection[str], situations: Collection[str], lang: str) -> bool:
        """Whether a piece with these marks must not meet these situations."""
        known = self._languages[lang].taboo
        return any(known.get(mark, frozenset()) & set(situations) for mark in marks)

    def marks(self, lang: str) -> frozenset[str]:
        """All marks that a piece may carry."""
        return frozenset(self._languages[lang].taboo)
