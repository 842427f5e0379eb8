"""How one message is laid out: text documents and their places, kept for reuse."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from psylite_desktop.services.prompting import language_of
from psylite_desktop.ui.pages.talk.plain_text import folded
from psylite_desktop.ui.theme.tokens import GRID, LINE_HEIGHT, Sizes

DOCUMENTS = 64
"""Laid-out documents that are kept: a few screens full."""
HEIGHTS = 4_096
LATIN_COLUMN = 72
"""Characters of the widest line of Latin text."""
OWN_SHARE = 0.85
"""The person's words take at most this share of the column, so that sides are told apart."""
WAITING = "…"


@dataclass(frozen=True, slots=True)
class BubbleText:
    """What decides a layout: everything but colours."""

    text: str
    footer: str
    fold: str
    is_own: bool
    width: int
    lang: str
    zoom: int
    font_key: str


@dataclass(frozen=True, slots=True)
class BubbleLayout:
    """Places inside a row, from its top left corner; `fold` and `footer` may be empty."""

    document: QTextDocument
    frame: QRectF
    text: QRectF
    fold: QRectF
    footer: QRectF
    height: int


class BubbleLayouts:
    """Makes layouts and keeps the ones used last; heights of rows are kept much longer."""

    def __init__(self) -> None:
        self._layouts: OrderedDict[BubbleText, BubbleLayout] = OrderedDict()
        self._heights: OrderedDict[BubbleText, int] = OrderedDict()

    def height(self, asked: BubbleText, font: QFont) -> int:
        """Height of a row in pixels."""
        if asked not in self._heights:
            self._heights[asked] = self.layout(asked, font).height
            while len(self._heights) > HEIGHTS:
                self._heights.popitem(last=False)
        return self._heights[asked]

    def layout(self, asked: BubbleText, font: QFont) -> BubbleLayout:
        """The layout of a row."""
        if asked in self._layouts:
            self._layouts.move_to_end(asked)
            return self._layouts[asked]
        made = self._layouts[asked] = _lay_out(asked, font)
        while len(self._layouts) > DOCUMENTS:
            self._layouts.popitem(last=False)
        return made


def column_width(width: int, font: QFont, lang: str, sizes: Sizes) -> int:
    """Width of the centred column: 40 Chinese or 72 Latin characters, or what the view has."""
    wanted: float = sizes.column
    if lang != "zh":
        wanted = min(wanted, QFontMetricsF(font).averageCharWidth() * LATIN_COLUMN)
    return max(GRID * 10, min(int(wanted), width - 4 * GRID))


def cut(text: str) -> tuple[str, bool]:
    """The text of a row as painted, and whether there is more of it."""
    return folded(text or WAITING)


def _lay_out(asked: BubbleText, font: QFont) -> BubbleLayout:
    sizes = Sizes(asked.zoom)
    lang = language_of(asked.text, asked.lang)
    column = column_width(asked.width, font, asked.lang, sizes)
    left = (asked.width - column) / 2
    pad_x, pad_y = (sizes.px(14), sizes.px(9)) if asked.is_own else (0, 0)
    room = column * OWN_SHARE - 2 * pad_x if asked.is_own else column
    room = min(room, column_width(asked.width, font, lang, sizes))
    document = _document(asked.text, font, round(sizes.text * LINE_HEIGHT[lang]))
    document.setTextWidth(room)
    if asked.is_own:
        room = document.idealWidth() + 1
        document.setTextWidth(room)
    small = QFont(font)
    small.setPixelSize(sizes.small)
    line = QFontMetricsF(small).height() * 1.2
    text_height = document.size().height()
    fold_height = line if asked.fold else 0.0
    frame_width = room + 2 * pad_x
    frame_left = left + column - frame_width if asked.is_own else left
    top = float(GRID)
    frame = QRectF(frame_left, top, frame_width, text_height + fold_height + 2 * pad_y)
    text = QRectF(frame_left + pad_x, top + pad_y, room, text_height)
    fold = QRectF(text.left(), text.bottom(), room, fold_height)
    # Over the whole column: words of one's own may be shorter than what stands below them.
    footer = QRectF(left, frame.bottom() + 2, column, line if asked.footer else 0.0)
    return BubbleLayout(document, frame, text, fold, footer, int(footer.bottom()) + GRID)


def _document(text: str, font: QFont, line_height: int) -> QTextDocument:
    """A plain document: words of a model are never read as markup."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    block = QTextBlockFormat()
    fixed = QTextBlockFormat.LineHeightTypes.FixedHeight
    block.setLineHeight(line_height, fixed.value)
    cursor = QTextCursor(document)
    cursor.setBlockFormat(block)
    cursor.insertText(text)
    return document
