"""Runs an export: rows and file on the vault's thread, the pages of a PDF here in slices."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.export import ExportFormat, Scope
from psylite_desktop.services.export_formats.readable import ReadableEncoder
from psylite_desktop.services.outgoing_file import write_whole
from psylite_desktop.ui.bridge.job_runner import JobRunner
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.export.words import export_words
from psylite_desktop.ui.printing.pdf_painter import PdfPainter


class Exporter(QObject):
    """One export at a time.

    Signals:
        progressed: Carries how much is done, and of how much.
        finished: The file is on disk; carries its path.
        stopped: It was stopped, and there is no file.
        failed: There is no file; carries the error.
    """

    progressed = Signal(int, int)
    finished = Signal(Path)
    stopped = Signal()
    failed = Signal(PsyLiteError)

    def __init__(self, context: PageContext, tasks: VaultTasks, parent: QObject) -> None:
        super().__init__(parent)
        self._app = context.app
        self._service = context.session.export
        self._tasks = tasks
        self._runner = JobRunner(tasks, self)
        self._painter: PdfPainter | None = None
        self._encoder: object = None
        self._target = Path()
        self._is_stopped = False
        self.is_running = False
        self._runner.progressed.connect(self.progressed)
        self._runner.finished.connect(self._on_collected)
        self._runner.stopped.connect(self._on_stopped)
        self._runner.failed.connect(self._on_failed)

    def start(
        self, kind: ExportFormat, scope: Scope, chosen: Collection[str], target: Path
    ) -> None:
        """Begin; nothing else must run."""
        lang = self._app.language.current.value
        encoder = self._service.encoder(kind, scope, lang=lang, words=export_words())
        is_painted = isinstance(encoder, ReadableEncoder)
        job = self._service.job(scope, chosen, encoder, None if is_painted else target)
        self._encoder, self._target = encoder, target
        self._is_stopped = False
        self.is_running = True
        self._runner.start(job)

    def stop(self) -> None:
        """End it; `stopped` follows, or `finished` where the file was written just now."""
        self._is_stopped = True
        self._runner.stop()
        if self._painter is not None:
            self._forget_painter()
            self._on_stopped()

    def leave(self) -> None:
        """End it for good."""
        self._is_stopped = True
        self._runner.leave()
        self._forget_painter()
        self.is_running = False

    def _forget_painter(self) -> None:
        """What was painted must not stay in memory."""
        painter, self._painter = self._painter, None
        if painter is not None:
            painter.stop()
            painter.deleteLater()

    @Slot(object)
    def _on_collected(self, _step: Any) -> None:
        encoder, self._encoder = self._encoder, None
        if not isinstance(encoder, ReadableEncoder):
            self._on_written(is_whole=True)
            return
        title = encoder.paragraphs[0].text
        painter = PdfPainter(
            encoder.paragraphs, self._app.theme.app.font(), title=title, parent=self
        )
        painter.progressed.connect(self.progressed)
        painter.finished.connect(self._on_painted)
        self._painter = painter
        painter.start()

    @Slot(bytes)
    def _on_painted(self, data: bytes) -> None:
        self._forget_painter()
        work = partial(write_whole, self._target, data, stopped=lambda: self._is_stopped)
        self._tasks.run(
            work, lambda is_whole: self._on_written(is_whole=is_whole), self._on_failed, self
        )

    def _on_written(self, *, is_whole: bool) -> None:
        self.is_running = False
        if is_whole:
            self.finished.emit(self._target)
        else:
            self.stopped.emit()

    @Slot()
    def _on_stopped(self) -> None:
        self.is_running = False
        self._encoder = None
        self.stopped.emit()

    @Slot(PsyLiteError)
    def _on_failed(self, error: PsyLiteError) -> None:
        self.is_running = False
        self._encoder = None
        self.failed.emit(error)
