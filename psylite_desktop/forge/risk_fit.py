"""Fitting of the linear risk heads: hashed features, logistic regression."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psylite_desktop.domain.risk import Request
from psylite_desktop.forge.linear_fit import Linear, Row, Table
from psylite_desktop.forge.risk_texts import Example
from psylite_desktop.safety.classifier import KINDS, LEVEL_HEADS, REQUESTS, Piece

RISK_BITS = 18
"""Of a bucket's number: with 16 a Chinese author that nobody saw is heard less often (level 1 .45
instead of .48, level 3 .52 instead of .57), with 20 hardly more often."""


def row_of(parts: Sequence[Piece]) -> Row:
    """Everything that the pieces hold."""
    return Row((frozenset().union(*(part.buckets for part in parts)),), frozenset())


def _rows(parts: Sequence[Piece], *, whole: bool) -> list[Row]:
    """A text as one row, or every piece of it, as pieces are what is judged later."""
    if not parts:
        return []
    return [row_of(parts)] if whole else list(dict.fromkeys(row_of([part]) for part in parts))


def level_heads(
    examples: Sequence[Example],
    cut: Sequence[Sequence[Piece]],
    learnt: Sequence[int],
    seed: int,
) -> dict[str, Linear]:
    """A text with risk is learnt whole; one without risk also piece by piece."""
    rows: list[Row] = []
    levels: list[int] = []
    weights: list[float] = []
    for place in learnt:
        one = examples[place]
        kept = _rows(cut[place], whole=one.level > 0)
        rows += kept
        levels += [one.level] * len(kept)
        weights += [one.weight] * len(kept)
    table = Table(rows, bits=RISK_BITS)
    return {
        name: table.fit([level > place for level in levels], weights, seed)[0]
        for place, name in enumerate(LEVEL_HEADS)
    }


def kind_heads(
    examples: Sequence[Example], cut: Sequence[Sequence[Piece]], seed: int
) -> dict[str, Linear]:
    """One kind against the others, among texts with risk."""
    held = [p for p, one in enumerate(examples) if one.level and one.trained and one.kind]
    table = Table([row_of(cut[place]) for place in held], bits=RISK_BITS)
    ones = [1.0] * len(held)
    return {
        kind.value: table.fit([examples[p].kind == kind for p in held], ones, seed)[0]
        for kind in KINDS
    }


def request_heads(
    examples: Sequence[Example], cut: Sequence[Sequence[Piece]], learnt: Sequence[int], seed: int
) -> dict[str, Linear]:
    """What a text asks for, against everything else; what asks for nothing also piece by piece."""
    rows: list[Row] = []
    asked: list[str] = []
    weights: list[float] = []
    for place in learnt:
        one = examples[place]
        kept = _rows(cut[place], whole=one.request != Request.NONE) if one.request else []
        rows += kept
        asked += [one.request] * len(kept)
        weights += [one.weight] * len(kept)
    table = Table(rows, bits=RISK_BITS)
    return {
        request.value: table.fit([said == request for said in asked], weights, seed)[0]
        for request in REQUESTS
    }


def scores_of(
    parts: Sequence[Piece], heads: Mapping[str, Linear], names: Sequence[str] = LEVEL_HEADS
) -> list[tuple[float, ...]]:
    """The scores of some heads for every piece of a text."""
    return [
        tuple(heads[name].score(part.buckets) for name in names) for part in parts if part.buckets
    ]
