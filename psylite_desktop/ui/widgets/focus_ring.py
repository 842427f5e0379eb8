"""The focus ring: one 2-pixel ring that stands around whatever has the keyboard."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, QRectF, QTimer
from PySide6.QtGui import QColor, QMoveEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFocusFrame, QWidget

from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import RADIUS, RING
from psylite_desktop.ui.widgets.first_focus import leads_on


class FocusRing(QObject):
    """Moves the ring with the keyboard focus, in every window of the application."""

    def __init__(self, theme: ThemeSwitch, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._frame: _RingFrame | None = None
        theme.app.focusChanged.connect(self._on_focus_changed)

    @property
    def widget(self) -> QWidget | None:
        """What the ring stands around now."""
        if self._frame is None or not shiboken6.isValid(self._frame):  # type: ignore[no-untyped-call]
            return None
        return self._frame.widget()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._frame is None or not shiboken6.isValid(self._frame):  # type: ignore[no-untyped-call]
            self._frame = _RingFrame(self._theme)  # the last one went with the page it stood on
        ringed = None if new is not None and leads_on(new) else new
        self._frame.setWidget(ringed)  # type: ignore[arg-type]
        self._frame.clearMask()


class _RingFrame(QFocusFrame):
    def __init__(self, theme: ThemeSwitch) -> None:
        super().__init__()
        self._theme = theme

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Undo the mask that Qt sets after this event: it would cut the round corners off."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.clearMask)

    def moveEvent(self, event: QMoveEvent) -> None:
        """As after a change of size: Qt sets its mask again, and at the place of before."""
        super().moveEvent(event)
        QTimer.singleShot(0, self, self.clearMask)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.tokens.focus), RING))
        inset = RING / 2
        radius = RADIUS + inset
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius
        )
