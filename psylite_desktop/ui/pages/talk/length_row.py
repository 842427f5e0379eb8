"""How long somebody has for a talk, asked before it begins."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from psylite_desktop.services.sitting import MINUTES
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.text import PlainLabel


class LengthRow(QWidget):
    """One of a few lengths; no limit unless chosen otherwise.

    Signals:
        chosen: The person chose a length; carries minutes, 0 for no limit.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = PlainLabel("small", wrap=False)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.buttons: dict[int, QPushButton] = {minutes: quiet_button() for minutes in MINUTES}
        self._group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        row.addStretch(1)
        for minutes, button in self.buttons.items():
            button.setCheckable(True)
            self._group.addButton(button, minutes)
            row.addWidget(button)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID // 2)
        box.addWidget(self.label)
        box.addLayout(row)
        self._group.idClicked.connect(self.chosen)
        self.show_minutes(0)
        self.retranslate()

    def show_minutes(self, minutes: int) -> None:
        """Mark a length without a signal; one that is not offered marks none."""
        self._group.setExclusive(False)
        for offered, button in self.buttons.items():
            button.setChecked(offered == minutes)
        self._group.setExclusive(True)

    def retranslate(self) -> None:
        """Texts in the language of now."""
        question = self.tr("How long do you have?")
        self.label.setText(question)
        for minutes, button in self.buttons.items():
            text = self.tr("{minutes} min").format(minutes=minutes)
            button.setText(text if minutes else self.tr("No limit"))
            button.setAccessibleDescription(question)

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
