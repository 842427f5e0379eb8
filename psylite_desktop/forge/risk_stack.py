"""Fits the networks of `safety/stacking.py`: from the scores of all pieces to those of a text.

They learn from scores by heads that had not learnt the text's author: what a head says of texts
that it knows is far too sure. Needs torch.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from psylite_desktop.domain.risk import Level, Request
from psylite_desktop.forge.risk_fit import HARMLESS_WEIGHT
from psylite_desktop.forge.risk_texts import Example
from psylite_desktop.safety.classifier import LEVEL_HEADS, REQUESTS
from psylite_desktop.safety.stacking import (
    FARTHEST,
    SEGMENT,
    Scored,
    Stack,
    asked_of,
    inputs_of,
    stretches,
    told_apart,
)

HIDDEN = 32
EPOCHS = 40
BATCH = 512
RATE = 3e-3
DECAY = 1e-4
ASKED_WEIGHT = 3.0
"""What a text weighs that asks for something, beside those that ask for nothing."""
HARMLESS_FOR_EMERGENCY = 0.3
"""What a harmless text weighs where emergencies are told from other crises."""
_DIGITS = 5

Scores = Sequence[Scored]


def logits_of(stack: Stack, scored: Scores, lang: str) -> list[tuple[float, ...]]:
    """What a text comes to, by stretch, as `RiskClassifier.stretches` would say."""
    return [
        told_apart(stack(inputs_of(held)), lang, len(held), len(scored))
        for held in _stretched(scored)
    ]


def requests_of(stack: Stack, scored: Scores) -> list[tuple[float, ...]]:
    """What it asks for, by stretch."""
    return [stack(asked_of(held, inputs_of(held))) for held in _stretched(scored)]


def _stretched(scored: Scores) -> Iterator[list[Scored]]:
    spans = [(one.start, one.end) for one in scored]
    for places in stretches(spans):
        yield [scored[place] for place in places]


def fit_levels(examples: Sequence[Example], scored: Sequence[Scores], seed: int) -> Stack:
    """The network of levels, from held-out scores of texts of one language.

    The same for the same seed, as all that is fitted here.
    """
    chance = random.Random(seed)
    held = [(one, said) for one, said in zip(examples, scored, strict=True) if said]
    inputs, truth, weight = [], [], []
    for one, said in (*held, *_buried(held, chance)):
        inputs.append(inputs_of(said))
        truth.append([float(one.level > place) for place in range(len(LEVEL_HEADS))])
        own = one.weight * (1.0 if one.level else HARMLESS_WEIGHT.get(one.source, 1.0))
        # Whether what is to be watched gets a card matters little: neither is asked of it.
        grave = 0.0 if one.level == Level.WATCH else own
        weight.append([own, grave, grave if one.level else grave * HARMLESS_FOR_EMERGENCY])
    return _fitted(inputs, truth, weight, seed)


def fit_requests(examples: Sequence[Example], scored: Sequence[Scores], seed: int) -> Stack:
    """The network of requests, from held-out scores of those texts of which it is known."""
    inputs, truth, weight = [], [], []
    for one, said in zip(examples, scored, strict=True):
        if not said or not one.request:
            continue
        inputs.append(asked_of(said, inputs_of(said)))
        truth.append([float(one.request == request) for request in REQUESTS])
        asks = one.request != Request.NONE
        weight.append([one.weight * (ASKED_WEIGHT if asks else 1.0)] * len(REQUESTS))
    return _fitted(inputs, truth, weight, seed)


def _fitted(
    inputs: Sequence[Sequence[float]],
    truth: Sequence[Sequence[float]],
    weight: Sequence[Sequence[float]],
    seed: int,
) -> Stack:
    """A network from inputs [texts, inputs], truth and weight [texts, outputs]."""
    import torch

    seen, wanted, share = (torch.tensor(rows) for rows in (inputs, truth, weight))
    # What will be shipped is what is learnt with.
    mean = torch.round(seen.mean(0), decimals=_DIGITS)
    spread = torch.round(seen.std(0).clamp(min=1e-3), decimals=_DIGITS)
    read = ((seen - mean) / spread).clamp(-FARTHEST, FARTHEST)
    torch.manual_seed(seed)
    outputs = wanted.shape[1]
    layers = torch.nn.ModuleDict(
        {
            "hidden": torch.nn.Linear(read.shape[1], HIDDEN),
            "out": torch.nn.Linear(HIDDEN, outputs, bias=False),
            "straight": torch.nn.Linear(read.shape[1], outputs),
        }
    )
    _learn(layers, read, wanted, share)

    def with_constant(name: str) -> Any:
        layer = layers[name]
        return _rounded(torch.cat([layer.weight, layer.bias.unsqueeze(1)], dim=1))

    return Stack(
        _rounded(mean),
        _rounded(spread),
        with_constant("hidden"),
        _rounded(layers["out"].weight),
        with_constant("straight"),
    )


def written(stack: Stack) -> Mapping[str, Any]:
    """As the header of a model holds it."""
    return asdict(stack)


def _learn(layers: Any, read: Any, wanted: Any, share: Any) -> None:
    import torch

    parts = len(read) // BATCH + 1
    optimiser = torch.optim.AdamW(layers.parameters(), lr=RATE, weight_decay=DECAY)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=EPOCHS * parts)
    loss_of = torch.nn.BCEWithLogitsLoss(reduction="none")
    for _ in range(EPOCHS):
        for part in torch.randperm(len(read)).tensor_split(parts):
            felt = torch.relu(layers["hidden"](read[part]))
            said = layers["straight"](read[part]) + layers["out"](felt)
            loss = (loss_of(said, wanted[part]) * share[part]).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            plan.step()


def _buried(
    held: Sequence[tuple[Example, Scores]], chance: random.Random
) -> Iterator[tuple[Example, Scores]]:
    """Texts, harmless ones too, with others before or behind them that hold nothing.

    A journal holds much beside what is grave in it.
    """
    calm = [said for one, said in held if not one.level and one.source in ("ordinary", "asked")]
    if not calm:
        return
    for one, said in held:
        whole = list(said)
        for _ in range(chance.randint(1, 3)):
            other = chance.choice(calm)
            joined = _behind(whole, other) if chance.random() < 0.5 else _behind(other, whole)
            if joined[-1].end - joined[0].start > SEGMENT:
                break
            whole = joined
        if len(whole) > len(said):
            yield one, whole


def _behind(first: Scores, other: Scores) -> list[Scored]:
    """The pieces of both, those of the other moved behind the first; the last ends last."""
    far = max(one.end for one in first) + 1 - min(one.start for one in other)
    moved = [replace(one, start=one.start + far, end=one.end + far) for one in other]
    return sorted([*first, *moved], key=lambda one: (one.end, -one.start))


def _rounded(numbers: Any) -> Any:
    return [
        [round(value, _DIGITS) for value in row] if isinstance(row, list) else round(row, _DIGITS)
        for row in numbers.tolist()
    ]
