from __future__ import annotations

import copy
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.safety.classifier import ASKED_INPUTS, INPUTS, KINDS
from psylite_desktop.safety.linear import LANGS
from psylite_desktop.safety.stacking import (
    SEGMENT,
    Scored,
    Stack,
    asked_of,
    inputs_of,
    lessened,
    stretches,
)
from tests.fakes.readers import NOTHING
from tests.fakes.stacks import loudest


def piece(start: int, end: int, crisis: float, *, pro: float = 1.0, size: int = 4) -> Scored:
    kinds = tuple(crisis - place for place in range(len(KINDS)))
    levels, requests = (crisis + 1, crisis, crisis - 1), (crisis, 0.0, crisis * 2, -1.0)
    return Scored(start, end, levels, kinds, requests, pro, crisis - pro, size, NOTHING)


LOUDEST = loudest()["levels"]


def test_what_is_read_of_some_pieces():
    found = inputs_of([piece(0, 9, -2.0), piece(10, 19, 3.0, pro=5.0, size=8), piece(0, 19, 1.0)])
    assert found[:5] == [1.0, -2.0, -2.0, 3.0, math.log(19)]
    assert found[5:8] == [5.0, -2.0, math.log(8)]
    assert found[8:14] == pytest.approx([4.0, 5 / 3, 3.0, 2 / 3, 2.0, -1 / 3])
    assert len(found) == INPUTS


def test_what_is_asked_for_stands_behind_it():
    held = [piece(0, 9, -2.0), piece(10, 19, 3.0)]
    found = asked_of(held, inputs_of(held))
    assert found[:INPUTS] == inputs_of(held)
    assert found[INPUTS:] == [3.0, 0.5, 0.0, 0.0, 6.0, 1.0, -1.0, -1.0]
    assert len(found) == ASKED_INPUTS


def test_one_piece_stands_for_all():
    found = inputs_of([piece(4, 9, 2.0)])
    assert found[:5] == [-1.0, -4.0, 2.0, 1.0, math.log(5)]
    assert len(found) == INPUTS


def test_the_loudest_piece_through_a_straight_way():
    said = Stack.read(LOUDEST)(inputs_of([piece(0, 9, -2.0), piece(10, 19, 3.0)]))
    assert said == pytest.approx((4.0, 3.0, 2.0))


def test_a_hidden_unit_is_silent_below_nought():
    numbers = copy.deepcopy(LOUDEST) | {"straight": [[0.0] * INPUTS + [0.5]] * 3}
    unit = [0.0] * (INPUTS + 1)
    unit[10], unit[-1] = 10.0, -1.0
    stack = Stack.read(numbers | {"hidden": [unit], "out": [[2.0], [0.0], [-1.0]]})
    assert stack(inputs_of([piece(0, 9, 3.0)])) == pytest.approx((4.5, 0.5, -1.5))
    assert stack(inputs_of([piece(0, 9, 0.5)])) == pytest.approx((0.5, 0.5, 0.5))


def test_what_is_far_from_anything_seen_says_no_more_than_what_is_far():
    stack = Stack.read(LOUDEST)
    assert stack(inputs_of([piece(0, 9, 1e6)])) == stack(inputs_of([piece(0, 9, 1e3)]))


@pytest.mark.parametrize(
    "changes",
    [
        {"mean": [0.0]},
        {"mean": [math.nan] * INPUTS},
        {"spread": [0.0] * INPUTS},
        {"spread": ["wide"] * INPUTS},
        {"hidden": [[1.0]]},
        {"out": [[1.0]] * 3},
        {"out": []},
        {"straight": [[1.0]] * 3},
        {"straight": None},
    ],
)
def test_numbers_that_do_not_fit_are_refused(changes: dict[str, Any]):
    with pytest.raises((ValueError, TypeError)):
        Stack.read(LOUDEST | changes)
    with pytest.raises(KeyError):
        Stack.read({})


# Pieces are at most 120 characters long; so far apart some have no neighbour at all.
SPANS = st.lists(
    st.tuples(st.integers(0, 3000), st.integers(1, 120)).map(lambda one: (one[0], sum(one))),
    max_size=40,
    unique=True,
).map(sorted)


@given(SPANS)
def test_every_piece_is_read_with_what_stands_near_and_by_itself(spans: list[tuple[int, int]]):
    found = list(stretches(spans))
    apart = [[place] for place in range(len(spans))] if len(spans) > 1 else []
    together, alone = found[: len(found) - len(apart)], found[len(found) - len(apart) :]
    assert alone == apart
    assert {place for held in together for place in held} == set(range(len(spans)))
    for held in together:
        assert held
        assert max(spans[p][1] for p in held) - min(spans[p][0] for p in held) <= SEGMENT
    if spans and max(end for _, end in spans) - spans[0][0] <= SEGMENT:
        assert together == [list(range(len(spans)))]


@given(st.floats(-9, 9), st.sampled_from(LANGS), st.lists(st.integers(0, 9000), min_size=2))
def test_one_of_many_stretches_says_less_the_more_there_are(
    said: float, lang: str, lengths: list[int]
):
    told = [lessened([said, said + 1], lang, among) for among in sorted(lengths)]
    assert told == sorted(told, reverse=True)
    assert all(two - one == pytest.approx(1) for one, two in told)
    assert lessened([said], lang, SEGMENT) == lessened([said], lang, 0) == (said,)
    assert lessened([said], lang, SEGMENT + 100) < (said,)
