"""`psylite models calibrate` measures beside the command, never in its own process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from psylite_desktop.cli.models import command
from psylite_desktop.host.model_jobs import AnyJob, JobFailed, Measured, MeasureJob, Progress, Told
from tests.fakes.tiny_gguf import write_tiny_gguf

FOUND = Measured(12.5, 140.0, 1, 2, 128, repack=True)


class Jobs:
    """Stands for the process of a job."""

    def __init__(self, last: Told) -> None:
        self.last = last
        self.jobs: list[AnyJob] = []
        self.silence_s = 0.0
        self.stops = 0

    def __call__(self, job: AnyJob, *, silence_s: float) -> Jobs:
        self.jobs.append(job)
        self.silence_s = silence_s
        return self

    def poll(self) -> list[Told]:
        return [Progress("measuring", 1, 1000), self.last]

    def stop(self) -> None:
        self.stops += 1


def calibrate(jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setattr("psylite_desktop.cli.models.RunningJob", jobs)
    monkeypatch.setattr("psylite_desktop.engine.loading.calibrate_here", None)
    path = write_tiny_gguf(tmp_path / "m.gguf")
    arguments = ["calibrate", str(path), "--seconds", "200", "--json"]
    arguments += ["--lang", "en", "--data-dir", str(tmp_path / "data")]
    return CliRunner().invoke(command, arguments)


def test_it_is_a_job_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = Jobs(FOUND)
    assert json.loads(calibrate(jobs, tmp_path, monkeypatch).stdout) == {
        "generate": 1,
        "read": 2,
        "ubatch": 128,
        "repack": True,
        "generation_speed": 12.5,
        "prompt_speed": 140.0,
    }
    [job] = jobs.jobs
    assert isinstance(job, MeasureJob)
    assert job.seconds == 200.0
    assert jobs.silence_s > 200.0
    assert jobs.stops == 1


def test_what_went_wrong_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = Jobs(JobFailed("model_no_memory", is_file=True))
    done = calibrate(jobs, tmp_path, monkeypatch)
    assert done.exit_code == 2
    assert "not enough memory" in done.stderr
    assert jobs.stops == 1
