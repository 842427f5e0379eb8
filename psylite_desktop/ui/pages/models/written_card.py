"""Replies without a language model: what a new user meets, and what anybody can go back to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import primary_button
from psylite_desktop.ui.widgets.text import PlainLabel, joined


class WrittenCard(QFrame):
    """A card with one button.

    Signals:
        use_requested: No model shall write from now on.
    """

    use_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._is_chosen = True
        self.name = PlainLabel("strong")
        self.state = PlainLabel("small")
        self.use = primary_button()
        self.use.clicked.connect(self.use_requested)
        row = QHBoxLayout()
        row.addWidget(self.use)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID)
        box.addWidget(self.name)
        box.addWidget(self.state)
        box.addLayout(row)
        self.show_chosen(is_chosen=True)

    def show_chosen(self, *, is_chosen: bool, is_busy: bool = False) -> None:
        """Say whether they are in use; else they can be chosen, unless something is going on."""
        self._is_chosen = is_chosen
        self.use.setVisible(not is_chosen)
        self.use.setEnabled(not is_busy)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.name.setText(self.tr("Written replies (no model)"))
        about = self.tr(
            "Rules choose among sentences written beforehand, by what you write. They make sense "
            "and take no memory, but they are limited and sometimes miss the point."
        )
        self.state.setText(joined(self.tr("In use."), about) if self._is_chosen else about)
        self.use.setText(self.tr("Use these"))
        self.use.setAccessibleName(f"{self.use.text()}: {self.name.text()}")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
