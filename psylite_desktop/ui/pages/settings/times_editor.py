"""Times of day: one row each, in half hours, up to a few."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from psylite_desktop.services.reminders import MOST_TIMES, clock_of, times_of
from psylite_desktop.ui.theme.tokens import GRID, RING
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.text import PlainLabel

HALF_HOURS = tuple(f"{hour:02d}:{minute:02d}" for hour in range(24) for minute in (0, 30))
FIRST_OFFER = "20:00"


class TimesEditor(QWidget):
    """A label, the times with a way to take each out, and a way to add one.

    Signals:
        edited: Carries all times as a tuple of HH:MM, in order.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.label = PlainLabel()
        self.boxes: list[TimeBox] = []
        self.add = quiet_button()
        self.remove = quiet_button()
        self._row = QHBoxLayout()
        self._row.setSpacing(GRID)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(RING, RING, RING, RING)
        box.setSpacing(GRID // 2)
        box.addWidget(self.label)
        box.addLayout(self._row)
        box.addLayout(buttons)
        self.add.clicked.connect(self._on_add_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)

    @property
    def times(self) -> tuple[str, ...]:
        """What is chosen, each once and in order."""
        return tuple(f"{at:%H:%M}" for at in times_of(box.time for box in self.boxes))

    def show_value(self, value: object) -> None:
        """Show times without a signal."""
        texts = [str(one) for one in value] if isinstance(value, Sequence) else []
        wanted = [f"{at:%H:%M}" for at in times_of(texts)]
        if [box.time for box in self.boxes] == wanted:
            return
        for box in self.boxes:
            self._row.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = []
        for time in wanted:
            self._add_box(time)
        self._show_buttons()

    def set_name(self, name: str) -> None:
        """Say what is edited."""
        self._name = name
        self.label.setText(name)
        for box in self.boxes:
            box.setAccessibleName(name)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.add.setText(self.tr("One more time"))
        self.remove.setText(self.tr("Take the last one out"))
        self._show_buttons()

    def _add_box(self, time: str) -> TimeBox:
        box = TimeBox()
        box.choose(time)
        box.setAccessibleName(self._name)
        box.activated.connect(self._on_picked)
        while self._row.count() > len(self.boxes):  # the stretch at the end
            self._row.takeAt(self._row.count() - 1)
        self._row.addWidget(box)
        self._row.addStretch(1)
        self.boxes.append(box)
        before = self.boxes[-2] if len(self.boxes) > 1 else self.label
        self.setTabOrder(before, box)
        self.setTabOrder(box, self.add)
        return box

    def _show_buttons(self) -> None:
        self.add.setEnabled(len(self.boxes) < MOST_TIMES)
        self.remove.setEnabled(len(self.boxes) > 1)

    def _on_add_clicked(self) -> None:
        free = [FIRST_OFFER, *HALF_HOURS[16:], *HALF_HOURS]
        box = self._add_box(next(time for time in free if time not in self.times))
        self._show_buttons()
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit(self.times)

    def _on_remove_clicked(self) -> None:
        box = self.boxes.pop()
        self._row.removeWidget(box)
        box.hide()
        box.deleteLater()
        self._show_buttons()
        if not self.remove.isEnabled():
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit(self.times)

    def _on_picked(self, _place: int) -> None:
        self.edited.emit(self.times)


class TimeBox(QComboBox):
    """One time of day; one from elsewhere that is no half hour is shown as well.

    Signals:
        edited: Another time was chosen; carries it.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(12)
        for time in HALF_HOURS:
            self.addItem(time)
        self.activated.connect(self._on_activated)

    @property
    def time(self) -> str:
        """What is chosen."""
        return self.currentText()

    def choose(self, time: str) -> None:
        """Show a time without a signal."""
        at = clock_of(time)
        wanted = f"{at:%H:%M}" if at is not None else HALF_HOURS[0]
        if self.findText(wanted) < 0:
            self.addItem(wanted)
        self.setCurrentIndex(self.findText(wanted))

    def show_value(self, value: object) -> None:
        """Show a time without a signal."""
        self.choose(str(value))

    def set_name(self, name: str) -> None:
        """Say what is edited."""
        self.setAccessibleName(name)

    def retranslate(self) -> None:
        """Times are the same in every language."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the value."""
        event.ignore()

    def _on_activated(self, _place: int) -> None:
        self.edited.emit(self.time)
