"""Carrying a space away: the passphrase of now, perhaps another one for the file, and a place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.storage.passphrase import check_passphrase
from psylite_desktop.storage.psyvault import ENDING
from psylite_desktop.ui.dialogs.file_words import name_parts
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, quiet_button
from psylite_desktop.ui.widgets.check_line import CheckLine
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.secret_field import SecretField
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

FILE_NAME = f"PsyLite{ENDING}"


class ExportForm(QFrame):
    """Asks for what an export needs.

    Signals:
        export_requested: Passphrase of now, one for the file (empty: the same), and the file.
        closed: Not now.
    """

    export_requested = Signal(str, str, Path)
    closed = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.title = PlainLabel("strong")
        self.sentence = PlainLabel("muted")
        self.secret = SecretField(theme)
        self.other = CheckLine()
        self.first = SecretField(theme)
        self.second = SecretField(theme)
        self.notice = NoticeBar()
        self.proceed = plain_button()
        self.cancel = quiet_button()
        row = WrapLayout()
        row.addWidget(self.proceed)
        row.addWidget(self.cancel)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID)
        for widget in (
            self.title,
            self.sentence,
            self.secret,
            self.other,
            self.first,
            self.second,
            self.notice,
        ):
            box.addWidget(widget)
        box.addLayout(row)
        self.other.switched.connect(self._on_switched)
        self.proceed.clicked.connect(self._on_proceed_clicked)
        self.cancel.clicked.connect(self.closed)
        for field in (self.secret, self.first, self.second):
            field.submitted.connect(self._on_proceed_clicked)
            field.edited.connect(self.notice.clear)
        self.retranslate()
        self.begin()

    def begin(self) -> None:
        """Empty, as at first."""
        for field in (self.secret, self.first, self.second):
            field.clear()
        self.other.box.setChecked(False)
        self._on_switched(False)
        self.notice.clear()

    def focus(self) -> None:
        """Put the keyboard where it begins."""
        self.secret.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, error: PsyLiteError) -> None:
        """What went wrong, beside what was asked for."""
        self.notice.say(error_text(error))
        if error.code == "vault_wrong_passphrase":
            self.focus()
            self.secret.edit.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.title.setText(self.tr("Everything in one encrypted file"))
        self.sentence.setText(
            self.tr(
                "It holds everything in this space, as safely locked as here. Take it to another "
                "computer or keep it on a stick. PsyLite opens it there."
            )
        )
        self.secret.set_label(self.tr("Your passphrase"))
        self.other.set_text(self.tr("Another passphrase for the file"))
        self.first.set_label(self.tr("Passphrase of the file"))
        self.second.set_label(self.tr("The same once more"))
        self.proceed.setText(self.tr("Choose a place and save"))
        self.cancel.setText(self.tr("Not now"))

    def use_file(self, path: Path) -> None:
        """Save there; the ending is added where it is missing."""
        if path.suffix.lower() != ENDING:
            path = path.with_name(path.name + ENDING)
        own = self.first.text if self.other.box.isChecked() else ""
        self.export_requested.emit(self.secret.text, own, path)

    def _is_ready(self) -> bool:
        if not self.secret.text:
            self.focus()
            return False
        if not self.other.box.isChecked():
            return True
        try:
            check_passphrase(self.first.text)
        except PsyLiteError as error:
            self.notice.say(error_text(error))
            self.first.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if self.first.text != self.second.text:
            self.notice.say(self.tr("The two are not the same. Type the second one again."))
            self.second.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.second.edit.selectAll()
            return False
        return True

    def _on_switched(self, is_on: bool) -> None:
        for field in (self.first, self.second):
            field.setVisible(is_on)
        self.notice.clear()

    def _on_proceed_clicked(self) -> None:
        if not self._is_ready():
            return
        dialog = name_parts(QFileDialog(self, self.tr("Save the encrypted file")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Encrypted spaces (*.psyvault)")])
        dialog.selectFile(FILE_NAME)
        dialog.fileSelected.connect(lambda file: self.use_file(Path(file)))
        dialog.open()
