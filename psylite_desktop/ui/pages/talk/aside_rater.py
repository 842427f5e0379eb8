"""Hands on what the person says about something that was offered beside a reply."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from psylite_desktop.domain.aside import AsideRating
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.services.asides import AsideService
from psylite_desktop.ui.bridge.tasks import VaultTasks


class AsideRater(QObject):
    """The button shows a rating already; only a failure is worth a word.

    Signals:
        failed: The vault did not take it; carries the error's code.
    """

    failed = Signal(str)

    def __init__(self, asides: AsideService, tasks: VaultTasks, parent: QObject) -> None:
        super().__init__(parent)
        self._asides = asides
        self._tasks = tasks

    @Slot(int, object)
    def rate(self, aside_id: int, rating: object) -> None:
        """Keep a rating; None takes it back."""
        asides, kept = self._asides, rating if isinstance(rating, AsideRating) else None
        self._tasks.run(lambda: asides.rate(aside_id, kept), self._on_rated, self._on_failed, self)

    def _on_rated(self, _nothing: None) -> None:
        """The button shows it already."""

    def _on_failed(self, error: PsyLiteError) -> None:
        self.failed.emit(error.code)
