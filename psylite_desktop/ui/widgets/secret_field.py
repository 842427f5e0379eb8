"""A field for a passphrase, with a button that shows what was typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID, RING
from psylite_desktop.ui.widgets.buttons import IconButton
from psylite_desktop.ui.widgets.text import PlainLabel


class SecretField(QWidget):
    """A labelled line for something nobody should read over a shoulder.

    Signals:
        edited: The text was changed by the person.
        submitted: Enter was pressed.
    """

    edited = Signal()
    submitted = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = PlainLabel(wrap=False)
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.textEdited.connect(self._on_text_edited)
        self.edit.returnPressed.connect(self.submitted)
        self.label.setBuddy(self.edit)
        self.reveal = IconButton(theme, "eye")
        self.reveal.setCheckable(True)
        self.reveal.toggled.connect(self._on_reveal_toggled)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.edit, 1)
        row.addWidget(self.reveal)
        box = QVBoxLayout(self)
        box.setContentsMargins(RING, RING, RING, RING)
        box.setSpacing(GRID // 2)
        box.addWidget(self.label)
        box.addLayout(row)
        self.retranslate()

    @property
    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def set_label(self, text: str) -> None:
        """Say what belongs here."""
        self.label.setText(text)
        self.edit.setAccessibleName(text)

    def put(self, text: str) -> None:
        """Fill in a text that stands on the screen anyway, so readable here too."""
        self.reveal.setChecked(True)
        self.edit.setText(text)
        self.edited.emit()

    def clear(self) -> None:
        """Forget what was typed, and hide what comes next."""
        self.edit.clear()
        self.reveal.setChecked(False)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        shown = self.reveal.isChecked()
        self.reveal.set_name(self.tr("Hide what I type") if shown else self.tr("Show what I type"))

    def _on_text_edited(self, _text: str) -> None:
        self.edited.emit()

    def _on_reveal_toggled(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        self.reveal.set_icon("eye_off" if shown else "eye")
        self.retranslate()
