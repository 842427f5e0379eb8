"""Opening one profile with its passphrase."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from psylite_desktop.domain.profile import Profile
from psylite_desktop.ui.pages.unlock.profile_labels import profile_text
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.widgets.buttons import primary_button, quiet_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.secret_field import SecretField
from psylite_desktop.ui.widgets.text import PlainLabel


class PassphraseView(ReadingColumn):
    """Asks for the passphrase.

    Signals:
        submitted: A passphrase was entered; carries it.
        recovery_requested: The passphrase is forgotten; the recovery code shall be used.
        back_requested: Another profile shall be chosen.
    """

    submitted = Signal(str)
    recovery_requested = Signal()
    back_requested = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, share=0.75, parent=parent)
        self._profile: Profile | None = None
        self.title = PlainLabel("title")
        self.passphrase = SecretField(theme)
        self.notice = NoticeBar()
        self.open = primary_button()
        self.recover = quiet_button()
        self.back = quiet_button()
        self.open.clicked.connect(self._on_submitted)
        self.passphrase.submitted.connect(self._on_submitted)
        self.recover.clicked.connect(self.recovery_requested)
        self.back.clicked.connect(self.back_requested)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.recover)
        self.body.addStretch(1)
        self.body.addWidget(self.title)
        self.body.addWidget(self.passphrase)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.open)
        self.body.addLayout(row)
        self.body.addStretch(2)
        self.retranslate()

    def ask(self, profile: Profile) -> None:
        """Begin anew for a profile."""
        self._profile = profile
        self.clear()
        self.retranslate()
        self.focus()

    def focus(self) -> None:
        """Put the keyboard where the passphrase goes, with what is there selected."""
        self.passphrase.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.passphrase.edit.selectAll()

    def clear(self) -> None:
        """Forget what was typed."""
        self.passphrase.clear()
        self.notice.clear()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(profile_text(self._profile.label) if self._profile else "")
        self.passphrase.set_label(self.tr("Passphrase"))
        self.open.setText(self.tr("Open"))
        self.recover.setText(self.tr("I forgot it"))
        self.back.setText(self.tr("Back"))

    def _on_submitted(self) -> None:
        if self.passphrase.text:
            self.notice.clear()
            self.submitted.emit(self.passphrase.text)
