"""Fitting of the linear risk heads: hashed features, logistic regression."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from psylite_desktop.domain.risk import Kind, Level, Request
from psylite_desktop.forge.linear_fit import Linear, Row, Say, Table
from psylite_desktop.forge.risk_texts import FOOLING_SOURCE, JOURNAL_SOURCE, Example
from psylite_desktop.safety.classifier import KINDS, LEVEL_HEADS, REQUESTS
from psylite_desktop.safety.pieces import Piece
from psylite_desktop.safety.risk_features import CLASSES_FROM, SPELLED_FROM

RISK_BITS = 24
"""Of a bucket's number: wide enough that what nobody wrote seldom meets what was learnt."""
SEEN = 2
"""In how many texts a bucket must stand to be learnt: one is as good, and twice as large."""
LEVELS_SAY = {
    "zh": Say(2.0, {CLASSES_FROM["zh"]: 0.6}),
    "en": Say(2.0, {SPELLED_FROM: 0.5, CLASSES_FROM["en"]: 0.7}),
}
"""Rare words tell more than frequent ones. Measured on two folds of unseen authors, mean recall
at six rates of false alarms: Chinese .54 without, .59 with it (at a power of 1.5; 2 brings .005
more since what is unknown says nothing); English .46 and .51, and .53 without and .55 with spelling
at half a say (more texts by then). Classes of words, which are frequent, help most with a little
less than a whole say."""
OTHERS_SAY = {"zh": Say(rarity=1.0), "en": Say(rarity=2.0)}
"""For requests, which have fewer texts: there spelling helps (English .67, .72)."""
HARMLESS_WEIGHT = {
    "written": 2.0,
    FOOLING_SOURCE: 2.0,
    "asked": 4.0,
    "calm": 4.0,
    JOURNAL_SOURCE: 4.0,
    "playful": 4.0,
}
"""Of harmless texts by source, beside others: what was written to be mistaken for risk, and what
people say in everyday trouble, which is seldom met among the texts and often in life. (With texts
that fooled a model among them, 4 instead of 1 for these brings one to two in a hundred more cards.)
"""


UNSURE_WEIGHT = 0.01
"""Of texts at risk of whose kind nobody said anything."""
WATCHED_WEIGHT = 0.5
"""Of what is to be watched: of its kind, but no crisis."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The buckets of a wide table that are learnt, and the place of each."""

    places: Mapping[int, int]

    @classmethod
    def learnt(cls, texts: Iterable[Sequence[Piece]]) -> Vocabulary:
        """Of the pieces of some texts."""
        seen: Counter[int] = Counter()
        for parts in texts:
            seen.update(row_of(parts).planes[0])
        kept = sorted(bucket for bucket, times in seen.items() if times >= SEEN)
        return cls({bucket: place for place, bucket in enumerate(kept)})

    def of(self, parts: Sequence[Piece]) -> list[Piece]:
        """Pieces with the places of what is known in them, as the app reads them."""
        return [
            replace(
                part,
                buckets=self._known(part.buckets),
                among=None if part.among is None else self._known(part.among),
            )
            for part in parts
        ]

    def _known(self, buckets: Collection[int]) -> frozenset[int]:
        return frozenset(map(self.places.__getitem__, self.places.keys() & buckets))

    @property
    def shares(self) -> Any:
        """Where in the table each bucket lies, from zero to one."""
        import numpy as np

        return np.fromiter(self.places, dtype=np.int64) / (1 << RISK_BITS)


def packed(parts: Iterable[Piece]) -> list[Piece]:
    """Pieces with their buckets in a tenth of the memory that sets take: there are millions."""
    return [
        replace(
            part,
            buckets=array("I", part.buckets),
            among=None if part.among is None else array("I", part.among),
        )
        for part in parts
    ]


def row_of(parts: Sequence[Piece]) -> Row:
    """Everything that the pieces hold."""
    return Row((frozenset().union(*(part.buckets for part in parts)),), frozenset())


def _rows(parts: Sequence[Piece], *, whole: bool) -> list[Row]:
    """A text as one row, or every piece of it, as pieces are what is judged later."""
    parts = [part for part in parts if part.buckets]
    if not parts:
        return []
    return [row_of(parts)] if whole else list(dict.fromkeys(row_of([part]) for part in parts))


def _say(says: Mapping[str, Say], examples: Sequence[Example]) -> Say | None:
    return says[examples[0].lang] if examples else None


def risk_heads(
    examples: Sequence[Example],
    cut: Sequence[Sequence[Piece]],
    learnt: Sequence[int],
    shares: Any,
    seed: int,
) -> dict[str, Linear]:
    """How grave a text is, and for each kind whether it holds a crisis of it, against all else.

    A text with risk is learnt whole; one without risk also piece by piece.
    """
    rows: list[Row] = []
    said: list[Example] = []
    weights: list[float] = []
    for place in learnt:
        one = examples[place]
        kept = _rows(cut[place], whole=one.level > 0)
        rows += kept
        said += [one] * len(kept)
        more = 1.0 if one.level else HARMLESS_WEIGHT.get(one.source, 1.0)
        weights += [one.weight * more] * len(kept)
    table = Table(rows, shares=shares, say=_say(LEVELS_SAY, examples))
    heads = {
        name: table.fit([one.level > place for one in said], weights, seed)
        for place, name in enumerate(LEVEL_HEADS)
    }
    for kind in KINDS:
        truth = [one.kind == kind and one.level >= Level.CRISIS for one in said]
        less = [weight * _of_kind(one, kind) for one, weight in zip(said, weights, strict=True)]
        heads[kind.value] = table.fit(truth, less, seed)
    # Learnt from, calibrated and measured is what will be shipped.
    return {name: head.rounded() for name, (head,) in heads.items()}


def _of_kind(one: Example, kind: Kind) -> float:
    """What a text weighs where a crisis of a kind is told from all else."""
    if one.level and not one.kind:
        return UNSURE_WEIGHT
    return WATCHED_WEIGHT if one.level == Level.WATCH and one.kind == kind else 1.0


def request_heads(
    examples: Sequence[Example],
    cut: Sequence[Sequence[Piece]],
    learnt: Sequence[int],
    shares: Any,
    seed: int,
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
    table = Table(rows, shares=shares, say=_say(OTHERS_SAY, examples))
    return {
        request.value: table.fit([said == request for said in asked], weights, seed)[0].rounded()
        for request in REQUESTS
    }
