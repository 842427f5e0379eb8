"""A line that says what happened, with at most one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.text import PlainLabel


class NoticeBar(QFrame):
    """Hidden until there is something to say; screen readers are told once.

    Signals:
        action_requested: The button of the line was pressed.
        expired: The line went away by itself after its time.
    """

    action_requested = Signal()
    expired = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.label = PlainLabel()
        self.action = quiet_button()
        self.action.clicked.connect(self._on_action_clicked)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        row.addWidget(self.label, 1)
        row.addWidget(self.action)
        self.hide()

    def say(self, text: str, *, action: str = "", seconds: int = 0) -> None:
        """Show a sentence; `action` labels the button, `seconds` 0 stays until `clear`."""
        self.label.setText(text)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.show()
        announce(self, text)
        self._timer.stop()
        if seconds:
            self._timer.start(seconds * 1000)

    def clear(self) -> None:
        """Go away without a word."""
        self._timer.stop()
        self.hide()

    def _on_action_clicked(self) -> None:
        self.clear()
        self.action_requested.emit()

    def _on_timeout(self) -> None:
        self.hide()
        self.expired.emit()


def announce(widget: QWidget, text: str) -> None:
    """Tell a screen reader, politely and once."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
