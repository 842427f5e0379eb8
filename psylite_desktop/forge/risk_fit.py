"""Fitting of the linear risk heads: rows of hashed features, logistic regression."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psylite_desktop.forge.risk_texts import Example
from psylite_desktop.safety.classifier import KINDS, LEVEL_HEADS

BITS = 16
COST = 4.0
MOST_FOR_POSITIVES = 10.0


@dataclass(frozen=True, slots=True)
class Linear:
    """One head as trained: a weight for every bucket and a constant."""

    weights: Any
    bias: float


def level_heads(
    examples: Sequence[Example],
    cut: Sequence[Sequence[Collection[int]]],
    learnt: Sequence[int],
    seed: int,
) -> dict[str, Linear]:
    """A text with risk is learnt whole; one without risk also piece by piece."""
    rows: list[Collection[int]] = []
    levels: list[int] = []
    weights: list[float] = []
    for place in learnt:
        one, parts = examples[place], cut[place]
        whole = [frozenset().union(*parts)] if parts else []
        kept = whole if one.level else list(dict.fromkeys(frozenset(p) for p in parts))
        rows += kept
        levels += [one.level] * len(kept)
        weights += [one.weight] * len(kept)
    table = _table(rows)
    return {
        name: _fit(table, [level > place for level in levels], weights, seed)
        for place, name in enumerate(LEVEL_HEADS)
    }


def kind_heads(
    examples: Sequence[Example], cut: Sequence[Sequence[Collection[int]]], seed: int
) -> dict[str, Linear]:
    """One kind against the others, among texts with risk."""
    held = [p for p, one in enumerate(examples) if one.level and one.trained and one.kind]
    table = _table([frozenset().union(*cut[place]) for place in held])
    ones = [1.0] * len(held)
    return {
        kind.value: _fit(table, [examples[p].kind == kind for p in held], ones, seed)
        for kind in KINDS
    }


def _table(rows: Sequence[Collection[int]]) -> Any:
    import numpy as np
    from scipy.sparse import csr_matrix

    columns = np.fromiter((bucket for row in rows for bucket in row), dtype=np.int32)
    ends = np.cumsum([0, *(len(row) for row in rows)])
    values = np.repeat([len(row) ** -0.5 if row else 0.0 for row in rows], np.diff(ends))
    return csr_matrix((values, columns, ends), shape=(len(rows), 1 << BITS))


def _fit(table: Any, truth: Sequence[bool], weights: Sequence[float], seed: int) -> Linear:
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    yes = np.asarray(truth)
    weight = np.asarray(weights)
    if not yes.any() or yes.all():  # nothing to tell apart: never, or always
        return Linear(np.zeros(1 << BITS), 4.0 if yes.any() else -8.0)
    more = min(MOST_FOR_POSITIVES, max(1.0, weight[~yes].sum() / weight[yes].sum()))
    model = LogisticRegression(C=COST, solver="liblinear", dual=True, tol=0.01, random_state=seed)
    model.fit(table, yes, sample_weight=np.where(yes, weight * more, weight))
    return Linear(model.coef_[0], float(model.intercept_[0]))


def piece_scores(
    parts: Sequence[Collection[int]], heads: Mapping[str, Linear]
) -> list[tuple[float, ...]]:
    """The scores of the three level heads for every piece of a text."""
    import numpy as np

    found = []
    for part in parts:
        if part:
            picked = np.fromiter(part, dtype=np.int64)
            root = len(picked) ** 0.5
            ordered = (heads[name] for name in LEVEL_HEADS)
            found.append(tuple(h.bias + float(h.weights[picked].sum()) / root for h in ordered))
    return found
