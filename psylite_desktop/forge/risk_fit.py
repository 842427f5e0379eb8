"""Fitting of the linear risk heads: hashed features and signs, logistic regression."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psylite_desktop.forge.linear_fit import Linear, Row, Table
from psylite_desktop.forge.risk_texts import Example
from psylite_desktop.safety.classifier import KINDS, LEVEL_HEADS, REQUESTS, Piece


def row_of(parts: Sequence[Piece]) -> Row:
    """Everything that the pieces hold."""
    return Row(
        (frozenset().union(*(part.buckets for part in parts)),),
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
        whole = [row_of(words)] if words else []
        kept = whole if one.level else list(dict.fromkeys(row_of([part]) for part in words))
        rows += kept
        levels += [one.level] * len(kept)
        weights += [one.weight] * len(kept)
    table = Table(rows)
    return {
        name: table.fit([level > place for level in levels], weights, seed)[0]
        for place, name in enumerate(LEVEL_HEADS)
    }


def kind_heads(
    examples: Sequence[Example], cut: Sequence[Sequence[Piece]], seed: int
) -> dict[str, Linear]:
    """One kind against the others, among texts with risk."""
    held = [p for p, one in enumerate(examples) if one.level and one.trained and one.kind]
    table = Table([row_of(cut[place]) for place in held])
    ones = [1.0] * len(held)
    return {
        kind.value: table.fit([examples[p].kind == kind for p in held], ones, seed)[0]
        for kind in KINDS
    }


def request_heads(
    examples: Sequence[Example], cut: Sequence[Sequence[Piece]], learnt: Sequence[int], seed: int
) -> dict[str, Linear]:
    """What a text asks for, against everything else."""
    held = [place for place in learnt if examples[place].request]
    table = Table([row_of(cut[place]) for place in held])
    weights = [examples[place].weight for place in held]
    return {
        request.value: table.fit([examples[p].request == request for p in held], weights, seed)[0]
        for request in REQUESTS
    }


def scores_of(
    parts: Sequence[Piece], heads: Mapping[str, Linear], names: Sequence[str] = LEVEL_HEADS
) -> list[tuple[float, ...]]:
    """The scores of some heads for every piece of a text."""
    return [
        tuple(heads[name].score(part.buckets, part.signs) for name in names)
        for part in parts
        if part.buckets
    ]
