"""Choosing a passphrase: for a new profile, or in place of a forgotten one."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.unlock.strength import Strength, strength_of
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.widgets.buttons import primary_button, quiet_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.secret_field import SecretField
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel


class Purpose(Enum):
    """What the passphrase is chosen for."""

    CREATE = "create"
    REPLACE = "replace"


class NewPassphraseView(ReadingColumn):
    """Asks for a passphrase twice and says honestly how good it is.

    Signals:
        submitted: An acceptable passphrase was entered twice; carries it.
        back_requested: No, not now.
    """

    submitted = Signal(str)
    back_requested = Signal()

    def __init__(self, theme: ThemeSwitch, purpose: Purpose, parent: QWidget | None = None) -> None:
        super().__init__(theme, share=0.75, parent=parent)
        self._purpose = purpose
        self.title = PlainLabel("title")
        self.sentence = Paragraph(muted=True)
        self.first = SecretField(theme)
        self.second = SecretField(theme)
        self.hint = PlainLabel("small")
        self.notice = NoticeBar()
        self.submit = primary_button()
        self.back = quiet_button()
        self.first.edited.connect(self._on_edited)
        self.second.edited.connect(self._on_edited)
        self.first.submitted.connect(self._on_first_submitted)
        self.second.submitted.connect(self._on_submitted)
        self.submit.clicked.connect(self._on_submitted)
        self.back.clicked.connect(self.back_requested)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        self.body.addStretch(1)
        for widget in (self.title, self.sentence, self.first, self.hint, self.second):
            self.body.addWidget(widget)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.submit)
        self.body.addLayout(row)
        self.body.addStretch(2)
        self.retranslate()

    def ask(self) -> None:
        """Begin anew."""
        self.clear()
        self.focus()

    def focus(self) -> None:
        """Put the keyboard where the passphrase goes."""
        self.first.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.second.clear()
        self.notice.clear()
        self._on_edited()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.first.set_label(self.tr("Passphrase"))
        self.second.set_label(self.tr("The same once more"))
        if self._purpose is Purpose.CREATE:
            self.title.setText(self.tr("A space of your own"))
            self.sentence.setText(
                self.tr(
                    "Choose a passphrase that only you know: a sentence is better than a word. "
                    "Nobody can look it up or reset it for you, so you will get a recovery code "
                    "next."
                )
            )
            self.submit.setText(self.tr("Make it"))
            self.back.setText(self.tr("Back"))
        else:
            self.title.setText(self.tr("Choose a new passphrase"))
            self.sentence.setText(
                self.tr("The code fits. Your recovery code stays the same, so keep it.")
            )
            self.submit.setText(self.tr("Save and go on"))
            self.back.setText(self.tr("Not now"))
        self._show_hint()

    def _show_hint(self) -> None:
        self.hint.setText(self._hint(strength_of(self.first.text)) if self.first.text else " ")

    def _hint(self, strength: Strength) -> str:
        match strength:
            case Strength.FAIR:
                return self.tr(
                    "Enough against a curious look. Against somebody who takes the file and has "
                    "time, longer is better."
                )
            case Strength.GOOD:
                return self.tr("Good. Guessing it would take very long.")
            case Strength.STRONG:
                return self.tr("Strong. Make sure that you can remember it.")
        return error_text(strength.value)

    def _is_accepted(self) -> bool:
        refused = (Strength.TOO_SHORT, Strength.TOO_COMMON)
        return bool(self.first.text) and strength_of(self.first.text) not in refused

    def _on_edited(self) -> None:
        self.notice.clear()
        self._show_hint()
        self.submit.setEnabled(self._is_accepted() and bool(self.second.text))

    def _on_first_submitted(self) -> None:
        self.second.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_submitted(self) -> None:
        if not self._is_accepted():
            return
        if self.first.text != self.second.text:
            self.notice.say(self.tr("The two are not the same. Type the second one again."))
            self.second.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.second.edit.selectAll()
            return
        self.submitted.emit(self.first.text)
