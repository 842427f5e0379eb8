"""A QR code to dial a line from a phone, painted from its matrix."""

from __future__ import annotations

import segno
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from psylite_desktop.domain.hotline import Hotline
from psylite_desktop.ui.theme.switch import ThemeSwitch

QUIET = 4
"""White modules around a code, as ISO/IEC 18004 asks for."""
SIDE = 112
"""Pixels at 100 %: about 3 cm, which phones read from half a metre."""


class QrCode(QWidget):
    """Black on white in every theme, because that is what phones read."""

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number = ""
        self._matrix: tuple[bytearray, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_line(self, line: Hotline) -> None:
        """Encode how a phone reaches a line."""
        self._number = line.number
        uri = uri_of(line)
        self._matrix = segno.make(uri, error="m", micro=False).matrix if uri else ()
        self.setVisible(bool(self._matrix))
        self.retranslate()
        self.update()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        said = self.tr("Scan with a phone to reach {number}").format(number=self._number)
        self.setAccessibleName(said)
        self.setToolTip(said)

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def sizeHint(self) -> QSize:
        """A square of whole pixels a module."""
        side = self._theme.sizes.px(SIDE)
        modules = len(self._matrix) + 2 * QUIET
        side = max(side // modules, 2) * modules if self._matrix else side
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the modules."""
        modules = len(self._matrix) + 2 * QUIET
        step = min(self.width(), self.height()) / modules
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, modules * step, modules * step), Qt.GlobalColor.white)
        for y, row in enumerate(self._matrix):
            for x, is_dark in enumerate(row):
                if is_dark:
                    place = QRectF((x + QUIET) * step, (y + QUIET) * step, step, step)
                    painter.fillRect(place, Qt.GlobalColor.black)


def uri_of(line: Hotline) -> str:
    """What a phone opens: a call, or a text message for lines without voice; empty if neither."""
    if line.dial:
        return f"tel:{line.dial}"
    return f"sms:{line.sms}" if line.sms else ""
