"""Figures of the fault tests: a table and JSON at the end of a run.

A pytest plugin: `-p tests.faults.figures`, with `--figures FILE` to keep the JSON as well.
`installer/test.py --long` asks for it. Tests hand their figures in through the fixture `figures`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PROPERTY = "figures"


def pytest_addoption(parser: Any) -> None:
    parser.addoption("--figures", metavar="FILE", help="write figures of the fault tests as JSON")


def added(handed_in: list[Mapping[str, Mapping[str, int]]]) -> dict[str, dict[str, int]]:
    """Add up what the tests handed in, by subject and name."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for figures in handed_in:
        for subject, counts in figures.items():
            for name, count in counts.items():
                sums[subject][name] += count
    return {subject: dict(sorted(counts.items())) for subject, counts in sorted(sums.items())}


def table(sums: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Lines of a table, one a figure."""
    return [
        f"{subject:<24} {name:<44} {count:>9,}"
        for subject, counts in sums.items()
        for name, count in counts.items()
    ]


def pytest_terminal_summary(terminalreporter: Any, config: Any) -> None:
    sums = added(
        [
            value
            for outcome in ("passed", "failed")
            for report in terminalreporter.stats.get(outcome, [])
            for name, value in getattr(report, "user_properties", [])
            if name == PROPERTY
        ]
    )
    if not sums:
        return
    sums["tests"] = {
        outcome: len(terminalreporter.stats.get(outcome, []))
        for outcome in ("passed", "failed", "skipped")
    }
    terminalreporter.section("figures of the fault tests")
    for line in table(sums):
        terminalreporter.write_line(line)
    terminalreporter.write_line(json.dumps(sums))
    target = config.getoption("--figures")
    if target:
        Path(target).write_text(json.dumps(sums, indent=1) + "\n", encoding="utf-8")
