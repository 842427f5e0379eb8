"""The labelled utterances nearest to a text: what others wrote who were, or were not, at risk.

The encoder's folder holds a vector and labels for each utterance that was written for it, but no
text. Searched in LanceDB; with NumPy where that cannot run.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.retrieval.embedder import Floats
from psylite_desktop.retrieval.exact import ExactIndex, PassageSearch

VECTORS = "look_alikes.bin"
LABELS = "look_alikes.json"
NAME = "look_alikes"
NEIGHBOURS = 12
SHARPNESS = 8.0
"""As in training (`forge/risk_blend.py`)."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """One labelled utterance."""

    id: str
    lang: str
    level: int
    kind: str


@dataclass(frozen=True, slots=True)
class Vote:
    """Shares (0-1) of neighbours of at least level 1, 2 and 3, and the nearest ones with risk."""

    shares: tuple[float, float, float]
    nearest: tuple[str, ...]


class LookAlikes:
    """All utterances with an index over their vectors."""

    def __init__(self, entries: tuple[LookAlike, ...], index: PassageSearch) -> None:
        """`index` numbers the entries in their order."""
        self._entries = entries
        self._index = index

    @classmethod
    def load(cls, folder: Path, *, digest: str, store_dir: Path | None) -> LookAlikes:
        """Read a folder; `store_dir` (None: NumPy) keeps the table. Raises EngineError."""
        try:
            said = json.loads((folder / LABELS).read_text(encoding="utf-8"))
            entries = tuple(LookAlike(*row) for row in said["labels"])
            body = np.frombuffer((folder / VECTORS).read_bytes(), dtype=np.int8)
            raw = body.reshape(len(entries), int(said["width"])).astype(np.float32)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise EngineError("listen_failed", part="look_alikes") from error
        vectors: Floats = raw / np.maximum(np.linalg.norm(raw, axis=1, keepdims=True), 1e-9)
        langs = tuple(entry.lang for entry in entries)
        index = _open_lance(vectors, langs, digest, store_dir)
        return cls(entries, index or ExactIndex(vectors, langs))

    def vote(self, vector: Floats, lang: str) -> Vote:
        """What the nearest utterances of a language were labelled as."""
        found = self._index.nearest(vector, lang=lang, limit=NEIGHBOURS)
        weights = [max(cosine, 0.0) ** SHARPNESS for _, cosine in found]
        total = max(sum(weights), 1e-9)
        near = [self._entries[place] for place, _ in found]
        shares = [
            sum(weight for weight, one in zip(weights, near, strict=True) if one.level >= least)
            / total
            for least in (1, 2, 3)
        ]
        risky = tuple(one.id for one in near if one.level)
        return Vote((shares[0], shares[1], shares[2]), risky[:3])

    def close(self) -> None:
        """Let go of the table."""
        self._index.close()


def _open_lance(
    vectors: Floats, langs: tuple[str, ...], digest: str, store_dir: Path | None
) -> PassageSearch | None:
    if store_dir is None:
        return None
    try:
        from psylite_desktop.retrieval.index import Shelf, open_index

        return open_index(Shelf(NAME, digest, langs, lambda: vectors), store_dir)[0]
    # LanceDB raises errors of many kinds (its own, Arrow's, OSError); NumPy answers instead.
    except Exception:  # noqa: BLE001
        return None
