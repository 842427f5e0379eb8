"""A soft circle that fills and empties with the breath."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRadialGradient
from PySide6.QtWidgets import QSizePolicy, QWidget

from psylite_desktop.ui.theme.switch import ThemeSwitch

_SMALLEST = 0.38
"""Radius of an empty breath, as a part of the whole."""
_HEIGHT = 220
_HIGHEST = 260
"""Pixels at any zoom: the way on must stay in view."""


class Pacer(QWidget):
    """Paints how full the lungs are; words and numbers stand beside it."""

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.fullness = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_fullness(self, fullness: float) -> None:
        """0 is empty, 1 is full."""
        if abs(fullness - self.fullness) > 1e-4:
            self.fullness = fullness
            self.update()

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        side = min(self._theme.sizes.px(_HEIGHT), _HIGHEST)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rim of a full breath, the breath, and its edge."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(self.width() / 2, self.height() / 2)
        whole = min(self.width(), self.height()) / 2 - 4
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.line), 1.5))
        painter.drawEllipse(centre, whole, whole)
        eased = (1 - math.cos(math.pi * min(max(self.fullness, 0.0), 1.0))) / 2
        radius = whole * (_SMALLEST + (1 - _SMALLEST) * eased)
        fill = QRadialGradient(centre, radius)
        inner, outer = QColor(tokens.accent_soft), QColor(tokens.accent)
        outer.setAlphaF(0.45)
        fill.setColorAt(0.0, inner)
        fill.setColorAt(0.65, inner)
        fill.setColorAt(1.0, outer)
        painter.setBrush(fill)
        painter.setPen(QPen(QColor(tokens.accent), 2))
        painter.drawEllipse(centre, radius, radius)
