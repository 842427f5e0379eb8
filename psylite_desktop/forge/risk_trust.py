"""How far the linear risk model must agree before a card rests on one rule alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psylite_desktop.domain.risk import Level
from psylite_desktop.forge.linear_fit import Linear
from psylite_desktop.forge.risk_fit import Vocabulary
from psylite_desktop.forge.risk_texts import FOOLING_SOURCE, RULE_SOURCE, Example
from psylite_desktop.safety.pieces import Piece
from psylite_desktop.safety.stacking import Stack

PRECISION = 0.7
"""The share of cards resting on a rule alone that must be right: where head and rule together
promise less, the text is only watched. A threshold of the crisis head that is lower for it hears
more people than the rules lose."""
JUDGED_BY = ("written", FOOLING_SOURCE, "asked", "calm", "playful", "mined")
MARGIN = 0.25
"""How far the examples of a rule stay above what it asks for."""
_WEIGHT = {Level.NONE: 1.0, Level.WATCH: 0.3, Level.CRISIS: 1.0, Level.EMERGENCY: 2.0}
"""What a card on a text of a level weighs: one too many on what is to be watched matters little."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A text whose card rests on `rests` alone, and how much it sounds like a crisis."""

    rests: tuple[str, ...]
    crisis: float
    level: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What learnt nothing of the unseen authors, and the thresholds."""

    vocabulary: Vocabulary
    heads: Mapping[str, Linear]
    stack: Stack
    thresholds: Mapping[str, float]
    trust: Mapping[str, float]


def judged_of(
    examples: Sequence[Example], scores: Sequence[Sequence[tuple[float, ...]]]
) -> list[Judged]:
    """The texts from which trust is learnt, with scores by heads that had not learnt them."""
    return [
        Judged(one.rests, max(part[1] for part in said), one.level)
        for one, said in zip(examples, scores, strict=True)
        if one.rests and said and one.source in JUDGED_BY
    ]


def trust_of(texts: Sequence[Judged]) -> dict[str, float]:
    """The score of the crisis head that each rule asks for where a card rests on it alone.

    One logistic regression for all rules of a language: the score, the family and the rule, the
    latter two drawn towards none, so that a rule seen twice is trusted as its family is.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    names = sorted({name for one in texts for name in one.rests})
    families = sorted({_family(name) for name in names})
    right = [one.level >= Level.CRISIS for one in texts]
    if not any(right) or all(right):
        return {}
    place = {name: at for at, name in enumerate((*families, *names), start=1)}
    table = np.zeros((len(texts), 1 + len(place)))
    for row, one in enumerate(texts):
        table[row, 0] = one.crisis
        for name in one.rests:
            table[row, place[name]] = 1 / len(one.rests)
        table[row, place[_family(one.rests[0])]] = 1.0
    model = LogisticRegression(max_iter=2000)
    model.fit(table, right, sample_weight=[_WEIGHT[Level(one.level)] for one in texts])
    weight = model.coef_[0]
    if weight[0] <= 0:  # heads that say nothing doubt nothing
        return {}
    wanted = math.log(PRECISION / (1 - PRECISION)) - float(model.intercept_[0])
    return {
        name: float((wanted - weight[place[_family(name)]] - weight[place[name]]) / weight[0])
        for name in names
    }


def sentences_of(parts: Sequence[Piece]) -> list[Piece]:
    """The pieces that hold no other: the sentences, without the groups of them."""
    return [
        part
        for part in parts
        if not any(
            part.start <= other.start and other.end <= part.end
            for other in parts
            if other is not part
        )
    ]


def sparing_examples(
    trust: Mapping[str, float],
    examples: Sequence[Example],
    scores: Sequence[Sequence[tuple[float, ...]]],
) -> dict[str, float]:
    """The same, low enough that no rule's own example is doubted by the heads of these scores."""
    kept = dict(trust)
    for one, said in zip(examples, scores, strict=True):
        if one.source == RULE_SOURCE and said:
            best = max(part[1] for part in said)
            kept |= {name: min(kept[name], best - MARGIN) for name in one.rests if name in kept}
    return {name: round(asked, 3) for name, asked in sorted(kept.items())}


def _family(rule_id: str) -> str:
    return rule_id.split(".")[1]
