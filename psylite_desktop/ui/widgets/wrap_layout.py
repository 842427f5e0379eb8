"""Rows and paragraphs that are as high as their width makes them, and no higher."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from psylite_desktop.ui.theme.tokens import GRID


class WrapLayout(QLayout):
    """Lays widgets out like words of a text, those of a line on one middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(GRID)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item in; Qt calls this."""
        self._items.append(item)

    def count(self) -> int:
        """Number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place; None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove an item and return it; None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines in `width` pixels."""
        return self._lay_out(QRect(0, 0, width, 0), is_real=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put the widgets in their places."""
        super().setGeometry(rect)
        self._lay_out(rect, is_real=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """As wide as the widest widget."""
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        margins: QMargins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _lay_out(self, rect: QRect, *, is_real: bool) -> int:
        inner = rect.marginsRemoved(self.contentsMargins())
        x, y, line = inner.x(), inner.y(), 0
        placed: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            width = min(size.width(), inner.width())
            if x > inner.x() and x + width > inner.x() + inner.width():
                _place(placed, line, is_real=is_real)
                x, y, line, placed = inner.x(), y + line + self.spacing(), 0, []
            placed.append((item, QRect(x, y, width, size.height())))
            x += width + self.spacing()
            line = max(line, size.height())
        _place(placed, line, is_real=is_real)
        return y + line - rect.y() + self.contentsMargins().bottom()


def _place(line: list[tuple[QLayoutItem, QRect]], height: int, *, is_real: bool) -> None:
    """Put the widgets of one line where they belong."""
    if is_real:
        for item, rect in line:
            item.setGeometry(rect.translated(0, (height - rect.height()) // 2))


def yield_height(paragraph: QWidget) -> None:
    """Let a paragraph be as low as its width allows, not as high as it would like at first."""
    policy = paragraph.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
    paragraph.setSizePolicy(policy)
