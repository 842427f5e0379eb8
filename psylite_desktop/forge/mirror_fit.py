"""Fitting of the Mirror's heads: logistic and ridge regression.

Features are hashed n-grams, signs and the direction of the words. Every head starts from what the
lexicon or the rule says (`prior`) and learns what has to be added to it. Needs SciPy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BITS = 14
STEPS = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One text: hashed n-grams, what the lexicons found, and the sum of its words' vectors."""

    buckets: frozenset[int]
    signs: Mapping[str, float]
    words: Any
    """Divided by the root of their number, as `mirror_words` does."""


@dataclass(frozen=True, slots=True)
class Mix:
    """How much signs, n-grams and words count, and how freely they fit."""

    signs: float = 0.3
    grams: float = 3.0
    words: float = 0.5
    constant: float = 0.5
    cost: float = 1.0
    most_for_positives: float = 4.0


@dataclass(frozen=True, slots=True)
class Linear:
    """One head as trained."""

    weights: Any
    bias: float
    signs: dict[str, float]
    words: Any
    """A direction: what a word adds is its vector along it."""


class Table:
    """Rows of features. The n-grams of a text count together as much as one sign does."""

    def __init__(self, rows: Sequence[Row], mix: Mix) -> None:
        import numpy as np
        from scipy import sparse

        self._mix = mix
        self._names = sorted({name for row in rows for name in row.signs})
        number = {name: place for place, name in enumerate(self._names)}
        signs = np.zeros((len(rows), len(self._names)))
        for place, row in enumerate(rows):
            for name, value in row.signs.items():
                signs[place, number[name]] = value
        sizes = [len(row.buckets) for row in rows]
        places = np.fromiter((one for row in rows for one in sorted(row.buckets)), dtype=np.int32)
        values = np.repeat([max(size, 1) ** -0.5 for size in sizes], sizes)
        ends = np.concatenate([[0], np.cumsum(sizes)])
        grams = sparse.csr_matrix((values, places, ends), shape=(len(rows), 1 << BITS))
        # A penalty of equal size on all of them: the mix says how large each stands.
        self._scales = np.sqrt([mix.grams, mix.signs, mix.constant, mix.words])
        blocks = (grams, signs, np.ones((len(rows), 1)), np.stack([row.words for row in rows]))
        parts = [part * scale for part, scale in zip(blocks, self._scales, strict=True)]
        self._features = sparse.hstack(parts, format="csr")

    def fit_yes(self, learnt: Sequence[int], truth: Any, prior: Any) -> Any:
        """Logistic regression beyond `prior`; the weight of every feature."""
        import numpy as np
        from scipy.optimize import minimize

        yes = np.asarray(truth, dtype=np.float64)
        rows = self._features[learnt]
        start = np.zeros(rows.shape[1])
        if not yes.any() or yes.all():
            return start
        more = min(self._mix.most_for_positives, max(1.0, (1 - yes).sum() / yes.sum()))
        counts = np.where(yes > 0, more, 1.0) * self._mix.cost

        def loss(found: Any) -> tuple[float, Any]:
            score = prior + rows @ found
            value = counts @ (np.logaddexp(0, score) - yes * score) + 0.5 * found @ found
            chance = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
            return value, rows.T @ (counts * (chance - yes)) + found

        return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x

    def fit_number(self, learnt: Sequence[int], values: Any, loose: float, counts: Any) -> Any:
        """Ridge regression where each row counts so much; the weight of every feature."""
        import numpy as np
        from scipy import sparse
        from scipy.sparse.linalg import lsmr

        root = np.sqrt(counts)
        rows = sparse.diags(root) @ self._features[learnt]
        return lsmr(rows, np.asarray(values) * root, damp=loose**0.5)[0]

    def scores(self, judged: Sequence[int], found: Any) -> Any:
        """What a fit adds for these rows."""
        return self._features[judged] @ found

    def linear(self, found: Any, *, bias: float = 0.0) -> Linear:
        """The fit as weights of buckets, signs and words."""
        size = 1 << BITS
        last = size + len(self._names)
        grams, signs, constant, words = self._scales
        named = {
            name: round(float(value * signs), 4)
            for name, value in zip(self._names, found[size:last], strict=True)
            if abs(value * signs) > 1e-4
        }
        return Linear(
            found[:size] * grams,
            bias + float(found[last] * constant),
            named,
            found[last + 1 :] * words,
        )
