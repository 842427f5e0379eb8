"""Moods of another app get a place among the five of this one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.domain.check_in import MOODS
from psylite_desktop.domain.imports import MoodName
from psylite_desktop.ui.language import LanguageSwitch
from psylite_desktop.ui.theme.tokens import GRID, RING
from psylite_desktop.ui.widgets.text import PlainLabel

LEFT_OUT = -1


class MoodsView(QWidget):
    """One row a mood; those that nobody knows wait for an answer.

    Signals:
        changed: A mood got another place.
    """

    changed = Signal()

    def __init__(
        self, words: CheckInWords, language: LanguageSwitch, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._language = language
        self._moods: tuple[MoodName, ...] = ()
        self.heading = PlainLabel("strong")
        self.boxes: dict[str, QComboBox] = {}
        self._labels: dict[str, PlainLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(RING, RING, RING, RING)
        self._grid.setSpacing(GRID)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self.heading, 0, 0, 1, 2)
        self.retranslate()

    @property
    def chosen(self) -> dict[str, int]:
        """Which mood each name stands for."""
        return {name: int(box.currentData() or 0) for name, box in self.boxes.items()}

    def show_moods(self, moods: Sequence[MoodName]) -> None:
        """Ask about these; nothing is shown where there are none."""
        for widget in (*self.boxes.values(), *self._labels.values()):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._moods = tuple(moods)
        self.boxes, self._labels = {}, {}
        for place, mood in enumerate(moods, start=1):
            label, box = PlainLabel(), _MoodBox()
            for value in (0, *reversed(MOODS), LEFT_OUT):
                box.addItem("", value)
            box.setCurrentIndex(box.findData(mood.mood))
            box.activated.connect(partial(self._on_activated))
            label.setBuddy(box)
            self._grid.addWidget(label, place, 0)
            self._grid.addWidget(box, place, 1)
            self.boxes[mood.name], self._labels[mood.name] = box, label
        self.setVisible(bool(moods))
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        lang = self._language.current.value
        self.heading.setText(self.tr("Which mood stands for which?"))
        for mood in self._moods:
            form = self.tr("{name} ({count})")
            self._labels[mood.name].setText(form.format(name=mood.name, count=mood.count))
            box = self.boxes[mood.name]
            box.setAccessibleName(self.tr("Mood for {name}").format(name=mood.name))
            for place in range(box.count()):
                value = int(box.itemData(place))
                if value == 0:
                    text = self.tr("Choose")
                elif value == LEFT_OUT:
                    text = self.tr("Leave out")
                else:
                    text = self._words.mood(lang, value)
                box.setItemText(place, text)

    def _on_activated(self, _place: int) -> None:
        self.changed.emit()


class _MoodBox(QComboBox):
    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the value."""
        event.ignore()
