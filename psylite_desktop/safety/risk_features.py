"""What the linear risk model reads of a sentence.

Measured on authors whom no model had seen: English letters within words, learnt beside words of
equal rank, hid what the words say (a third fewer texts at risk were noticed), and Chinese grams of
four characters are too rare to tell anything. With half a say, and across words, letters help.
"""

from __future__ import annotations

import itertools
from zlib import crc32

from psylite_desktop.safety.linear import features, words_of

_CHINESE = {"zh": (1, 2, 3)}
_SPELLED = (5, 7)


def risk_features(sentence: str, lang: str, mask: int) -> set[int]:
    """The buckets of a plain sentence, 0 to `mask`, which is one less than a power of two.

    Chinese: every one to three characters. English: words, pairs of neighbours and of words with
    one between them in the lower half of the table; in the upper half how all of it is spelled,
    five and seven characters at a time, which training gives less say.
    """
    if lang == "zh":
        return features(sentence, lang, mask, _CHINESE)
    half = mask >> 1
    words = words_of(sentence)
    row = ["<", *words, ">"]
    grams = set(row)
    grams.update(f"{one} {two}" for one, two in itertools.pairwise(row))
    grams.update(f"{one} _ {two}" for one, two in zip(row, row[2:], strict=False))
    found = {crc32(gram.encode()) & half for gram in grams}
    spelled = f"<{' '.join(words)}>".encode()
    found.update(
        crc32(spelled[place : place + long]) & half | (half + 1)
        for long in _SPELLED
        for place in range(len(spelled) - long + 1)
    )
    return found


def spelled_from(size: int) -> int:
    """The first bucket of the upper half, where spellings lie, in a table of this size."""
    return size >> 1
