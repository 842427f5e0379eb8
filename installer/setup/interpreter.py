"""The private virtual environment: made once, repaired when something broke it."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from pathlib import Path

from installer.setup.apt import Apt
from installer.setup.console import SetupError, step
from installer.setup.layout import OLDEST_PYTHON, ROOT, Environment
from installer.setup.programs import output_of, succeeds
from installer.setup.stamp import Stamp, fingerprint

STEP = "python"
# In the record while packages are being installed.
CUT_OFF = ("packages", "begun")
PROBE = (
    "import json, sys, pip;"
    "print(json.dumps([list(sys.version_info[:2]), sys.prefix != sys.base_prefix]))"
)


def ready(env: Environment, stamp: Stamp) -> bool:
    """Tell from the record alone, without starting anything, whether the environment is whole."""
    return env.python.exists() and stamp.has(STEP, _fingerprint(env))


def ensure(env: Environment, stamp: Stamp, apt: Apt) -> None:
    """Make the environment, or make it anew where it does not work.

    Raises:
        SetupError: Python's venv module is missing or fails.
    """
    if ready(env, stamp):
        return
    # A record that does not fit means that the folder was moved or its
    # interpreter exchanged; paths inside it are wrong then.
    if stamp.knows(STEP) or not _works(env):
        with step("Python environment in .venv"):
            _create(env, apt)
        stamp.clear()
    else:
        # Somebody else's work, or a try that was cut off: every package is in doubt.
        stamp.clear()
        stamp.add(*CUT_OFF)
    stamp.add(STEP, _fingerprint(env))


def _fingerprint(env: Environment) -> str:
    # The real path changes when the system's Python is upgraded in place.
    return fingerprint(str(ROOT), str(env.python.resolve()))


def _works(env: Environment) -> bool:
    answer = output_of([env.python, "-I", "-c", PROBE])
    if not answer:
        return False
    version, is_private = json.loads(answer)
    return is_private and tuple(version) >= OLDEST_PYTHON


def _create(env: Environment, apt: Apt) -> None:
    _require_venv_module(apt)
    if env.folder.is_symlink() or env.folder.is_file():
        raise SetupError(f"{env.folder} is not a folder.", f"Remove it: rm {env.folder}")
    # Python started from inside .venv could not make .venv anew.
    python = Path(getattr(sys, "_base_executable", sys.executable) or sys.executable)
    shutil.rmtree(env.folder, ignore_errors=True)
    complaint = succeeds([python, "-m", "venv", env.folder])
    if complaint or not _works(env):
        shutil.rmtree(env.folder, ignore_errors=True)
        raise SetupError(f"Python could not make a virtual environment:\n{complaint}")


def _require_venv_module(apt: Apt) -> None:
    """Debian and Ubuntu keep a part of Python's own library in another package."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    major, minor = sys.version_info[:2]
    packages = [f"python{major}.{minor}-venv"]
    if not apt.install(packages, why="Python's venv module"):
        raise SetupError("Python's venv module is missing.", apt.line(packages))
