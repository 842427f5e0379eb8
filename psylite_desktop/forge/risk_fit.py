"""Fitting of the linear risk heads: hashed features, logistic regression."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psylite_desktop.domain.risk import Request
from psylite_desktop.forge.linear_fit import Linear, Row, Say, Table
from psylite_desktop.forge.risk_texts import FOOLING_SOURCE, Example
from psylite_desktop.safety.classifier import KINDS, LEVEL_HEADS, REQUESTS, Piece, score_of
from psylite_desktop.safety.risk_features import CLASSES_FROM, SPELLED_FROM

RISK_BITS = 20
"""Of a bucket's number: of texts at risk by authors that nobody saw 18 misses two or three in a
hundred that 20 hears, 22 hears less than one more."""
LEVELS_SAY = {
    "zh": Say(1.5, {CLASSES_FROM["zh"]: 0.6}),
    "en": Say(2.0, {SPELLED_FROM: 0.5, CLASSES_FROM["en"]: 0.7}),
}
"""Rare words tell more than frequent ones. Measured on two folds of unseen authors, mean recall
at six rates of false alarms: Chinese .54 without, .59 with it; English .46 and .51, and .53 without
and .55 with spelling at half a say (more texts by then). Classes of words, which are frequent,
help most with a little less than a whole say."""
OTHERS_SAY = {"zh": Say(rarity=1.0), "en": Say(rarity=2.0)}
"""For kinds and requests, which have fewer texts: there spelling helps (English .67, .72)."""
HARMLESS_WEIGHT = {"written": 2.0, FOOLING_SOURCE: 2.0, "asked": 4.0, "calm": 4.0, "playful": 4.0}
"""Of harmless texts by source, beside others: what was written to be mistaken for risk, and what
people say in everyday trouble, which is seldom met among the texts and often in life. (With texts
that fooled a model among them, 4 instead of 1 for these brings one to two in a hundred more cards.)
"""


def row_of(parts: Sequence[Piece]) -> Row:
    """Everything that the pieces hold."""
    return Row((frozenset().union(*(part.buckets for part in parts)),), frozenset())


def _rows(parts: Sequence[Piece], *, whole: bool) -> list[Row]:
    """A text as one row, or every piece of it, as pieces are what is judged later."""
    if not parts:
        return []
    return [row_of(parts)] if whole else list(dict.fromkeys(row_of([part]) for part in parts))


def _say(says: Mapping[str, Say], examples: Sequence[Example]) -> Say | None:
    return says[examples[0].lang] if examples else None


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
        more = 1.0 if one.level else HARMLESS_WEIGHT.get(one.source, 1.0)
        weights += [one.weight * more] * len(kept)
    table = Table(rows, bits=RISK_BITS, say=_say(LEVELS_SAY, examples))
    return {
        name: table.fit([level > place for level in levels], weights, seed)[0]
        for place, name in enumerate(LEVEL_HEADS)
    }


def kind_heads(
    examples: Sequence[Example], cut: Sequence[Sequence[Piece]], seed: int
) -> dict[str, Linear]:
    """One kind against the others, among texts with risk."""
    held = [p for p, one in enumerate(examples) if one.level and one.trained and one.kind]
    rows = [row_of(cut[place]) for place in held]
    table = Table(rows, bits=RISK_BITS, say=_say(OTHERS_SAY, examples))
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
    table = Table(rows, bits=RISK_BITS, say=_say(OTHERS_SAY, examples))
    return {
        request.value: table.fit([said == request for said in asked], weights, seed)[0]
        for request in REQUESTS
    }


def scores_of(
    parts: Sequence[Piece],
    heads: Mapping[str, Linear],
    names: Sequence[str] = LEVEL_HEADS,
    *,
    alone: bool = True,
) -> list[tuple[float, ...]]:
    """The scores of some heads for every piece of a text, `alone` as in `score_of`."""
    return [
        tuple(score_of(heads[name], part, alone=alone) for name in names)
        for part in parts
        if part.buckets
    ]
