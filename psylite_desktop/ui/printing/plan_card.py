"""The plan in the size of a bank card: five panels below each other, folded like a fan.

85.6 by 54 mm a panel (ISO/IEC 7810, ID-1), so 270 mm of an A4 page. Text becomes smaller until it
fits; what does not fit even then is cut, and the caller is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QPointF, QRectF
from PySide6.QtGui import (
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)

from psylite_desktop.ui.theme.tokens import LIGHT
from psylite_desktop.ui.widgets.text import has_han

WIDTH_MM, HEIGHT_MM = 85.6, 54.0
PANELS = 5
_INSIDE_MM = 4.0
_GAP = 0.5
"""Room above a second text of a panel, in lines."""
_TOP_MM = (297 - PANELS * HEIGHT_MM) / 2
_LEFT_MM = 20.0
_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)


@dataclass(frozen=True, slots=True)
class CardText:
    """A heading (may be empty) and what stands below it."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanCard:
    """Five panels, and a line beside them that says how to cut and fold."""

    panels: tuple[tuple[CardText, ...], ...]
    how: str


def whole_page(device: QPagedPaintDevice) -> None:
    """A4, upright, from edge to edge: the card has its own margins."""
    size = QPageSize(QPageSize.PageSizeId.A4)
    portrait, unit = QPageLayout.Orientation.Portrait, QPageLayout.Unit.Millimeter
    layout = QPageLayout(size, portrait, QMarginsF(), unit)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(layout)


def paint_plan_card(device: QPagedPaintDevice, card: PlanCard, font: QFont) -> bool:
    """Paint onto one page that `whole_page` has set up; False where words had to be cut."""
    painter = QPainter(device)
    mm = device.logicalDpiX() / 25.4
    fits = True
    for number, panel in enumerate(card.panels[:PANELS]):
        top = (_TOP_MM + number * HEIGHT_MM) * mm
        area = QRectF(_LEFT_MM * mm, top, WIDTH_MM * mm, HEIGHT_MM * mm)
        _frame(painter, area, mm, number)
        inside = area.adjusted(*(side * _INSIDE_MM * mm for side in (1, 1, -1, -1)))
        fits = _panel(painter, device, inside, panel, font) and fits
    beside = QRectF((_LEFT_MM + WIDTH_MM + 8) * mm, _TOP_MM * mm, 80 * mm, 40 * mm)
    _panel(painter, device, beside, (CardText("", card.how),), font)
    painter.end()
    return fits


def _frame(painter: QPainter, area: QRectF, mm: float, number: int) -> None:
    """Solid where it is cut, dashed where it is folded."""
    pen = QPen(QColor(LIGHT.muted))
    pen.setWidthF(0.25 * mm)
    painter.setPen(pen)
    painter.drawLine(area.topLeft(), area.bottomLeft())
    painter.drawLine(area.topRight(), area.bottomRight())
    if number == 0:
        painter.drawLine(area.topLeft(), area.topRight())
    if number == PANELS - 1:
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        return
    pen.setDashPattern((8.0, 6.0))
    painter.setPen(pen)
    painter.drawLine(area.bottomLeft(), area.bottomRight())


def _panel(
    painter: QPainter,
    device: QPagedPaintDevice,
    area: QRectF,
    texts: Sequence[CardText],
    font: QFont,
) -> bool:
    """Paint in the largest size that fits; False where not even the smallest does."""
    lines: list[_Line] = []
    for size in _SIZES:
        lines = _laid_out(device, area.width(), texts, font, size)
        if sum(step for _layout, _line, step, _color in lines) <= area.height():
            break
    top = area.top()
    for layout, place, step, color in lines:
        if top + step > area.bottom() + 0.5:
            return False
        painter.setPen(QColor(color))
        line = layout.lineAt(place)
        line.draw(painter, QPointF(area.left(), top) - line.position())
        top += step
    return True


_Line = tuple[QTextLayout, int, float, str]


def _laid_out(
    device: QPagedPaintDevice, width: float, texts: Sequence[CardText], font: QFont, size: float
) -> list[_Line]:
    found: list[_Line] = []
    for number, text in enumerate(texts):
        if number:
            found += _lines(device, width, " ", _font(font, size * _GAP), False)
        if text.heading:
            found += _lines(device, width, text.heading, _font(font, size * 0.9, bold=True), True)
        for paragraph in text.text.splitlines():
            found += _lines(device, width, paragraph, _font(font, size), False)
    return found


def _lines(
    device: QPagedPaintDevice, width: float, text: str, font: QFont, is_heading: bool
) -> list[_Line]:
    layout = QTextLayout(text[:2_000], font, device)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    count = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0))
        count += 1
    layout.endLayout()
    spread = 1.35 if has_han(text) else 1.25
    step = font.pointSizeF() * spread * device.logicalDpiY() / 72
    color = LIGHT.accent if is_heading else LIGHT.ink
    return [(layout, place, step, color) for place in range(count)]


def _font(font: QFont, size: float, *, bold: bool = False) -> QFont:
    made = QFont(font)
    made.setPointSizeF(size)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made
