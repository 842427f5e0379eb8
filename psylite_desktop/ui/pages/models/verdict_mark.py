"""A verdict as a shape and a word: full, half, empty."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from psylite_desktop.domain.model_card import MemoryView
from psylite_desktop.ui.pages.models.words import verdict_text
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import PlainLabel

_SIDE = 12
_SHARES = {"fits": 1.0, "tight": 0.5, "no": 0.0}


class VerdictMark(QWidget):
    """How a model fits this machine."""

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._memory: MemoryView | None = None
        self._dot = _Dot(theme)
        self.label = PlainLabel("small", wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        row.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.label)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_memory(self, memory: MemoryView | None) -> None:
        """Show a verdict; None for a file that cannot be used."""
        self._memory = memory
        self._dot.share = _SHARES[memory.verdict] if memory is not None else 0.0
        self._dot.update()
        self.retranslate()

    def retranslate(self) -> None:
        """The word in the language of now."""
        self.label.setText(verdict_text(self._memory))


class _Dot(QWidget):
    def __init__(self, theme: ThemeSwitch) -> None:
        super().__init__()
        self._theme = theme
        self.share = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = self._theme.sizes.px(_SIDE)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        color = QColor(tokens.accent if self.share else tokens.clay)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QPen(color, 1.5))
        painter.drawEllipse(area)
        painter.setBrush(color)
        painter.setPen(Qt.PenStyle.NoPen)
        # A half is filled on its left; angles count in sixteenths of a degree from three o'clock.
        painter.drawPie(area, 90 * 16, round(360 * 16 * self.share))
