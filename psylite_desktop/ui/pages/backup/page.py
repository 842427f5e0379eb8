"""Backups of this space: the list, one now, one to carry away, and the way back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from psylite_desktop.domain.backup import Backup, Contents
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.dialogs.file_words import name_parts
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.backup.backup_card import BackupCard
from psylite_desktop.ui.pages.backup.export_form import ExportForm
from psylite_desktop.ui.pages.backup.progress_line import ProgressLine
from psylite_desktop.ui.pages.backup.rescue_order import RescueOrder
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.back_button import BackButton
from psylite_desktop.ui.widgets.buttons import plain_button, primary_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.empty_state import EmptyState
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout


class BackupPage(QWidget):
    """Slow work runs beside the window. Bringing back locks first: see `rescue_requested`.

    Signals:
        back_requested: The page that led here shall be shown.
        rescue_requested: Something shall come back; carries a `RescueOrder`.
    """

    back_requested = Signal()
    rescue_requested = Signal(RescueOrder)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = context.app
        self._service = context.session.backups
        self._is_guest = self._service.profile is None
        self._backups: list[Backup] = []
        self._is_loaded = False
        self.back = BackButton(context.app.theme)
        self.title = PlainLabel("title")
        self.intro = Paragraph()
        self.make = primary_button()
        self.carry = plain_button()
        self.bring = plain_button()
        self.progress = ProgressLine(context.app.theme)
        self.notice = NoticeBar()
        self.form = ExportForm(context.app.theme)
        self.form.hide()
        self.heading = PlainLabel("heading")
        self.cards: list[BackupCard] = []
        self._cards = QVBoxLayout()
        self._cards.setSpacing(GRID)
        self.empty = EmptyState()
        self._lay_out()
        self._connect()
        self.retranslate()

    def reload(self) -> None:
        """Look again which backups there are."""
        self._app.engine.run(self._service.backups, self._on_listed, self._on_failed, self)

    def leave(self) -> None:
        """Stop what runs; nothing half-made stays."""
        self.progress.stop()
        self.form.begin()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was made meanwhile."""
        super().showEvent(event)
        self.reload()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.title.setText(self.tr("Backups"))
        self.intro.setText(
            self.tr("You are here as a guest: nothing is kept, so there is nothing to back up.")
            if self._is_guest
            else self.tr(
                "Once a day a copy is made, read back and checked: the last seven days and four "
                "weeks before them are kept. Copies are as encrypted as the space itself and stay "
                "on this computer. A copy on a stick helps when this computer is gone."
            )
        )
        self.make.setText(self.tr("Make one now"))
        self.carry.setText(self.tr("Save to a file"))
        self.bring.setText(self.tr("Bring back a .psyvault file"))
        self.heading.setText(self.tr("What is there"))
        self.empty.set_texts(
            self.tr("There is no backup yet. The first one is made by itself soon."),
            self.tr("Make one now"),
        )
        for card in self.cards:
            card.know_language(self._lang)
        self._show()

    # -- what is shown

    @property
    def _lang(self) -> str:
        return self._app.language.current.value

    def _on_listed(self, backups: list[Backup]) -> None:
        self._is_loaded = True
        if backups != self._backups:
            self._backups = backups
            self._fill()
        self._show()

    def _fill(self) -> None:
        for card in self.cards:
            self._cards.removeWidget(card)
            card.deleteLater()
        self.cards = []
        for backup in self._backups:
            card = BackupCard(backup, self._lang)
            card.look_requested.connect(self._on_look_requested)
            card.restore_requested.connect(self._on_restore_requested)
            self._cards.addWidget(card)
            self.cards.append(card)

    def _show(self) -> None:
        is_free = not self.progress.is_running
        for button in (self.make, self.carry, self.bring):
            button.setVisible(not self._is_guest)
            button.setEnabled(is_free)
        self.form.setEnabled(is_free)
        for card in self.cards:
            card.setEnabled(is_free)
        self.heading.setVisible(bool(self.cards))
        self.empty.setVisible(self._is_loaded and not self.cards and not self._is_guest)

    # -- what the person does

    def _on_make_clicked(self) -> None:
        self.notice.clear()
        progress = self.progress.start(self.tr("Copying and checking…"))
        self._show()
        work = partial(self._service.make, progress)
        self._app.engine.run(work, self._on_made, self._on_failed, self)

    def _on_made(self, _made: Backup) -> None:
        self._finish()
        self.notice.say(self.tr("A backup was made and checked."))
        self.make.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reload()

    def _on_carry_clicked(self) -> None:
        self.notice.clear()
        self.form.begin()
        self.form.show()
        self.form.focus()

    def _on_form_closed(self) -> None:
        self.form.begin()
        self.form.hide()
        self.carry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_export_requested(self, secret: str, own: str, path: Path) -> None:
        self.notice.clear()
        progress = self.progress.start(self.tr("Writing the file and reading it back…"))
        self._show()

        def work() -> None:
            self._service.export(path, secret, own=own or None, progress=progress)

        self._app.engine.run(work, self._on_exported, self._on_export_failed, self)

    def _on_exported(self, _nothing: None) -> None:
        self._finish()
        self._on_form_closed()
        self.notice.say(
            self.tr("The file is written and checked. Keep it apart from this computer.")
        )

    def _on_export_failed(self, error: PsyLiteError) -> None:
        self._finish()
        self.form.say(error)

    def _on_bring_clicked(self) -> None:
        dialog = name_parts(QFileDialog(self, self.tr("Choose a .psyvault file")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Encrypted spaces (*.psyvault)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda file: self.use_file(Path(file)))
        dialog.open()

    def use_file(self, path: Path) -> None:
        """Bring a file back: the space is locked first, so that nothing is written meanwhile."""
        self.rescue_requested.emit(RescueOrder(profile=self._service.profile, file=path))

    def _on_look_requested(self, backup: Backup) -> None:
        self.notice.clear()
        self._app.engine.run(
            partial(self._service.contents, backup),
            partial(self._on_looked, backup),
            self._on_failed,
            self,
        )

    def _on_looked(self, backup: Backup, contents: Contents) -> None:
        for card in self.cards:
            if card.backup == backup:
                card.show_contents(contents)

    def _on_restore_requested(self, backup: Backup) -> None:
        self.rescue_requested.emit(RescueOrder(profile=self._service.profile, backup=backup))

    def _on_failed(self, error: PsyLiteError) -> None:
        self._finish()
        if error.code == "vault_damaged":
            self.notice.say(
                self.tr(
                    "A part of this space, or of this backup, cannot be read. What was there "
                    "before is untouched."
                ),
                action="" if self._is_guest else self.tr("What can be done"),
            )
        else:
            self.notice.say(error_text(error))

    def _on_rescue_wanted(self) -> None:
        order = RescueOrder(profile=self._service.profile, code="vault_damaged")
        self.rescue_requested.emit(order)

    def _finish(self) -> None:
        if self.progress.is_running:
            self.progress.finish()
        self._show()

    # -- parts

    def _lay_out(self) -> None:
        row = WrapLayout()
        for button in (self.make, self.carry, self.bring):
            row.addWidget(button)
        column = ReadingColumn(self._app.theme)
        body = column.body
        body.addWidget(self.title)
        body.addWidget(self.intro)
        body.addLayout(row)
        for widget in (self.progress, self.notice, self.form, self.heading):
            body.addWidget(widget)
        body.addLayout(self._cards)
        body.addWidget(self.empty)
        body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, GRID)
        box.setSpacing(GRID)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(column, 1)
        self.setProperty("role", "page")
        lead_focus(self, self.back if self._is_guest else self.make)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_requested)
        self.make.clicked.connect(self._on_make_clicked)
        self.carry.clicked.connect(self._on_carry_clicked)
        self.bring.clicked.connect(self._on_bring_clicked)
        self.empty.action_requested.connect(self._on_make_clicked)
        self.form.export_requested.connect(self._on_export_requested)
        self.form.closed.connect(self._on_form_closed)
        self.notice.action_requested.connect(self._on_rescue_wanted)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.back_requested.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
