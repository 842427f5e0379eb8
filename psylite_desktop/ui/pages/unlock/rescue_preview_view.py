"""A look into a backup or a .psyvault file before anything is replaced by it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.backup import Contents
from psylite_desktop.ui.pages.backup.labels import backup_text, contents_text
from psylite_desktop.ui.pages.backup.rescue_order import RescueOrder
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.widgets.buttons import plain_button, primary_button, quiet_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.notice import NoticeBar, announce
from psylite_desktop.ui.widgets.secret_field import SecretField
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel


class RescuePreviewView(ReadingColumn):
    """Asks for the passphrase, shows what is inside, then asks what shall become of it.

    Signals:
        look_requested: What is inside shall be counted; carries the passphrase.
        replace_requested: It shall take the place of the space; carries the passphrase.
        add_requested: It shall become a space of its own; carries the passphrase.
        back_requested: Not this one.
    """

    look_requested = Signal(str)
    replace_requested = Signal(str)
    add_requested = Signal(str)
    back_requested = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, share=0.75, parent=parent)
        self._order = RescueOrder()
        self._lang = "en"
        self._contents: Contents | None = None
        self.title = PlainLabel("title")
        self.name = PlainLabel("strong")
        self.secret = SecretField(theme)
        self.notice = NoticeBar()
        self.look = primary_button()
        self.inside = Paragraph()
        self.replace = primary_button()
        self.replace_note = PlainLabel("small")
        self.add = plain_button()
        self.back = quiet_button()
        self.body.addStretch(1)
        for widget in (
            self.title,
            self.name,
            self.secret,
            self.notice,
            self.look,
            self.inside,
            self.replace,
            self.replace_note,
            self.add,
        ):
            self.body.addWidget(widget)
        self.body.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(2)
        self.look.clicked.connect(self._on_look_clicked)
        self.secret.submitted.connect(self._on_look_clicked)
        self.secret.edited.connect(self._on_edited)
        self.replace.clicked.connect(lambda: self.replace_requested.emit(self.secret.text))
        self.add.clicked.connect(lambda: self.add_requested.emit(self.secret.text))
        self.back.clicked.connect(self.back_requested)
        self.retranslate()

    def ask(self, order: RescueOrder, *, secret: str, lang: str) -> None:
        """Begin with a backup or a file."""
        self._order, self._lang, self._contents = order, lang, None
        self.clear()
        self.secret.edit.setText(secret)
        self.retranslate()
        self.secret.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_contents(self, contents: Contents) -> None:
        """Say what is inside and offer what can be done with it."""
        self._contents = contents
        self.retranslate()
        announce(self, self.inside.text())
        target = self.replace if self._can_replace else self.add
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_own_space_only(self) -> None:
        """It cannot take the place of the space; it can stand beside it."""
        if self._contents is not None:
            self._order = RescueOrder(file=self._order.file, backup=self._order.backup)
            self.retranslate()
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_secret(self) -> None:
        """The passphrase did not fit."""
        self.secret.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.secret.edit.selectAll()

    def clear(self) -> None:
        """Forget what was typed."""
        self.secret.clear()
        self.notice.clear()
        self._contents = None

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
        order = self._order
        has_looked = self._contents is not None
        self.title.setText(self.tr("Look before you decide"))
        if order.backup is not None:
            day = backup_text(order.backup, self._lang)
            self.name.setText(self.tr("Backup of {day}").format(day=day))
        else:
            self.name.setText(order.file.name if order.file is not None else "")
        self.secret.set_label(
            self.tr("Passphrase of the file or its space")
            if order.file is not None
            else self.tr("Passphrase of this space")
        )
        self.look.setText(self.tr("Look inside"))
        self.look.setVisible(not has_looked)
        if self._contents is not None:
            self.inside.setText(contents_text(self._contents, self._lang))
        self.inside.setVisible(has_looked)
        self.replace.setText(self.tr("Put it in the place of the space"))
        self.replace_note.setText(
            self.tr("What stands there now is copied first and stays among the backups.")
        )
        self.replace.setAccessibleDescription(self.replace_note.text())
        for widget in (self.replace, self.replace_note):
            widget.setVisible(self._can_replace)
        self.add.setText(self.tr("Make it a space of its own"))
        self.add.setVisible(has_looked)
        self.back.setText(self.tr("Back"))

    @property
    def _can_replace(self) -> bool:
        contents = self._contents
        return (
            contents is not None
            and self._order.profile is not None
            and (contents.opens_with == "now" or bool(self._order.code))
        )

    def _on_look_clicked(self) -> None:
        self.notice.clear()
        if self.secret.text:
            self.look_requested.emit(self.secret.text)
        else:
            self.ask_secret()

    def _on_edited(self) -> None:
        """Another passphrase: what was seen may not be what it opens."""
        self.notice.clear()
        if self._contents is not None:
            self._contents = None
            self.retranslate()
