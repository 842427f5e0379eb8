"""Shows earlier versions of a page, takes one back, forgets them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.journal import JournalEntry, Revision
from psylite_desktop.services.journal import JournalService
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.pages.journal.versions_view import VersionsView
from psylite_desktop.ui.theme.switch import ThemeSwitch


class VersionKeeper(QObject):
    """Versions of one page at a time.

    Signals:
        opened: They shall be shown; carries their view.
        left: Back to the page.
        taken_back: The page is as it was; carries the JournalEntry.
        failed: The vault did not take it; carries the error.
    """

    opened = Signal(QWidget)
    left = Signal()
    taken_back = Signal(JournalEntry)
    failed = Signal(PsyLiteError)

    def __init__(
        self, theme: ThemeSwitch, service: JournalService, tasks: VaultTasks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._tasks = tasks
        self._entry_id = 0
        self.view = VersionsView(theme)
        self.view.back_requested.connect(self.left)
        self.view.taken_back.connect(self._on_taken_back)
        self.view.forget_requested.connect(self._on_forget_requested)

    def open(self, entry_id: int) -> None:
        """Show the earlier versions of a page."""
        self._entry_id = entry_id
        service = self._service
        self._tasks.run(lambda: service.revisions(entry_id), self._on_read, self.failed.emit, self)

    @Slot(Revision)
    def _on_taken_back(self, revision: Revision) -> None:
        service = self._service

        def on_taken(entry: JournalEntry | None) -> None:
            if entry is not None and entry.id == self._entry_id:
                self.taken_back.emit(entry)

        self._tasks.run(
            lambda: service.take_back(revision.entry_id, revision),
            on_taken,
            self.failed.emit,
            self,
        )

    @Slot()
    def _on_forget_requested(self) -> None:
        service, entry_id = self._service, self._entry_id

        def work() -> list[Revision]:
            service.forget_revisions(entry_id)
            return service.revisions(entry_id)

        self._tasks.run(work, self._on_read, self.failed.emit, self)

    def _on_read(self, revisions: list[Revision]) -> None:
        self.view.show_revisions(revisions)
        self.opened.emit(self.view)
