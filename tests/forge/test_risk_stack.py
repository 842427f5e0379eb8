from __future__ import annotations

import importlib.util
import json
import random
from dataclasses import replace

import pytest

from psylite_desktop.forge.risk_stack import (
    _buried,
    fit_levels,
    fit_requests,
    logits_of,
    requests_of,
    written,
)
from psylite_desktop.forge.risk_texts import Example
from psylite_desktop.safety.classifier import INPUTS, KINDS
from psylite_desktop.safety.stacking import SEGMENT, Scored, Stack
from tests.fakes.readers import NOTHING

needs_torch = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None, reason="needs the extra forge"
)


def example(level: int, source: str = "written") -> Example:
    return Example("x", "en", level, "none", source, "a")


def piece(start: int, crisis: float, kind: float) -> Scored:
    kinds = (kind, *[-2.0] * (len(KINDS) - 1))
    requests = (kind, -2.0, -2.0, -2.0)
    levels, sides = (crisis, crisis, -1.0), (crisis + 2, -2.0)
    return Scored(start, start + 40, levels, kinds, requests, *sides, 9, NOTHING)


def texts(count: int) -> tuple[list[Example], list[list[Scored]]]:
    """The crisis head says the same of all; a kind tells those at risk, in two of three pieces."""
    chance = random.Random(4)
    examples, scored = [], []
    for place in range(count):
        risky = place % 2
        examples.append(example(2 * risky, "written" if place % 4 < 2 else "asked"))
        told = [chance.gauss(2.0 if risky and at else -2.0, 0.3) for at in range(3)]
        scored.append([piece(41 * at, chance.gauss(0, 1), one) for at, one in enumerate(told)])
    return examples, scored


@needs_torch
def test_the_network_hears_what_the_gravest_piece_does_not_say():
    examples, scored = texts(4000)
    stack = fit_levels(examples, scored, seed=3)
    said = [logits_of(stack, one, "en")[0][1] for one in scored]
    right = [(logit > 0) is (one.level > 0) for one, logit in zip(examples, said, strict=True)]
    assert sum(right) > 3950
    assert fit_levels(examples, scored, seed=3) == stack, "the same for the same seed"


@needs_torch
def test_another_hears_what_is_asked_for_and_learns_only_where_it_is_known():
    examples, scored = texts(4000)
    asked = ["harmful" if one.level else "none" for one in examples]
    known = [replace(one, request=said) for one, said in zip(examples, asked, strict=True)]
    wrong = [replace(one, request="") for one in examples]
    stack = fit_requests([*known, *wrong], [*scored, *reversed(scored)], seed=3)
    said = [requests_of(stack, one)[0] for one in scored]
    right = [(one[0] > 0) is (what == "harmful") for one, what in zip(said, asked, strict=True)]
    assert sum(right) > 3950
    assert all(max(one[1:]) < 0 for one in said), "nobody asked for anything else"
    assert stack == fit_requests(known, scored, seed=3)


@needs_torch
def test_what_is_written_is_read_again_without_a_difference():
    examples, scored = texts(80)
    stack = fit_levels(examples, scored, seed=3)
    again = Stack.read(json.loads(json.dumps(written(stack))))
    assert len(again.mean) == INPUTS
    for one in scored:
        assert logits_of(again, one, "en") == logits_of(stack, one, "en")


def test_texts_are_buried_in_others_that_hold_nothing():
    examples, scored = texts(60)
    found = list(_buried(list(zip(examples, scored, strict=True)), random.Random(1)))
    assert len(found) == 60
    for (one, said), own in zip(found, scored, strict=True):
        assert one.level == examples[scored.index(own)].level
        assert len(said) > len(own)
        spans = [(part.start, part.end) for part in said]
        assert max(end for _, end in spans) - min(start for start, _ in spans) <= SEGMENT
        assert len(set(spans)) == len(spans), "no two in one place"


def test_every_piece_speaks_for_itself_as_well():
    straight = [[0.0] * INPUTS + [1.0]] * 3
    stack = Stack([0.0] * INPUTS, [1.0] * INPUTS, [], [[]] * 3, straight)
    scored = [piece(0, 1.0, 1.0), piece(41, 1.0, 1.0)]
    assert len(logits_of(stack, scored[:1], "en")) == 1
    assert len(logits_of(stack, scored, "en")) == 3
    far = [*scored, replace(scored[0], start=900, end=940)]
    assert len(logits_of(stack, far, "en")) >= 5
