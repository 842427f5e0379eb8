"""Finds a short phrase of the person's that can stand between quotation marks as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import QuotingFile

LANGS = ("zh", "en")
LONGEST = {"zh": 12, "en": 6}
"""Characters (Chinese) or words (English) of a quoted phrase."""
SHORTEST = {"zh": 3, "en": 2}
_CUT = re.compile(r"[,，.。;；:：!！?？、…~～\n()（）\"“”‘’「」『』—-]+|\s{2,}")

_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
"""What stands in brackets is said by the way."""

_QUOTES = frozenset('"“”‘’「」『』')


@dataclass(frozen=True, slots=True)
class _Language:
    lead: re.Pattern[str]
    never: tuple[re.Pattern[str], ...]


class Quoting:
    """Chooses phrases. Pure: the same text gets the same answer."""

    def __init__(self, languages: Mapping[str, _Language]) -> None:
        """Use `load`."""
        self._languages = dict(languages)

    @classmethod
    def load(cls, assets_dir: Path) -> Quoting:
        """Read content/{zh,en}/quoting.toml. Raises InputError("content_invalid")."""
        languages = {}
        for lang in LANGS:
            path = assets_dir / "content" / lang / "quoting.toml"
            words = read_toml(path, QuotingFile).phrase
            leads = "|".join(re.escape(one) for one in sorted(words.lead, key=len, reverse=True))
            edge = r"\b" if lang == "en" else ""
            try:
                languages[lang] = _Language(
                    re.compile(rf"(?i)^(?:(?:{leads}){edge}\s*)+"),
                    tuple(re.compile(pattern) for pattern in words.never),
                )
            except re.error as error:
                raise invalid(path, where="phrase", reason=str(error)) from None
        return cls(languages)

    def phrase(
        self,
        text: str,
        lang: str,
        *,
        weight: Callable[[str], float],
        is_safe: Callable[[str], bool],
    ) -> str:
        """The most telling clause that may be quoted, empty where there is none.

        `weight` says how telling a clause is (nothing at 0 is quoted); `is_safe` is asked of the
        chosen ones only and refuses words of risk.
        """
        clauses = list(self._clauses(text, lang))
        ranked = sorted(clauses, key=lambda clause: (-weight(clause), -len(clause)))
        for clause in ranked:
            if weight(clause) <= 0:
                return ""
            if is_safe(clause):
                return clause
        return ""

    def is_private(self, clause: str, lang: str) -> bool:
        """Whether a name, a number, an address or a word to the program stands in it."""
        return any(pattern.search(clause) for pattern in self._languages[lang].never)

    def _clauses(self, text: str, lang: str) -> Iterator[str]:
        language = self._languages[lang]
        for part in _unquoted(_ASIDE.sub(",", text.replace("\u2019", "'"))):
            clause = language.lead.sub("", part.strip()).strip()
            length = len(clause) if lang == "zh" else len(clause.split())
            if not SHORTEST[lang] <= length <= LONGEST[lang]:
                continue
            if not any(pattern.search(clause) for pattern in language.never):
                yield clause


def _unquoted(text: str) -> Iterator[str]:
    """Clauses without those beside a quotation: half of it would be quoted in turn."""
    start, opened = 0, False
    for cut in _CUT.finditer(text):
        quotes = not _QUOTES.isdisjoint(cut.group())
        if not (opened or quotes):
            yield text[start : cut.start()]
        start, opened = cut.end(), quotes
    if not opened:
        yield text[start:]
