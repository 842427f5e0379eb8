"""Something that takes a while: what it is, how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import PlainLabel

_THICK = 6


class WorkingLine(QWidget):
    """Hidden while nothing runs.

    Signals:
        stop_requested: The person wants it to end.
    """

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = PlainLabel()
        self.bar = QProgressBar()
        self.bar.setProperty("role", "thin")
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(_THICK)
        self.stop = plain_button()
        self.stop.clicked.connect(self.stop_requested)
        words = QVBoxLayout()
        words.setSpacing(GRID // 2)
        words.addWidget(self.label)
        words.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID)
        row.addLayout(words, 1)
        row.addWidget(self.stop)
        self.retranslate()
        self.hide()

    def begin(self, text: str) -> None:
        """Say what runs."""
        self.label.setText(text)
        self.bar.setAccessibleName(text)
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.show()
        announce(self, text)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)

    def end(self) -> None:
        """Nothing runs any more."""
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.stop.setText(self.tr("Stop"))
