"""The window opens before any heavy library is read from disk."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

HEAVY = (
    "fastembed",
    "lancedb",
    "llama_cpp",
    "numpy",
    "onnxruntime",
    "opencc",
    "pyarrow",
    "tokenizers",
    "torch",
    "transformers",
)
STARTS = ("psylite_desktop.cli", "psylite_desktop.app.services", "psylite_desktop.app.window")


@pytest.mark.parametrize("module", STARTS)
def test_a_start_imports_nothing_heavy(module):
    if not _exists(module):
        pytest.skip(f"{module} is not written yet")
    code = f"import sys, {module}; print(*sorted(set({HEAVY}) & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def _exists(module: str) -> bool:
    path = Path(ROOT, *module.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()
