"""The system's own record of a session: neither process ever asks for another computer."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.injection import missing

REASON = missing()
pytestmark = pytest.mark.skipif(bool(REASON), reason=REASON or "can be done here")

ROOT = Path(__file__).parents[2]
CALLS = "socket,connect,bind,listen,sendto,sendmsg,sendmmsg"
_CALL = re.compile(r"^\d+ +(?P<call>\w+)\((?P<arguments>.*)\) = (?P<result>-?\d+)")
_INTERNET = re.compile(r"AF_INET6?\b")


def _recorded(tmp_path: Path, *command: str) -> tuple[str, list[str]]:
    """Run a command; what it printed, and the lines of its calls that name the internet."""
    log = tmp_path / "calls"
    strace = ["strace", "-f", "-qq", "--seccomp-bpf", "-s", "0", "-e", f"trace={CALLS}"]
    env = {name: value for name, value in os.environ.items() if name not in {"DISPLAY"}}
    env |= {name: str(tmp_path / name) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    ran = subprocess.run(
        [*strace, "-o", str(log), sys.executable, *command],
        cwd=ROOT,
        env=env | {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
        text=True,
        timeout=600,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    lines = log.read_text("utf-8", "replace").splitlines()
    return ran.stdout, [line for line in lines if _INTERNET.search(line)]


def _reaching(lines: list[str]) -> list[str]:
    """Calls that went through and could reach another computer; a bare socket reaches nobody."""
    found = []
    for line in lines:
        match = _CALL.match(line)
        if match is None or match["call"] != "socket":
            found.append(line)
    return found


@pytest.mark.timeout(600)
def test_window_engine_and_vault_name_no_other_computer(tmp_path: Path) -> None:
    """`psylite selftest --window`: the real engine process, a profile, a talk, a check-in."""
    data = str(tmp_path / "data")
    said, lines = _recorded(
        tmp_path, "-m", "psylite_desktop", "selftest", "--window", "--data-dir", data
    )
    assert said
    assert _reaching(lines) == []


def test_the_record_would_show_it(tmp_path: Path) -> None:
    """A connection that is asked for stands in the record, even where nobody answers."""
    script = (
        "import socket\n"
        "one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "try: one.connect(('192.0.2.1', 9))\n"
        "except OSError: pass\n"
        "one.close()\n"
    )
    _said, lines = _recorded(tmp_path, "-c", script)
    assert any("connect(" in line for line in _reaching(lines))
