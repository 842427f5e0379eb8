"""Everything below the window works on a machine without Qt."""

import os
import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT


@pytest.mark.ci
@pytest.mark.timeout(600)
def test_the_unit_tests_pass_with_qt_uninstalled(tmp_path):
    for name in ("PySide6", "shiboken6"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(
            f"raise ModuleNotFoundError('{name} is hidden from this test', name='{name}')\n",
            encoding="utf-8",
        )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:pytest-qt", "-n", "2", "tests/unit"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
