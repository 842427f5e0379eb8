"""How far the risk model must agree with what rules found before it is believed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psylite_desktop.domain.risk import Level
from psylite_desktop.forge.risk_learn import Learnt
from psylite_desktop.forge.risk_texts import FOOLING_SOURCE, RULE_SOURCE, Example
from psylite_desktop.safety.pieces import Piece
from psylite_desktop.safety.stacking import Stack
from psylite_desktop.safety.weighing import Trust, is_several

PRECISION = {Level.CRISIS: 0.7, Level.WATCH: 0.3}
"""The share that must be right of the cards, and of the alerts, that rest on rules which may be
doubted: where model and rules together promise less, the text is only watched, or not at all.
Thresholds of the model that are lower for it hear more people than the rules lose."""
JUDGED_BY = ("written", FOOLING_SOURCE, "asked", "calm", "playful", "mined")
MARGIN = 0.25
"""How far the examples of a rule stay above what it asks for."""
_WEIGHT = {
    Level.CRISIS: {Level.NONE: 1.0, Level.WATCH: 0.3, Level.CRISIS: 1.0, Level.EMERGENCY: 2.0},
    Level.WATCH: dict.fromkeys(Level, 1.0),
}
"""What a card, and an alert, on a text of a level weighs: a card too many on what is to be watched
matters little."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A text that rings by what `rests` names, and how much it sounds like it."""

    rests: tuple[str, ...]
    said: float
    level: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What learnt nothing of the unseen authors, and the thresholds."""

    learnt: Learnt
    stack: Stack
    thresholds: Mapping[str, float]
    trust: Trust


def trusted(
    examples: Sequence[Example], scores: Sequence[Sequence[tuple[float, ...]]]
) -> dict[Level, dict[str, float]]:
    """What is asked for, by level and name, from scores by what had not learnt these texts."""
    return {level: trust_of(judged_of(examples, scores, level), level) for level in PRECISION}


def judged_of(
    examples: Sequence[Example], scores: Sequence[Sequence[tuple[float, ...]]], level: Level
) -> list[Judged]:
    """The texts that the rules give a level, with how much they sound like it."""
    return [
        Judged(one.rests, max(part[level - 1] for part in said), one.level)
        for one, said in zip(examples, scores, strict=True)
        if one.rules >= level and one.rests and said and one.source in JUDGED_BY
        # The rules of one language are not judged by what reads another.
        if all(name.startswith(f"{one.lang}.") for name in one.rests)
    ]


def trust_of(texts: Sequence[Judged], level: Level) -> dict[str, float]:
    """The score of the head of a level that each name asks for.

    One logistic regression for all rules of a language: the score, the family and the rule, the
    latter two drawn towards none, so that a rule seen twice is trusted as its family is.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    named = [_named(one.rests) for one in texts]
    names = sorted({name for one in named for name in one})
    families = sorted({_family(name) for name in names})
    right = [one.level >= level for one in texts]
    if not any(right) or all(right):
        return {}
    place = {name: at for at, name in enumerate((*families, *names), start=1)}
    table = np.zeros((len(texts), 1 + len(place)))
    for row, (one, rests) in enumerate(zip(texts, named, strict=True)):
        table[row, 0] = one.said
        for name in rests:
            table[row, place[name]] = 1 / len(rests)
        table[row, place[_family(rests[0])]] = 1.0
    model = LogisticRegression(max_iter=2000)
    model.fit(table, right, sample_weight=[_WEIGHT[level][Level(one.level)] for one in texts])
    weight = model.coef_[0]
    if weight[0] <= 0:  # heads that say nothing doubt nothing
        return {}
    precision = PRECISION[level]
    wanted = math.log(precision / (1 - precision)) - float(model.intercept_[0])
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
    trust: Trust, examples: Sequence[Example], scores: Sequence[Sequence[tuple[float, ...]]]
) -> dict[Level, dict[str, float]]:
    """The same, low enough that no rule's own example is doubted by the heads of these scores.

    What several families say together is asked for as before: no rule has examples of that.
    """
    kept = {level: dict(asked) for level, asked in trust.items()}
    for one, said in zip(examples, scores, strict=True):
        if one.source != RULE_SOURCE or not said or any(map(is_several, one.rests)):
            continue
        for level, asked in kept.items():
            best = max(part[level - 1] for part in said)
            for name in one.rests:
                if name in asked and name.count(".") > 1:
                    asked[name] = min(asked[name], best - MARGIN)
    return {
        level: {name: round(least, 3) for name, least in sorted(asked.items())}
        for level, asked in kept.items()
    }


def _named(rests: tuple[str, ...]) -> tuple[str, ...]:
    """What several families say is trusted as that, and teaches nothing of each rule."""
    return rests[:1] if is_several(rests[0]) else rests


def _family(rule_id: str) -> str:
    return rule_id.split(".")[1]
