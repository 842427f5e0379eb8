"""The quiet line above a conversation: a person can be reached, and how."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from psylite_desktop.domain.crisis import CrisisCard
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.text import PlainLabel

WORDS_SHARE = 0.5
"""Part of the width that the words need at least; else the buttons stand below them."""


class HelpStrip(QFrame):
    """One line with the first number, and buttons for the plan, for the reason, for the card.

    Signals:
        open_requested: Show the card.
        plan_requested: Show the person's plan.
        why_requested: Say why this is here.
    """

    open_requested = Signal()
    plan_requested = Signal()
    why_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._name = ""
        self._number = ""
        self.label = PlainLabel()
        self.why = quiet_button()
        self.why.clicked.connect(self.why_requested)
        self.plan = quiet_button()
        self.plan.clicked.connect(self.plan_requested)
        self.open = quiet_button()
        self.open.clicked.connect(self.open_requested)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(0)
        for button in (self.why, self.plan, self.open):
            self._buttons.addWidget(button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        self._row.setSpacing(GRID)
        self._row.addWidget(self.label, 1)
        self._row.addLayout(self._buttons)
        self._row.setAlignment(self._buttons, Qt.AlignmentFlag.AlignRight)
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
        self.why.setText(self.tr("Why?"))
        self.why.setAccessibleName(self.tr("Why is this here?"))
        self.plan.setText(self.tr("My plan"))
        self.open.setText(self.tr("Show help"))
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons where the words keep their room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.width() - self._buttons.sizeHint().width()
        is_narrow = room < self.width() * WORDS_SHARE
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
