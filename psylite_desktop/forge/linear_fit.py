"""Fitting and writing of linear models that `safety/linear.py` reads: logistic regression."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

from psylite_desktop.safety import known
from psylite_desktop.safety.linear import LANGS, Layout

BITS = 16
COST = 6.0
SIGN_VALUE = 0.5
"""What a sign counts beside n-grams, which share a length of one: less would let it drown."""
MOST_FOR_POSITIVES = 10.0


@dataclass(frozen=True, slots=True)
class Say:
    """How much each bucket has to say while a head is learnt; it is in the weights afterwards.

    `rarity` is the power of its inverse document frequency: 0 for all alike. `regions` tells from
    which share of the table on, up to the next one, buckets count so much instead of one.
    """

    rarity: float = 0.0
    regions: Mapping[float, float] = field(default_factory=dict)

    def of(self, matrix: Any, shares: Any) -> Any:
        """A factor for each of the first columns; `shares` says where in the table each lies."""
        import numpy as np

        size = len(shares)
        seen = np.bincount(matrix.indices, minlength=size)[:size]
        # Five is about what a word in one text of 150 comes to.
        factor = (np.log1p(matrix.shape[0] / (1.0 + seen)) / 5) ** self.rarity
        for start, end in itertools.pairwise((*sorted(self.regions), 1.0)):
            factor[(shares >= start) & (shares < end)] *= self.regions[start]
        return factor


@dataclass(frozen=True, slots=True)
class Linear:
    """One head as trained: a weight for every bucket and every sign, and a constant."""

    weights: Any
    bias: float
    signs: Mapping[str, float] = field(default_factory=dict)

    def score(self, buckets: Collection[int], signs: Collection[str] = ()) -> float:
        """What `safety.linear.Head` will say, but for the rounding to bytes."""
        import numpy as np

        picked = np.fromiter(buckets, dtype=np.int64)
        told = sum(self.signs.get(sign, 0.0) for sign in sorted(signs))
        total = float(self.weights[picked].sum())
        return self.bias + total / math.sqrt(len(picked) or 1) + told

    def sides(self, buckets: Collection[int]) -> tuple[float, float]:
        """As `safety.linear.Head.sides`."""
        import numpy as np

        picked = self.weights[np.fromiter(buckets, dtype=np.int64)]
        length = math.sqrt(len(picked) or 1)
        return float(picked.clip(min=0).sum()) / length, float(picked.clip(max=0).sum()) / length

    def rounded(self) -> Linear:
        """The same with its weights as they will be shipped."""
        import numpy as np

        plane, scale = quantised(self.weights)
        weights = np.frombuffer(plane, dtype=np.int8) * np.float32(scale)
        return Linear(weights, self.bias, self.signs)


@dataclass(frozen=True, slots=True)
class Row:
    """What one row of the table holds: buckets for each head that is learnt with it, and signs."""

    planes: tuple[Collection[int], ...]
    signs: frozenset[str]


class Table:
    """Rows of features: the buckets of each plane at unit length, then one column a sign.

    `shares` says where in a wide table each column of a plane lies, from zero to one; without it
    a plane is a whole table of two to the power of `bits` buckets.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        *,
        planes: int = 1,
        cost: float = COST,
        sign_value: float = SIGN_VALUE,
        bits: int = BITS,
        shares: Any = None,
        say: Say | None = None,
    ) -> None:
        """Make the sparse matrix; signs are numbered in the order of their names."""
        import numpy as np
        from scipy.sparse import csr_matrix

        if shares is None:
            shares = np.arange(1 << bits) / (1 << bits)

        self._planes = planes
        self._cost = cost
        self._sign_value = sign_value
        self._signs = sorted({name for row in rows for name in row.signs})
        self._size = len(shares)
        first = planes * self._size
        number = {name: first + place for place, name in enumerate(self._signs)}
        columns: list[int] = []
        values: list[float] = []
        ends = [0]
        for row in rows:
            for place, buckets in enumerate(row.planes):
                columns += [place * self._size + bucket for bucket in sorted(buckets)]
                values += [(len(buckets) or 1) ** -0.5] * len(buckets)
            columns += sorted(number[name] for name in row.signs)
            values += [sign_value] * len(row.signs)
            ends.append(len(columns))
        shape = (len(rows), first + len(self._signs))
        matrix = csr_matrix((values, np.asarray(columns, dtype=np.int32), ends), shape=shape)
        self._factor = np.ones(shape[1])
        if say is not None:
            self._factor[:first] = say.of(matrix, np.tile(shares, planes))
            matrix.data *= self._factor[matrix.indices]
        self._matrix = matrix

    def fit(self, truth: Sequence[bool], weights: Sequence[float], seed: int) -> list[Linear]:
        """A head for each plane; both classes weigh about the same.

        Their scores add up: the constant and the signs are the first one's.
        """
        import numpy as np
        from sklearn.linear_model import LogisticRegression

        size = self._size
        yes = np.asarray(truth)
        weight = np.asarray(weights)
        if not yes.any() or yes.all():  # nothing to tell apart: never, or always
            silent = [Linear(np.zeros(size), 0.0) for _ in range(self._planes - 1)]
            return [Linear(np.zeros(size), 4.0 if yes.any() else -8.0), *silent]
        more = min(MOST_FOR_POSITIVES, max(1.0, weight[~yes].sum() / weight[yes].sum()))
        model = LogisticRegression(
            C=self._cost, solver="liblinear", dual=True, tol=0.01, random_state=seed
        )
        model.fit(self._matrix, yes, sample_weight=np.where(yes, weight * more, weight))
        learnt = model.coef_[0] * self._factor
        signs = {
            name: round(float(value) * self._sign_value, 4)
            for name, value in zip(self._signs, learnt[self._planes * size :], strict=True)
            if value
        }
        first, *others = (
            learnt[place * size : (place + 1) * size] for place in range(self._planes)
        )
        return [
            Linear(first, float(model.intercept_[0]), signs),
            *(Linear(plane, 0.0) for plane in others),
        ]


