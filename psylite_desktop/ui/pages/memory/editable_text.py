"""A few words that are read as a paragraph and changed in place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.ui.pages.talk.growing_editor import GrowingEditor
from psylite_desktop.ui.pages.talk.plain_text import shown
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, quiet_button
from psylite_desktop.ui.widgets.text import Paragraph
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout, yield_height

MOST_LINES = 5


class NoteEditor(GrowingEditor):
    """An editor for one note: Enter is done, Escape leaves it.

    Signals:
        submitted: Enter was pressed.
        left: Escape was pressed.
    """

    submitted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(most_lines=MOST_LINES, parent=parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A note is one line; it needs no line breaks."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class EditableText(QWidget):
    """Shows words, and on request an editor with them.

    Signals:
        saved: Other words shall be kept; carries them.
        closed: The editor is gone; the keyboard needs another place.
    """

    saved = Signal(str)
    closed = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.paragraph = Paragraph()
        yield_height(self.paragraph)
        self.paragraph.setText(shown(text))
        self.editor = NoteEditor()
        self.save = plain_button()
        self.cancel = quiet_button()
        self._buttons = QWidget()
        row = WrapLayout(self._buttons)
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        for widget in (self.paragraph, self.editor, self._buttons):
            box.addWidget(widget)
        self.editor.submitted.connect(self._on_submitted)
        self.editor.left.connect(self.close_editor)
        self.save.clicked.connect(self._on_submitted)
        self.cancel.clicked.connect(self.close_editor)
        self._show(is_editing=False)
        self.retranslate()

    @property
    def is_editing(self) -> bool:
        """Whether the editor is open."""
        return self.editor.isVisibleTo(self)

    @Slot()
    def begin(self) -> None:
        """Open the editor with the words as they stand."""
        self.editor.setPlainText(self._text)
        self.editor.selectAll()
        self._show(is_editing=True)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_editor(self) -> None:
        """Leave the words as they were."""
        if self.is_editing:
            self._show(is_editing=False)
            self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.save.setText(self.tr("Save"))
        self.cancel.setText(self.tr("Leave it as it was"))
        self.editor.setAccessibleName(self.tr("The note in your words"))
        self.editor.setAccessibleDescription(self.tr("Enter saves, Escape leaves it as it was."))

    @Slot()
    def _on_submitted(self) -> None:
        text = self.editor.text().strip()
        if text:
            self.saved.emit(text)

    def _show(self, *, is_editing: bool) -> None:
        self.paragraph.setVisible(not is_editing)
        self.editor.setVisible(is_editing)
        self._buttons.setVisible(is_editing)
