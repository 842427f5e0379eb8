"""Long work on model files beside the window: started, looked at, stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.host.model_jobs import AnyJob, JobFailed, Progress, RunningJob, Told
from psylite_desktop.ui.bridge.tasks import VaultTasks

LOOK_MS = 100


class Running(Protocol):
    """A job under way. Nothing here waits."""

    def poll(self) -> list[Told]:
        """What it said since the last look."""
        ...

    def stop(self) -> None:
        """End it."""
        ...


Start = Callable[[AnyJob], Running]


class _Beginning:
    """A job while its process is being made on another thread: it can be called off meanwhile."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.is_over = False
        self._running: Running | None = None

    def begin(self, start: Start, job: AnyJob) -> Running | None:
        """Make the process; None, and no process, where it was called off. Raises OSError."""
        if self.is_over:
            return None
        running = start(job)
        with self._lock:
            if not self.is_over:
                self._running = running
                return running
        running.stop()
        return None

    def call_off(self) -> None:
        """There is no process any more, or none will stay."""
        with self._lock:
            self.is_over = True
        if self._running is not None:
            self._running.stop()


class ModelJobs(QObject):
    """Runs one job at a time in a process of its own.

    Signals:
        progressed: Carries a `Progress`.
        finished: It went well; carries `CopyDone`, `TrialDone` or `Measured`.
        stopped: It was stopped.
        failed: It ended with an error; carries it.
    """

    progressed = Signal(Progress)
    finished = Signal(object)
    stopped = Signal()
    failed = Signal(PsyLiteError)

    def __init__(self, tasks: VaultTasks, parent: QObject, *, start: Start = RunningJob) -> None:
        """`start` makes the process, off the window's thread: that can take a tenth of a second."""
        super().__init__(parent)
        self._tasks = tasks
        self._start = start
        self._running: Running | None = None
        self._beginning: _Beginning | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def is_running(self) -> bool:
        """Whether a job has not ended yet."""
        return self._beginning is not None or self._running is not None

    def start(self, job: AnyJob) -> None:
        """Begin; there must be no other job."""
        self._beginning = _Beginning()
        begin = partial(self._beginning.begin, self._start, job)
        self._tasks.run(begin, self._on_started, self._on_failed, self)

    def stop(self) -> None:
        """End the job; `stopped` follows."""
        if self._running is not None:
            self._end()
            self.stopped.emit()
        elif self._beginning is not None:
            self._beginning.call_off()

    def leave(self) -> None:
        """End the job for good, also one that is only being begun; nobody waits any more."""
        if self._beginning is not None:
            self._beginning.call_off()
        self._end()

    def _on_started(self, running: Running | None) -> None:
        called_off = self._beginning is not None and self._beginning.is_over
        self._beginning = None
        if running is None or called_off:
            self.stopped.emit()
        else:
            self._running = running
            self._timer.start()

    def _on_failed(self, error: PsyLiteError) -> None:
        self._beginning = None
        self.failed.emit(error)

    @Slot()
    def _on_timeout(self) -> None:
        running = self._running
        for told in running.poll() if running is not None else ():
            match told:
                case Progress():
                    self.progressed.emit(told)
                case JobFailed():
                    self._end()
                    self.failed.emit(told.error())
                case _:
                    self._end()
                    self.finished.emit(told)

    def _end(self) -> None:
        self._timer.stop()
        running, self._running = self._running, None
        if running is not None:
            running.stop()
