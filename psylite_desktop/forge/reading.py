"""Texts as numbers of words, for networks that read them word by word to learn from; needs numpy.

Zero stands for no word, one for every word that has no number of its own.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from psylite_desktop.safety.reader import BREAK, Token

TOGETHER = 50
"""Of how many batches texts are sorted by length, so that little is padded."""


def words_in(texts: Iterable[Sequence[Token]], least: int) -> list[str]:
    """The words that stand in so many texts, what stands between two sentences first."""
    seen: Counter[str] = Counter()
    for tokens in texts:
        seen.update({word for word, _, _ in tokens})
    del seen[BREAK]
    return [BREAK, *sorted(word for word, times in seen.items() if times >= least)]


def classes_in(texts: Iterable[Sequence[Token]]) -> list[str]:
    """The classes that stand in any text."""
    return sorted({name for tokens in texts for token in tokens for name in token[1:]} - {""})


def batches(rows: Sequence[Any], size: int, chance: random.Random) -> Iterator[list[int]]:
    """The places of rows [3, words] by batches of about the same length, in random order."""
    places = list(range(len(rows)))
    chance.shuffle(places)
    found = []
    for start in range(0, len(places), size * TOGETHER):
        near = sorted(places[start : start + size * TOGETHER], key=lambda one: rows[one].shape[1])
        found += [near[place : place + size] for place in range(0, len(near), size)]
    chance.shuffle(found)
    yield from found


def padded(rows: Sequence[Any], most: int, chance: random.Random | None) -> Any:
    """Some rows as one tensor [3, texts, words], zero behind their ends; needs torch.

    Of what is longer than `most` a random part, or the first where there is no `chance`.
    """
    import torch

    longest = min(most, max(one.shape[1] for one in rows))
    whole = torch.zeros((3, len(rows), longest), dtype=torch.int64)
    for place, one in enumerate(rows):
        spare = one.shape[1] - longest
        start = chance.randint(0, spare) if chance is not None and spare > 0 else 0
        held = torch.from_numpy(one[:, start : start + longest])
        whole[:, place, : held.shape[1]] = held
    return whole
