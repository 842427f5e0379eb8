"""An answer to choose: its key, and its words on as many lines as they need."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import PlainLabel


class ChoiceButton(QPushButton):
    """Stays pressed while it is the answer. QPushButton alone breaks no lines."""

    def __init__(self, key: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{key} {text}")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        number = PlainLabel("strong", wrap=False)
        number.setText(key)
        words = PlainLabel()
        words.setText(text)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self._row.setSpacing(2 * GRID)
        self._row.addWidget(number)
        self._row.addWidget(words, 1)
        for label in (number, words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As the words need it."""
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Narrow is fine; the height follows."""
        return self._row.minimumSize()

    def hasHeightForWidth(self) -> bool:
        """Lines break where the width ends."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines in `width` pixels."""
        return self._row.heightForWidth(width)
