"""Thresholds and figures of the risk models, both from texts of authors that they did not learn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from psylite_desktop.domain.risk import Level, Request
from psylite_desktop.forge.risk_texts import REQUESTS_SOURCE, SMALLTALK_SOURCE, Example
from psylite_desktop.safety import classifier
from psylite_desktop.safety.asked_words import WORDED
from psylite_desktop.safety.weighing import MOST_ALONE, Trust, doubtful

# The share of texts without risk that the model may give an alert where the rules give none:
# ordinary turns of talk, what people say in everyday trouble and at its end, and texts written to
# be mistaken for risk. (What the rules ring for falsely is theirs to mend: counted here, it would
# silence the model where texts are hard.)
Alerts = Mapping[tuple[str, ...], Mapping[str, float]]
"""The share of texts without risk, by sources and head, that may ring."""
ALERTS: Alerts = {
    ("ordinary",): {"watch": 0.03, "crisis": 0.008},
    # Together: fifteen of a thousand farewells would set a threshold by chance.
    ("asked", "calm"): {"watch": 0.06, "crisis": 0.022},
    ("written",): {"watch": 0.07, "crisis": 0.04},
}
ALERT_HEADS = ("watch", "crisis")
EDGE = 1e-6
"""So that a share of so many texts, times how many there are, is that many again."""
EMERGENCY_BELOW = 0.91
EVERYDAY = ("ordinary", "asked", "calm", "playful")
REQUESTS_LET = {
    EVERYDAY: 0.003,
    ("written",): 0.003,
    (REQUESTS_SOURCE,): 0.01,
    (SMALLTALK_SOURCE,): 0.01,
}
"""The share of harmless texts, by sources, in which a model may hear one sort of request: so many
in words that speak of such things, and so many in others.

