"""What a passphrase is worth, said cautiously."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.services.passphrase_strength import (
    RoughTime,
    Span,
    Strength,
    bits_of,
    guess_time,
    strength_of,
)
from psylite_desktop.storage.kdf_tuning import TINY_COST
from psylite_desktop.storage.keyslots import KdfCost

COST = KdfCost()


@pytest.mark.parametrize(
    ("passphrase", "strength"),
    [
        ("", Strength.TOO_SHORT),
        ("kitten", Strength.TOO_SHORT),
        ("aaaaaaaaaaaa", Strength.TOO_COMMON),
        ("sunflower 88", Strength.FAIR),
        ("three quiet otters", Strength.FAIR),
        ("three quiet otters and a kettle", Strength.GOOD),
        ("three quiet otters and a kettle boiling", Strength.STRONG),
        ("橘猫把毛线团推下楼", Strength.GOOD),
        ("橘猫把毛线团推下楼梯又叼了回来", Strength.STRONG),
    ],
)
def test_strength_is_said_cautiously(passphrase: str, strength: Strength) -> None:
    assert strength_of(passphrase) is strength


@pytest.mark.parametrize(
    ("bits", "cost", "time"),
    [
        (10, COST, RoughTime(Span.MOMENT)),
        (20, COST, RoughTime(Span.MINUTES, 5)),
        (33, COST, RoughTime(Span.DAYS, 20)),
        (44, COST, RoughTime(Span.YEARS, 100)),
        (44, KdfCost(passes=9), RoughTime(Span.YEARS, 400)),
        (44, TINY_COST, RoughTime(Span.YEARS, 30)),
        (52, COST, RoughTime(Span.FOR_EVER)),
        (5_000, COST, RoughTime(Span.FOR_EVER)),
    ],
)
def test_guessing_time_follows_bits_and_cost(bits: float, cost: KdfCost, time: RoughTime) -> None:
    assert guess_time(bits, cost) == time


def test_words_that_somebody_thought_of_count_no_more_than_drawn_ones() -> None:
    assert bits_of("otter kettle maple lantern") <= 44
    assert bits_of("橘猫毛线楼梯月亮") <= 44
    assert strength_of("ferry oboe atlas navy", 44) is Strength.GOOD


_ORDER = list(Span)


@given(st.floats(0, 400), st.floats(0, 100), st.integers(3, 20))
def test_more_bits_never_sound_like_less(bits: float, more: float, passes: int) -> None:
    def rank(time: RoughTime) -> tuple[int, int]:
        return _ORDER.index(time.span), time.count

    cost = KdfCost(passes=passes)
    assert rank(guess_time(bits, cost)) <= rank(guess_time(bits + more, cost))
    time = guess_time(bits, cost)
    assert time.count >= 2 or time.span in (Span.MOMENT, Span.FOR_EVER)
    assert time.count < 1000


@given(st.text(max_size=60))
def test_any_text_has_a_finite_count(text: str) -> None:
    assert 0 <= bits_of(text) <= 6 * len(text)
    strength_of(text)
