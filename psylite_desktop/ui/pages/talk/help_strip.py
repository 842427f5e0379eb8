"""The quiet line above a conversation: a person can be reached, and how."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from psylite_desktop.domain.crisis import CrisisCard
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.text import PlainLabel


class HelpStrip(QFrame):
    """One line with the first number, and a button that opens the whole card.

    Signals:
        open_requested: Show the card.
    """

    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._name = ""
        self._number = ""
        self.label = PlainLabel()
        self.open = quiet_button()
        self.open.clicked.connect(self.open_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID)
        row.addWidget(self.label, 1)
        row.addWidget(self.open)
        self.retranslate()

    def show_card(self, card: CrisisCard) -> None:
        """Name the first line of a card."""
        line = card.lines[0] if card.lines else card.emergency
        self._name = line.name.get(card.lang, "") if line is not None else ""
        self._number = line.number if line is not None else ""
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        if self._number:
            said = self.tr("You can talk to a person: {number} ({name})")
            self.label.setText(said.format(number=self._number, name=self._name))
        else:
            self.label.setText(self.tr("You can talk to a person."))
        self.open.setText(self.tr("Show help"))

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
