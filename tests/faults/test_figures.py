"""Figures of many tests become one table."""

from __future__ import annotations

from tests.faults.figures import added, table


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
