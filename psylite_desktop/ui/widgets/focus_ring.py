"""The focus ring: one 2-pixel ring that stands around whatever has the keyboard."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFocusFrame,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)

from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import RADIUS, RING
from psylite_desktop.ui.widgets.first_focus import leads_on


class FocusRing(QObject):
    """Moves the ring with the keyboard focus, in every window of the application."""

    def __init__(self, theme: ThemeSwitch, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._frame: _RingFrame | None = None
        self._way = _RingStyle()
        # A widget does not own its style, and this one must outlive every frame, also when the
        # interpreter ends and takes objects down in whatever order it finds them.
        self._way.setParent(theme.app)
        theme.app.focusChanged.connect(self._on_focus_changed)

    @property
    def widget(self) -> QWidget | None:
        """What the ring stands around now."""
        if self._frame is None or not shiboken6.isValid(self._frame):  # type: ignore[no-untyped-call]
            return None
        return self._frame.widget()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._frame is None or not shiboken6.isValid(self._frame):  # type: ignore[no-untyped-call]
            # The last one went with the page it stood on.
            self._frame = _RingFrame(self._theme, self._way)
        ringed = None if new is not None and leads_on(new) else new
        self._frame.setWidget(ringed)  # type: ignore[arg-type]


class _RingFrame(QFocusFrame):
    def __init__(self, theme: ThemeSwitch, way: QStyle) -> None:
        super().__init__()
        self._theme = theme
        self.setStyle(way)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.tokens.focus), RING))
        inset = RING / 2
        radius = RADIUS + inset
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius
        )


class _RingStyle(QProxyStyle):
    """How Qt shall place the ring; it is asked for the ring alone."""

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        """In front of everything up to the next scrolling part, and without a mask.

        Below that, the box around a control would cut the ring off; a mask, which Qt makes for
        square rings, would cut its round corners off.
        """
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        if hint == QStyle.StyleHint.SH_FocusFrame_Mask:
            return 0
        return super().styleHint(hint, option, widget, returnData)
