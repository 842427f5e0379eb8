"""Paragraphs painted onto pages, line by line; text is text, nothing in it is ever markup.

Fonts are those of the window, so Chinese is drawn with the Chinese font and embedded in a PDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QTextLayout,
    QTextOption,
)

from psylite_desktop.services.export_formats.readable import Kind, Paragraph
from psylite_desktop.ui.theme.tokens import LIGHT
from psylite_desktop.ui.widgets.text import has_han

MARGIN_MM = 20
LONGEST_PIECE = 4_000
"""Characters laid out at a time: a very long line must not stop the window."""
_LINE = {True: 1.55, False: 1.4}


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of paragraph is set; sizes in points, `before` in lines, `inset` in points."""

    size: float
    weight: QFont.Weight
    color: str
    before: float = 0.0
    inset: float = 0.0


_NORMAL, _BOLD = QFont.Weight.Normal, QFont.Weight.DemiBold
LOOKS = {
    Kind.TITLE: Look(20, _BOLD, LIGHT.ink),
    Kind.HEADING: Look(15, _BOLD, LIGHT.accent, before=1.6),
    Kind.ITEM: Look(11.5, _BOLD, LIGHT.ink, before=1.0),
    Kind.FACT: Look(10.5, _NORMAL, LIGHT.ink, before=0.2, inset=10),
    Kind.OWN: Look(10.5, _NORMAL, LIGHT.ink, before=0.3, inset=10),
    Kind.NOTE: Look(9.5, _NORMAL, LIGHT.muted, before=0.4),
}


def a4(device: QPagedPaintDevice) -> None:
    """A4, upright, with room around."""
    size = QPageSize(QPageSize.PageSizeId.A4)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    unit = QPageLayout.Unit.Millimeter
    device.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, margins, unit))


class Flow:
    """Fills pages from the top to the bottom. Call `end` at last."""

    def __init__(self, device: QPagedPaintDevice, font: QFont) -> None:
        """`device` has its page layout already; `font` names the families."""
        self._device = device
        self._font = font
        self._painter = QPainter(device)
        self._dots = self._painter.device().logicalDpiY() / 72
        layout = device.pageLayout()
        page: QSizeF = layout.paintRect(QPageLayout.Unit.Point).size()
        self._width = page.width() * self._dots
        self._height = (page.height() - 24) * self._dots  # the number of the page stands below
        self._top = 0.0
        self.page = 1

    def pieces(self, paragraphs: Iterable[Paragraph]) -> Iterator[None]:
        """Paint paragraphs; every step is a short one."""
        for paragraph in paragraphs:
            look = LOOKS[paragraph.kind]
            text = paragraph.label + paragraph.text
            before = look.before
            for line in text.splitlines() or [""]:
                for start in range(0, max(len(line), 1), LONGEST_PIECE):
                    self._paint(line[start : start + LONGEST_PIECE], look, before)
                    before = 0.0
                    yield

    def end(self) -> bool:
        """Number the last page and finish; False where painting failed."""
        self._number()
        return self._painter.end()

    def _paint(self, text: str, look: Look, before: float) -> None:
        font = QFont(self._font)
        font.setPointSizeF(look.size)
        font.setWeight(look.weight)
        layout = QTextLayout(text, font, self._device)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        step = look.size * self._dots * _LINE[has_han(text)]
        inset = look.inset * self._dots
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(self._width - inset, 1.0))
            lines.append(line)
        layout.endLayout()
        if self._top:
            self._top += before * step
        keep = 3 if look.weight == _BOLD else 1  # a heading takes some lines with it
        if self._top + keep * step > self._height and self._top:
            self._new_page()
        self._painter.setPen(QColor(look.color))
        for line in lines:
            if self._top + step > self._height and self._top:
                self._new_page()
                self._painter.setPen(QColor(look.color))
            line.draw(self._painter, QPointF(inset, self._top) - line.position())
            self._top += step
        if not lines:
            self._top += step  # an empty line of one's own stays one

    def _new_page(self) -> None:
        self._number()
        self._device.newPage()
        self.page += 1
        self._top = 0.0

    def _number(self) -> None:
        font = QFont(self._font)
        font.setPointSizeF(9)
        self._painter.setFont(font)
        self._painter.setPen(QColor(LIGHT.muted))
        place = QRectF(0, self._height + 8 * self._dots, self._width, 16 * self._dots)
        option = QTextOption()
        option.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._painter.drawText(place, str(self.page), option)
