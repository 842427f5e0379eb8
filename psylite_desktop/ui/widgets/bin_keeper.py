"""Deletes into a bin, offers to take that back, and shows what lies there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.widgets.bin_view import BinView
from psylite_desktop.ui.widgets.notice import NoticeBar

UNDO_S = 8


class Bin(Protocol):
    """What a bin does. Methods raise VaultError."""

    def delete(self, one: int, /) -> None:
        """Put one into the bin."""
        ...

    def restore(self, one: int, /) -> object:
        """Take one out of the bin."""
        ...

    def binned(self) -> Sequence[Any]:
        """What lies in the bin, deleted last first."""
        ...


class BinKeeper(QObject):
    """What is deleted lies in the bin at once; the bar is the short way back.

    Signals:
        opened: The bin shall be shown; carries its view.
        left: Back to the list.
        deleted: One is in the bin; carries its id.
        restored: One is back; carries its id.
        failed: The vault did not take it; carries the error.
    """

    opened = Signal(QWidget)
    left = Signal()
    deleted = Signal(int)
    restored = Signal(int)
    failed = Signal(PsyLiteError)

    def __init__(
        self,
        view: BinView,
        service: Bin,
        tasks: VaultTasks,
        parent: QObject,
        *,
        erase: Callable[[Sequence[int]], None],
    ) -> None:
        """`erase` deletes some for good."""
        super().__init__(parent)
        self._service = service
        self._tasks = tasks
        self._erase = erase
        self._last = 0
        self.view = view
        self.undo = NoticeBar()
        self.undo.action_requested.connect(self._on_undo_requested)
        self.view.restore_requested.connect(self.restore)
        self.view.erase_requested.connect(self.erase)
        self.view.back_requested.connect(self.left)

    @Slot(int)
    def delete(self, one: int) -> None:
        """Put one into the bin."""
        service = self._service
        self._tasks.run(
            lambda: service.delete(one),
            lambda _nothing: self.offer_undo(one),
            self.failed.emit,
            self,
        )

    def offer_undo(self, one: int) -> None:
        """One was deleted: say so, with a way back."""
        self._last = one
        self.undo.say(self.tr("Deleted."), action=self.tr("Undo"), seconds=UNDO_S)
        self.undo.action.setFocus(Qt.FocusReason.OtherFocusReason)
        self.deleted.emit(one)

    @Slot()
    def open(self) -> None:
        """Show what lies in the bin."""
        self.undo.clear()
        self._tasks.run(self._service.binned, self._on_read, self.failed.emit, self)

    @Slot(int)
    def restore(self, one: int) -> None:
        """Bring one back."""
        service = self._service
        self._tasks.run(
            lambda: service.restore(one),
            lambda _back: self.restored.emit(one),
            self.failed.emit,
            self,
        )

    @Slot(list)
    def erase(self, some: list[int]) -> None:
        """Erase some now, for good."""
        service, erase = self._service, self._erase

        def work() -> Sequence[Any]:
            erase(some)
            return service.binned()

        self._tasks.run(work, self._on_read, self.failed.emit, self)

    @Slot()
    def _on_undo_requested(self) -> None:
        last, self._last = self._last, 0
        if last:
            self.restore(last)

    def _on_read(self, binned: Sequence[Any]) -> None:
        self.view.show_binned(binned)
        self.opened.emit(self.view)
