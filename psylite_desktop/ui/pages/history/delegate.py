"""Paints the rows of the history; heights follow the fonts."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from psylite_desktop.ui.pages.history.model import ROW_ROLE, SMALL_ROLE, Index
from psylite_desktop.ui.pages.history.rows import HitRow, is_heading
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID, RADIUS
from psylite_desktop.ui.widgets.marked_text import marked_spans

_SNIPPET_LINES = 2


class HistoryDelegate(QStyledItemDelegate):
    """A title with a small line under it; found words stand out in weight, not only in colour."""

    def __init__(self, theme: ThemeSwitch, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the lines of the row need."""
        row = index.data(ROW_ROLE)
        small = QFontMetrics(self._small_font(option)).lineSpacing()
        if is_heading(row):
            return QSize(0, small + 3 * GRID)
        is_long = isinstance(row, HitRow) and bool(row.found.snippet)
        lines = _SNIPPET_LINES if is_long else 1
        title = QFontMetrics(_font(option)).lineSpacing()
        return QSize(0, title + lines * small + 3 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = index.data(ROW_ROLE)
        if is_heading(row):
            self._paint_heading(painter, option, index)
        else:
            self._paint_background(painter, option)
            self._paint_lines(painter, option, index)
        painter.restore()

    def createEditor(
        self, parent: QWidget | None, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """A line for the title."""
        edit = QLineEdit(parent)
        edit.setAccessibleName(self.tr("Title of the conversation"))
        return edit

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with the title there is."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the new title over."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """The editor takes the row."""
        rect = _rect(option)
        height = min(editor.sizeHint().height(), rect.height())
        editor.setGeometry(QRect(rect.left(), rect.top(), rect.width(), height))

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.setFont(self._small_font(option))
        painter.setPen(QColor(self._theme.tokens.muted))
        rect = _rect(option).adjusted(2 * GRID, 0, -2 * GRID, -GRID // 2)
        place = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, place, str(index.data()))

    def _paint_background(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        state = _state(option)
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
        tokens = self._theme.tokens
        inside = _rect(option).adjusted(2 * GRID, 3 * GRID // 2, -2 * GRID, -3 * GRID // 2)
        metrics = QFontMetrics(_font(option))
        painter.setFont(_font(option))
        painter.setPen(QColor(tokens.ink))
        title = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(QPointF(inside.left(), inside.top() + metrics.ascent()), title)
        painter.setPen(QColor(tokens.muted))
        layout = self._small_lines(option, str(index.data(SMALL_ROLE)), inside.width())
        layout.draw(painter, QPointF(inside.left(), inside.top() + metrics.lineSpacing()))

    def _small_lines(self, option: QStyleOptionViewItem, marked: str, width: int) -> QTextLayout:
        """The small text in at most two lines, with what was found in bold ink."""
        text, spans = marked_spans(marked)
        font = self._small_font(option)
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
        for number in range(_SNIPPET_LINES):
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


def _font(option: QStyleOptionViewItem) -> QFont:
    return option.font  # type: ignore[no-any-return]


def _rect(option: QStyleOptionViewItem) -> QRect:
    return option.rect  # type: ignore[no-any-return]


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    return option.state  # type: ignore[no-any-return]
