"""A long job on screen: what is happening, how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from psylite_desktop.domain.backup import Progress
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.busy import BusyLine
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.text import PlainLabel

_LOOK_MS = 150


class ProgressLine(QWidget):
    """Hidden while nothing runs. The job writes its `Progress`, this looks at it."""

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress: Progress | None = None
        self.busy = BusyLine(theme)
        self.share = PlainLabel("muted", wrap=False)
        self.stop_button = plain_button()
        self.stop_button.clicked.connect(self._on_stop_clicked)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._on_timeout)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.busy, 1)
        row.addWidget(self.share)
        row.addWidget(self.stop_button)
        self.retranslate()
        self.hide()

    @property
    def is_running(self) -> bool:
        """Whether a job is under way."""
        return self._progress is not None

    def start(self, text: str) -> Progress:
        """Say what is happening; the job gets what is returned."""
        self._progress = Progress()
        self.share.setText("")
        self.stop_button.setEnabled(True)
        self.show()
        self.busy.start(text)
        self._timer.start()
        return self._progress

    def finish(self) -> None:
        """The job is over."""
        self._progress = None
        self._timer.stop()
        self.busy.stop()
        self.hide()

    def stop(self) -> None:
        """Ask the job to end; it says itself when it has."""
        if self._progress is not None:
            self._progress.stop()
            self.stop_button.setEnabled(False)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.stop_button.setText(self.tr("Stop"))

    def _on_stop_clicked(self) -> None:
        self.stop()

    def _on_timeout(self) -> None:
        if self._progress is not None and self._progress.total:
            done = 100 * self._progress.done // self._progress.total
            self.share.setText(f"{min(100, done)} %")
