"""Ways from the settings to pages about the person's own data."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

LINKS = {
    "models": QT_TRANSLATE_NOOP("Settings", "Models…"),
    "backup": QT_TRANSLATE_NOOP("Settings", "Backups…"),
    "export": QT_TRANSLATE_NOOP("Settings", "Export…"),
    "bring_in": QT_TRANSLATE_NOOP("Settings", "Bring in…"),
    "calendar": QT_TRANSLATE_NOOP("Settings", "Reminders in my own calendar…"),
    "privacy": QT_TRANSLATE_NOOP("Settings", "Privacy…"),
    "welcome": QT_TRANSLATE_NOOP("Settings", "See the welcome again"),
}
"""Texts by page."""


class LinksCard(QFrame):
    """One button a page.

    Signals:
        page_requested: Carries the id of a page.
    """

    page_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.buttons: dict[str, QPushButton] = {}
        row = WrapLayout()
        for page in LINKS:
            button = plain_button()
            button.clicked.connect(partial(self.page_requested.emit, page))
            row.addWidget(button)
            self.buttons[page] = button
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        box.addLayout(row)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        for page, button in self.buttons.items():
            button.setText(QCoreApplication.translate("Settings", LINKS[page]))
