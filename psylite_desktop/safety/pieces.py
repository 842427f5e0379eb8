"""A text cut into the pieces that are scored: every sentence, and groups of neighbours."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

WINDOW = 120
REACH = {"zh": 0, "en": 160}
"""Among how many characters a piece is read; Chinese gains nothing by it."""
_STEP = 80
_CJK = "\u3400-\u4dbf\u4e00-\u9fff"
_SENTENCE = re.compile(r"[^。!?\n.…;]+[。!?\n.…;]*")
_HAN = re.compile(rf"[{_CJK}]")
_LETTER = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of plain text that is scored as one, with the features found in it.

    `around` is from where to where the sentences lie among which it is read, `among` what is found
    in them all; None where it is read by itself. `sentences` are the first and the last of the text
    that it holds.
    """

    lang: str
    start: int
    end: int
    buckets: Collection[int]
    around: tuple[int, int] = (0, 0)
    among: Collection[int] | None = None
    sentences: tuple[int, int] = (0, 0)


Features = Callable[[str, str], Collection[int]]
"""Turns a plain sentence of a language into features: buckets, or the places of their weights."""


def pieces(text: str, features: Features) -> Iterator[Piece]:
    """Cut a plain text: every sentence alone, and overlapping groups of about 120 characters."""
    sentences = list(_sentences(text, features))
    for place in range(len(sentences)):
        yield _piece(sentences, place, place)
    first = 0
    while first < len(sentences):
        last = first
        while last + 1 < len(sentences) and _together(sentences[first], sentences[last + 1]):
            last += 1
        if last > first:
            yield _piece(sentences, first, last)
        # The last sentence of a group opens the next one, unless the text ends with it.
        first = last if first < last < len(sentences) - 1 else last + 1


def span_of(held: Sequence[Piece]) -> tuple[int, int]:
    """From where the first of some pieces begins to where the last one ends: groups stand last."""
    return min(one.start for one in held), max(one.end for one in held)


def _piece(sentences: Sequence[Piece], first: int, last: int) -> Piece:
    """Sentences `first` to `last`, with as many around them as `REACH` allows."""
    held = first, last
    own = sentences[first : last + 1]
    while True:
        if first and _near(sentences[first - 1], sentences[last]):
            first -= 1
        elif last + 1 < len(sentences) and _near(sentences[first], sentences[last + 1]):
            last += 1
        else:
            break
    beside = sentences[first : last + 1]
    return Piece(
        own[0].lang,
        own[0].start,
        own[-1].end,
        _found(own),
        (beside[0].start, beside[-1].end),
        _found(beside) if len(beside) > len(own) else None,
        held,
    )


def _found(sentences: Sequence[Piece]) -> Collection[int]:
    return frozenset().union(*(one.buckets for one in sentences))


def _near(first: Piece, last: Piece) -> bool:
    return first.lang == last.lang and last.end - first.start <= REACH[first.lang]


def _together(first: Piece, last: Piece) -> bool:
    return first.lang == last.lang and last.end - first.start <= WINDOW


def _sentences(text: str, features: Features) -> Iterator[Piece]:
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        while True:
            cut = text[start : min(end, start + WINDOW)]
            han = len(_HAN.findall(cut))
            letters = len(_LETTER.findall(cut))
            if han + letters >= 2:
                lang = "zh" if han * 3 >= letters else "en"
                yield Piece(lang, start, start + len(cut), features(cut, lang))
            if start + WINDOW >= end:
                break
            start += _STEP
