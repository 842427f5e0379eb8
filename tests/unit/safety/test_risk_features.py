"""What the linear risk model reads: the same in every release, or its weights are worth nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.safety.linear import LANGS
from psylite_desktop.safety.risk_features import risk_features, spelled_from

MASK = 0xFFFF
GOLDEN = {
    "我想睡。": [4345, 7485, 23742, 30750, 32141, 34182, 37642, 39616, 41218, 50321, 54022, 61990],
    "so tired": [
        2073,
        2107,
        3846,
        4874,
        7103,
        8525,
        16874,
        17411,
        29222,
        36614,
        37342,
        40543,
        41191,
        43449,
        45170,
        45301,
        47309,
        52868,
        61149,
    ],
}


def found(text: str, lang: str = "en") -> set[int]:
    return risk_features(text, lang, MASK)


@pytest.mark.parametrize(("text", "lang"), [("我想睡。", "zh"), ("so tired", "en")])
def test_buckets_are_the_same_for_ever(text: str, lang: str) -> None:
    assert sorted(found(text, lang)) == GOLDEN[text]


@given(st.text(max_size=60), st.sampled_from(LANGS), st.integers(4, 20))
def test_every_bucket_lies_within_the_table(text: str, lang: str, bits: int) -> None:
    assert all(0 <= one < 1 << bits for one in risk_features(text, lang, (1 << bits) - 1))


def test_spellings_lie_in_the_upper_half_and_words_in_the_lower() -> None:
    half = spelled_from(MASK + 1)
    assert max(found("so")) < half  # too short to be spelled
    spelled = {one for one in found("so exhausted") if one >= half}
    assert len(spelled) == len("<so exhausted>") - 4 + len("<so exhausted>") - 6


def test_a_slip_of_the_keys_leaves_some_of_a_word() -> None:
    half = spelled_from(MASK + 1)
    right, wrong = found("im exhausted"), found("im exhaustedd")
    assert {one for one in right & wrong if one >= half}


def test_the_order_of_words_tells_something() -> None:
    assert found("he hit me") != found("me hit he")


def test_two_words_are_a_pair_with_one_between_them() -> None:
    shared = found("i will tonight") & found("i might tonight")
    half = spelled_from(MASK + 1)
    known = found("i") | found("tonight")
    assert len({one for one in shared if one < half} - known) == 1


def test_numbers_are_one_word() -> None:
    assert found("at 12") == found("at 7")
