"""Makes the mirror when it is first asked for, and ties it to the page it looks into."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.risk import Level
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.journal.editor_view import EditorView
from psylite_desktop.ui.pages.journal.mirror_panel import MirrorPanel


class MirrorKeeper(QObject):
    """Nothing is looked into where danger was heard, nor what the person keeps out.

    Signals:
        failed: The vault could not be read; carries the error.
    """

    failed = Signal(PsyLiteError)

    def __init__(
        self, context: PageContext, editor: EditorView, tasks: VaultTasks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._service = context.session.journal
        self._editor = editor
        self._tasks = tasks
        self.panel: MirrorPanel | None = None

    def may_look(self, entry: JournalEntry | None) -> bool:
        """Whether the mirror is offered for a page as it is kept."""
        return (
            entry is not None
            and bool(entry.text.strip())
            and not entry.locked
            and entry.level < Level.CRISIS
            and self._service.state().level < Level.CRISIS
        )

    def look(self, entry: JournalEntry | None) -> None:
        """Look back at a page as it stands in the window."""
        if entry is None or not self.may_look(entry):
            return
        if self.panel is None:
            self.panel = MirrorPanel(self._context)
            self.panel.quote_activated.connect(self._on_quote_activated)
        self._editor.hold_mirror(self.panel)
        panel, text, service = self.panel, self._editor.editor.text(), self._service

        def on_read(earlier: list[str]) -> None:
            panel.show_entry(entry, text, earlier=earlier)

        self._tasks.run(lambda: service.earlier_texts(entry), on_read, self.failed.emit, self)

    @Slot(int, int)
    def _on_quote_activated(self, start: int, end: int) -> None:
        self._editor.editor.select(start, end)
        self._editor.editor.setFocus()
