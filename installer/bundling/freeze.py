"""PyInstaller's run: from the checkout to a folder with a program in it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from installer.setup.console import SetupError, Ticker, step
from installer.setup.layout import ROOT, Environment
from installer.setup.programs import clean_environment, follow, output_of, tail

SPEC = ROOT / "installer" / "psylite.spec"
WORK = ROOT / "build" / "pyinstaller"


def freeze(env: Environment, epoch: int) -> Path:
    """Run PyInstaller and return the folder it made.

    Args:
        env: Has what runs, and PyInstaller.
        epoch: The time, in seconds, that stands for every moment of this build.

    Raises:
        SetupError: PyInstaller failed; its last words are in the reason.
    """
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    log = WORK / "pyinstaller.log"
    command: list[str | Path] = [
        *(env.python, "-m", "PyInstaller", "--noconfirm", "--log-level", "INFO"),
        *("--distpath", WORK / "dist", "--workpath", WORK / "work", SPEC),
    ]
    variables = clean_environment(
        # Two builds of one commit are the same: no moment and no order by chance.
        PYTHONHASHSEED="0",
        SOURCE_DATE_EPOCH=str(epoch),
        PYINSTALLER_CONFIG_DIR=str(WORK / "config"),
        QT_QPA_PLATFORM="offscreen",
    )
    ticker = Ticker(15.0)
    with step("the bundle (some minutes)"):
        if not follow(command, env=variables, log=log, on_line=lambda line: ticker.tick(line[:90])):
            words = tail(log.read_text(encoding="utf-8", errors="replace"), 25)
            raise SetupError(f"PyInstaller failed:\n{words}", f"All: {log}")
    return WORK / "dist" / "psylite"


def commit_time() -> int:
    """When the checked-out commit was made; a fixed day where there is no git."""
    found = output_of(["git", "-C", ROOT, "log", "-1", "--format=%ct"]).strip()
    return int(os.environ.get("SOURCE_DATE_EPOCH") or found or 1_700_000_000)
