"""Leads through bringing something back on the unlock page, with every space closed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from psylite_desktop.domain.backup import Backup, Contents, Progress, SalvageReport
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.dialogs.file_words import name_parts
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.backup.progress_line import ProgressLine
from psylite_desktop.ui.pages.backup.rescue_order import RescueOrder
from psylite_desktop.ui.pages.unlock.rescue_choice_view import RescueChoiceView
from psylite_desktop.ui.pages.unlock.rescue_done_view import RescueDoneView
from psylite_desktop.ui.pages.unlock.rescue_preview_view import RescuePreviewView

RESCUABLE = frozenset({"vault_damaged", "vault_header_damaged", "vault_missing"})
"""Errors of opening a space after which something may still be done."""


class Rescuer(QObject):
    """Owns three views and runs the slow work beside the window.

    Signals:
        step_requested: This view shall come to the front.
        work_changed: Whether something runs, during which nothing else can be chosen.
        finished: The list of spaces shall be shown.
    """

    step_requested = Signal(QWidget)
    work_changed = Signal(bool)
    finished = Signal()

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self._order = RescueOrder()
        theme = context.theme
        self.choice = RescueChoiceView(theme)
        self.preview = RescuePreviewView(theme)
        self.done = RescueDoneView(theme)
        self.progress = ProgressLine(theme)
        self._front: RescueChoiceView | RescuePreviewView = self.choice
        self.choice.backup_chosen.connect(self._on_backup_chosen)
        self.choice.salvage_requested.connect(self._on_salvage_requested)
        self.choice.mend_requested.connect(self._on_mend_requested)
        self.choice.back_requested.connect(self.finished)
        self.preview.look_requested.connect(self._on_look_requested)
        self.preview.replace_requested.connect(self._on_replace_requested)
        self.preview.add_requested.connect(self._on_add_requested)
        self.preview.back_requested.connect(self._on_preview_back_requested)
        self.done.finished.connect(self.finished)
        context.language.changed.connect(self._on_language_changed)

    @property
    def views(self) -> tuple[QWidget, ...]:
        """Everything that may come to the front."""
        return (self.choice, self.preview, self.done)

    def begin(self, order: RescueOrder) -> None:
        """Start: with a choice, a backup, or a file."""
        self._order = order
        if order.backup is None and order.file is None:
            self._show_choice()
        else:
            self._show_preview(order, order.secret)

    def ask_file(self) -> None:
        """Choose a .psyvault file, to become a space of its own."""
        dialog = name_parts(QFileDialog(self._parent, self.tr("Choose a .psyvault file")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Encrypted spaces (*.psyvault)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda file: self.begin(RescueOrder(file=Path(file))))
        dialog.open()

    def reset(self) -> None:
        """Forget everything that was typed and chosen."""
        self.progress.stop()
        self._order = RescueOrder()
        self.choice.clear()
        self.preview.clear()

    # -- steps

    def _show_choice(self) -> None:
        profile, shelf = self._order.profile, self._context.profiles
        if profile is None:
            self.finished.emit()
            return
        self._front = self.choice
        self._work(partial(shelf.backups, profile), self._on_backups_listed, "")

    def _on_backups_listed(self, backups: list[Backup]) -> None:
        self._finish()
        self.step_requested.emit(self.choice)
        self.choice.ask(backups, code=self._order.code, secret=self._order.secret, lang=self._lang)

    def _on_backup_chosen(self, backup: Backup) -> None:
        secret = self.choice.secret.text
        order = RescueOrder(profile=self._order.profile, backup=backup, code=self._order.code)
        self._show_preview(order, secret)

    def _show_preview(self, order: RescueOrder, secret: str) -> None:
        self._front = self.preview
        self._shown = order
        self.step_requested.emit(self.preview)
        self.preview.ask(order, secret=secret, lang=self._lang)

    def _on_preview_back_requested(self) -> None:
        if self._order.backup is None and self._order.file is None:
            self._show_choice()
        else:
            self.finished.emit()

    # -- work

    def _on_look_requested(self, secret: str) -> None:
        order, shelf = self._shown, self._context.profiles
        progress = Progress()
        if order.file is not None:
            progress = self.progress.start(self.tr("Reading all of it and checking…"))
            work = partial(shelf.file_contents, order.file, secret, progress)
        elif order.profile is not None and order.backup is not None:
            work = partial(shelf.contents, order.profile, order.backup.name, secret)
        else:
            return
        self._work(work, self._on_looked, self.tr("Reading all of it and checking…"))

    def _on_looked(self, contents: Contents) -> None:
        self._finish()
        self.preview.show_contents(contents)

    def _on_replace_requested(self, secret: str) -> None:
        order, shelf = self._shown, self._context.profiles
        if order.profile is None:
            return
        progress = self.progress.start(self.tr("Copying what is there, then bringing it back…"))
        if order.file is not None:
            work: Callable[[], Any] = partial(
                shelf.replace_with_file, order.profile, order.file, secret, progress
            )
        elif order.backup is not None:
            work = partial(shelf.restore, order.profile, order.backup.name, secret, progress)
        else:
            return
        self._work(work, self._on_replaced, "")

    def _on_replaced(self, _nothing: None) -> None:
        self._tell()

    def _on_add_requested(self, secret: str) -> None:
        order, shelf = self._shown, self._context.profiles
        progress = self.progress.start(self.tr("Making a space of its own…"))
        if order.file is not None:
            work = partial(shelf.import_file, order.file, secret, progress)
        elif self._order.profile is not None and order.backup is not None:
            work = partial(
                shelf.restore_as_new, self._order.profile, order.backup.name, secret, progress
            )
        else:
            return
        self._work(work, self._on_added, "")

    def _on_added(self, made: Profile) -> None:
        self._tell(made=made)

    def _on_mend_requested(self, secret: str) -> None:
        profile, shelf = self._order.profile, self._context.profiles
        if profile is not None:
            work = partial(shelf.mend_header, profile, secret)
            self._work(work, self._on_replaced, self.tr("Bringing back the lock…"))

    def _on_salvage_requested(self, secret: str) -> None:
        profile, shelf = self._order.profile, self._context.profiles
        if profile is not None:
            progress = self.progress.start(self.tr("Reading what is left…"))
            self._work(partial(shelf.salvage, profile, secret, progress), self._on_salvaged, "")

    def _on_salvaged(self, report: SalvageReport) -> None:
        self._tell(report=report)

    def _work(self, work: Callable[[], Any], done: Callable[[Any], None], text: str) -> None:
        if text and not self.progress.is_running:
            self.progress.start(text)
        self.work_changed.emit(True)
        self._context.engine.run(work, done, self._on_failed, self)

    def _on_failed(self, error: PsyLiteError) -> None:
        self._finish()
        self._front.notice.say(error_text(error))
        if error.code == "vault_wrong_passphrase":
            self._front.ask_secret()
        elif error.code == "backup_other_key" and self._front is self.preview:
            self.preview.offer_own_space_only()

    def _finish(self) -> None:
        self.progress.finish()
        self.work_changed.emit(False)

    def _tell(self, *, made: Profile | None = None, report: SalvageReport | None = None) -> None:
        self._finish()
        self.choice.clear()
        self.preview.clear()
        self.step_requested.emit(self.done)
        self.done.tell(made=made, report=report)

    @property
    def _lang(self) -> str:
        return self._context.language.current.value

    def _on_language_changed(self) -> None:
        self.choice.know_language(self._lang)
        self.preview.know_language(self._lang)
