"""Makes the mirror when it is first asked for, and ties it to the page it looks into."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.journal import JournalEntry, MirrorCorrection
from psylite_desktop.domain.risk import Level
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.journal.editor_view import EditorView
from psylite_desktop.ui.pages.journal.mirror_panel import MirrorPanel


class MirrorKeeper(QObject):
    """Nothing is looked into where danger was heard, nor what the person keeps out.

    Signals:
        failed: The vault did not take a correction; carries the error.
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
            self.panel.correction_made.connect(self._on_correction_made)
        self._editor.hold_mirror(self.panel)
        self.panel.show_entry(entry, self._editor.editor.text())

    @Slot(int, int)
    def _on_quote_activated(self, start: int, end: int) -> None:
        self._editor.editor.select(start, end)
        self._editor.editor.setFocus()

    @Slot(object)
    def _on_correction_made(self, correction: object) -> None:
        if isinstance(correction, MirrorCorrection):
            service = self._service
            self._tasks.run(
                lambda: service.correct_mirror(correction), _nothing, self.failed.emit, self
            )


def _nothing(_result: None) -> None:
    return
