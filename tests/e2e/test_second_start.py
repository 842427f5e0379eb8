"""`psylite run` a second time on the same data folder."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

PATIENCE_S = 60.0


@pytest.mark.skipif(sys.platform == "win32", reason="ends the first window with a signal")
def test_the_second_start_says_that_a_window_is_open_and_goes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "psylite_desktop", "run", "--data-dir", str(tmp_path)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, env=environment) as first:
        try:
            wait_for(tmp_path / "window.call", first)
            second = subprocess.run(
                [*command, "--lang", "en"],
                env=environment,
                check=False,
                capture_output=True,
                text=True,
                timeout=PATIENCE_S,
            )
            assert second.returncode == 0
            assert "already" in second.stdout
            assert first.poll() is None
        finally:
            first.kill()
    with subprocess.Popen(command, env=environment) as third:  # a killed window leaves no lock
        try:
            (tmp_path / "window.call").unlink()
            wait_for(tmp_path / "window.call", third)
            assert third.poll() is None
        finally:
            third.kill()


def wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not path.exists():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
