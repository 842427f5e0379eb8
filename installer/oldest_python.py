"""Refuses, or replaces, a Python that is too old; itself readable by any Python 3."""

import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWER = ("python3.13", "python3.12", "python3.11", "python3.14")


def require() -> None:
    """Go on with a newer Python where this one is too old and another is installed."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER:
        found = shutil.which(name)
        # The shim of a version manager may stand for a Python that is not installed.
        if found and _runs(found):
            sys.stdout.flush()
            sys.exit(subprocess.call([found] + sys.argv))  # noqa: RUF005
    sys.exit(
        "PsyLite Desktop needs Python {}.{} or newer; this is {}.{} ({}).".format(
            *OLDEST, sys.version_info[0], sys.version_info[1], sys.executable
        )
    )


def _runs(python: str) -> bool:
    try:
        return subprocess.call([python, "-c", ""], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False
