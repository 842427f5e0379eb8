"""Exact search over a few thousand passages with NumPy, for CPUs that LanceDB cannot run on."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from psylite_desktop.retrieval.corpora import Corpus
from psylite_desktop.retrieval.embedder import Embedder, Floats
from psylite_desktop.retrieval.terms import passage_terms

SATURATION, LENGTH_SHARE = 1.2, 0.75
"""BM25's k1 and b, as in LanceDB's full-text search."""


class PassageSearch(Protocol):
    """Finds the passages of one corpus by meaning and by words."""

    def nearest(self, vector: Floats, *, lang: str, limit: int) -> list[tuple[int, float]]:
        """Positions in `Corpus.passages` with their cosines (-1 to 1), best first."""
        ...

    def matching(self, words: Sequence[str], *, lang: str, limit: int) -> list[tuple[int, float]]:
        """Positions of passages that hold some of the terms, with BM25 scores, best first."""
        ...

    def close(self) -> None:
        """Let go of files."""
        ...


def passage_vectors(corpus: Corpus, embedder: Embedder) -> Floats:
    """One unit vector a passage: the mean direction of its text and its asks."""
    result = np.zeros((len(corpus.passages), 0), dtype=np.float32)
    for row, (passage, asks) in enumerate(zip(corpus.passages, corpus.asks, strict=True)):
        mean = embedder.embed([passage.text, *asks]).mean(axis=0)
        if not row:
            result = np.zeros((len(corpus.passages), len(mean)), dtype=np.float32)
        result[row] = mean / max(float(np.linalg.norm(mean)), 1e-12)
    return result


def corpus_terms(corpus: Corpus) -> list[list[str]]:
    """The search terms of each passage: title, text, sentence to say and asks."""
    return [
        passage_terms([passage.title, passage.text, passage.say, *asks])
        for passage, asks in zip(corpus.passages, corpus.asks, strict=True)
    ]


class ExactIndex:
    """All vectors in one matrix; a search is one product."""

    def __init__(
        self, vectors: Floats, langs: Sequence[str], terms: Sequence[Sequence[str]] = ()
    ) -> None:
        """`vectors` (passages, dimensions), unit rows; language and terms of each row."""
        self._vectors = vectors
        self._terms = [Counter(row) for row in terms]
        self._mean = sum(map(len, terms)) / max(len(terms), 1)
        self._among = Counter(term for row in self._terms for term in row)
        self._rows = {
            lang: np.flatnonzero(np.asarray([entry == lang for entry in langs], dtype=bool))
            for lang in set(langs)
        }

    def __len__(self) -> int:
        return len(self._vectors)

    @classmethod
    def build(cls, corpus: Corpus, embedder: Embedder) -> ExactIndex:
        """Embed a corpus; takes milliseconds a hundred passages."""
        langs = [passage.lang for passage in corpus.passages]
        return cls(passage_vectors(corpus, embedder), langs, corpus_terms(corpus))

    def nearest(self, vector: Floats, *, lang: str, limit: int) -> list[tuple[int, float]]:
        """See `PassageSearch.nearest`."""
        rows = self._rows.get(lang)
        if rows is None:
            return []
        cosines = self._vectors[rows] @ vector
        order = np.argsort(-cosines, kind="stable")[:limit]
        return [(int(rows[place]), float(cosines[place])) for place in order]

    def matching(self, words: Sequence[str], *, lang: str, limit: int) -> list[tuple[int, float]]:
        """See `PassageSearch.matching`."""
        asked = [word for word in dict.fromkeys(words) if word in self._among]
        rows = self._rows.get(lang)
        if rows is None or not asked or not self._terms:
            return []
        scored = [(int(place), self._bm25(int(place), asked)) for place in rows]
        found = [(place, score) for place, score in scored if score > 0]
        return sorted(found, key=lambda pair: -pair[1])[:limit]

    def _bm25(self, place: int, asked: Sequence[str]) -> float:
        """Robertson's BM25; the rarity of a term is counted over all languages."""
        row = self._terms[place]
        length = LENGTH_SHARE * row.total() / self._mean
        score = 0.0
        for term in asked:
            if count := row[term]:
                rows, holding = len(self._terms), self._among[term]
                rarity = math.log(1 + (rows - holding + 0.5) / (holding + 0.5))
                room = SATURATION * (1 - LENGTH_SHARE + length)
                score += rarity * count * (SATURATION + 1) / (count + room)
        return score

    def close(self) -> None:
        """Nothing to let go of."""
