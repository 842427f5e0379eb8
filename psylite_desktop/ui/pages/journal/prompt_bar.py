"""A prompt above the page: taken, changed for another one, or sent away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from psylite_desktop.content.journal_prompts import JournalPrompt
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import Paragraph
from psylite_desktop.ui.widgets.wrap_layout import yield_height


class PromptBar(QFrame):
    """Stands there as long as the page keeps it.

    Signals:
        another_requested: Another one.
        dismissed: None at all.
    """

    another_requested = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.text = Paragraph()
        yield_height(self.text)
        self.another = quiet_button()
        self.none = quiet_button()
        self.prompt_id = ""
        ways = QHBoxLayout()
        ways.setSpacing(0)
        ways.addWidget(self.another)
        ways.addWidget(self.none)
        ways.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, GRID, GRID // 2)
        box.setSpacing(GRID // 2)
        box.addWidget(self.text)
        box.addLayout(ways)
        self.another.clicked.connect(self.another_requested)
        self.none.clicked.connect(self.dismissed)
        self.hide()
        self.retranslate()

    def show_prompt(self, prompt: JournalPrompt, *, is_new: bool = False) -> None:
        """Show a prompt; a new one is said to screen readers."""
        self.prompt_id = prompt.id
        self.text.setText(prompt.text)
        self.text.updateGeometry()
        self.show()
        if is_new:
            announce(self, prompt.text)

    def put_away(self) -> None:
        """Show nothing."""
        self.prompt_id = ""
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.another.setText(self.tr("Another one"))
        self.none.setText(self.tr("No prompt"))
