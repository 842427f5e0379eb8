"""Where the person writes: a growing editor, send, stop."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from psylite_desktop.ui.pages.talk.growing_editor import GrowingEditor
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.text import joined

MOST_LINES = 6
LONG = 6_000
"""Characters from which on the model reads only the beginning and the end of a message."""


class MessageEditor(GrowingEditor):
    """Enter sends, Shift+Enter makes a new line.

    Signals:
        send_requested: Enter was pressed.
        turned_to: Somebody came to the editor or pressed a key there.
    """

    send_requested = Signal()
    turned_to = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(most_lines=MOST_LINES, parent=parent)
        self._is_composing = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Somebody is about to write."""
        super().focusInEvent(event)
        self.turned_to.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send on Enter, unless an input method is in the middle of a word."""
        self.turned_to.emit()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            if not self._is_composing:
                self.send_requested.emit()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether an input method is at work."""
        self.turned_to.emit()
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)


class Composer(QFrame):
    """The editor with its buttons and one line of notice above.

    Signals:
        send_requested: Send what stands in the editor.
        stop_requested: Stop the reply.
        text_changed: The text is another one.
        turned_to: Somebody came to the editor or pressed a key there.
    """

    send_requested = Signal()
    stop_requested = Signal()
    text_changed = Signal()
    turned_to = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = MessageEditor()
        self.send = QPushButton()
        self.send.setProperty("kind", "primary")
        self.stop = QPushButton()
        self.stop.hide()
        self.notice = QLabel()
        self.notice.setProperty("role", "small")
        self.notice.setWordWrap(True)
        self.notice.hide()
        self.cancel_edit = QPushButton()
        self.cancel_edit.setProperty("kind", "quiet")
        self.cancel_edit.hide()
        above = QHBoxLayout()
        above.addWidget(self.notice, 1)
        above.addWidget(self.cancel_edit)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.editor, 1)
        row.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(above)
        column.addLayout(row)
        self._replaces: int | None = None
        self._before_edit = ""
        self.editor.send_requested.connect(self.send_requested)
        self.editor.turned_to.connect(self.turned_to)
        self.send.clicked.connect(self.send_requested)
        self.stop.clicked.connect(self.stop_requested)
        self.cancel_edit.clicked.connect(self._on_cancel_edit_clicked)
        self.editor.textChanged.connect(self._on_text_changed)
        lead_focus(self, self.editor)
        self.retranslate()

    def text(self) -> str:
        """What was written."""
        return self.editor.text()

    def put(self, text: str) -> None:
        """Replace the text; it can be undone."""
        self.editor.make_ready_for(text)
        cursor = self.editor.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)
        self.editor.setTextCursor(cursor)

    def take_back(self, sent: str) -> None:
        """Remove what was stored; words written since then stay."""
        now = self.text()
        self.put(now[len(sent) :].lstrip() if now.startswith(sent) else "")

    def show_busy(self, *, busy: bool) -> None:
        """Offer to stop while a reply is being written."""
        self.stop.setVisible(busy)

    @property
    def replaces(self) -> int | None:
        """Id of the stored message that is being edited."""
        return self._replaces

    def begin_edit(self, message_id: int, text: str) -> None:
        """Put a stored message back into the editor; what stood there comes back later."""
        if self._replaces is None:
            self._before_edit = self.text()
        self._replaces = message_id
        self.cancel_edit.show()
        self.put(text)
        self._say()
        self.setFocus()

    def end_edit(self, *, was_sent: bool) -> None:
        """Leave editing, with the message sent or left as it was."""
        if self._replaces is None:
            return
        self._replaces = None
        self.cancel_edit.hide()
        if not was_sent:
            self.put(self._before_edit)
        self._say()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.editor.setPlaceholderText(self.tr("Write here. One word is enough."))
        self.editor.setAccessibleName(self.tr("Your message"))
        self.editor.setAccessibleDescription(self.tr("Enter sends, Shift+Enter starts a new line."))
        self.send.setText(self.tr("Send"))
        self.stop.setText(self.tr("Stop"))
        self.stop.setAccessibleDescription(self.tr("Stops the reply. The Escape key does, too."))
        self.cancel_edit.setText(self.tr("Leave it as it was"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def _on_cancel_edit_clicked(self) -> None:
        self.end_edit(was_sent=False)

    @Slot()
    def _on_text_changed(self) -> None:
        self._say()
        self.text_changed.emit()

    def _say(self) -> None:
        notes = []
        if self._replaces is not None:
            notes.append(
                self.tr("You are editing your last message; the reply to it will be made anew.")
            )
        if self.editor.document().characterCount() > LONG:
            notes.append(
                self.tr(
                    "This is long. All of it is kept, but a model reads only its beginning and "
                    "its end."
                )
            )
        self.notice.setText(joined(*notes))
        self.notice.setVisible(bool(notes))
