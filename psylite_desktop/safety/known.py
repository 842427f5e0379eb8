"""Which buckets of a wide table a linear model has learnt, and where their weights lie.

A table with room for every n-gram would be empty for the most part; in one without it what nobody
ever wrote borrows the weight of a word that tells. So the table is wide, what was seen is noted
in a bitmap, and a weight lies where its bucket stands among those seen: their number before its
64 buckets, and how many of these come before it. What was not seen says nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import accumulate

WORD = 64
"""How many buckets are noted in one number."""
_SHIFT = WORD.bit_length() - 1
_LAST = WORD - 1


def size_of(bits: int) -> int:
    """How many bytes note what is known of a table of two to the power of `bits` buckets."""
    return (1 << bits) // WORD * (8 + 4)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one language: `words` of 64 buckets, lowest first, and those `before`."""

    words: memoryview
    before: memoryview

    @classmethod
    def read(cls, said: memoryview, bits: int) -> Known:
        """From bytes as `written` makes them, for a table of two to the power of `bits`."""
        words = (1 << bits) // WORD * 8
        return cls(said[:words].cast("Q"), said[words : size_of(bits)].cast("I"))

    def __len__(self) -> int:
        return self.before[-1] + self.words[-1].bit_count()

    def places(self, buckets: Collection[int]) -> frozenset[int]:
        """Where the weights of those buckets lie that are known."""
        words, before = self.words, self.before
        found = []
        for bucket in buckets:
            word = words[bucket >> _SHIFT]
            bit = 1 << (bucket & _LAST)
            if word & bit:
                found.append(before[bucket >> _SHIFT] + (word & (bit - 1)).bit_count())
        return frozenset(found)


def written(buckets: Iterable[int], bits: int) -> bytes:
    """The bytes that note these buckets of a table."""
    words = [0] * ((1 << bits) // WORD)
    for bucket in buckets:
        words[bucket >> _SHIFT] |= 1 << (bucket & _LAST)
    before = accumulate((word.bit_count() for word in words[:-1]), initial=0)
    noted = b"".join(word.to_bytes(8, "little") for word in words)
    return noted + b"".join(count.to_bytes(4, "little") for count in before)
