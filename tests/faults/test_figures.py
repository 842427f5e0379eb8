"""Figures of many tests become one table."""

from __future__ import annotations

from tests.faults.figures import added, progress, table


def test_figures_are_added_by_subject_and_name() -> None:
    handed_in = [
        {"kill": {"rounds": 2, "lost": 0}},
        {"flips": {"repaired": 1}},
        {"kill": {"rounds": 3}},
    ]
    sums = added(handed_in)
    assert sums == {"flips": {"repaired": 1}, "kill": {"lost": 0, "rounds": 5}}
    lines = [line.split() for line in table(sums)]
    assert lines == [["flips", "repaired", "1"], ["kill", "lost", "0"], ["kill", "rounds", "5"]]


def test_progress_says_how_long_it_may_take() -> None:
    assert progress(1, 4, 30.0, "a test") == "   1 of 4  0:30, about 1:30 to go  a test"
    assert progress(4, 4, 61.0, "the last") == "   4 of 4  1:01  the last"