Everyday talk holds few how-to questions, and those beside the requests are as near to them as can
be: without their share "how do I make friends" and "怎么系领带" were refused, and without a
greeting's "你好" was taken for a trick.
"""


def level_of(scores: Sequence[tuple[float, ...]], asked: Mapping[str, float]) -> int:
    """The level that the app would give to stretches with these scores."""
    return max((int(classifier.level_of(said, asked)[0]) for said in scores), default=0)


def calibrated(
    examples: Sequence[Example],
    scores: Sequence[Sequence[tuple[float, ...]]],
    allowed: Alerts = ALERTS,
) -> dict[str, float]:
    """The lowest thresholds at which the model stays within the alerts allowed to it."""
    import numpy as np

    asked: dict[str, float] = {}
    for place, name in enumerate(ALERT_HEADS):
        needed = [-math.inf]
        for sources, shares in allowed.items():
            count, quiet = _quiet(examples, scores, sources, place)
            spare = int(shares[name] * count + EDGE)
            if quiet:
                needed.append(quiet[-1 - min(spare, len(quiet) - 1)])
        asked[name] = float(np.nextafter(max(needed), math.inf))
    below = [
        max(part[2] for part in said)
        for one, said in zip(examples, scores, strict=True)
        if one.level == 2 and said
    ]
    asked["emergency"] = float(np.quantile(below, EMERGENCY_BELOW)) if below else 0.0
    return asked


def let_through(
    examples: Sequence[Example],
    scores: Sequence[Sequence[tuple[float, ...]]],
    asked: Mapping[str, float],
) -> Alerts:
    """The share of these very texts that rings at these thresholds."""
    found: dict[tuple[str, ...], dict[str, float]] = {}
    for sources in ALERTS:
        found[sources] = {}
        for place, name in enumerate(ALERT_HEADS):
            count, quiet = _quiet(examples, scores, sources, place)
            found[sources][name] = sum(best >= asked[name] for best in quiet) / max(1, count)
    return found


def _quiet(
    examples: Sequence[Example],
    scores: Sequence[Sequence[tuple[float, ...]]],
    sources: tuple[str, ...],
    place: int,
) -> tuple[int, list[float]]:
    """How many harmless texts these have, and in order the scores where the rules are silent."""
    rows = [
        (one, said)
        for one, said in zip(examples, scores, strict=True)
        if one.source in sources and one.level == 0
    ]
    return len(rows), sorted(
        max((part[place] for part in said), default=-math.inf)
        for one, said in rows
        if one.rules <= place and not (one.cleared and place)
    )


def doubted(
    one: Example,
    scores: Sequence[tuple[float, ...]],
    asked: Mapping[str, float],
    trust: Trust,
) -> Example:
    """The text with what the rules say of it after the model looked at what it may doubt.

    As `Assessor` does with what is `Felt` near a rule. (The few texts here that are longer than a
    stretch are taken for short ones.)
    """
    if not scores:
        return one
    watch, crisis = (max(part[place] for part in scores) for place in (0, 1))
    level = one.rules
    if one.soft and crisis < asked["crisis"]:
        level = min(level, int(Level.CRISIS))
    if level >= Level.CRISIS and doubtful(one.rests, crisis, trust.get(Level.CRISIS, {})):
        level = int(Level.WATCH)
    may_drop = one.soft or one.rules == Level.WATCH
    if level == Level.WATCH and may_drop and doubtful(one.rests, watch, trust.get(Level.WATCH, {})):
        level = int(Level.NONE)
    return replace(one, rules=level)


def request_thresholds(
    examples: Sequence[Example], scores: Sequence[Sequence[float]], request: Request
) -> tuple[float, float]:
    """What the head of a request asks of texts of one language, by their words.

    First of those that speak of such things (see `asked_words`), then of the others.
    """
    calm = [
        (one.source, max(said), _is_worded(one, request))
        for one, said in zip(examples, scores, strict=True)
        if one.request == Request.NONE and not one.level and said
    ]
    asked = []
    for worded in (True, False):
        needed = []
        for sources, share in REQUESTS_LET.items():
            count = sum(source in sources for source, _, _ in calm)
            quiet = sorted(
                score for source, score, has in calm if source in sources and has is worded
            )
            spare = int(share * count + EDGE)
            needed += quiet[::-1][min(spare, len(quiet) - 1) :][:1]
        asked.append(math.nextafter(max(needed, default=0.0), math.inf))
    return asked[0], asked[1]


def requests_heard(
    examples: Sequence[Example],
    scores: Sequence[Sequence[float]],
    request: Request,
    asked: tuple[float, float],
) -> dict[str, float]:
    """Recall of a request by the model alone, and in which share of harmless texts it is heard.

    `twins` are those written beside requests, with the same words.
    """
    told: dict[str, list[bool]] = {"recall": [], "everyday": [], "twins": []}
    for one, said in zip(examples, scores, strict=True):
        heard = bool(said) and max(said) >= asked[0 if _is_worded(one, request) else 1]
        if one.request == request:
            told["recall"].append(heard)
        elif one.request == Request.NONE and not one.level:
            name = "everyday" if one.source in EVERYDAY else one.source
            told.get("twins" if name == REQUESTS_SOURCE else name, []).append(heard)
    texts = {"texts": len(told["recall"])}
    return texts | {name: _share(found) for name, found in told.items() if found}


def _is_worded(one: Example, request: Request) -> bool:
    return bool(WORDED[request].search(one.plain))


def measured(examples: Sequence[Example], levels: Sequence[int]) -> dict[str, Any]:
    """Recall and false alarms by source, the rules alone beside rules and model."""
    figures: dict[str, Any] = {}
    for source in sorted({one.source for one in examples}):
        for level in range(4):
            rows = [
                (one.rules, joined(one, said))
                for one, said in zip(examples, levels, strict=True)
                if one.source == source and one.level == level and one.trained
            ]
            if rows:
                figures[f"{source} level {level}"] = {
                    "texts": len(rows),
                    **{
                        f"{who} as >= {least}": _share(row[column] >= least for row in rows)
                        for column, who in enumerate(("rules", "both"))
                        for least in (1, 2, 3)
                    },
                }
    return figures


def joined(one: Example, said: int) -> int:
    """Rules and model together, as `Assessor` puts them together."""
    if not one.hinted:
        said = min(said, int(MOST_ALONE))
    return max(one.rules, min(said, 1) if one.cleared else said)


def _share(found: Iterable[bool]) -> float:
    held = [bool(one) for one in found]
    return round(sum(held) / len(held), 4)


def f1(truth: Sequence[bool], said: Sequence[bool]) -> dict[str, float]:
    """Precision, recall and F1 of the positive class."""
    hits = sum(a and b for a, b in zip(truth, said, strict=True))
    precision, recall = hits / max(1, sum(said)), hits / max(1, sum(truth))
    both = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(both, 4)}
