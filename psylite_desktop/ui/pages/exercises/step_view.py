"""Steps on screen: what they have in common, writing, choosing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from psylite_desktop.domain.exercise import (
    Answer,
    ChoiceStep,
    InputStep,
)
from psylite_desktop.ui.pages.talk.growing_editor import GrowingEditor
from psylite_desktop.ui.theme.tokens import GRID

LEAST_LINES = 3
MOST_LINES = 12
SHORT_LINES = 1


class StepView(QWidget):
    """What a step asks for. A step that is only read has nothing here.

    Signals:
        answered: Something else was given; carries the answer or None.
        next_requested: The person is through with this step.
        written: A piece of text is complete.
        finished: Something that runs by itself has come to its end.
    """

    answered = Signal(object)
    next_requested = Signal()
    written = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(GRID)

    def show_answer(self, answer: Answer | None) -> None:
        """Show what was given before, without a signal."""

    def first(self) -> QWidget | None:
        """What gets the keyboard; None leaves it to the way on."""
        return None

    def stop(self) -> None:
        """Hold what runs."""


class InputView(StepView):
    """A field; short ones are left with Enter, long ones with Ctrl+Enter."""

    def __init__(self, step: InputStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = step
        least = LEAST_LINES if step.long else SHORT_LINES
        self.editor = GrowingEditor(least_lines=least, most_lines=MOST_LINES)
        self.editor.setPlaceholderText(step.prompt)
        self.editor.setAccessibleName(step.text)
        self.editor.setAccessibleDescription(step.prompt)
        self.editor.installEventFilter(self)
        self.box.addWidget(self.editor)
        self.editor.textChanged.connect(self._on_text_changed)

    def show_answer(self, answer: Answer | None) -> None:
        """Put the words back, with the cursor behind them."""
        text = answer if isinstance(answer, str) else ""
        self.editor.blockSignals(True)
        self.editor.make_ready_for(text)
        self.editor.setPlainText(text)
        self.editor.moveCursor(self.editor.textCursor().MoveOperation.End)
        self.editor.blockSignals(False)

    def first(self) -> QWidget | None:
        """The field."""
        return self.editor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter as the way on; with Shift it is a new line."""
        if watched is self.editor and isinstance(event, QKeyEvent):
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            is_press = event.type() == QEvent.Type.KeyPress
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            leaves = modifiers == Qt.KeyboardModifier.ControlModifier or (
                not self._step.long and modifiers == Qt.KeyboardModifier.NoModifier
            )
            if is_enter and is_press and leaves:
                self.next_requested.emit()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _on_text_changed(self) -> None:
        self.answered.emit(self.editor.text())


class ChoiceView(StepView):
    """One of several; arrows move, Enter goes on."""

    def __init__(self, step: ChoiceStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        for option in step.options:
            button = QRadioButton(option.text)
            button.setAccessibleDescription(step.text)
            button.toggled.connect(partial(self._on_toggled, option.id))
            button.installEventFilter(self)
            self._group.addButton(button)
            self.buttons[option.id] = button
            self.box.addWidget(button)

    def show_answer(self, answer: Answer | None) -> None:
        """Mark what was chosen."""
        for option, button in self.buttons.items():
            if option == answer:
                button.blockSignals(True)
                button.setChecked(True)
                button.blockSignals(False)

    def first(self) -> QWidget | None:
        """The chosen one, or the first."""
        chosen = self._group.checkedButton()
        return chosen if chosen is not None else next(iter(self.buttons.values()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter as "this one, and on"."""
        if isinstance(watched, QRadioButton) and is_enter(event):
            watched.setChecked(True)
            self.next_requested.emit()
            return True
        return super().eventFilter(watched, event)

    def _on_toggled(self, option: str, is_on: bool) -> None:
        if is_on:
            self.answered.emit(option)


def is_enter(event: QEvent) -> bool:
    """Whether Enter was pressed, on either side of the keyboard."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
