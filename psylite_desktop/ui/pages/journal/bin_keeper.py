"""Deletes pages into the bin, offers to take that back, and shows what lies there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.journal import BinnedEntry, JournalEntry
from psylite_desktop.services.journal import JournalService
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.pages.journal.bin_view import BinView
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.widgets.notice import NoticeBar

UNDO_S = 8


class BinKeeper(QObject):
    """A deleted page lies in the bin at once; the bar is the short way back.

    Signals:
        opened: The bin shall be shown; carries its view.
        left: Back to all pages.
        deleted: A page is in the bin.
        restored: A page is back; carries its id.
        failed: The vault did not take it; carries the error.
    """

    opened = Signal(QWidget)
    left = Signal()
    deleted = Signal()
    restored = Signal(int)
    failed = Signal(PsyLiteError)

    def __init__(
        self, theme: ThemeSwitch, service: JournalService, tasks: VaultTasks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._tasks = tasks
        self._last = 0
        self.view = BinView(theme)
        self.undo = NoticeBar()
        self.undo.action_requested.connect(self._on_undo_requested)
        self.view.restore_requested.connect(self.restore)
        self.view.erase_requested.connect(self.erase)
        self.view.back_requested.connect(self.left)

    @Slot(int)
    def delete(self, entry_id: int) -> None:
        """Put a page into the bin."""
        service = self._service
        self._tasks.run(
            lambda: service.delete(entry_id),
            lambda _nothing: self.offer_undo(entry_id),
            self.failed.emit,
            self,
        )

    def offer_undo(self, entry_id: int) -> None:
        """A page was deleted: say so, with a way back."""
        self._last = entry_id
        self.undo.say(self.tr("Deleted."), action=self.tr("Undo"), seconds=UNDO_S)
        self.undo.action.setFocus(Qt.FocusReason.OtherFocusReason)
        self.deleted.emit()

    @Slot()
    def open(self) -> None:
        """Show what lies in the bin."""
        self._tasks.run(self._service.binned, self._on_read, self.failed.emit, self)

    @Slot(int)
    def restore(self, entry_id: int) -> None:
        """Bring a page back."""
        service = self._service

        def on_restored(_entry: JournalEntry | None) -> None:
            self.restored.emit(entry_id)

        self._tasks.run(lambda: service.restore(entry_id), on_restored, self.failed.emit, self)

    @Slot(list)
    def erase(self, entry_ids: list[int]) -> None:
        """Erase pages now, for good."""
        service = self._service

        def work() -> list[BinnedEntry]:
            for entry_id in entry_ids:
                service.erase(entry_id)
            return service.binned()

        self._tasks.run(work, self._on_read, self.failed.emit, self)

    @Slot()
    def _on_undo_requested(self) -> None:
        entry_id, self._last = self._last, 0
        if entry_id:
            self.restore(entry_id)

    def _on_read(self, binned: list[BinnedEntry]) -> None:
        self.view.show_binned(binned)
        self.opened.emit(self.view)
