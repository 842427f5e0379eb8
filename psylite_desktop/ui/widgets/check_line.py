"""A check box whose words may run over several lines."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from psylite_desktop.ui.theme.tokens import RING
from psylite_desktop.ui.widgets.text import PlainLabel


class CheckLine(QWidget):
    """On or off; a click on the words counts.

    Signals:
        switched: The person switched it; carries the new state.
    """

    switched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox()
        self.words = PlainLabel()
        self.words.setBuddy(self.box)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(RING, RING, RING, RING)
        row.setSpacing(2 * RING)  # the ring around the box does not touch the words
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        self.box.clicked.connect(self._on_clicked)

    def set_text(self, text: str) -> None:
        """Say what is switched on and off."""
        self.words.setText(text)
        self.box.setAccessibleName(text)

    def _on_clicked(self) -> None:
        self.switched.emit(self.box.isChecked())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a click on the words as one on the box."""
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self.box.setFocus(Qt.FocusReason.MouseFocusReason)
            self.box.click()
        super().mousePressEvent(event)
