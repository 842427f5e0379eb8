"""A chart as a picture: PNG for everything, SVG for print, with title and sentence on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QImageWriter, QPainter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsView, QWidget

from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID

SUFFIXES = (".png", ".svg")
_FINE = 2
"""Pixels of a PNG for one on screen."""
_DPI = 96
_WORDS = 0.88
"""Part of the width that words take."""
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """A drawn chart and the words around it."""

    title: str
    units: str
    sentence: str
    chart: QWidget
    theme: ThemeSwitch

    def encoded(self, suffix: str) -> bytes:
        """The picture as the content of a file; `suffix` is one of SUFFIXES."""
        return self._svg() if suffix == ".svg" else self._png()

    def _png(self) -> bytes:
        size = self._size()
        image = QImage(size * _FINE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_FINE)
        self._paint_on(image, size)
        return _written(lambda buffer: QImageWriter(buffer, QByteArray(b"png")).write(image))

    def _svg(self) -> bytes:
        size = self._size()

        def write(buffer: QBuffer) -> None:
            generator = QSvgGenerator()
            generator.setOutputDevice(buffer)
            generator.setResolution(_DPI)
            generator.setSize(size)
            generator.setViewBox(QRect(QPoint(0, 0), size))
            generator.setTitle(self.title)
            generator.setDescription(self.sentence)
            self._paint_on(generator, size)

        return _written(write)

    def _paint_on(self, device: QImage | QSvgGenerator, size: QSize) -> None:
        tokens = self.theme.tokens
        painter = QPainter(device)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRect(QPoint(0, 0), size), QColor(tokens.surface))
        top = 2 * GRID
        for text, font, color in self._lines()[:2]:
            top = self._write(painter, text, (font, color, top))
        self._draw_chart(painter, QPoint(2 * GRID, top))
        top += self.chart.height() + GRID
        text, font, color = self._lines()[2]
        self._write(painter, text, (font, color, top))
        painter.end()

    def _draw_chart(self, painter: QPainter, corner: QPoint) -> None:
        if isinstance(self.chart, QGraphicsView):
            self.chart.render(painter, QRectF(QRect(corner, self.chart.size())))
            return
        # Without its background, which is the page's.
        self.chart.render(painter, corner, QRegion(), QWidget.RenderFlag.DrawChildren)

    def _write(self, painter: QPainter, text: str, how: tuple[QFont, str, int]) -> int:
        """Write a paragraph from `top` on; returns where the next one begins."""
        font, color, top = how
        painter.setFont(font)
        painter.setPen(QColor(color))
        height = self._height(text, font)
        painter.drawText(QRect(2 * GRID, top, self._room, height), _WRAP, text)
        return top + height + GRID

    def _size(self) -> QSize:
        words = sum(self._height(text, font) + GRID for text, font, _color in self._lines())
        height = words + self.chart.height() + 5 * GRID
        return QSize(self.chart.width() + 4 * GRID, height)

    @property
    def _room(self) -> int:
        """Width of words: another program may draw an SVG with wider letters."""
        return int(self.chart.width() * _WORDS)

    def _height(self, text: str, font: QFont) -> int:
        room = QRect(0, 0, self._room, 10_000)
        return QFontMetrics(font).boundingRect(room, _WRAP, text).height()

    def _lines(self) -> tuple[tuple[str, QFont, str], ...]:
        tokens, sizes = self.theme.tokens, self.theme.sizes
        heading, small, text = (QFont(self.theme.app.font()) for _ in range(3))
        heading.setPixelSize(sizes.heading)
        heading.setBold(True)
        small.setPixelSize(sizes.small)
        text.setPixelSize(sizes.text)
        return (
            (self.title, heading, tokens.ink),
            (self.units, small, tokens.muted),
            (self.sentence, text, tokens.ink),
        )


def _written(write: Callable[[QBuffer], object]) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    write(buffer)
    buffer.close()
    return bytes(buffer.data().data())