def quantised(weights: Any) -> tuple[bytes, float]:
    """Signed bytes and the scale that turns them back.

    The largest weight sets the scale: it belongs to what stands in every text (its beginning, its
    end), and clipping it would shift all scores together (measured: by half a unit and more).
    """
    import numpy as np

    scale = (float(np.abs(weights).max()) or 1.0) / 127
    return np.round(weights / scale).astype(np.int8).tobytes(), scale


def write_linear(
    folder: Path,
    layout: Layout,
    made: Mapping[str, Mapping[str, Any]],
    about: Mapping[str, Any],
    bits: int = BITS,
) -> None:
    """Quantise `heads` of each language, write both files with its `thresholds`; raises OSError.

    Of a wide table also what is `known`: its buckets, in the order of the weights.
    """
    languages: dict[str, Any] = {}
    planes = [layout.magic]
    for lang in LANGS:
        heads = {}
        if layout.wide:
            planes.append(known.written(made[lang]["known"], bits))
        for name in layout.heads:
            head = made[lang]["heads"][name]
            plane, scale = quantised(head.weights)
            planes.append(plane)
            heads[name] = [scale, head.bias, head.signs]
        languages[lang] = {"heads": heads, "thresholds": made[lang]["thresholds"]}
        if layout.wide:
            languages[lang]["known"] = len(made[lang]["known"])
    weights = b"".join(planes)
    header = {"format": layout.format, "bits": bits, "crc32": crc32(weights), **about}
    header["languages"] = languages
    folder.mkdir(parents=True, exist_ok=True)
    (folder / layout.weights).write_bytes(weights)
    (folder / layout.header).write_text(json.dumps(header, indent=1) + "\n", "utf-8")
