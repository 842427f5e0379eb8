"""Long work on a model file in a process of its own: copying, a trial run, measuring, asking.

Messages are msgpack on a pipe, as with the engine process. A job that is stopped is ended: a
copy goes on next time where it was, a trial or a measurement is simply not there.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import time
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from psylite_desktop.domain.errors import EngineError, ModelFileError, PsyLiteError
from psylite_desktop.domain.likelihood import Asked, Likelihood
from psylite_desktop.domain.model_files import Copied, TrialResult
from psylite_desktop.host.protocol import MAX_FRAME
from psylite_desktop.host.slow_disk import reading_s

SILENCE_S = 60.0
"""Seconds without a message after which a job counts as hung."""
_ENTRY = "psylite_desktop.host.model_worker"
_END_S = 1.0


class Job(msgspec.Struct, frozen=True, tag=True):
    """Base of all jobs. Paths travel as the system's own bytes: not every file name is text."""

    path: bytes


class CopyJob(Job, frozen=True, tag=True, kw_only=True):
    """Copy a file into a folder; see `storage.model_copy`."""

    folder: bytes
    expected: str = ""
    accept_other: bool = False


class TrialJob(Job, frozen=True, tag=True, kw_only=True):
    """Load a model, have it answer `prompt`, measure; `anyway` even where it does not fit."""

    prompt: str
    tuning: bytes = b""
    anyway: bool = False


class MeasureJob(Job, frozen=True, tag=True, kw_only=True):
    """Find what is fastest and keep it in `tuning`; `seconds` without loading."""

    tuning: bytes
    seconds: float


class LikelihoodJob(Job, frozen=True, tag=True, kw_only=True):
    """Say of texts how likely they are to a model; `anyway` even where it does not fit."""

    asked: tuple[Asked, ...]
    tuning: bytes = b""
    anyway: bool = False


class Measured(msgspec.Struct, frozen=True, tag=True):
    """What was found: tokens a second, threads to write and to read with, tokens a batch.

    `repack`: a copy of the weights in another order is worth its memory.
    """

    write_speed: float
    read_speed: float
    write_threads: int
    read_threads: int
    batch: int
    repack: bool = False


class Progress(msgspec.Struct, frozen=True, tag=True):
    """How far it is; `what` names the phase."""

    what: str
    done: int
    total: int


class CopyDone(msgspec.Struct, frozen=True, tag=True):
    """The copy is in its place; see `domain.model_files.Copied`."""

    path: bytes
    size: int
    sha256: str
    was_there: bool
    resumed_at: int
    restarted: bool

    def copied(self) -> Copied:
        """As the rest of the app knows it."""
        return Copied(
            Path(os.fsdecode(self.path)),
            self.size,
            self.sha256,
            self.was_there,
            self.resumed_at,
            self.restarted,
        )


class TrialDone(msgspec.Struct, frozen=True, tag=True):
    """The trial went well; `seen`: size and time of change of the file that was tried."""

    result: TrialResult
    seen: tuple[int, int] | None = None


class OneLikelihood(msgspec.Struct, frozen=True, tag=True):
    """The answer to one of the texts, by its place in the list; more follow."""

    place: int
    found: Likelihood


class AllAnswered(msgspec.Struct, frozen=True, tag=True):
    """Every text was answered."""


class JobFailed(msgspec.Struct, frozen=True, tag=True):
    """It did not work; `is_file`: the file is to blame."""

    code: str
    is_file: bool
    facts: dict[str, str | int | float] = {}

    def error(self) -> PsyLiteError:
        """The error that this stands for."""
        return (ModelFileError if self.is_file else EngineError)(self.code, **self.facts)


AnyJob = CopyJob | TrialJob | MeasureJob | LikelihoodJob
Told = Progress | CopyDone | TrialDone | Measured | OneLikelihood | AllAnswered | JobFailed

_jobs: msgspec.msgpack.Decoder[AnyJob] = msgspec.msgpack.Decoder(AnyJob)
_told: msgspec.msgpack.Decoder[Told] = msgspec.msgpack.Decoder(Told)


def encode(message: AnyJob | Told) -> bytes:
    """Write a job or a message."""
    return msgspec.msgpack.encode(message)


def decode_job(frame: bytes) -> AnyJob:
    """Read a job."""
    return _jobs.decode(frame)


def run_job(connection: Connection, job: bytes, parent: int) -> None:
    """First function of the new process: the work is imported by name, never by the window."""
    importlib.import_module(_ENTRY).work(connection, job, parent)


class RunningJob:
    """One job and its process. Never waits; used by one thread."""

    def __init__(self, job: AnyJob, *, silence_s: float = SILENCE_S) -> None:
        """Start it. Raises OSError."""
        context = multiprocessing.get_context("spawn")
        # Both ways, though nothing is sent to it: at its end the process hears that we have gone.
        self._connection, theirs = context.Pipe(duplex=True)
        self._process = context.Process(
            target=run_job,
            name="psylite-model",
            args=(theirs, encode(job), os.getpid()),
            daemon=True,
        )
        try:
            self._process.start()
        except BaseException:
            self._connection.close()
            raise
        finally:
            theirs.close()
        self._patience_s = silence_s + reading_s(Path(os.fsdecode(job.path)))
        self._heard_at = time.monotonic()
        self._is_over = False

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid or 0

    def poll(self) -> list[Told]:
        """What it said since the last look; after `Progress` and `OneLikelihood` more follows."""
        told: list[Told] = []
        try:
            while not self._is_over and self._connection.poll(0):
                told.append(_told.decode(self._connection.recv_bytes(MAX_FRAME)))
                self._heard_at = time.monotonic()
                self._is_over = not isinstance(told[-1], Progress | OneLikelihood)
        except (EOFError, OSError):
            told.append(self._gone())
        except msgspec.MsgspecError:
            told.append(JobFailed("engine_protocol", is_file=False))
            self._is_over = True
        if not self._is_over and time.monotonic() - self._heard_at > self._patience_s:
            told.append(JobFailed("engine_timeout", is_file=False))
            self._is_over = True
        if self._is_over:
            self.stop()
        return told

    def stop(self) -> None:
        """End it at once; it says nothing more."""
        self._is_over = True
        if self._process.is_alive():
            self._process.kill()
        self._process.join(_END_S)
        self._connection.close()

    def _gone(self) -> JobFailed:
        self._is_over = True
        self._process.join(_END_S)
        return JobFailed(
            "model_trial_crashed", is_file=True, facts={"exit": self._process.exitcode or 0}
        )
