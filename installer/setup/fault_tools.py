"""The fault tests: strace, which has system calls fail, and the command for their long form."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

from installer.setup.apt import Apt
from installer.setup.layout import Environment
from installer.setup.stamp import Stamp

STEP = "fault tools"
PACKAGES = ("strace",)
LONG = "--long"


def ensure(env: Environment, apt: Apt) -> None:
    """Install strace where we may; without it those tests are skipped, and say so.

    Tried once an environment: a machine that cannot reach its archive is not held up each time.
    """
    stamp, wanted = Stamp(env.stamp), ",".join(PACKAGES)
    if not sys.platform.startswith("linux") or stamp.has(STEP, wanted):
        return
    if shutil.which("strace") is None:
        apt.install(PACKAGES, why="tests that have system calls fail")
    stamp.add(STEP, wanted)


def pytest_arguments(given: Sequence[str]) -> list[str]:
    """Arguments of pytest for those of `installer/test.py`."""
    if LONG not in given:
        return list(given)
    rest = [argument for argument in given if argument != LONG]
    where = [] if any(argument.startswith("tests") for argument in rest) else ["tests/faults"]
    # One test after the other to whoever is free: some take a hundred times as long as others.
    how = ["-m", "long", "-p", "tests.faults.figures", "--maxschedchunk", "1"]
    return [*how, *rest, *where]
