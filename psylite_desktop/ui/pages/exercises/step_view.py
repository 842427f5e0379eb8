"""Steps on screen: reading, writing, choosing, rating, listing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from psylite_desktop.domain.exercise import (
    RATING_MAX,
    Answer,
    ChoiceStep,
    InputStep,
    ListStep,
    SliderStep,
)
from psylite_desktop.ui.pages.talk.growing_editor import GrowingEditor
from psylite_desktop.ui.pages.talk.plain_text import typed
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, quiet_button
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import PlainLabel

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
        if isinstance(watched, QRadioButton) and _is_enter(event):
            watched.setChecked(True)
            self.next_requested.emit()
            return True
        return super().eventFilter(watched, event)

    def _on_toggled(self, option: str, is_on: bool) -> None:
        if is_on:
            self.answered.emit(option)


class _CalmSlider(QSlider):
    """Moves by keys and by hand, not because a page was scrolled."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SliderView(StepView):
    """A number from 0 to 10; nothing is given until it was moved."""

    def __init__(self, step: SliderStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = step
        self._is_given = False
        self.slider = _CalmSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, RATING_MAX)
        self.slider.setPageStep(1)
        self.slider.setProperty("role", "rating")
        self.slider.setProperty("given", "false")
        self.slider.setMinimumHeight(4 * GRID)
        self.slider.setAccessibleName(step.text)
        self.slider.installEventFilter(self)
        self.number = PlainLabel("title", wrap=False)
        self.number.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.low, self.high = PlainLabel("small"), PlainLabel("small")
        self.low.setText(f"0 · {step.low}")
        self.high.setText(f"{RATING_MAX} · {step.high}")
        self.high.setAlignment(Qt.AlignmentFlag.AlignRight)
        ends = QHBoxLayout()
        ends.addWidget(self.low, 1)
        ends.addWidget(self.high, 1)
        self.box.addWidget(self.number)
        self.box.addWidget(self.slider)
        self.box.addLayout(ends)
        self.slider.valueChanged.connect(self._on_value_changed)
        self.slider.sliderPressed.connect(self._on_pressed)
        self.slider.actionTriggered.connect(self._on_pressed)
        self._say()

    def show_answer(self, answer: Answer | None) -> None:
        """Stand where it was put."""
        if isinstance(answer, int):
            self.slider.blockSignals(True)
            self.slider.setValue(answer)
            self.slider.blockSignals(False)
            self._is_given = True
            self._say()

    def first(self) -> QWidget | None:
        """The slider."""
        return self.slider

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take digits as numbers, Enter as the way on."""
        if watched is self.slider and _is_enter(event):
            self.next_requested.emit()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            typed_key = event.text()
            if typed_key.isascii() and typed_key.isdigit():
                self._give(int(typed_key))
                return True
        return super().eventFilter(watched, event)

    @Slot(int)
    def _on_value_changed(self, value: int) -> None:
        self._give(value)

    @Slot()
    def _on_pressed(self) -> None:
        self._give(self.slider.sliderPosition())

    def _give(self, value: int) -> None:
        self._is_given = True
        self.slider.blockSignals(True)
        self.slider.setValue(value)
        self.slider.blockSignals(False)
        self._say()
        self.answered.emit(value)

    def _say(self) -> None:
        self.number.setText(str(self.slider.value()) if self._is_given else "–")
        missing = self.tr("Not set. Move the slider, press a digit, or simply go on.")
        said = self.tr("{number} of {most}").format(number=self.slider.value(), most=RATING_MAX)
        ends = f"{self.low.text()}; {self.high.text()}"
        self.slider.setAccessibleDescription(f"{said if self._is_given else missing} {ends}")
        self.number.setToolTip("" if self._is_given else missing)
        if self._is_given and self.slider.property("given") == "false":
            self.slider.setProperty("given", "true")
            self.slider.style().unpolish(self.slider)
            self.slider.style().polish(self.slider)


class ListView(StepView):
    """Items, one a line, each with a way to take it off again."""

    def __init__(self, step: ListStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = step
        self._items: list[str] = []
        self._rows: list[QWidget] = []
        self.removes: list[QPushButton] = []
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(step.prompt)
        self.edit.setAccessibleName(step.text)
        self.edit.setAccessibleDescription(self.tr("Enter adds; an empty field goes on."))
        self.add = plain_button()
        self.add.setText(self.tr("Add"))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.edit, 1)
        row.addWidget(self.add)
        self._place = QVBoxLayout()
        self._place.setSpacing(0)
        self.box.addLayout(row)
        self.box.addLayout(self._place)
        self.edit.returnPressed.connect(self._on_return_pressed)
        self.add.clicked.connect(self._on_add_clicked)
        self.edit.textChanged.connect(self._emit)

    def show_answer(self, answer: Answer | None) -> None:
        """List what there is."""
        self._items = list(answer) if isinstance(answer, tuple) else []
        self._list()

    def first(self) -> QWidget | None:
        """The field for the next item."""
        return self.edit

    @Slot()
    def _on_return_pressed(self) -> None:
        if self.edit.text().strip():
            self._on_add_clicked()
        else:
            self.next_requested.emit()

    @Slot()
    def _on_add_clicked(self) -> None:
        item = typed(self.edit.text()).strip()
        if item:
            self._items.append(item)
            self.edit.clear()
            self._list()
            self.written.emit()
            announce(self, self.tr("Added: {item}").format(item=item))
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_remove_clicked(self, number: int) -> None:
        del self._items[number]
        self._list()
        self._emit()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _emit(self) -> None:
        """Words that are not added yet count as well: going on must not lose them."""
        waiting = typed(self.edit.text()).strip()
        self.answered.emit(tuple([*self._items, waiting] if waiting else self._items))

    def _list(self) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows, self.removes = [], []
        for number, item in enumerate(self._items):
            row = QWidget()
            label = PlainLabel()
            label.setText(f"· {item}")
            remove = quiet_button()
            remove.setText(self.tr("Take off"))
            remove.setAccessibleName(self.tr("Take off: {item}").format(item=item))
            remove.clicked.connect(partial(self._on_remove_clicked, number))
            inside = QHBoxLayout(row)
            inside.setContentsMargins(GRID // 2, 0, 0, 0)
            inside.addWidget(label, 1)
            inside.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
            self._place.addWidget(row)
            self._rows.append(row)
            self.removes.append(remove)


def _is_enter(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
