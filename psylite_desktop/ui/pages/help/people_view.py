"""Whom the person can ask: the people of their plan, beside the help lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.services.session import Session
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import PlainLabel

MOST_LINES = 6


class PeopleView(QWidget):
    """Hidden while there is nobody; read anew whenever it is shown."""

    def __init__(self, session: Session | None, parent: QWidget | None = None) -> None:
        """Nobody is shown without a session."""
        super().__init__(parent)
        self._session = session
        self._tasks = VaultTasks(session.vault, self) if session is not None else None
        self.heading = PlainLabel("heading")
        self.people = PlainLabel()
        self.people.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.people.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.card = QFrame()
        self.card.setProperty("role", "card")
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        inside.addWidget(self.heading)
        inside.addWidget(self.people)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.card)
        self.card.hide()
        self.retranslate()

    def show_people(self, text: str) -> None:
        """Show the first few lines."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        self.people.setText("\n".join(lines[:MOST_LINES]))
        self.card.setVisible(bool(lines))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Read whom the plan names now."""
        super().showEvent(event)
        if self._session is not None and self._tasks is not None:
            self._tasks.run(self._session.plan.people, self.show_people, self._on_failed, self)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.heading.setText(self.tr("People I can ask"))

    def _on_failed(self, _error: PsyLiteError) -> None:
        """The help lines need no vault."""
