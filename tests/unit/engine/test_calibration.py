"""What is chosen from measured speeds, how it is kept, and that a real model can be measured."""

from dataclasses import replace
from pathlib import Path

import pytest

from psylite_desktop.engine.calibration import (
    FILE,
    Calibration,
    CalibrationFile,
    calibrate,
    thread_candidates,
)
from psylite_desktop.engine.gguf_check import check_gguf
from psylite_desktop.engine.loading import calibrate_here, kept_calibration
from psylite_desktop.engine.memory_fit import Configuration
from tests.fakes.tiny_gguf import write_tiny_gguf

FOUND = Calibration(2, 3, 256, True, 10.0, 50.0)


class FakeTrial:
    """Speeds by threads and batch; `gain` is what repacking brings to prompts."""

    def __init__(self, gain: float = 1.0) -> None:
        self.gain = gain
        self.closed = False

    def speed(self, *, threads: int, batch: int, seconds: float) -> float:
        assert seconds < 7
        if batch == 1:
            return {1: 8.0, 2: 10.0, 4: 10.2}[threads]
        return {1: 20.0, 2: 38.0, 4: 60.0}[threads] * min(batch, 128) / 128 * self.gain

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize(
    ("gain", "expected"), [(0.5, False), (1.1, False), (1.5, True), (None, False)]
)
def test_the_cheapest_of_the_fastest_is_chosen(gain: float | None, expected: bool) -> None:
    trials: list[FakeTrial] = []

    def open_trial(repack: bool) -> FakeTrial | None:
        if repack and gain is None:
            return None
        trials.append(FakeTrial(gain or 1.0) if repack else FakeTrial())
        return trials[-1]

    found = calibrate(open_trial, (1, 2, 4))
    # two threads write as fast as four within 5 %; batches over 128 bring nothing
    assert (found.generate, found.read, found.ubatch) == (2, 4, 128)
    assert found.repack is expected
    assert found.prompt_speed == pytest.approx(60 * (gain or 1) if expected else 60)
    assert all(trial.closed for trial in trials)


def test_candidates_leave_the_window_a_core() -> None:
    assert thread_candidates(physical=1, logical=1) == (1,)
    assert thread_candidates(physical=2, logical=2) == (1, 2)
    assert thread_candidates(physical=4, logical=8) == (1, 2, 4, 7)
    assert thread_candidates(physical=8, logical=8) == (1, 2, 7)
    assert thread_candidates(physical=0, logical=2) == (1, 2)


def test_what_is_kept_belongs_to_machine_build_and_model(tmp_path: Path) -> None:
    file = CalibrationFile(tmp_path / "tuning")
    file.put(("machine", "build", "model"), FOUND)
    file.put(("machine", "build", "other"), replace(FOUND, repack=False))
    assert file.get(("machine", "build", "model")) == FOUND
    assert file.get(("another", "build", "model")) is None


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"a|b": 1}', '{"a|b": {"generate": 0}}', '{"a|b": {"generate": "x"}}'],
)
def test_a_damaged_file_counts_as_empty(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    assert CalibrationFile(tmp_path).get(("a", "b")) is None
    CalibrationFile(tmp_path).put(("a", "b"), FOUND)
    assert CalibrationFile(tmp_path).get(("a", "b")) == FOUND


def test_nonsense_numbers_are_not_used(tmp_path: Path) -> None:
    file = CalibrationFile(tmp_path)
    file.put(("a",), replace(FOUND, generate=0))
    assert file.get(("a",)) is None
    file.put(("a",), replace(FOUND, ubatch=1 << 20))
    assert file.get(("a",)) is None


def test_it_is_applied_to_a_configuration() -> None:
    applied = FOUND.applied(Configuration(4096))
    assert applied == Configuration(4096, ubatch=256, repack=True)
    assert (FOUND.threads.generate, FOUND.threads.read) == (2, 3)


def test_a_real_model_is_measured_and_remembered(tmp_path: Path) -> None:
    facts = check_gguf(write_tiny_gguf(tmp_path / "m.gguf"))
    assert kept_calibration(facts, tmp_path / "tuning") is None
    found = calibrate_here(facts, tmp_path / "tuning", budget_s=0.2)
    assert found.prompt_speed > 0
    assert kept_calibration(facts, tmp_path / "tuning") == found
    assert kept_calibration(facts, None) is None
