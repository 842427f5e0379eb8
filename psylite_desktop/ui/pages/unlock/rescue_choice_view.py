"""A space that does not open: what can be done, without changing anything before it is copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.backup import Backup, BackupKind
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.backup.labels import about_text, backup_text
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import (
    CardButton,
    plain_button,
    primary_button,
    quiet_button,
)
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.secret_field import SecretField
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel


class RescueChoiceView(ReadingColumn):
    """Offers backups, newest first, and reading what is left.

    Signals:
        backup_chosen: This backup shall be looked at.
        salvage_requested: What is left shall be read; carries the passphrase.
        mend_requested: The lock of the space shall come from a backup; carries the passphrase.
        back_requested: Back to the list of spaces.
    """

    backup_chosen = Signal(Backup)
    salvage_requested = Signal(str)
    mend_requested = Signal(str)
    back_requested = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, share=0.85, parent=parent)
        self._theme = theme
        self._lang = "en"
        self._code = ""
        self._backups: tuple[Backup, ...] = ()
        self.title = PlainLabel("title")
        self.what = PlainLabel()
        self.sentence = Paragraph(muted=True)
        self.secret = SecretField(theme)
        self.notice = NoticeBar()
        self.mend = primary_button()
        self.heading = PlainLabel("strong")
        self.none = PlainLabel("muted")
        self.cards: list[CardButton] = []
        self._cards = QVBoxLayout()
        self._cards.setSpacing(GRID)
        self.salvage = plain_button()
        self.salvage_note = PlainLabel("small")
        self.back = quiet_button()
        self.body.addStretch(1)
        for widget in (self.title, self.what, self.sentence, self.secret, self.notice, self.mend):
            self.body.addWidget(widget)
        self.body.addWidget(self.heading)
        self.body.addLayout(self._cards)
        for widget in (self.none, self.salvage, self.salvage_note):
            self.body.addWidget(widget)
        self.body.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(2)
        self.mend.clicked.connect(lambda: self._submit(self.mend_requested.emit))
        self.salvage.clicked.connect(lambda: self._submit(self.salvage_requested.emit))
        self.back.clicked.connect(self.back_requested)
        self.retranslate()

    def ask(self, backups: Sequence[Backup], *, code: str, secret: str, lang: str) -> None:
        """Offer these; `code` is what went wrong, `secret` what was typed before."""
        self._backups = tuple(each for each in backups if each.kind is not BackupKind.DAMAGED)
        self._code, self._lang = code, lang
        self.secret.clear()
        self.secret.edit.setText(secret)
        self.secret.setVisible(not secret)
        self.notice.clear()
        for card in self.cards:
            self._cards.removeWidget(card)
            card.deleteLater()
        self.cards = []
        for backup in self._backups:
            card = CardButton(self._theme, "history")
            card.clicked.connect(partial(self.backup_chosen.emit, backup))
            self._cards.addWidget(card)
            self.cards.append(card)
        self.retranslate()
        self.focus()

    def focus(self) -> None:
        """Put the keyboard where it goes on."""
        target: QWidget = self.cards[0] if self.cards else self.salvage
        if self.mend.isVisibleTo(self):
            target = self.mend
        if self.secret.isVisibleTo(self):
            target = self.secret.edit
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget what was typed."""
        self.secret.clear()
        self.notice.clear()

    def ask_secret(self) -> None:
        """The passphrase did not fit: ask for it here."""
        self.secret.setVisible(True)
        self.secret.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.secret.edit.selectAll()

    def know_language(self, lang: str) -> None:
        """Write dates in another language."""
        self._lang = lang
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("What can be done"))
        self.what.setText(error_text(self._code) if self._code else "")
        self.what.setVisible(bool(self._code))
        self.sentence.setText(
            self.tr(
                "Take your time: nothing here is deleted, and nothing is put in the place of this "
                "space before a copy of it was made."
            )
        )
        self.secret.set_label(self.tr("Passphrase of this space"))
        self.mend.setText(self.tr("Bring back the lock from a backup"))
        is_header = self._code == "vault_header_damaged"
        self.mend.setVisible(is_header and bool(self._backups))
        self.heading.setText(self.tr("Bring back a backup"))
        self.heading.setVisible(bool(self._backups))
        self.none.setText(
            self.tr(
                "There is no backup of this space on this computer. If you saved a .psyvault file "
                "somewhere, bring it back from the list of spaces."
            )
        )
        self.none.setVisible(not self._backups)
        for card, backup in zip(self.cards, self._backups, strict=True):
            day, about = backup_text(backup, self._lang), about_text(backup)
            card.setText(f"{day}\n{about}")
            name = self.tr("Bring back the backup of {day}").format(day=day)
            card.setAccessibleName(f"{name}, {about}")
        self.salvage.setText(self.tr("Try to read what is left"))
        self.salvage_note.setText(
            self.tr(
                "Everything that can still be read goes into a new space beside this one. You see "
                "a list of what was found and what was not."
            )
        )
        self.salvage.setAccessibleDescription(self.salvage_note.text())
        self.back.setText(self.tr("Back"))

    def _submit(self, ask: Callable[[str], None]) -> None:
        self.notice.clear()
        if self.secret.text:
            ask(self.secret.text)
        else:
            self.ask_secret()
