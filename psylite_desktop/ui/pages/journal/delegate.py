"""Paints the rows of the list of pages; heights follow the fonts."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from psylite_desktop.ui.pages.journal.rows import ROW_ROLE, SMALL_ROLE, FoundRow, Index, MonthRow
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID, RADIUS
from psylite_desktop.ui.widgets.marked_text import marked_spans


class EntryDelegate(QStyledItemDelegate):
    """A first line with small lines under it; found words stand out in weight as well."""

    def __init__(self, theme: ThemeSwitch, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the lines of the row need."""
        small = QFontMetrics(self._small_font(option)).lineSpacing()
        row = index.data(ROW_ROLE)
        if isinstance(row, MonthRow):
            return QSize(0, small + 3 * GRID)
        return QSize(0, QFontMetrics(_font(option)).lineSpacing() + _lines(row) * small + 3 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(index.data(ROW_ROLE), MonthRow):
            self._paint_month(painter, option, index)
        else:
            self._paint_background(painter, option)
            self._paint_lines(painter, option, index)
        painter.restore()

    def _paint_month(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.setFont(self._small_font(option))
        painter.setPen(QColor(self._theme.tokens.muted))
        place = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        inside = _rect(option).adjusted(2 * GRID, 0, -2 * GRID, -GRID // 2)
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
            rect = QRectF(_rect(option)).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(rect, RADIUS, RADIUS)

    def _paint_lines(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        inside = _rect(option).adjusted(2 * GRID, 3 * GRID // 2, -2 * GRID, -3 * GRID // 2)
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
        lines = _lines(index.data(ROW_ROLE))
        if lines == 1:
            elide = Qt.TextElideMode.ElideRight
            text = QFontMetrics(font).elidedText(text, elide, width)
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


def _lines(row: object) -> int:
    return 2 if isinstance(row, FoundRow) else 1


def _font(option: QStyleOptionViewItem) -> QFont:
    return option.font  # type: ignore[no-any-return]


def _rect(option: QStyleOptionViewItem) -> QRect:
    return option.rect  # type: ignore[no-any-return]
