"""What the linear risk model reads of a sentence.

Measured on authors whom no model had seen: English letters within words, learnt beside words of
equal rank, hid what the words say (a third fewer texts at risk were noticed), and Chinese grams of
four characters are too rare to tell anything. With half a say, and across words, letters help, and
so do classes of words.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from zlib import crc32

from psylite_desktop.safety.linear import features, words_of
from psylite_desktop.safety.word_classes import MARK, WordClasses

SPELLED_FROM = 0.5
CLASSES_FROM = {"zh": 0.5, "en": 0.75}
"""From which share of the table on spellings (English alone) and classes of words lie."""
_CHINESE = {"zh": (1, 2, 3)}
_SPELLED = (5, 7)
_WIDE = "+"
"""Stands before what the wide row says, which is another thing in the narrow one."""


class RiskFeatures:
    """Turns plain sentences into buckets of a table. Immutable; safe to use from any thread."""

    def __init__(self, bits: int, classes: WordClasses) -> None:
        """For a table of two to the power of `bits` buckets."""
        self._half = (1 << bits) >> 1
        self._classes = classes

    def __call__(self, sentence: str, lang: str) -> set[int]:
        """The buckets of a plain sentence.

        Chinese: every one to three characters in the lower half of the table. English: words,
        pairs of neighbours and of words with one between them in the lower half, in the third
        quarter how all of it is spelled, five and seven characters at a time. Behind them classes
        of words, in the narrow row and in the wide one: each, with what stands beside it or one
        further, and every two of them.
        """
        low = self._half - 1
        if lang == "zh":
            found = features(sentence, lang, low, _CHINESE)
            found.update(self._classed(sentence, lang, low, self._half))
            return found
        words = words_of(sentence)
        edged = ["<", *words, ">"]
        grams = set(edged)
        grams.update(f"{one} {two}" for one, two in itertools.pairwise(edged))
        grams.update(f"{one} _ {two}" for one, two in zip(edged, edged[2:], strict=False))
        found = {crc32(gram.encode()) & low for gram in grams}
        quarter = self._half >> 1
        spelled = f"<{' '.join(words)}>".encode()
        found.update(
            crc32(spelled[place : place + long]) & (quarter - 1) | self._half
            for long in _SPELLED
            for place in range(len(spelled) - long + 1)
        )
        found.update(self._classed(sentence, lang, quarter - 1, self._half | quarter))
        return found

    def _classed(self, sentence: str, lang: str, mask: int, behind: int) -> Iterator[int]:
        """The buckets of classes of words, from bucket `behind` on."""
        for mark, wide in (("", False), (_WIDE, True)):
            for gram in _grams(self._classes.row(sentence, lang, wide=wide)):
                yield crc32(f"{mark}{gram}".encode()) & mask | behind


def _grams(row: Sequence[str]) -> Iterator[str]:
    """What the classes of a row say; nothing where there is none."""
    edged = ["<", *row, ">"]
    told = [one for one in row if one[0] == MARK]
    yield from told
    for form, pairs in (
        ("{} {}", itertools.pairwise(edged)),
        ("{} _ {}", zip(edged, edged[2:], strict=False)),
    ):
        yield from (form.format(*two) for two in pairs if MARK in (two[0][0], two[1][0]))
    for one, two in itertools.combinations(told, 2):
        yield f"{one}&{two}" if one < two else f"{two}&{one}"
