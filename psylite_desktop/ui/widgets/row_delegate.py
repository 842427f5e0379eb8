"""Paints rows of a title and small lines under it, and headings between them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID, RADIUS
from psylite_desktop.ui.widgets.marked_text import marked_spans

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The row itself."""
SMALL_ROLE = Qt.ItemDataRole.UserRole + 2
"""The small text under the title; what was found in it is marked."""


class RowDelegate(QStyledItemDelegate):
    """Heights follow the fonts; found words stand out in weight, not only in colour."""

    def __init__(
        self,
        theme: ThemeSwitch,
        parent: QObject,
        *,
        is_heading: Callable[[object], bool],
        lines: Callable[[object], int],
    ) -> None:
        """`lines` says how many small lines a row has."""
        super().__init__(parent)
        self._theme = theme
        self._is_heading = is_heading
        self._lines = lines

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the lines of the row need."""
        small = QFontMetrics(self._small_font(option)).lineSpacing()
        row = index.data(ROW_ROLE)
        if self._is_heading(row):
            return QSize(0, small + 3 * GRID)
        title = QFontMetrics(_font(option)).lineSpacing()
        return QSize(0, title + self._lines(row) * small + 3 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_heading(index.data(ROW_ROLE)):
            self._paint_heading(painter, option, index)
        else:
            self._paint_background(painter, option)
            self._paint_lines(painter, option, index)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.setFont(self._small_font(option))
        painter.setPen(QColor(self._theme.tokens.muted))
        inside = row_rect(option).adjusted(2 * GRID, 0, -2 * GRID, -GRID // 2)
        place = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(inside, place, str(index.data()))

    def _paint_background(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        state: QStyle.StateFlag = option.state
        color = ""
        if state & QStyle.StateFlag.State_Selected:
            color = self._theme.tokens.accent_soft
        elif state & QStyle.StateFlag.State_MouseOver:
            color = self._theme.tokens.raised
        if color:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(color))
            rect = QRectF(row_rect(option)).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(rect, RADIUS, RADIUS)

    def _paint_lines(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        inside = row_rect(option).adjusted(2 * GRID, 3 * GRID // 2, -2 * GRID, -3 * GRID // 2)
        metrics = QFontMetrics(_font(option))
        painter.setFont(_font(option))
        painter.setPen(QColor(self._theme.tokens.ink))
        line = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(QPointF(inside.left(), inside.top() + metrics.ascent()), line)
        painter.setPen(QColor(self._theme.tokens.muted))
        top = QPointF(inside.left(), inside.top() + metrics.lineSpacing())
        self._small_lines(option, index, inside.width()).draw(painter, top)

    def _small_lines(self, option: QStyleOptionViewItem, index: Index, width: int) -> QTextLayout:
        """The small text in the lines of its row, with what was found in bold ink."""
        text, spans = marked_spans(str(index.data(SMALL_ROLE)))
        font = self._small_font(option)
        lines = self._lines(index.data(ROW_ROLE))
        if lines == 1:
            text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
        layout = QTextLayout(text, font)
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        bold.setForeground(QColor(self._theme.tokens.ink))
        formats = []
        for start, length in spans:
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = start, length, bold
            formats.append(part)
        layout.setFormats(formats)
        step = QFontMetrics(font).lineSpacing()
        layout.beginLayout()
        for number in range(lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, number * step))
        layout.endLayout()
        return layout

    def _small_font(self, option: QStyleOptionViewItem) -> QFont:
        font = QFont(_font(option))
        font.setPixelSize(self._theme.sizes.small)
        return font


def row_rect(option: QStyleOptionViewItem) -> QRect:
    """Where a row is."""
    return option.rect  # type: ignore[no-any-return]


def _font(option: QStyleOptionViewItem) -> QFont:
    return option.font  # type: ignore[no-any-return]
