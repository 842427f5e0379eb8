"""What tests need beside Python: strace, a keyring; and the command for the long fault tests."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

from installer.setup.apt import Apt
from installer.setup.layout import Environment
from installer.setup.stamp import Stamp

STEP = "fault tools"
NEEDS = (
    ("tests that have system calls fail", {"strace": "strace"}),
    (
        "the test of a real keyring",
        {"dbus-daemon": "dbus", "gnome-keyring-daemon": "gnome-keyring"},
    ),
)
"""For what, and the packages of programs. The program itself needs none of them."""
LONG = "--long"


def ensure(env: Environment, apt: Apt) -> None:
    """Install them where we may; without them those tests are skipped, and say so.

    Tried once an environment: a machine that cannot reach its archive is not held up each time.
    """
    stamp, wanted = Stamp(env.stamp), ",".join(name for _, needs in NEEDS for name in needs)
    if not sys.platform.startswith("linux") or stamp.has(STEP, wanted):
        return
    for why, needs in NEEDS:
        missing = [package for name, package in needs.items() if shutil.which(name) is None]
        if missing:
            apt.install(missing, why=why)
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
