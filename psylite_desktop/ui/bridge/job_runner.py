"""Long work on the vault's thread in small parts, so that other work gets its turn in between."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.ui.bridge.tasks import VaultTasks


class Step(Protocol):
    """How far a job has come."""

    @property
    def done(self) -> int:
        """Parts that are done."""
        ...

    @property
    def total(self) -> int:
        """All parts."""
        ...

    @property
    def finished(self) -> bool:
        """Whether that was all."""
        ...


class Job(Protocol):
    """Work in parts. After `stop` one more step tidies up."""

    @property
    def is_stopped(self) -> bool:
        """Whether it was stopped."""
        ...

    def step(self) -> Step:
        """Do a part."""
        ...

    def stop(self) -> None:
        """End it."""
        ...


class JobRunner(QObject):
    """Runs one job at a time.

    Signals:
        progressed: A part is done; carries done and total.
        finished: All is done; carries the last step.
        stopped: It was stopped, and nothing of it is left.
        failed: It ended with an error; carries it.
    """

    progressed = Signal(int, int)
    finished = Signal(object)
    stopped = Signal()
    failed = Signal(PsyLiteError)

    def __init__(self, tasks: VaultTasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._job: Job | None = None
        self._is_tidying = False

    @property
    def is_running(self) -> bool:
        """Whether a job has not ended yet."""
        return self._job is not None

    def start(self, job: Job) -> None:
        """Begin; there must be no other job."""
        self._job = job
        self._is_tidying = False
        self._next()

    def stop(self) -> None:
        """End the job; `stopped` follows."""
        if self._job is not None:
            self._job.stop()

    def leave(self) -> None:
        """End the job for good: the profile is locked, nobody waits any more."""
        job, self._job = self._job, None
        if job is not None:
            job.stop()
            self._tasks.run(job.step, _ignored, _ignored, self)

    def _next(self) -> None:
        if self._job is not None:
            self._tasks.run(self._job.step, self._on_step, self._on_failed, self)

    def _on_step(self, step: Any) -> None:
        job = self._job
        if job is None:
            return
        if step.finished and not job.is_stopped:
            self._job = None
            self.finished.emit(step)
        elif not job.is_stopped:
            self.progressed.emit(step.done, step.total)
            self._next()
        elif self._is_tidying:
            self._job = None
            self.stopped.emit()
        else:
            self._is_tidying = True
            self._next()

    def _on_failed(self, error: PsyLiteError) -> None:
        self._job = None
        self.failed.emit(error)


def _ignored(_result: object) -> None:
    return
