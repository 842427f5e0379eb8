"""Step one: the language, and what PsyLite is and is not."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import primary_button, quiet_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel


class AboutStep(ReadingColumn):
    """Four plain lines.

    Signals:
        language_chosen: A `Language` was picked.
        proceed_requested: Read; what comes next?
        skip_requested: Nothing more is to be asked now.
    """

    language_chosen = Signal(Language)
    proceed_requested = Signal()
    skip_requested = Signal()

    def __init__(
        self, theme: ThemeSwitch, language: Language, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, share=0.95, parent=parent)
        self.title = PlainLabel("title")
        self.languages = {
            Language.ZH: QRadioButton("中文"),
            Language.EN: QRadioButton("English"),
        }
        self.lines = [Paragraph() for _ in range(4)]
        self.proceed = primary_button()
        self.skip = quiet_button()
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        for known, button in self.languages.items():
            group.addButton(button)
            button.setChecked(known is language)
            row.addWidget(button)
            button.clicked.connect(partial(self._on_language_clicked, known))
        row.addStretch(1)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        inside.setSpacing(2 * GRID)
        for line in self.lines:
            inside.addWidget(line)
        self.proceed.clicked.connect(self.proceed_requested)
        self.skip.clicked.connect(self.skip_requested)
        self.body.addStretch(1)
        self.body.addWidget(self.title)
        self.body.addLayout(row)
        self.body.addWidget(card)
        self.body.addWidget(self.proceed)
        self.body.addWidget(self.skip, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(2)
        self.retranslate()

    def _on_language_clicked(self, language: Language) -> None:
        self.language_chosen.emit(language)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Before you begin"))
        texts = (
            self.tr(
                "PsyLite is a program on this computer. It is not a person, and it does not "
                "replace a counselor or a doctor."
            ),
            self.tr("It can be wrong and it can misread you. Tell it when it does."),
            self.tr(
                "It works without the internet: nobody reads along, and it cannot tell or call "
                "anybody for you."
            ),
            self.tr(
                "When it is urgent, a person is better. Help now, or the key F1, shows who to "
                "call, at any time."
            ),
        )
        for line, text in zip(self.lines, texts, strict=True):
            line.setText(text)
        self.proceed.setText(self.tr("Go on"))
        self.skip.setText(self.tr("Skip the questions"))
