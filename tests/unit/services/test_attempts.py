"""Wrong passphrases: a growing pause, per space, forgotten with success."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.services.attempts import PAUSES_S, Attempts


class Clock:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def test_the_pause_grows_and_then_stays() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    pauses = []
    for _ in range(8):
        pauses.append(attempts.failed("a"))
        clock.at += 100
    assert pauses == [0, 1, 2, 5, 15, 30, 30, 30]


def test_success_forgets_and_other_spaces_are_not_touched() -> None:
    attempts = Attempts(Clock())
    for _ in range(5):
        attempts.failed("a")
    assert attempts.wait_s("a") == 15
    assert attempts.wait_s("b") == 0
    attempts.succeeded("a")
    assert attempts.wait_s("a") == 0
    assert attempts.failed("a") == 0


@given(st.lists(st.tuples(st.sampled_from("ab"), st.booleans(), st.floats(0, 40))))
def test_no_wait_is_longer_than_the_longest_pause_nor_ever_negative(
    steps: list[tuple[str, bool, float]],
) -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for space, wrong, passed in steps:
        if wrong:
            attempts.failed(space)
        else:
            attempts.succeeded(space)
            assert attempts.wait_s(space) == 0
        clock.at += passed
        for each in "ab":
            assert 0 <= attempts.wait_s(each) <= PAUSES_S[-1]
