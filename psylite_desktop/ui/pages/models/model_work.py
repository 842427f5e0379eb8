"""Copying, trying and measuring a model: what is started, what is said meanwhile and after."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.model_files import CopyPhase, TrialResult
from psylite_desktop.host.model_jobs import (
    CopyDone,
    CopyJob,
    Measured,
    MeasureJob,
    Progress,
    TrialDone,
    TrialJob,
)
from psylite_desktop.services.model_library import ModelLibrary, ShelvedModel
from psylite_desktop.ui.bridge.model_jobs import ModelJobs
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.models.problems import problem_text
from psylite_desktop.ui.pages.models.words import joined, size_text
from psylite_desktop.ui.pages.talk.plain_text import shown
from psylite_desktop.ui.widgets.working_line import WorkingLine

MEASURE_S = 50.0


class ModelWork(QObject):
    """One job at a time, with a line that shows how far it is.

    Signals:
        begun: Something runs.
        copied: A model is on the shelf; carries its path and a sentence.
        tried: A trial went well; carries the path and a sentence.
        ended: It ended otherwise, or nothing is left to do; carries a sentence.
        differs: A copy is whole but has another SHA-256 than expected; carries a sentence.
    """

    begun = Signal()
    copied = Signal(Path, str)
    tried = Signal(Path, str)
    ended = Signal(str)
    differs = Signal(str)

    def __init__(
        self,
        library: ModelLibrary,
        tasks: VaultTasks,
        jobs: ModelJobs,
        line: WorkingLine,
        *,
        tuning: Path,
        parent: QObject,
    ) -> None:
        """`tuning` is the folder where measured speeds are kept."""
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._jobs = jobs
        self._line = line
        self._tuning = tuning
        self._job: CopyJob | TrialJob | MeasureJob | None = None
        self._expected = ""
        self._what = ""
        line.stop_requested.connect(jobs.stop)
        jobs.progressed.connect(self._on_progressed)
        jobs.finished.connect(self._on_finished)
        jobs.stopped.connect(self._on_stopped)
        jobs.failed.connect(self._on_failed)

    @property
    def is_running(self) -> bool:
        """Whether something is under way."""
        return self._jobs.is_running

    def copy(self, source: Path, *, expected: str = "") -> None:
        """Copy a file onto the shelf."""
        self._expected = expected
        folder = os.fsencode(self._library.folder)
        self._begin(CopyJob(path=os.fsencode(source), folder=folder, expected=expected))

    def copy_all_the_same(self) -> None:
        """Keep the copy whose SHA-256 was not the expected one."""
        job = self._job
        if isinstance(job, CopyJob) and not self.is_running:
            again = CopyJob(
                path=job.path, folder=job.folder, expected=job.expected, accept_other=True
            )
            self._begin(again)

    def try_model(self, model: ShelvedModel, *, anyway: bool) -> None:
        """Run a model once, in a process of its own."""
        prompt = self.tr("Say hello in one short sentence.")
        tuning = os.fsencode(self._tuning)
        path = os.fsencode(model.path)
        self._begin(TrialJob(path=path, prompt=prompt, tuning=tuning, anyway=anyway))

    def measure(self, model: ShelvedModel) -> None:
        """Find the fastest settings."""
        path, tuning = os.fsencode(model.path), os.fsencode(self._tuning)
        self._begin(MeasureJob(path=path, tuning=tuning, seconds=MEASURE_S))

    def leave(self) -> None:
        """End what runs; a copy can go on another time."""
        self._jobs.leave()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        if self._what:
            self._line.label.setText(self._phase_text(self._what, 0, 0))

    def _begin(self, job: CopyJob | TrialJob | MeasureJob) -> None:
        self._job, self._what = job, ""
        match job:
            case CopyJob():
                text = self.tr("Getting ready to copy")
            case TrialJob():
                text = self.tr("Getting ready for the trial")
            case _:
                text = self.tr("Getting ready to measure")
        self._line.begin(text)
        self._jobs.start(job)
        self.begun.emit()

    @Slot(Progress)
    def _on_progressed(self, told: Progress) -> None:
        self._what, done, total = told.what, told.done, told.total
        self._line.label.setText(self._phase_text(told.what, done, total))
        # A bar counts to two thousand million at most.
        self._line.show_progress(round(1000 * done / total) if total else 0, 1000)

    def _phase_text(self, what: str, done: int, total: int) -> str:
        if what == CopyPhase.COPYING and total:
            sizes = {"done": size_text(done), "total": size_text(total)}
            return self.tr("Copying: {done} of {total}").format(**sizes)
        words = {
            CopyPhase.KEPT.value: self.tr("Checking what is here already"),
            CopyPhase.COPYING.value: self.tr("Copying"),
            CopyPhase.VERIFYING.value: self.tr("Reading the copy back and checking it"),
            "loading": self.tr("Trial: loading the model"),
            "reading": self.tr("Trial: reading a few words"),
            "writing": self.tr("Trial: writing a short answer"),
        }
        measuring = self.tr("Measuring; this takes about a minute, and everything else is slower")
        return words.get(what, measuring)

    @Slot(object)
    def _on_finished(self, told: object) -> None:
        match told:
            case CopyDone():
                copied = told.copied()
                self._note(copied.path, sha256=copied.sha256)
                self._end()
                self.copied.emit(copied.path, self._copied_text(told))
            case TrialDone(result=result, seen=seen):
                path = self._path()
                anyway = True if isinstance(self._job, TrialJob) and self._job.anyway else None
                self._note(path, trial=result, anyway=anyway, seen=seen)
                self._end()
                self.tried.emit(path, self._trial_text(result))
            case Measured():
                self._end()
                self.ended.emit(self._measured_text(told))

    def _copied_text(self, told: CopyDone) -> str:
        if told.was_there:
            return self.tr("This file was here already, byte for byte.")
        parts = []
        if told.restarted:
            parts.append(
                self.tr("The file had changed since the last attempt, so it was copied anew.")
            )
        if not self._expected:
            parts.append(
                self.tr(
                    "Copied and read back. Nobody says what its SHA-256 should be; it stands "
                    "under “More about it”, to be compared with the publisher's."
                )
            )
        elif told.sha256 == self._expected:
            parts.append(self.tr("Copied and read back; its SHA-256 is the expected one."))
        else:
            parts.append(self.tr("Copied and read back; its SHA-256 is not the expected one."))
        return joined(parts)

    def _trial_text(self, result: TrialResult) -> str:
        return self.tr(
            "The trial went well: it loads, answers, writes about {speed} tokens a second and "
            "takes {size} of memory."
        ).format(speed=f"{result.write_speed:.3g}", size=size_text(result.resident))

    def _measured_text(self, told: Measured) -> str:
        return self.tr(
            "Measured and kept: it reads about {read} and writes about {write} tokens a second, "
            "with {readers} and {writers} threads."
        ).format(
            read=f"{told.read_speed:.3g}",
            write=f"{told.write_speed:.3g}",
            readers=told.read_threads,
            writers=told.write_threads,
        )

    @Slot()
    def _on_stopped(self) -> None:
        is_copy = isinstance(self._job, CopyJob)
        self._end()
        if is_copy:
            self.ended.emit(self.tr("Stopped. What is copied already is kept, and it can go on."))
        else:
            self.ended.emit(self.tr("Stopped."))

    @Slot(PsyLiteError)
    def _on_failed(self, error: PsyLiteError) -> None:
        name = shown(self._path().name)
        self._end()
        # What went wrong, and with which file.
        text = self.tr("{file}: {reason}").format(file=name, reason=problem_text(error))
        if error.code == "model_hash_differs":
            self.differs.emit(text)
        else:
            self.ended.emit(text)

    def _path(self) -> Path:
        return Path(os.fsdecode(self._job.path)) if self._job is not None else Path()

    def _note(
        self,
        path: Path,
        *,
        sha256: str | None = None,
        trial: TrialResult | None = None,
        anyway: bool | None = None,
        seen: tuple[int, int] | None = None,
    ) -> None:
        """Keep what was found out; it is read again right afterwards, in the same order."""

        def keep() -> None:
            self._library.note(path, sha256=sha256, trial=trial, anyway=anyway, seen=seen)

        self._tasks.run(keep, lambda _none: None, self._on_not_kept, self)

    def _on_not_kept(self, error: PsyLiteError) -> None:
        self.ended.emit(error_text(error))

    def _end(self) -> None:
        self._what = ""
        self._line.end()
