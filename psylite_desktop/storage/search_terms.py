"""What the full-text index holds and asks for: words, and Chinese by unigrams and bigrams.

A run of Han, kana, hangul or symbol characters is written into the index as `考 考试 试`: each
character, and each pair between its two characters. A word of any length is then one phrase, and
two-character words such as 焦虑, which a trigram index cannot find, are found. Other scripts are
indexed by words without case and accents and searched by their beginnings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

MAX_WORD = 64
"""Characters of a word that are indexed; more belong to no language but to pasted data."""

MAX_QUERY = 200
"""Characters of a query that are looked at."""

PREFIX = 3
"""Characters from which on a word is searched by its beginning, as long as the index has it.

Merging the lists of all words that begin with "t" takes seconds in a large encrypted vault.
"""

HIT_START = "\ue000"
HIT_END = "\ue001"

_SNIPPET_BEFORE = 24
_SNIPPET_LENGTH = 120
_LONG = 2000

_SINGLE_RANGES = (
    (0x3005, 0x3007),  # 々 〆 〇
    (0x3040, 0x30FF),  # kana
    (0x3100, 0x312F),  # bopomofo
    (0x31A0, 0x31FF),
    (0x3400, 0x4DBF),  # Han, extension A
    (0x4E00, 0x9FFF),  # Han
    (0xAC00, 0xD7AF),  # hangul
    (0xF900, 0xFAFF),  # Han, compatibility
    (0x20000, 0x323AF),  # Han, extensions B to H
)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters of one sort.

    `singles` says that each character counts by itself (Chinese); `units` holds the folded
    characters or words, `starts` and `ends` their offsets in the text that was cut.
    """

    singles: bool
    units: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def is_single(character: str) -> bool:
    """Tell whether a character is indexed by itself: Han, kana, hangul, and symbols (emoji)."""
    code = ord(character)
    if code < 0x2000:
        return False
    if any(low <= code <= high for low, high in _SINGLE_RANGES):
        return True
    return unicodedata.category(character) == "So"


@lru_cache(maxsize=8192)
def _folded(character: str) -> str | None:
    """Return what a character is indexed as; "" where it only continues, None where it cuts."""
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf"}:
        return ""
    compatible = unicodedata.normalize("NFKC", character).casefold()
    if compatible and is_single(compatible[0]):
        return compatible[0]
    parts = unicodedata.normalize("NFKD", compatible)
    bare = "".join(part for part in parts if unicodedata.category(part) != "Mn")
    kept = "".join(part for part in bare if part.isalnum() or unicodedata.category(part) == "Mc")
    return unicodedata.normalize("NFC", kept) or None


def composed(text: str) -> str:
    """Return the form of a text that offsets of runs count in (NFC)."""
    return unicodedata.normalize("NFC", text)


def runs(text: str) -> Iterator[Run]:
    """Cut a composed text into runs, in order."""
    units: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    singles = False
    for offset, character in enumerate(text):
        folded = _folded(character)
        if folded == "":
            if ends:
                ends[-1] = offset + 1
            continue
        single = folded is not None and is_single(folded[0])
        if units and (folded is None or single != singles):
            yield _closed(units, starts, ends, singles=singles)
            units, starts, ends = [], [], []
        if folded is None:
            continue
        singles = single
        units.append(folded)
        starts.append(offset)
        ends.append(offset + 1)
    if units:
        yield _closed(units, starts, ends, singles=singles)


def _closed(
    units: Sequence[str], starts: Sequence[int], ends: Sequence[int], *, singles: bool
) -> Run:
    if singles:
        return Run(singles, tuple(units), tuple(starts), tuple(ends))
    word = "".join(units)[:MAX_WORD]
    return Run(singles, (word,), (starts[0],), (ends[-1],))


def _phrase(characters: Sequence[str]) -> list[str]:
    """Return the tokens between the first and the last pair, pairs and characters in turn."""
    tokens: list[str] = []
    for first, second in pairwise(characters):
        tokens += (first, first + second)
    return tokens[1:]


def index_tokens(text: str) -> str:
    """Return the tokens of a text, separated by spaces, as the index stores them."""
    tokens: list[str] = []
    for run in runs(composed(text)):
        if run.singles and len(run.units) > 1:
            tokens.append(run.units[0])
            tokens += _phrase(run.units)
            tokens.append(run.units[-1])
        else:
            tokens.append(run.units[0])
    return " ".join(tokens)


