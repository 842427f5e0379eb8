"""An entry as the Mirror reads it: plain form, sentences and clauses with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from psylite_desktop.domain.mirror import Excerpt
from psylite_desktop.safety.normalise import Folder, Plain

LONGEST = 20_000
"""Characters that are read; a longer entry is read to here."""
LONGEST_SENTENCE = 240
_END = re.compile(r"[^。!?\n;]*?(?:[。!?;]+[\"”’」』)]*|\.{2,}|\.(?=\s|$)|\n+|$)")
_CLAUSE = re.compile(r"[^,]+,?")
_EDGES = " \t\r\n\u3000,，"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `text` in plain form from `start` there; the original has it at `place`."""

    text: str
    start: int
    end: int
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """An entry in plain form, cut into sentences."""

    original: str
    plain: Plain
    sentences: tuple[Sentence, ...]

    @classmethod
    def read(cls, text: str, folder: Folder) -> ReadEntry:
        """Fold and cut; never raises."""
        plain = folder.fold(text[:LONGEST])
        sentences = tuple(
            Sentence(plain.text[start:end], start, end, excerpt)
            for start, end in _spans(plain.text)
            if (excerpt := exactly(text, plain, start, end)) is not None
        )
        return cls(text, plain, sentences)

    def sentence_at(self, place: int) -> int:
        """Index of the sentence that holds a place of the plain form; the last one at the end."""
        for index, one in enumerate(self.sentences):
            if place < one.end:
                return index
        return len(self.sentences) - 1


def exactly(text: str, plain: Plain, start: int, end: int) -> Excerpt | None:
    """The words of the original for a span of the plain form, without blanks at the edges."""
    first, last = plain.original(start, end)
    said = text[first:last]
    first += len(said) - len(said.lstrip(_EDGES))
    last -= len(said) - len(said.rstrip(_EDGES))
    if last <= first or not any(char.isalnum() for char in text[first:last]):
        return None
    return Excerpt(text[first:last], first, last)


def clause(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """What of a sentence is quoted for a finding inside it; offsets into the plain form.

    A sentence of ordinary length whole, of a long one the clauses that the finding touches.
    """
    if len(sentence.text) <= LONGEST_SENTENCE // 2:
        return sentence.start, sentence.end
    touched = [
        (sentence.start + part.start(), sentence.start + part.end())
        for part in _CLAUSE.finditer(sentence.text)
        if sentence.start + part.start() < end and sentence.start + part.end() > start
    ]
    return (touched[0][0], touched[-1][1]) if touched else (sentence.start, sentence.end)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for found in _END.finditer(text):
        start, end = found.span()
        while end - start > LONGEST_SENTENCE:
            cut = max(
                text.rfind(",", start, start + LONGEST_SENTENCE),
                text.rfind(" ", start, start + LONGEST_SENTENCE),
            )
            cut = cut + 1 if cut > start else start + LONGEST_SENTENCE
            yield start, cut
            start = cut
        if end > start:
            yield start, end
