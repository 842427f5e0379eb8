"""What tests need beside Python: strace, a keyring; and the command for the long fault tests."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

from installer.setup.apt import Apt
from installer.setup.console import SetupError
from installer.setup.layout import Environment
from installer.setup.programs import succeeds
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
NO_NETWORK = "--no-network"


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
    rest = [argument for argument in given if argument not in {LONG, NO_NETWORK}]
    if LONG not in given:
        return rest
    where = [] if any(argument.startswith("tests") for argument in rest) else ["tests/faults"]
    # One test after the other to whoever is free: some take a hundred times as long as others.
    how = ["-m", "long", "-p", "tests.faults.figures", "--maxschedchunk", "1"]
    return [*how, *rest, *where]


def without_network(given: Sequence[str]) -> list[str]:
    """What stands before a command that shall run where there is no network at all.

    Linux gives it a name space of its own, without interfaces: not even loopback answers.

    Raises:
        SetupError: This system cannot do it.
    """
    if NO_NETWORK not in given:
        return []
    unshare = shutil.which("unshare")
    command = [unshare or "unshare", "--map-root-user", "--net"]
    if unshare is None or succeeds([*command, "true"]):
        raise SetupError(
            f"{NO_NETWORK} needs Linux, unshare (package util-linux) and user name spaces.",
            "Leave it out, or pull the cable.",
        )
    return command
