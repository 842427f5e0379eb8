"""The facade of retrieval: all corpora of the app behind one `search`.

It runs in the engine process only. Queries are embedded and forgotten; nothing of them is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.passage import Found
from psylite_desktop.retrieval.corpora import Corpus, corpus_names, read_corpus
from psylite_desktop.retrieval.embedder import Embedder, FastembedEmbedder, StaticEmbedder
from psylite_desktop.retrieval.exact import ExactIndex, PassageSearch
from psylite_desktop.retrieval.extract import SMALL
from psylite_desktop.retrieval.index import Shelf, open_stored
from psylite_desktop.retrieval.terms import terms

DEPTH = 256
"""Candidates by meaning and by words that are weighed against each other."""
MEANING = 0.55
"""The share of meaning in a score; words have the rest."""
FOLLOWING = 0.6
"""Behind a passage above the threshold, others may stand down to this share of it."""
HALF = 16.0
"""The BM25 score that counts half."""

Progress = Callable[[str, float], None]
"""Called with a corpus name and the share that is done, 0-1."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    corpus: Corpus
    index: PassageSearch
    kept: bool


class PassageLibrary:
    """Search over shipped corpora (port `PassageIndex`) and vectors for other uses."""

    def __init__(self, shelves: Mapping[str, _Shelf], embedder: Embedder) -> None:
        """Use `open`."""
        self._shelves = dict(shelves)
        self._embedder = embedder

    @classmethod
    def open(
        cls,
        assets_dir: Path,
        store_dir: Path | None,
        model_dir: Path,
        progress: Progress = lambda name, share: None,
        *,
        avx2: bool = True,
        small: int = SMALL,
    ) -> PassageLibrary:
        """Open every corpus in `assets_dir`, building tables in `store_dir` where needed.

        A table of at most `small` rows is read into memory and searched with NumPy: LanceDB and
        fastembed are then imported to build it and not again. With `store_dir` None, without AVX2
        or when LanceDB fails, nothing is kept on disk. Results are the same in all cases.
        `model_dir` is the embedder's folder.

        Raises EngineError("retrieval_failed") without a usable embedder and
        InputError("content_invalid") for a corpus that cannot be read.
        """
        native = avx2 and store_dir is not None
        light = StaticEmbedder.load(model_dir)
        heavy = lru_cache(lambda: _load_embedder(model_dir, light))
        shelves: dict[str, _Shelf] = {}
        names = corpus_names(assets_dir)
        for number, name in enumerate(names):
            progress(name, number / len(names))
            corpus = read_corpus(assets_dir, name)
            shelf = Shelf.of_corpus(corpus, light, heavy)
            index = _open_stored(shelf, store_dir, small) if native else None
            shelves[name] = _Shelf(
                corpus,
                ExactIndex.build(corpus, light) if index is None else index,
                kept=index is not None,
            )
        progress("", 1.0)
        in_memory = all(isinstance(shelf.index, ExactIndex) for shelf in shelves.values())
        return cls(shelves, light if in_memory else heavy())

    @property
    def corpora(self) -> Mapping[str, bool]:
        """Names of the open corpora; true where a LanceDB table on disk keeps the rows."""
        return {name: shelf.kept for name, shelf in self._shelves.items()}

    def search(self, corpus: str, query: str, *, lang: str, limit: int = 3) -> list[Found]:
        """Passages of `lang` nearest to the query, best first; empty if nothing is near enough.

        The score, 0 to 1, weighs meaning (the cosine of query and passage) and words (BM25).
        It orders passages of one corpus; it is no probability, and scores of two corpora or
        languages do not compare. Where the best stays below the corpus's measured threshold,
        nothing is returned.
        Raises EngineError("retrieval_failed") for an unknown corpus or when closed.
        """
        shelf = self._shelves.get(corpus)
        if shelf is None:
            raise EngineError("retrieval_failed", part="corpus")
        if limit < 1:
            return []
        vector = self._embedder.embed([query])[0]
        if not vector.any():
            return []
        near = shelf.index.nearest(vector, lang=lang, limit=max(DEPTH, limit))
        held = shelf.index.matching(terms(query), lang=lang, limit=max(DEPTH, limit))
        best = fused(near, held)[:limit]
        threshold = shelf.corpus.info.threshold.get(lang, 0.0)
        if not best or best[0][1] < threshold:
            return []
        return [
            Found(shelf.corpus.passages[place], round(score, 6))
            for place, score in best
            if score >= FOLLOWING * threshold
        ]

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Unit vectors of the texts (zero where no token is known)."""
        return [[float(x) for x in row] for row in self._embedder.embed(texts)]

    def close(self) -> None:
        """Let go of all tables; searching afterwards raises EngineError."""
        for shelf in self._shelves.values():
            shelf.index.close()
        self._shelves.clear()


def fused(
    near: Sequence[tuple[int, float]], held: Sequence[tuple[int, float]]
) -> list[tuple[int, float]]:
    """Places with a score of 0 to 1 from cosines and BM25 scores, best first.

    A weighted sum finds more here than reciprocal ranks do: how far ahead the first one is says
    something that its rank does not (figures: model_store/embedder/README.md).
    """
    farthest = min((cosine for _, cosine in near), default=0.0)
    cosines, words = dict(near), dict(held)
    scores = {
        place: MEANING * max(0.0, cosines.get(place, farthest))
        + (1 - MEANING) * words.get(place, 0.0) / (words.get(place, 0.0) + HALF)
        for place in cosines.keys() | words.keys()
    }
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))


def _load_embedder(model_dir: Path, light: Embedder) -> Embedder:
    """fastembed, or the NumPy reader of the same folder where that fails."""
    try:
        return FastembedEmbedder.load(model_dir)
    except EngineError:
        return light


def _open_stored(shelf: Shelf, store_dir: Path | None, small: int) -> PassageSearch | None:
    if store_dir is None:
        return None
    try:
        return open_stored(shelf, store_dir, small=small)[0]
    # LanceDB raises errors of many kinds (its own, Arrow's, OSError); NumPy answers instead.
    except Exception:  # noqa: BLE001
        return None
