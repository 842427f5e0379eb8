"""Patterns that speak for something, and patterns that speak against it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from psylite_desktop.content.schema import WordsEntry

_WORD = re.compile(r"[\u3400-\u9fff]|[a-z0-9']+")


@dataclass(frozen=True, slots=True)
class Words:
    """One kind of words; texts are given folded."""

    found: re.Pattern[str]
    against: re.Pattern[str] | None

    @classmethod
    def of(cls, entry: WordsEntry) -> Words:
        """Compile an entry; raises re.error."""
        against = re.compile("|".join(entry.never)) if entry.never else None
        return cls(re.compile("|".join(entry.found)), against)

    def search(self, folded: str) -> re.Match[str] | None:
        """The first match, unless something speaks against it."""
        if self.against is not None and self.against.search(folded):
            return None
        return self.found.search(folded)

    def search_beside(self, folded: str) -> re.Match[str] | None:
        """The first match beside what speaks against: harmless words excuse only themselves."""
        if self.against is not None:
            folded = self.against.sub(" ", folded)
        return self.found.search(folded)


def fold(text: str) -> str:
    """Lower case, plain apostrophes, single spaces."""
    return " ".join(text.lower().replace("\u2019", "'").split())


def count_words(text: str) -> int:
    """Chinese characters and Latin words in a text."""
    return len(_WORD.findall(text.lower()))
