"""Fitting of the Mirror's linear heads: kernel logistic and ridge regression over a few texts.

With some hundred texts the dual form is exact and quick: one solve of the size of the texts a
step, whatever the number of features. Every head starts from what the lexicon or the rule says
(`prior`) and learns what has to be added to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BITS = 14
STEPS = 14


@dataclass(frozen=True, slots=True)
class Row:
    """One text or sentence: hashed n-grams and what the lexicons found."""

    buckets: frozenset[int]
    signs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Mix:
    """How much signs and n-grams count in the kernel, and how freely it fits."""

    signs: float = 0.3
    grams: float = 3.0
    cost: float = 1.0
    most_for_positives: float = 4.0


@dataclass(frozen=True, slots=True)
class Linear:
    """One head as trained."""

    weights: Any
    bias: float
    signs: dict[str, float]


class Table:
    """Rows of features and what every pair of them shares."""

    def __init__(self, rows: Sequence[Row], mix: Mix) -> None:
        import numpy as np

        self._mix = mix
        self._rows = list(rows)
        self._names = sorted({name for row in rows for name in row.signs})
        number = {name: place for place, name in enumerate(self._names)}
        self._signs = np.zeros((len(rows), len(self._names)))
        grams = np.zeros((len(rows), 1 << BITS), dtype=np.float32)
        for place, row in enumerate(rows):
            for name, value in row.signs.items():
                self._signs[place, number[name]] = value
            if row.buckets:
                grams[place, list(row.buckets)] = len(row.buckets) ** -0.5
        self._grams = grams
        self.kernel = (
            0.5 + mix.signs * (self._signs @ self._signs.T) + mix.grams * (grams @ grams.T)
        ).astype(np.float64)

    def fit_yes(self, learnt: Sequence[int], truth: Any, prior: Any) -> Any:
        """Logistic regression beyond `prior`; the share of each row in the answer."""
        import numpy as np

        yes = np.asarray(truth, dtype=bool)
        offset = np.asarray(prior, dtype=np.float64)
        kernel = self.kernel[np.ix_(learnt, learnt)]
        share: Any = np.zeros(len(yes))
        if not yes.any() or yes.all():
            return share
        more = min(self._mix.most_for_positives, max(1.0, (~yes).sum() / yes.sum()))
        weight = np.where(yes, more, 1.0) * self._mix.cost
        for _step in range(STEPS):
            score = np.clip(offset + kernel @ share, -12, 12)
            chance = 1 / (1 + np.exp(-score))
            curve = weight * chance * (1 - chance) + 1e-6
            aim = kernel @ share + weight * (yes - chance) / curve
            share = np.linalg.solve(kernel + np.diag(1 / curve), aim)
        return share

    def fit_number(self, learnt: Sequence[int], values: Any, loose: float) -> Any:
        """Ridge regression; the share of each row in the answer."""
        import numpy as np

        kernel = self.kernel[np.ix_(learnt, learnt)]
        return np.linalg.solve(kernel + np.eye(len(learnt)) * loose, np.asarray(values))

    def scores(self, judged: Sequence[int], learnt: Sequence[int], share: Any) -> Any:
        """What a fit adds for other rows."""
        import numpy as np

        return self.kernel[np.ix_(judged, learnt)] @ share

    def linear(self, learnt: Sequence[int], share: Any, *, bias: float = 0.0) -> Linear:
        """The fit as weights of buckets and signs."""
        grams = self._grams[learnt].T @ share * self._mix.grams
        signs = self._signs[learnt].T @ share * self._mix.signs
        named = {
            name: round(float(value), 4)
            for name, value in zip(self._names, signs, strict=True)
            if abs(value) > 1e-4
        }
        return Linear(grams, bias + 0.5 * float(share.sum()), named)
