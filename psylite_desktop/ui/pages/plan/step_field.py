"""One step of the plan: its title and a field that grows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.content.plan import StepText
from psylite_desktop.ui.pages.talk.growing_editor import GrowingEditor
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import PlainLabel

LEAST_LINES = 2
MOST_LINES = 12


class StepField(QWidget):
    """Undo and redo are the editor's own.

    Signals:
        changed: The text is another one.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel("strong")
        self.editor = GrowingEditor(least_lines=LEAST_LINES, most_lines=MOST_LINES)
        self.editor.setReadOnly(True)
        self.title.setBuddy(self.editor)
        self.editor.textChanged.connect(self.changed)
        self.place = QVBoxLayout()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID // 2)
        box.addWidget(self.title)
        box.addWidget(self.editor)
        box.addLayout(self.place)

    def show_step(self, step: StepText) -> None:
        """Say what belongs here."""
        self.title.setText(step.title)
        self.editor.setPlaceholderText(step.example)
        self.editor.setAccessibleName(step.title)
        self.editor.setAccessibleDescription(step.example)

    def begin(self, text: str) -> None:
        """Show what is stored and let the person write; undo starts from here."""
        self.editor.make_ready_for(text)
        self.editor.setPlainText(text)
        self.editor.setReadOnly(False)

    def add_line(self, line: str) -> None:
        """Put a line at the end, as one step that undo takes back."""
        cursor = self.editor.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        text = self.editor.toPlainText()
        cursor.insertText(line if not text or text.endswith("\n") else f"\n{line}")
        self.editor.setTextCursor(cursor)
