"""A text to somebody the person trusts: ready to send, theirs to change."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from psylite_desktop.ui.clipboard import copy_privately
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

LINES = 4
MOST_PEOPLE = 3


class TrustedMessageForm(QWidget):
    """An editor with a copy button. Nothing is sent from here: the app is offline.

    Signals:
        shown: It came into view.
    """

    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered = ""
        self._people = ""
        self.hint = PlainLabel()
        self.people = PlainLabel("strong")
        self.people.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.people.hide()
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.copy = plain_button()
        self.copy.clicked.connect(self._on_copy_clicked)
        row = WrapLayout()
        row.addWidget(self.copy)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self.hint)
        box.addWidget(self.people)
        box.addWidget(self.text)
        box.addLayout(row)
        self.retranslate()

    def offer(self, text: str) -> None:
        """Offer a text; one that was already changed by the person stays."""
        if self.text.toPlainText() in ("", self._offered):
            self.text.setPlainText(text)
        self._offered = text

    def show_people(self, people: str) -> None:
        """Show whom the plan names; nothing where it names nobody."""
        lines = [line.strip() for line in people.splitlines() if line.strip()]
        self._people = "\n".join(lines[:MOST_PEOPLE])
        self.people.setVisible(bool(self._people))
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Say so."""
        super().showEvent(event)
        self.shown.emit()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.people.setText(self.tr("From your plan: {people}").format(people=self._people))
        self.hint.setText(
            self.tr("Change it as you like, copy it, and send it from your phone or computer.")
        )
        self.text.setAccessibleName(self.tr("Message to someone I trust"))
        self.copy.setText(self.tr("Copy the message"))
        self.text.setFixedHeight(self.fontMetrics().lineSpacing() * LINES + 3 * GRID)

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self.retranslate()

    @Slot()
    def _on_copy_clicked(self) -> None:
        copy_privately(self.text.toPlainText())
        self.copy.setText(self.tr("Copied"))
        announce(self, self.tr("Copied"))
