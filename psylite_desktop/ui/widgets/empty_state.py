"""What a page shows when there is nothing yet: one kind sentence and one action."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.text import PlainLabel


class EmptyState(QWidget):
    """A sentence in the middle of a page.

    Signals:
        action_requested: The one button was pressed.
    """

    action_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = PlainLabel("muted")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.action = plain_button()
        self.action.clicked.connect(self.action_requested)
        box = QVBoxLayout(self)
        box.setSpacing(2 * GRID)
        box.addStretch(2)
        box.addWidget(self.sentence)
        box.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)

    def set_texts(self, sentence: str, action: str) -> None:
        """Set the sentence and the button; an empty `action` shows no button."""
        self.sentence.setText(sentence)
        self.action.setText(action)
        self.action.setVisible(bool(action))
