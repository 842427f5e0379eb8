"""Exact search over a few thousand vectors with NumPy, for CPUs that LanceDB cannot run on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from psylite_desktop.retrieval.corpora import Corpus
from psylite_desktop.retrieval.embedder import Embedder, Floats


class VectorIndex(Protocol):
    """Finds the passages of one corpus that are nearest to a vector."""

    def nearest(self, vector: Floats, *, lang: str, limit: int) -> list[tuple[int, float]]:
        """Positions in `Corpus.passages` with their cosines (-1 to 1), best first."""
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


class ExactIndex:
    """All vectors in one matrix; a search is one product."""

    def __init__(self, vectors: Floats, langs: Sequence[str]) -> None:
        """`vectors` (passages, dimensions), unit rows; `langs` the language of each row."""
        self._vectors = vectors
        self._rows = {
            lang: np.flatnonzero(np.asarray([entry == lang for entry in langs], dtype=bool))
            for lang in set(langs)
        }

    @classmethod
    def build(cls, corpus: Corpus, embedder: Embedder) -> ExactIndex:
        """Embed a corpus; takes milliseconds a hundred passages."""
        return cls(passage_vectors(corpus, embedder), [passage.lang for passage in corpus.passages])

    def nearest(self, vector: Floats, *, lang: str, limit: int) -> list[tuple[int, float]]:
        """See `VectorIndex.nearest`."""
        rows = self._rows.get(lang)
        if rows is None:
            return []
        cosines = self._vectors[rows] @ vector
        order = np.argsort(-cosines, kind="stable")[:limit]
        return [(int(rows[place]), float(cosines[place])) for place in order]

    def close(self) -> None:
        """Nothing to let go of."""
