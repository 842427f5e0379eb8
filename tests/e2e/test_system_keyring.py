"""A real keyring on a bus of its own opens a space; where it does not, the passphrase does."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from tests.e2e.keyring_session import PATIENCE_S

ROOT = Path(__file__).parents[2]
MISSING = [name for name in ("dbus-daemon", "gnome-keyring-daemon") if not shutil.which(name)]
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the keyring of Linux desktops"),
    pytest.mark.skipif(bool(MISSING), reason=f"needs {' and '.join(MISSING)}"),
]


@dataclass
class Desktop:
    """A session with an unlocked keyring, and a program in it."""

    bus: subprocess.Popen[str]
    keyring: subprocess.Popen[str]
    program: subprocess.Popen[str]

    def do(self, order: str) -> object:
        """Have the program do something; what came of it."""
        return self.timed(order)[0]

    def timed(self, order: str) -> tuple[object, float]:
        """As `do`, with the seconds it took."""
        _pipe(self.program.stdin).write(f"{order}\n")
        _pipe(self.program.stdin).flush()
        answer, seconds = json.loads(_pipe(self.program.stdout).readline())
        return answer, seconds


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    folders = {
        "HOME": tmp_path / "home",
        "XDG_RUNTIME_DIR": tmp_path / "run",
        "XDG_DATA_HOME": tmp_path / "share",
        "XDG_CONFIG_HOME": tmp_path / "config",
        "XDG_CACHE_HOME": tmp_path / "cache",
    }
    for folder in folders.values():
        folder.mkdir(mode=0o700)
    env = {name: value for name, value in os.environ.items() if name not in {"DISPLAY"}}
    env |= {name: str(folder) for name, folder in folders.items()}
    started: list[subprocess.Popen[str]] = []

    def start(*command: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command,
            env=env,
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        return process

    try:
        bus = start("dbus-daemon", "--session", "--nofork", "--print-address")
        env["DBUS_SESSION_BUS_ADDRESS"] = _pipe(bus.stdout).readline().strip()
        keyring = start("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
        _pipe(keyring.stdin).write("the password of the account")
        _pipe(keyring.stdin).close()
        _pipe(keyring.stdout).readline()  # it says where it listens once it does
        program = start(sys.executable, "-m", "tests.e2e.keyring_session", str(tmp_path / "shelf"))
        yield Desktop(bus, keyring, program)
    finally:
        for process in reversed(started):
            process.kill()
            process.communicate() if not _is_closed(process) else process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()


def _is_closed(process: subprocess.Popen[str]) -> bool:
    return process.stdin is not None and process.stdin.closed


def test_a_space_is_opened_by_the_keyring_and_taken_out_again(desktop: Desktop) -> None:
    assert desktop.do("make") == "keyring.backends.SecretService"
    assert desktop.do("held") == []
    assert desktop.do("enter") == "keyring_unavailable"
    assert desktop.do("allow") is True
    assert desktop.do("held") == ["PsyLite"]
    assert desktop.do("enter") == "open"
    assert desktop.do("phrase") == "open"
    assert desktop.do("forbid") is False
    assert desktop.do("held") == []
    assert desktop.do("enter") == "keyring_unavailable"
    assert desktop.do("phrase") == "open"


def test_a_locked_keyring_leaves_the_passphrase(desktop: Desktop) -> None:
    desktop.do("make")
    assert desktop.do("allow") is True
    assert desktop.do("lock") is True
    assert desktop.do("enter") == "keyring_unavailable"
    assert desktop.do("phrase") == "open"
    assert desktop.do("forbid") is False
    assert desktop.do("allow") == "keyring_unavailable"
    assert desktop.do("phrase") == "open"


def test_a_keyring_that_does_not_answer_leaves_the_passphrase(desktop: Desktop) -> None:
    desktop.do("make")
    assert desktop.do("allow") is True
    desktop.keyring.send_signal(signal.SIGSTOP)
    answer, seconds = desktop.timed("enter")
    assert answer == "keyring_unavailable"
    assert seconds < 60 * PATIENCE_S  # it comes back at all; how soon is the patience's affair
    assert desktop.do("phrase") == "open"
    assert desktop.do("forbid") is False
    desktop.keyring.send_signal(signal.SIGCONT)
    assert desktop.do("enter") == "keyring_unavailable"


@pytest.mark.parametrize("dead", ["bus", "keyring"])
def test_a_dead_bus_or_keyring_leaves_the_passphrase(desktop: Desktop, dead: str) -> None:
    desktop.do("make")
    assert desktop.do("allow") is True
    gone: subprocess.Popen[str] = getattr(desktop, dead)
    gone.kill()
    gone.wait()
    assert desktop.do("enter") == "keyring_unavailable"
    assert desktop.do("phrase") == "open"
    assert desktop.do("forbid") is False
    assert desktop.do("allow") == "keyring_unavailable"
    assert desktop.do("phrase") == "open"
