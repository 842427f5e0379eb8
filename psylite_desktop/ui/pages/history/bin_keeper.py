"""Deletes conversations into the bin, offers to take that back, and shows what lies there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.earlier import BinnedConversation
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.services.earlier import EarlierService
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.pages.history.bin_view import ConversationBin
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.widgets.notice import NoticeBar

UNDO_S = 8


class ConversationBinKeeper(QObject):
    """A deleted conversation lies in the bin at once; the bar is the short way back.

    Signals:
        opened: The bin shall be shown; carries its view.
        left: Back to the list.
        deleted: A conversation is in the bin; carries its id.
        restored: A conversation is back; carries its id.
        failed: The vault did not take it; carries the error.
    """

    opened = Signal(QWidget)
    left = Signal()
    deleted = Signal(int)
    restored = Signal(int)
    failed = Signal(PsyLiteError)

    def __init__(
        self, theme: ThemeSwitch, service: EarlierService, tasks: VaultTasks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._tasks = tasks
        self._last = 0
        self.view = ConversationBin(theme)
        self.undo = NoticeBar()
        self.undo.action_requested.connect(self._on_undo_requested)
        self.view.restore_requested.connect(self.restore)
        self.view.erase_requested.connect(self.erase)
        self.view.back_requested.connect(self.left)

    @Slot(int)
    def delete(self, conversation_id: int) -> None:
        """Put a conversation into the bin."""
        service = self._service

        def on_deleted(_nothing: None) -> None:
            self._last = conversation_id
            self.undo.say(self.tr("Deleted."), action=self.tr("Undo"), seconds=UNDO_S)
            self.undo.action.setFocus(Qt.FocusReason.OtherFocusReason)
            self.deleted.emit(conversation_id)

        self._tasks.run(lambda: service.delete(conversation_id), on_deleted, self.failed.emit, self)

    @Slot()
    def open(self) -> None:
        """Show what lies in the bin."""
        self.undo.clear()
        self._tasks.run(self._service.binned, self._on_read, self.failed.emit, self)

    @Slot(int)
    def restore(self, conversation_id: int) -> None:
        """Bring a conversation back."""
        service = self._service
        self._tasks.run(
            lambda: service.restore(conversation_id),
            lambda _nothing: self.restored.emit(conversation_id),
            self.failed.emit,
            self,
        )

    @Slot(list)
    def erase(self, conversation_ids: list[int]) -> None:
        """Erase conversations now, for good."""
        service = self._service

        def work() -> list[BinnedConversation]:
            service.erase(conversation_ids)
            return service.binned()

        self._tasks.run(work, self._on_read, self.failed.emit, self)

    @Slot()
    def _on_undo_requested(self) -> None:
        conversation_id, self._last = self._last, 0
        if conversation_id:
            self.restore(conversation_id)

    def _on_read(self, binned: list[BinnedConversation]) -> None:
        self.view.show_binned(binned)
        self.opened.emit(self.view)
