"""The window opens before any heavy library is read from disk."""

import subprocess
import sys

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
    "pyqtgraph",
    "tokenizers",
    "torch",
    "transformers",
)
STARTS = (
    "psylite_desktop.cli",
    "psylite_desktop.app.services",
    "psylite_desktop.app.window",
    # Its calendars are painted by hand: the charts bring pyqtgraph when one is opened.
    "psylite_desktop.ui.pages.insights.page",
)


@pytest.mark.parametrize("module", STARTS)
def test_a_start_imports_nothing_heavy(module):
    code = f"import sys, {module}; print(*sorted(set({HEAVY}) & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


BEHIND_THE_DOOR = (
    "psutil",
    "psylite_desktop.app.open_session",
    "psylite_desktop.safety.assess",
    "psylite_desktop.services.chat",
    "psylite_desktop.storage.vault",
    "psylite_desktop.ui.pages.talk.page",
    "psylite_desktop.ui.shell.registry",
)


def test_the_door_brings_in_nothing_that_lies_behind_it():
    code = (
        "import sys, psylite_desktop.cli.run, psylite_desktop.app.window;"
        f"print(*sorted(set({BEHIND_THE_DOOR}) & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
