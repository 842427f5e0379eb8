"""Figures of the fault tests: how far they are, and a table and JSON at the end of a run.

A pytest plugin: `-p tests.faults.figures`, with `--figures FILE` to keep the JSON as well and
`--rounds N` for a short run. `installer/test.py --long` asks for it. Tests hand their figures in
through the fixture `figures` and ask `at_most` how many rounds they may take. A run that is
stopped with Ctrl-C prints the table of what it had done.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

PROPERTY = "figures"


def pytest_addoption(parser: Any) -> None:
    parser.addoption("--figures", metavar="FILE", help="write figures of the fault tests as JSON")
    parser.addoption(
        "--rounds",
        metavar="N",
        type=int,
        default=0,
        help="at most so many rounds, faults or sizes in each fault test",
    )


def pytest_configure(config: Any) -> None:
    if not hasattr(config, "workerinput"):  # one of them reports, however many work
        config.pluginmanager.register(Report(config), "figures of the fault tests")


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


def duration(seconds: float) -> str:
    """Minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def progress(done: int, total: int, seconds: float, what: str) -> str:
    """A line that says how far a run is, and how long it may go on."""
    left = f", about {duration(seconds * (total - done) / done)} to go" if done < total else ""
    return f"{done:>4} of {total}  {duration(seconds)}{left}  {what}"


class Report:
    """Says how far the run is, after each test, and prints the table at the end."""

    def __init__(self, config: Any) -> None:
        self._config = config
        self._started = time.monotonic()
        self._total = 0
        self._done = 0

    def pytest_collection_finish(self, session: Any) -> None:
        self._total = self._total or len(session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: Any, ids: list[str]) -> None:
        self._total = len(ids)
        self._started = time.monotonic()  # what came before says nothing about what comes

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: Any) -> tuple[str, str, str] | None:
        if report.outcome == "passed":
            return ("passed" if report.when == "call" else "", "", "")
        return None

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.when != "call" and report.outcome == "passed":
            return
        self._done += 1
        what = f"{report.nodeid.partition('::')[2]} {report.outcome} in {report.duration:.0f} s"
        line = progress(self._done, max(self._total, self._done), self._seconds(), what)
        reporter = self._config.pluginmanager.get_plugin("terminalreporter")
        reporter.write_line(line)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        stats = terminalreporter.stats
        sums = added(
            [
                value
                for outcome in ("passed", "failed")
                for report in stats.get(outcome, [])
                for name, value in getattr(report, "user_properties", [])
                if name == PROPERTY
            ]
        )
        if not sums:
            return
        outcomes = ("passed", "failed", "error", "skipped")
        sums["tests"] = {outcome: len(stats.get(outcome, [])) for outcome in outcomes}
        sums["tests"]["planned"] = self._total
        sums["time"] = {"seconds": int(self._seconds())}
        terminalreporter.section("figures of the fault tests")
        for line in table(sums):
            terminalreporter.write_line(line)
        terminalreporter.write_line(json.dumps(sums))
        target = self._config.getoption("--figures")
        if target:
            Path(target).write_text(json.dumps(sums, indent=1) + "\n", encoding="utf-8")

    def _seconds(self) -> float:
        return time.monotonic() - self._started
