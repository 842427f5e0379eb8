"""Deletes a run after a while in which that can be taken back."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.services.exercises import ExerciseService
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.widgets.notice import NoticeBar

UNDO_S = 8


class UndoBar(NoticeBar):
    """One run at a time; the next one, or leaving, makes the deletion good.

    Signals:
        undone: The run is there again.
        failed: It could not be deleted; carries the error.
    """

    undone = Signal()
    failed = Signal(PsyLiteError)

    def __init__(
        self, service: ExerciseService, tasks: VaultTasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._tasks = tasks
        self.hidden_id = 0
        self.action_requested.connect(self._on_undo_requested)
        self.expired.connect(self.delete_for_good)

    def remove(self, run_id: int) -> None:
        """Hide a run and offer the way back."""
        self.delete_for_good()
        self.hidden_id = run_id
        self.say(self.tr("Deleted."), action=self.tr("Undo"), seconds=UNDO_S)

    @Slot()
    def delete_for_good(self) -> None:
        """Delete what is hidden."""
        gone, self.hidden_id = self.hidden_id, 0
        self.clear()
        if gone:
            service = self._service
            self._tasks.run(lambda: service.delete(gone), self._on_gone, self.failed.emit, self)

    @Slot()
    def _on_undo_requested(self) -> None:
        self.hidden_id = 0
        self.undone.emit()

    def _on_gone(self, _nothing: None) -> None:
        """It is out of the lists already."""
