"""An honest wait: a sentence that says what is happening, and three dots that breathe."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import PlainLabel

_STEP_MS = 420
_DOTS = 3


class BusyLine(QWidget):
    """Shown while something runs; the dots stand still where motion is reduced."""

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dots = _Dots(theme)
        self._label = PlainLabel("muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._dots, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._label, 1)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

    def start(self, text: str) -> None:
        """Say what is happening."""
        self._label.setText(text)
        self.show()
        announce(self, text)

    def stop(self) -> None:
        """Nothing is happening any more."""
        self.hide()


class _Dots(QWidget):
    def __init__(self, theme: ThemeSwitch) -> None:
        super().__init__()
        self._theme = theme
        self._lit = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._on_timeout)

    def sizeHint(self) -> QSize:
        size = self._theme.sizes.px(6)
        return QSize(size * (2 * _DOTS - 1), size)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        if not self._theme.reduce_motion:
            self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        size = self._theme.sizes.px(6)
        top = (self.height() - size) // 2
        tokens = self._theme.tokens
        for index in range(_DOTS):
            lit = index == self._lit or not self._timer.isActive()
            painter.setBrush(tokens.accent if lit else tokens.edge)
            painter.drawEllipse(index * 2 * size, top, size, size)

    def _on_timeout(self) -> None:
        self._lit = (self._lit + 1) % _DOTS
        self.update()
