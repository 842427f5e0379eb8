"""What a run leaves on the disk beside its own data folder: nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Libraries that report to their makers keep still where they believe to be tested.
WATCHED = ("CI", "TF_BUILD", "GITHUB_ACTIONS", "ORT_RUNNING_UNIT_TESTS", "ORT_DISABLE_TELEMETRY")


@pytest.mark.skipif(sys.platform == "win32", reason="folders are named by other variables there")
def test_no_library_leaves_anything_at_home_or_among_temporary_files(tmp_path: Path) -> None:
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    kept = {name: value for name, value in os.environ.items() if name not in WATCHED}
    for name in [name for name in kept if name.startswith("XDG_")]:
        del kept[name]
    done = subprocess.run(
        [sys.executable, "-m", "psylite_desktop", "selftest", "--data-dir", str(tmp_path / "data")],
        env=kept | {"HOME": str(home), "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    assert [path for path in (*home.rglob("*"), *temporary.rglob("*")) if path.is_file()] == []
