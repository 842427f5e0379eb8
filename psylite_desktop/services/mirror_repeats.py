"""Thoughts that come again, within an entry and across earlier ones.

Two sentences are one thought where they share most of their character n-grams. Sentences meet
only through a rare n-gram that both hold, so that the work grows with the length of the text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from psylite_desktop.domain.mirror import Excerpt, Repeated
from psylite_desktop.services.mirror_text import ReadEntry, Sentence

SAME = 0.5
"""Share of common n-grams (Jaccard) from which two sentences are one thought."""
MOST = 3
_SHORTEST = {"zh": 5, "en": 12}
_CROWD = 24
"""An n-gram in more sentences than this joins nobody."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[a-z0-9]+")
_STILL = re.compile(r"[\W_]+")


def repeats(entry: ReadEntry, earlier: Sequence[ReadEntry] = ()) -> list[Repeated]:
    """The thoughts that come again, the most frequent first."""
    own = [(grams(one), one.excerpt) for one in entry.sentences]
    groups = _groups([gram for gram, _said in own])
    others = [[gram for one in past.sentences if (gram := grams(one))] for past in earlier]
    index = [_index(sentences) for sentences in others]
    found = []
    for group in groups:
        past = sum(
            any(_meets(own[place][0], sentences, table) for place in group)
            for sentences, table in zip(others, index, strict=True)
        )
        if len(group) > 1 or past:
            quotes = _apart([own[place][1] for place in group])
            found.append(Repeated(quotes, past))
    found.sort(key=lambda one: -(len(one.quotes) + one.earlier))
    return found[:MOST]


def grams(sentence: Sentence) -> frozenset[str]:
    """What a sentence is compared by; empty where it is too short to say anything."""
    text = sentence.text
    if _HAN.search(text):
        still = _STILL.sub("", text)
        if len(still) < _SHORTEST["zh"]:
            return frozenset()
        return frozenset(still[place : place + 2] for place in range(len(still) - 1))
    words = _WORD.findall(text)
    if len(" ".join(words)) < _SHORTEST["en"] or len(words) < 3:
        return frozenset()
    return frozenset(words) | {f"{one} {two}" for one, two in itertools.pairwise(words)}


def _groups(sentences: Sequence[frozenset[str]]) -> list[list[int]]:
    """Places of sentences that are one thought, and every other sentence alone."""
    table = _index(sentences)
    home: dict[int, int] = {}
    groups: dict[int, list[int]] = {}
    for place, one in enumerate(sentences):
        if not one:
            continue
        near = sorted(
            {other for gram in one for other in table[gram] if other < place} if one else set()
        )
        for other in near[:_CROWD]:
            if other in home and alike(one, sentences[other]):
                home[place] = home[other]
                groups[home[other]].append(place)
                break
        else:
            home[place] = place
            groups[place] = [place]
    return list(groups.values())


def _index(sentences: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    table: dict[str, list[int]] = {}
    for place, one in enumerate(sentences):
        for gram in one:
            here = table.setdefault(gram, [])
            if len(here) < _CROWD:
                here.append(place)
    return table


def _meets(
    one: frozenset[str], sentences: Sequence[frozenset[str]], table: dict[str, list[int]]
) -> bool:
    near = {place for gram in one for place in table.get(gram, ())}
    return any(alike(one, sentences[place]) for place in sorted(near)[: 4 * _CROWD])


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences are one thought."""
    shared = len(one & other)
    return bool(shared) and shared / (len(one) + len(other) - shared) >= SAME


def _apart(quotes: Sequence[Excerpt]) -> tuple[Excerpt, ...]:
    return tuple(quotes[:4])
