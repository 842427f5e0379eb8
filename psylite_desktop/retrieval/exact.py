"""Exact search over a few thousand vectors with NumPy, for CPUs that LanceDB cannot run on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from psylite_desktop.retrieval.corpora import Corpus
from psylite_desktop.retrieval.embedder import Embedder, Floats


class PieceIndex(Protocol):
    """Finds the pieces of one corpus that are nearest to a vector."""

    def nearest(self, vector: Floats, *, lang: str, limit: int) -> list[tuple[int, float]]:
        """Positions in `Corpus.pieces` with their cosines (-1 to 1), best first."""
        ...

    def close(self) -> None:
        """Let go of files."""
        ...


class ExactIndex:
    """All vectors in one matrix; a search is one product."""

    def __init__(self, vectors: Floats, langs: Sequence[str]) -> None:
        """`vectors` (pieces, dimensions), unit rows; `langs` the language of each row."""
        self._vectors = vectors
        self._rows = {
            lang: np.flatnonzero(np.asarray([entry == lang for entry in langs], dtype=bool))
            for lang in set(langs)
        }

    @classmethod
    def build(cls, corpus: Corpus, embedder: Embedder) -> ExactIndex:
        """Embed a corpus; takes milliseconds a hundred pieces."""
        return cls(
            embedder.embed([piece.text for piece in corpus.pieces]),
            [piece.passage.lang for piece in corpus.pieces],
        )

    def nearest(self, vector: Floats, *, lang: str, limit: int) -> list[tuple[int, float]]:
        """See `PieceIndex.nearest`."""
        rows = self._rows.get(lang)
        if rows is None:
            return []
        cosines = self._vectors[rows] @ vector
        order = np.argsort(-cosines, kind="stable")[:limit]
        return [(int(rows[place]), float(cosines[place])) for place in order]

    def close(self) -> None:
        """Nothing to let go of."""