def match_expression(query: str) -> str:
    """Return the FTS5 expression that finds texts with all parts of the query, "" for none.

    Only folded letters, digits and symbols reach the expression, each part between quotes, so no
    query can be a syntax error or an operator.
    """
    parts: list[str] = []
    for run in _query_runs(query):
        if run.singles:
            tokens = _phrase(run.units) if len(run.units) > 1 else [run.units[0]]
            parts.append('"' + " ".join(tokens) + '"')
        elif len(run.units[0]) < PREFIX:
            parts.append(f'"{run.units[0]}"')
        else:
            parts.append(f'"{run.units[0]}" *')
    return " AND ".join(dict.fromkeys(parts))


def holds_all(text: str, query: str) -> bool:
    """Whether a text holds all parts of a query, as the index would find it."""
    return WordFinder(query).is_in(text)


class WordFinder:
    """Looks for the parts of one query in many texts that have no index."""

    def __init__(self, query: str) -> None:
        self._wanted = _query_runs(query)
        self._forms = [_loose("".join(want.units)) for want in self._wanted]

    @property
    def finds_nothing(self) -> bool:
        """Whether there is nothing to look for."""
        return not self._wanted

    def is_in(self, text: str) -> bool:
        """Whether a text holds all parts."""
        if not self._wanted:
            return False
        # Cutting into runs is slow; most texts do not even hold the bare characters.
        loose = _loose(text)
        if not all(form in loose for form in self._forms):
            return False
        cut = list(runs(composed(text)))
        return all(any(_hits(run, [want]) for run in cut) for want in self._wanted)


_MARKS = dict.fromkeys(range(0x300, 0x370))


def _loose(text: str) -> str:
    """A text without case and accents: whatever holds a part of a query holds it here as well."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return folded if folded.isascii() else folded.translate(_MARKS)


def _query_runs(query: str) -> list[Run]:
    return list(runs(composed(query[:MAX_QUERY])))


def snippet(text: str, query: str) -> str:
    """Return the surroundings of the first hit on one line, hits between U+E000 and U+E001."""
    text = composed(text.replace(HIT_START, " ").replace(HIT_END, " "))
    wanted = _query_runs(query)
    text, cut = _neighbourhood(text, wanted)
    spans: list[tuple[int, int]] = []
    for run in runs(text):
        if spans and run.starts[0] > spans[0][0] + _SNIPPET_LENGTH:
            break
        spans += _hits(run, wanted)
    spans.sort()
    begin = max(0, spans[0][0] - _SNIPPET_BEFORE) if spans else 0
    end = min(len(text), begin + _SNIPPET_LENGTH)
    pieces = ["…" if begin or cut else ""]
    at = begin
    for start, stop in spans:
        hit = text[max(start, at) : min(stop, end)]
        if hit:
            pieces += (text[at : max(start, at)], HIT_START, hit, HIT_END)
            at = min(stop, end)
    pieces += (text[at:end], "…" if end < len(text) else "")
    return " ".join("".join(pieces).split())


def _neighbourhood(text: str, wanted: Sequence[Run]) -> tuple[str, bool]:
    """Cut a very long text around a plain hit, so that its snippet costs no more than another's.

    Tells whether something was cut off in front. Without a plain hit (accents, full-width
    letters) the text stays whole.
    """
    if len(text) <= _LONG or not wanted:
        return text, False
    pattern = re.escape("".join(wanted[0].units))
    if not wanted[0].singles:
        pattern = r"\b" + pattern
    hit = re.search(pattern, text, re.IGNORECASE)
    if hit is None:
        return text, False
    start = max(0, hit.start() - _LONG // 2)
    return text[start : hit.end() + _LONG // 2], start > 0


def _hits(run: Run, wanted: Sequence[Run]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for want in wanted:
        if want.singles != run.singles:
            continue
        if not run.singles:
            if run.units[0].startswith(want.units[0]):
                found.append((run.starts[0], run.ends[0]))
            continue
        length = len(want.units)
        for at in range(len(run.units) - length + 1):
            if run.units[at : at + length] == want.units:
                found.append((run.starts[at], run.ends[at + length - 1]))
    return found
