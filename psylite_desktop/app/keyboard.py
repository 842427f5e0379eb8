"""Key presses for programs that drive the window themselves."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


def press(widget: QWidget, key: Qt.Key, text: str = "") -> None:
    """Press a key and let it go, as the window system would tell it."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        QCoreApplication.sendEvent(widget, event)


def type_into(widget: QWidget, text: str) -> None:
    """Type a text, letter by letter."""
    for letter in text:
        press(widget, Qt.Key.Key_unknown, letter)
