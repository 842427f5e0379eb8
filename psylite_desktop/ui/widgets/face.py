"""Five faces for five moods: told apart by eyes and mouth, tinted softly, always with a word."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from psylite_desktop.ui.theme.switch import ThemeSwitch

_SCALES = (1, 2)
_TINT = 0.38
"""How much of the mood's colour lies behind the lines: they stay readable as they are."""
_REACH = 0.77
"""Part of the icon that the circle of a face takes."""


def face_icon(theme: ThemeSwitch, mood: int, *, size: int) -> QIcon:
    """The face of a mood (1 to 5), `size` pixels wide, in the colours of now."""
    lines = theme.icon(f"face_{mood}", size=size)
    tint = QColor(theme.tokens.mood[mood - 1])
    tint.setAlphaF(_TINT)
    icon = QIcon()
    for scale in _SCALES:
        pixmap = QPixmap(size * scale, size * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        margin = size * (1 - _REACH) / 2
        painter.drawEllipse(QRectF(margin, margin, size * _REACH, size * _REACH))
        painter.drawPixmap(0, 0, lines.pixmap(QSize(size, size), float(scale)))
        painter.end()
        icon.addPixmap(pixmap)
    return icon
