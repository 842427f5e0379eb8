"""All steps in order: from Python alone to an environment that runs the application."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from installer.setup import fonts, interpreter, llama, lock_file, qt_libraries, uv
from installer.setup.apt import Apt
from installer.setup.console import SetupError, say, step, warn
from installer.setup.layout import REQUIREMENTS, ROOT, Environment, environment
from installer.setup.stamp import Stamp, fingerprint

RUN_LOCK = REQUIREMENTS / "run.txt"
DEV_LOCK = REQUIREMENTS / "dev.txt"
LOCK_FILE = ROOT / ".venv.lock"
ENOUGH_BYTES = 3 << 30
INTERRUPTED = 130


def prepare(locks: Sequence[Path], *, qt_required: bool) -> Environment:
    """Make or mend the environment of this checkout; quick when nothing has changed.

    Args:
        locks: The hash-pinned requirement files to install.
        qt_required: Whether to stop where Qt cannot be loaded.

    Raises:
        SetupError: Says what is wrong and what to do.
    """
    env = environment()
    if _is_ready(env, Stamp(env.stamp), locks):
        return env
    with lock_file.held(LOCK_FILE):
        # Whoever held the lock may have done the work.
        stamp, apt = Stamp(env.stamp), Apt()
        if not _is_ready(env, stamp, locks):
            say(f"Preparing PsyLite Desktop in {ROOT}")
            _require_space()
            interpreter.ensure(env, stamp, apt)
            uv.ensure(env, stamp)
            install_locks(env, stamp, locks)
            llama.ensure(env, stamp, apt)
            _install_project(env, stamp)
            _check_system(env, stamp, apt, qt_required=qt_required)
    return env


def guarded(work: Callable[[], int]) -> int:
    """Run a command and turn what can go wrong into one plain message and an exit status."""
    try:
        return work()
    except SetupError as error:
        say(f"\n{error.reason}")
        if error.remedy:
            say(f"  {error.remedy}")
        return 1
    except OSError as error:
        say(f"\n{error.filename or 'The system'}: {error.strerror or error}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. The same command goes on from here.")
        return INTERRUPTED


def has_display() -> bool:
    """Whether a window could be opened here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _is_ready(env: Environment, stamp: Stamp, locks: Sequence[Path]) -> bool:
    return (
        interpreter.ready(env, stamp)
        and all(stamp.has(_name(lock), _lock_fingerprint(lock)) for lock in locks)
        and stamp.has(llama.STEP, llama.recipe().key)
        and stamp.has("project", _project_fingerprint())
        and stamp.has("system", _system_fingerprint())
        and env.program("psylite").exists()
    )


def install_locks(env: Environment, stamp: Stamp, locks: Sequence[Path]) -> None:
    """Install the locks that the record does not name."""
    wanted = [lock for lock in locks if not stamp.has(_name(lock), _lock_fingerprint(lock))]
    if not wanted:
        return
    was_cut_off = stamp.has(*interpreter.CUT_OFF)
    with step(f"packages of {' and '.join(lock.name for lock in wanted)}"):
        stamp.add(*interpreter.CUT_OFF)
        uv.install(env, wanted, anew=was_cut_off)
        stamp.drop(interpreter.CUT_OFF[0])
        for lock in wanted:
            stamp.add(_name(lock), _lock_fingerprint(lock))


def _install_project(env: Environment, stamp: Stamp) -> None:
    if stamp.has("project", _project_fingerprint()) and env.program("psylite").exists():
        return
    with step("the psylite command"):
        stamp.drop("project")
        uv.install_editable(env, ROOT, llama.BUILD_LOCK)
        stamp.add("project", _project_fingerprint())


def _check_system(env: Environment, stamp: Stamp, apt: Apt, *, qt_required: bool) -> None:
    if stamp.has("system", _system_fingerprint()):
        return
    with step("system libraries and fonts"):
        fonts.ensure(apt)
        if qt_libraries.ensure(env, apt, required=qt_required):
            stamp.add("system", _system_fingerprint())


def _require_space() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < ENOUGH_BYTES:
        warn(f"Only {free / 2**30:.1f} GiB of disk are free; about 3 GiB are needed.")


def _name(lock: Path) -> str:
    return f"lock:{lock.name}"


def _lock_fingerprint(lock: Path) -> str:
    return fingerprint(lock)


def _project_fingerprint() -> str:
    return fingerprint(ROOT / "pyproject.toml", str(ROOT))


def _system_fingerprint() -> str:
    # Another version of Qt may need other libraries.
    return fingerprint(RUN_LOCK, sys.platform)
