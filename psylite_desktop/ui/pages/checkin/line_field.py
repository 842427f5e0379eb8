"""A field for one line that keeps Enter to itself while an input method is at work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit


class LineField(QLineEdit):
    """Enter in the middle of a word belongs to the input method, not to the form."""

    def __init__(self, longest: int) -> None:
        """`longest` is the number of characters that it takes."""
        super().__init__()
        self.setMaxLength(longest)
        self._is_composing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go on to the form unless a word is being composed."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self._is_composing:
            event.accept()
        elif is_enter:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether an input method is at work."""
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)
