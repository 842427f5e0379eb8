"""Icons: monochrome SVG files, coloured from tokens when they are drawn."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SCALES = (1, 2)


class IconSet:
    """Reads `<name>.svg` of a folder; `currentColor` inside is replaced by the colour asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[tuple[str, str, str, int], QIcon] = {}

    def names(self) -> list[str]:
        """Names of all icons there are."""
        return sorted(path.stem for path in self._folder.glob("*.svg"))

    def svg(self, name: str, color: str) -> bytes:
        """The SVG text of an icon in a colour. Raises OSError when there is no such icon."""
        text = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        return text.replace("currentColor", color).encode()

    def icon(self, name: str, color: str, *, size: int, checked: str = "") -> QIcon:
        """An icon of `size` pixels; `checked` is its colour while a button is checked."""
        key = (name, color, checked, size)
        if key not in self._made:
            icon = QIcon()
            for scale in _SCALES:
                pixmap = self._pixmap(name, color, size=size, scale=scale)
                icon.addPixmap(pixmap, QIcon.Mode.Normal, QIcon.State.Off)
                if checked:
                    lit = self._pixmap(name, checked, size=size, scale=scale)
                    icon.addPixmap(lit, QIcon.Mode.Normal, QIcon.State.On)
            self._made[key] = icon
        return self._made[key]

    def _pixmap(self, name: str, color: str, *, size: int, scale: int) -> QPixmap:
        pixmap = QPixmap(size * scale, size * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(self.svg(name, color))).render(
            painter, QRectF(0, 0, size * scale, size * scale)
        )
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        return pixmap
