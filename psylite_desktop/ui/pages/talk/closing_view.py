"""The end of a talk: a goodbye, three lines and a next step to edit, and a way back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from psylite_desktop.domain.ending import Ending, Lines, Sketch
from psylite_desktop.ui.pages.talk.fitting_scroll import FittingScroll
from psylite_desktop.ui.pages.talk.growing_editor import GrowingEditor
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, primary_button, quiet_button
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

MOST_LINES = 3
ROOM_SHARE = 0.42
"""Part of the page that the fields may take; beyond that they scroll."""


class LineEditor(GrowingEditor):
    """One line of the summary: Enter goes on to the next field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(most_lines=MOST_LINES, parent=parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is no line break here."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
            return
        super().keyPressEvent(event)


class ClosingView(QFrame):
    """Stands where the editor of the talk stands. First to edit, then a calm line about it.

    Signals:
        keep_requested: Keep what stands here.
        leave_requested: End without keeping anything.
        back_requested: Back to the talk.
        change_requested: Edit once more what was kept or not kept.
        new_requested: A new conversation.
    """

    keep_requested = Signal()
    leave_requested = Signal()
    back_requested = Signal()
    change_requested = Signal()
    new_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._sketch: Sketch | None = None
        self._is_done = False
        self.goodbye = Paragraph()
        self.lines = [LineEditor() for _ in range(3)]
        self.step_label = PlainLabel("small")
        self.step = LineEditor()
        self.step_label.setBuddy(self.step)
        self.error = PlainLabel("small")
        self.keep = primary_button()
        self.leave = plain_button()
        self.back = quiet_button()
        self.new = primary_button()
        self.change = plain_button()
        self._lay_out()
        self.keep.clicked.connect(self.keep_requested)
        self.leave.clicked.connect(self.leave_requested)
        self.back.clicked.connect(self.back_requested)
        self.new.clicked.connect(self.new_requested)
        self.change.clicked.connect(self.change_requested)
        lead_focus(self, self.lines[0])
        self.retranslate()
        self.hide()

    def begin(self, sketch: Sketch, kept: Ending | None = None) -> None:
        """Let the person edit a proposal, or what was kept before.

        Where there was danger there is one line; lines the person wrote are shown all the same.
        """
        self._sketch, self._is_done = sketch, False
        lines, step = (
            (sketch.lines, sketch.next_step) if kept is None else (kept.lines, kept.next_step)
        )
        for place, (editor, line) in enumerate(zip(self.lines, lines, strict=True)):
            _fill(editor, line)
            editor.setVisible(place == 0 or not sketch.is_guarded or any(lines[1:]))
        _fill(self.step, step)
        self.goodbye.setText(sketch.goodbye)
        self.error.hide()
        self._show_parts()
        self.show()
        announce(self, sketch.goodbye)
        self.lines[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self, said: str) -> None:
        """Say calmly how it ended, and offer a new conversation."""
        self._is_done = True
        self.goodbye.setText(said)
        self._show_parts()
        announce(self, said)
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def fail(self, said: str) -> None:
        """It could not be kept; the words stay where they are."""
        self.error.setText(said)
        self.error.show()
        announce(self, said)

    def words(self) -> tuple[Lines, str]:
        """The lines and the next step as they stand."""
        first, second, third = (editor.text() for editor in self.lines)
        return (first, second, third), self.step.text()

    def own_words(self) -> str:
        """What the person wrote here; empty where the proposal stands unchanged."""
        if self._sketch is None:
            return ""
        lines, step = self.words()
        proposed = {*self._sketch.lines, self._sketch.next_step, ""}
        return "\n".join(text for text in (*lines, step) if text.strip() not in proposed)

    def set_room(self, height: int) -> None:
        """Keep within a part of a page of `height` pixels."""
        self.fields.limit(round(height * ROOM_SHARE))

    def retranslate(self) -> None:
        """Texts in the language of now; what is being edited stays."""
        names = (self.tr("First line"), self.tr("Second line"), self.tr("Third line"))
        for editor, name in zip(self.lines, names, strict=True):
            editor.setAccessibleName(name)
            editor.setPlaceholderText(self.tr("This line may stay empty."))
        self.step_label.setText(self.tr("A next step"))
        self.step.setAccessibleName(self.tr("A next step"))
        self.step.setPlaceholderText(self.tr("None is fine, too."))
        self.keep.setText(self.tr("Keep"))
        self.leave.setText(self.tr("Leave without keeping"))
        self.back.setText(self.tr("Back to the talk"))
        self.new.setText(self.tr("New conversation"))
        self.change.setText(self.tr("Change it"))

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def _show_parts(self) -> None:
        for part in (self.fields, self.keep, self.leave):
            part.setVisible(not self._is_done)
        for part in (self.new, self.change):
            part.setVisible(self._is_done)
        if self._is_done:
            self.error.hide()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "column")
        column = QVBoxLayout(inside)
        column.setContentsMargins(GRID // 2, GRID // 2, GRID, GRID // 2)
        column.setSpacing(GRID // 2)
        for editor in self.lines:
            column.addWidget(editor)
        column.addSpacing(GRID // 2)
        column.addWidget(self.step_label)
        column.addWidget(self.step)
        self.fields = FittingScroll(inside)
        inside.installEventFilter(self.fields)
        buttons = WrapLayout()
        buttons_in_order: tuple[QPushButton, ...] = (
            self.keep,
            self.new,
            self.leave,
            self.change,
            self.back,
        )
        for button in buttons_in_order:
            buttons.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        box.setSpacing(GRID)
        box.addWidget(self.goodbye)
        box.addWidget(self.fields)
        box.addWidget(self.error)
        box.addLayout(buttons)


def _fill(editor: LineEditor, text: str) -> None:
    editor.make_ready_for(text)
    editor.setPlainText(text)
    editor.moveCursor(QTextCursor.MoveOperation.End)
