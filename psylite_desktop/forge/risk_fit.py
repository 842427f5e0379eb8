"""Fitting of the linear risk heads: hashed features and signs, logistic regression."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from psylite_desktop.forge.risk_texts import Example
from psylite_desktop.safety.classifier import KINDS, LEVEL_HEADS, REQUESTS, Piece

BITS = 16
COST = 6.0
SIGN_VALUE = 0.5
"""What a sign counts beside n-grams, which share a length of one: less would let it drown."""
MOST_FOR_POSITIVES = 10.0


@dataclass(frozen=True, slots=True)
class Linear:
    """One head as trained: a weight for every bucket and every sign, and a constant."""

    weights: Any
    bias: float
    signs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """What one row of the table holds."""

    buckets: Collection[int]
    signs: frozenset[str]

    @classmethod
    def of(cls, parts: Sequence[Piece]) -> Row:
        """Everything that the pieces hold."""
        return cls(
            frozenset().union(*(part.buckets for part in parts)),
            frozenset().union(*(part.signs for part in parts)),
        )


def level_heads(
    examples: Sequence[Example],
    cut: Sequence[Sequence[Piece]],
    learnt: Sequence[int],
    seed: int,
) -> dict[str, Linear]:
    """A text with risk is learnt whole; one without risk also piece by piece.

    Words only, no signs: the rules of risk were written by readers of these very texts, and here
    they look far better than they are (measured: with signs, fewer unseen authors are heard).
    """
    rows: list[Row] = []
    levels: list[int] = []
    weights: list[float] = []
    for place in learnt:
        one, parts = examples[place], cut[place]
        words = [Piece(part.lang, part.start, part.end, part.buckets) for part in parts]
        whole = [Row.of(words)] if words else []
        kept = whole if one.level else list(dict.fromkeys(Row.of([part]) for part in words))
        rows += kept
        levels += [one.level] * len(kept)
        weights += [one.weight] * len(kept)
    table = Table(rows)
    return {
        name: table.fit([level > place for level in levels], weights, seed)
        for place, name in enumerate(LEVEL_HEADS)
    }


def kind_heads(
    examples: Sequence[Example], cut: Sequence[Sequence[Piece]], seed: int
) -> dict[str, Linear]:
    """One kind against the others, among texts with risk."""
    held = [p for p, one in enumerate(examples) if one.level and one.trained and one.kind]
    table = Table([Row.of(cut[place]) for place in held])
    ones = [1.0] * len(held)
    return {
        kind.value: table.fit([examples[p].kind == kind for p in held], ones, seed)
        for kind in KINDS
    }


def request_heads(
    examples: Sequence[Example], cut: Sequence[Sequence[Piece]], learnt: Sequence[int], seed: int
) -> dict[str, Linear]:
    """What a text asks for, against everything else."""
    held = [place for place in learnt if examples[place].request]
    table = Table([Row.of(cut[place]) for place in held])
    weights = [examples[place].weight for place in held]
    return {
        request.value: table.fit([examples[p].request == request for p in held], weights, seed)
        for request in REQUESTS
    }


class Table:
    """Rows of features: buckets of unit length together, then one column a sign."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """Make the sparse matrix; signs are numbered in the order of their names."""
        import numpy as np
        from scipy.sparse import csr_matrix

        self._signs = sorted({name for row in rows for name in row.signs})
        number = {name: (1 << BITS) + place for place, name in enumerate(self._signs)}
        columns: list[int] = []
        values: list[float] = []
        ends = [0]
        for row in rows:
            columns += row.buckets
            values += [len(row.buckets) ** -0.5] * len(row.buckets)
            columns += [number[name] for name in row.signs]
            values += [SIGN_VALUE] * len(row.signs)
            ends.append(len(columns))
        shape = (len(rows), (1 << BITS) + len(self._signs))
        self._matrix = csr_matrix((values, np.asarray(columns, dtype=np.int32), ends), shape=shape)

    def fit(self, truth: Sequence[bool], weights: Sequence[float], seed: int) -> Linear:
        """Logistic regression in which both classes weigh about the same."""
        import numpy as np
        from sklearn.linear_model import LogisticRegression

        yes = np.asarray(truth)
        weight = np.asarray(weights)
        if not yes.any() or yes.all():  # nothing to tell apart: never, or always
            return Linear(np.zeros(1 << BITS), 4.0 if yes.any() else -8.0)
        more = min(MOST_FOR_POSITIVES, max(1.0, weight[~yes].sum() / weight[yes].sum()))
        model = LogisticRegression(
            C=COST, solver="liblinear", dual=True, tol=0.01, random_state=seed
        )
        model.fit(self._matrix, yes, sample_weight=np.where(yes, weight * more, weight))
        learnt = model.coef_[0]
        signs = {
            name: round(float(value) * SIGN_VALUE, 4)
            for name, value in zip(self._signs, learnt[1 << BITS :], strict=True)
            if value
        }
        return Linear(learnt[: 1 << BITS], float(model.intercept_[0]), signs)


def scores_of(
    parts: Sequence[Piece], heads: Mapping[str, Linear], names: Sequence[str] = LEVEL_HEADS
) -> list[tuple[float, ...]]:
    """The scores of some heads for every piece of a text."""
    import numpy as np

    found = []
    for part in parts:
        if part.buckets:
            picked = np.fromiter(part.buckets, dtype=np.int64)
            root = len(picked) ** 0.5
            found.append(
                tuple(
                    heads[name].bias
                    + float(heads[name].weights[picked].sum()) / root
                    + sum(heads[name].signs.get(sign, 0.0) for sign in part.signs)
                    for name in names
                )
            )
    return found
