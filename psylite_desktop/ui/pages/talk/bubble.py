"""Paints messages: the person's words in a bubble, replies on the page like a letter."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QMouseEvent,
    QPainter,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from psylite_desktop.domain.conversation import Role
from psylite_desktop.ui.language import LanguageSwitch
from psylite_desktop.ui.pages.talk.bubble_layout import (
    HEIGHTS,
    BubbleLayout,
    BubbleLayouts,
    BubbleText,
    cut,
)
from psylite_desktop.ui.pages.talk.messages import MessageRole, MessageRow
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID, RADIUS

Index = QModelIndex | QPersistentModelIndex


class BubbleDelegate(QStyledItemDelegate):
    """Draws a `MessageRow` from a kept layout.

    Signals:
        open_requested: "show all" of a long message was clicked; carries its index.
    """

    open_requested = Signal(QModelIndex)

    def __init__(self, theme: ThemeSwitch, language: LanguageSwitch, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._layouts = BubbleLayouts()
        self._sizes: dict[int, tuple[MessageRow, tuple[object, ...], QSize]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the view, as high as the text.

        While a reply is written the view asks for every row each time something is added; only
        that of the reply is another one.
        """
        row = index.data(MessageRole.ROW)
        if not isinstance(row, MessageRow):
            return QSize()
        font = _font(option)
        looks = (_width(option), self._language.current, self._theme.sizes.zoom, font.key())
        known = self._sizes.get(id(row))
        if known is not None and known[0] is row and known[1] == looks:
            return known[2]
        asked = self._asked(option, index)
        if asked is None:
            return QSize()
        size = QSize(asked.width, self._layouts.height(asked, font))
        if not row.streaming:
            if len(self._sizes) >= HEIGHTS:
                self._sizes.clear()
            self._sizes[id(row)] = (row, looks, size)
        return size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint bubble, text, "show all", footer and focus."""
        asked = self._asked(option, index)
        if asked is None:
            return
        layout = self._layouts.layout(asked, _font(option))
        tokens = self._theme.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, _rect(option).top())
        if asked.is_own:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.own_words))
            painter.drawRoundedRect(layout.frame, RADIUS, RADIUS)
        self._paint_text(painter, layout)
        small = QFont(_font(option))
        small.setPixelSize(self._theme.sizes.small)
        painter.setFont(small)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if asked.fold:
            painter.setPen(QColor(tokens.accent))
            painter.drawText(layout.fold, left, asked.fold)
        if asked.footer:
            painter.setPen(QColor(tokens.muted))
            right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(layout.footer, right if asked.is_own else left, asked.footer)
        if _state(option) & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(layout.frame)
            if not asked.is_own:
                ring.adjust(-GRID, -GRID / 2, GRID, GRID / 2)
            painter.drawRoundedRect(ring, RADIUS, RADIUS)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Open a long message when its "show all" is clicked."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            asked = self._asked(option, index)
            if asked is not None and asked.fold:
                place = self._layouts.layout(asked, _font(option)).fold
                top = _rect(option).top()
                if place.translated(0, top).contains(event.position()):
                    self.open_requested.emit(QModelIndex(index))
                    return True
        return super().editorEvent(event, model, option, index)

    def _paint_text(self, painter: QPainter, layout: BubbleLayout) -> None:
        painter.save()
        painter.translate(layout.text.topLeft())
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, QColor(self._theme.tokens.ink))
        context.palette = palette
        layout.document.documentLayout().draw(painter, context)
        painter.restore()

    def _asked(self, option: QStyleOptionViewItem, index: Index) -> BubbleText | None:
        row = index.data(MessageRole.ROW)
        if not isinstance(row, MessageRow):
            return None
        text, is_cut = cut(row.message.text)
        fold = ""
        if is_cut:
            count = QLocale().toString(len(row.message.text))
            fold = self.tr("Show all ({count} characters)").format(count=count)
        footer = "" if row.streaming else str(index.data(MessageRole.FOOTER) or "")
        return BubbleText(
            text=text,
            footer=footer,
            fold=fold,
            is_own=row.message.role is Role.USER,
            width=_width(option),
            lang=self._language.current.value,
            zoom=self._theme.sizes.zoom,
            font_key=_font(option).key(),
        )


def _font(option: QStyleOptionViewItem) -> QFont:
    font: QFont = option.font
    return font


def _rect(option: QStyleOptionViewItem) -> QRectF:
    return QRectF(option.rect)


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    state: QStyle.StateFlag = option.state
    return state


def _width(option: QStyleOptionViewItem) -> int:
    """Width of the view: while rows are measured the option's own rectangle is not set."""
    view = option.widget
    return view.viewport().width() if isinstance(view, QAbstractItemView) else 0
