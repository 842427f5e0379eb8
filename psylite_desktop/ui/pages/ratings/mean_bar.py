"""One mean as a small bar with its number beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from psylite_desktop.domain.rating import MARKS, Mean
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID

BAR = 10
"""Pixels of a bar's height at 100 %."""


class MeanBar(QWidget):
    """The number stands in the table beside it; the bar alone says nothing that words do not."""

    def __init__(self, theme: ThemeSwitch, mean: Mean, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.mean = mean
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    @property
    def share(self) -> float:
        """Part of the bar that is filled, from 0 (the lowest mark) to 1."""
        if self.mean.mean is None:
            return 0.0
        return (self.mean.mean - MARKS[0]) / (MARKS[-1] - MARKS[0])

    def sizeHint(self) -> QSize:
        """As wide as there is room for."""
        return QSize(12 * GRID, self._theme.sizes.px(BAR) + GRID)

    def minimumSizeHint(self) -> QSize:
        """Narrow columns are fine."""
        return QSize(4 * GRID, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """An outlined groove, filled from the left; whole marks as small notches."""
        tokens, high = self._theme.tokens, self._theme.sizes.px(BAR)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groove = QRectF(0.5, (self.height() - high) / 2, self.width() - 1, high)
        painter.setPen(QPen(QColor(tokens.edge), 1))
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(groove, high / 2, high / 2)
        if self.mean.mean is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        filled = QRectF(groove)
        filled.setWidth(max(high, groove.width() * self.share))
        painter.drawRoundedRect(filled, high / 2, high / 2)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
