"""Step three: one person to turn to, kept in the plan; may be left empty."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import primary_button, quiet_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel

LONGEST = 80


class ContactStep(ReadingColumn):
    """Name and number of somebody the person trusts.

    Signals:
        proceed_requested: Done, with or without a name.
        back_requested: Back to step two.
    """

    proceed_requested = Signal()
    back_requested = Signal()

    def __init__(self, theme: ThemeSwitch, *, guest: bool, parent: QWidget | None = None) -> None:
        super().__init__(theme, share=0.95, parent=parent)
        self._guest = guest
        self.title = PlainLabel("title")
        self.intro = Paragraph()
        self.name_label = PlainLabel()
        self.name = QLineEdit()
        self.number_label = PlainLabel()
        self.number = QLineEdit()
        self.note = PlainLabel("small")
        self.proceed = primary_button()
        self.back = quiet_button()
        for label, edit in ((self.name_label, self.name), (self.number_label, self.number)):
            label.setBuddy(edit)
            edit.setMaxLength(LONGEST)
            edit.textChanged.connect(self._show_proceed)
        self.name.returnPressed.connect(self.number.setFocus)
        self.number.returnPressed.connect(self.proceed_requested)
        self.proceed.clicked.connect(self.proceed_requested)
        self.back.clicked.connect(self.back_requested)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        self.body.addStretch(1)
        self.body.addWidget(self.title)
        self.body.addWidget(self.intro)
        self.body.addWidget(self.name_label)
        self.body.addWidget(self.name)
        self.body.addWidget(self.number_label)
        self.body.addWidget(self.number)
        self.body.addWidget(self.note)
        self.body.addSpacing(GRID)
        self.body.addWidget(self.proceed)
        self.body.addLayout(row)
        self.body.addStretch(2)
        self.retranslate()

    @property
    def line(self) -> str:
        """The person as a line of the plan; empty where nothing was written."""
        parts = (" ".join(edit.text().split()) for edit in (self.name, self.number))
        return " · ".join(part for part in parts if part)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Somebody to turn to"))
        self.intro.setText(
            self.tr(
                "Is there one person you could call on a hard day? Help now shows them to you "
                "then. PsyLite never calls or writes to anybody."
            )
        )
        self.name_label.setText(self.tr("Name"))
        self.number_label.setText(self.tr("Number"))
        for label, edit in ((self.name_label, self.name), (self.number_label, self.number)):
            edit.setAccessibleName(label.text())
        self.note.setText(
            self.tr("As a guest you keep it only until you leave.")
            if self._guest
            else self.tr("It stands in your plan, step 4, in your encrypted space.")
        )
        self.back.setText(self.tr("Back"))
        self._show_proceed()

    def _show_proceed(self) -> None:
        self.proceed.setText(self.tr("Begin") if self.line else self.tr("Begin without"))
