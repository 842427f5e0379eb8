"""A number from 0 to 10."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from psylite_desktop.domain.exercise import RATING_MAX, Answer, SliderStep
from psylite_desktop.ui.pages.exercises.step_view import StepView, is_enter
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import PlainLabel


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
        if watched is self.slider and is_enter(event):
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
