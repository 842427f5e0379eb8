"""What the colours of days mean: five numbers with their words, and the mark for "added later"."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from psylite_desktop.domain.check_in import MOODS
from psylite_desktop.domain.insights import MoodDay
from psylite_desktop.ui.charts.day_grid import paint_cell, paint_digit
from psylite_desktop.ui.charts.kit import ChartKit
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

_SIDE = 18
"""Pixels of a swatch at 100 %."""


class MoodLegend(QWidget):
    """One swatch and word a mood."""

    def __init__(self, kit: ChartKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.labels: list[PlainLabel] = []
        row = WrapLayout(self)
        row.setContentsMargins(0, GRID, 0, 0)
        for mood in (*MOODS, 0):
            label = PlainLabel("small", wrap=False)
            pair = QWidget()
            inside = QHBoxLayout(pair)
            inside.setContentsMargins(0, 0, GRID, 0)
            inside.setSpacing(GRID // 2)
            inside.addWidget(_Swatch(kit, mood))
            inside.addWidget(label)
            row.addWidget(pair)
            self.labels.append(label)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        for mood, label in zip(MOODS, self.labels, strict=False):
            label.setText(self._kit.words.mood(self._kit.lang, mood))
        self.labels[-1].setText(self.tr("added later"))


class _Swatch(QWidget):
    def __init__(self, kit: ChartKit, mood: int) -> None:
        super().__init__()
        self._kit = kit
        self._mood = mood
        kit.theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        side = self._kit.theme.sizes.px(_SIDE)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, side = self._kit.theme.tokens, self._kit.theme.sizes.px(_SIDE)
        cell = QRectF(0, (self.height() - side) / 2, side, side)
        mood = self._mood or 3
        paint_cell(painter, cell, MoodDay("", 1, mood, backfilled=not self._mood), tokens)
        if self._mood:
            paint_digit(painter, cell, mood, tokens, self.font())
