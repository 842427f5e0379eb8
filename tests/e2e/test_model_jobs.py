"""Copying, trying and measuring in real processes, with a real engine and a tiny model."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from psylite_desktop.host.model_jobs import (
    AnyJob,
    CopyDone,
    CopyJob,
    JobFailed,
    Measured,
    MeasureJob,
    Progress,
    RunningJob,
    Told,
    TrialDone,
    TrialJob,
)
from tests.fakes.tiny_gguf import TinyShape, text_value, write_tiny_gguf

PATIENCE_S = 120.0


def waited(job: AnyJob, *, then: int = 0) -> tuple[Told, list[Progress]]:
    """The last message of a job and its signs of progress; `then`: send it this signal."""
    running = RunningJob(job)
    seen: list[Progress] = []
    deadline = time.monotonic() + PATIENCE_S
    try:
        if then:
            os.kill(running.pid, then)
        while time.monotonic() < deadline:
            for told in running.poll():
                if not isinstance(told, Progress):
                    return told, seen
                seen.append(told)
            time.sleep(0.02)
    finally:
        running.stop()
    raise AssertionError("it never ended")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "模型 é"
    folder.mkdir()
    return write_tiny_gguf(folder / "小.gguf")


def test_a_copy_is_made(model: Path, tmp_path: Path) -> None:
    job = CopyJob(path=os.fsencode(model), folder=os.fsencode(tmp_path / "shelf"))
    told, seen = waited(job)
    assert isinstance(told, CopyDone)
    copied = told.copied()
    assert copied.path.read_bytes() == model.read_bytes()
    assert copied.sha256 == hashlib.sha256(model.read_bytes()).hexdigest()
    assert {one.what for one in seen} == {"copying", "verifying"}


def test_a_trial_answers_and_stays_within_what_was_predicted(model: Path) -> None:
    told, seen = waited(TrialJob(path=os.fsencode(model), prompt="Say hello."))
    assert isinstance(told, TrialDone)
    result = told.result
    assert result.reply
    assert result.reply.isprintable()
    assert result.write_speed > 0
    assert result.read_speed > 0
    assert result.resident > 0
    facts = model.stat()
    assert told.seen == (facts.st_size, facts.st_mtime_ns)
    assert {one.what for one in seen} >= {"loading", "reading", "writing"}


def test_a_trial_that_needs_more_than_predicted_ends_without_harm(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit holds: an allocation far beyond it fails in that process alone."""
    if sys.platform != "linux":
        pytest.skip("needs RLIMIT_DATA")
    import subprocess

    code = (
        "from psylite_desktop.host.memory_limit import limit_memory\n"
        "assert limit_memory(64 << 20)\n"
        "bytearray(16 << 20)\n"
        "try:\n    bytearray(512 << 20)\nexcept MemoryError:\n    print('refused')\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "refused\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "model_empty"), (b"GGUF", "model_truncated"), (b"hello world", "model_not_gguf")],
)
def test_a_bad_file_is_named(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "bad.gguf"
    path.write_bytes(content)
    told, _ = waited(TrialJob(path=os.fsencode(path), prompt="Say hello."))
    assert isinstance(told, JobFailed)
    assert (told.code, told.is_file) == (code, True)


def test_a_file_that_native_code_refuses_is_named(tmp_path: Path) -> None:
    wrong = TinyShape(overrides={"tokenizer.ggml.pre": text_value("never heard of")})
    path = write_tiny_gguf(tmp_path / "wrong.gguf", wrong)
    told, _ = waited(TrialJob(path=os.fsencode(path), prompt="Say hello."))
    assert isinstance(told, JobFailed)
    assert told.code in {"model_load_failed", "model_trial_crashed"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_a_crash_is_one_message(model: Path) -> None:
    job = TrialJob(path=os.fsencode(model), prompt="Say hello.")
    told, _ = waited(job, then=signal.SIGKILL)
    assert isinstance(told, JobFailed)
    assert told.code == "model_trial_crashed"
    assert told.facts["exit"] == -signal.SIGKILL


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_a_hung_job_is_ended(model: Path) -> None:
    running = RunningJob(TrialJob(path=os.fsencode(model), prompt="x"), silence_s=0.5)
    os.kill(running.pid, signal.SIGSTOP)
    deadline = time.monotonic() + PATIENCE_S
    told: list[Told] = []
    while not told and time.monotonic() < deadline:
        told = [one for one in running.poll() if not isinstance(one, Progress)]
        time.sleep(0.02)
    assert told == [JobFailed("engine_timeout", is_file=False)]


def test_a_stopped_job_says_nothing_more(model: Path) -> None:
    running = RunningJob(TrialJob(path=os.fsencode(model), prompt="x"))
    running.stop()
    assert running.poll() == []
    running.stop()


def test_a_job_ends_with_the_pipe_even_while_it_says_nothing(model: Path, tmp_path: Path) -> None:
    """All that Windows tells it of the window's end; each measurement here takes an hour."""
    tuning = os.fsencode(tmp_path / "tuning")
    running = RunningJob(MeasureJob(path=os.fsencode(model), tuning=tuning, seconds=57_600.0))
    try:
        running._connection.close()
        running._process.join(PATIENCE_S / 4)
        assert running._process.exitcode == 0
    finally:
        running.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="reads the limits of a process")
@pytest.mark.parametrize("kind", ["trial", "measurement"])
def test_whatever_loads_a_model_has_a_limit_on_its_memory(
    model: Path, tmp_path: Path, kind: str
) -> None:
    path = os.fsencode(model)
    job: AnyJob = TrialJob(path=path, prompt="Say hello.")
    if kind == "measurement":
        job = MeasureJob(path=path, tuning=os.fsencode(tmp_path / "tuning"), seconds=60.0)
    running = RunningJob(job)
    try:
        # A small model is through at once; until `poll` takes leave of it, its limits can be read.
        assert running._connection.poll(PATIENCE_S)
        [limit] = [
            line.split()[3]
            for line in Path(f"/proc/{running.pid}/limits").read_text().splitlines()
            if line.startswith("Max data size")
        ]
        assert int(limit) < 8 << 30
    finally:
        running.stop()


def test_measuring_is_kept(model: Path, tmp_path: Path) -> None:
    tuning = tmp_path / "tuning"
    job = MeasureJob(path=os.fsencode(model), tuning=os.fsencode(tuning), seconds=1.0)
    told, seen = waited(job)
    assert isinstance(told, Measured)
    assert told.write_speed > 0
    assert (tuning / "calibration.json").is_file()
    shares = [one.done for one in seen]
    assert shares == sorted(shares)
