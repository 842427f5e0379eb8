"""A large file is given its time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from psylite_desktop.host.model_choice import ModelChoice
from psylite_desktop.host.model_jobs import SILENCE_S, RunningJob, TrialJob
from psylite_desktop.host.slow_disk import reading_s


def test_time_grows_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "m.gguf"
    assert reading_s(path) == 0.0
    assert reading_s(Path("a\0b")) == 0.0
    path.touch()
    os.truncate(path, 200_000_000)
    assert reading_s(path) == 10.0


def test_whoever_loads_a_model_gives_it_as_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "m.gguf"
    path.touch()
    os.truncate(path, 200_000_000)
    choice = ModelChoice()
    assert choice.reading_s() == 0.0
    choice.choose(path, context_length=0, anyway=False)
    assert choice.reading_s() == 10.0
    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", lambda _self: None)
    running = RunningJob(TrialJob(path=os.fsencode(path), prompt="x"))
    assert running._patience_s == SILENCE_S + 10.0
