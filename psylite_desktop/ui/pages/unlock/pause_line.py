"""The pause after wrong passphrases: counted down calmly, and over by itself."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import PlainLabel

_TICK_MS = 200


class PauseLine(PlainLabel):
    """Says how long the next try has to wait, and keeps a button off until then.

    Signals:
        ended: The next try may come.
    """

    ended = Signal()

    def __init__(self, button: QPushButton, parent: QWidget | None = None) -> None:
        super().__init__("muted", parent=parent)
        self._button = button
        self._ends_at = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_timeout)
        self.hide()

    @property
    def is_running(self) -> bool:
        """Whether the next try has to wait."""
        return self._timer.isActive()

    def start(self, seconds: float) -> None:
        """Wait that long from now; 0 ends a pause."""
        self._ends_at = time.monotonic() + seconds
        is_waiting = seconds > 0
        self._button.setEnabled(not is_waiting)
        self.setVisible(is_waiting)
        if is_waiting:
            self._timer.start()
            self._show_left()
            announce(self, self.text())  # once: a number read out each second would be a nuisance
        else:
            self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange and self.is_running:
            self._show_left()
        super().changeEvent(event)

    def _show_left(self) -> None:
        left = max(1, math.ceil(self._ends_at - time.monotonic()))
        self.setText(
            self.tr("A short pause after wrong ones. You can try again in {count} s.").format(
                count=left
            )
        )

    def _on_timeout(self) -> None:
        if time.monotonic() >= self._ends_at:
            self.start(0)
            self.ended.emit()
        else:
            self._show_left()
