"""The measurement itself, not its figures."""

from __future__ import annotations

from psylite_desktop.safety.assess import Assessor
from psylite_desktop.safety.latency import measure


def test_each_length_is_measured(assessor: Assessor) -> None:
    found = measure(
        assessor, ["今天吃了面。" * 20, "I had noodles. " * 20], lengths=[5, 50], repeats=4
    )
    assert [one.length for one in found] == [5, 50]
    assert all(0 <= one.p50_ms <= one.p99_ms <= one.slowest_ms for one in found)
