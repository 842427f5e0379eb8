"""Signs that something light is welcome, Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import HumorFile
from psylite_desktop.content.words import Words, fold
from psylite_desktop.domain.aside import Why

LANGS = ("zh", "en")
ASKED, JOKED, RELIEVED = "asked_light", "joked", "relieved"
"""Codes of a sign, the plainest first."""


@dataclass(frozen=True, slots=True)
class _Language:
    signs: tuple[tuple[str, Words], ...]
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
            except re.error as error:
                raise invalid(path, where="asked, joked, relieved", reason=str(error)) from None
            taboo = {mark: frozenset(tags) for mark, tags in file.taboo.items()}
            languages[lang] = _Language(signs, file.fallback.query, taboo)
        return cls(languages)

    def sign(self, text: str, lang: str) -> Why | None:
        """The plainest sign in a text with the words that show it, None where there is none.

        Words that speak against joking or relief speak against both: bitter laughter is no sign.
        """
        folded = fold(text)
        asked, *others = self._languages[lang].signs
        if (match := asked[1].search(folded)) is not None:
            return Why(asked[0], match.group())
        if any(w.against is not None and w.against.search(folded) for _, w in others):
            return None
        for code, words in others:
            if (match := words.search(folded)) is not None:
                return Why(code, match.group())
        return None

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
