"""Bring in: choose a file, see what would come and what would not, say yes; take it all back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from psylite_desktop.domain.backup import Backup, Progress
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.imports import ImportPreview, ReadFile, TakenBack
from psylite_desktop.domain.risk import Assessment, RiskState
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.ui.bridge.job_runner import JobRunner
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.dialogs.file_words import name_parts
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.bring_in.moods_view import MoodsView
from psylite_desktop.ui.pages.bring_in.reasons import skipped_lines
from psylite_desktop.ui.pages.checkin.help_in_view import HelpInView
from psylite_desktop.ui.pages.export.words import section_name
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.back_button import BackButton
from psylite_desktop.ui.widgets.buttons import plain_button, primary_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel, joined
from psylite_desktop.ui.widgets.working_line import WorkingLine
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

LINES = 6


class BringInPage(QWidget):
    """Nothing is stored before it was shown.

    Signals:
        back_requested: Back to where the person came from.
        help_requested: Show the help lines.
        conversation_deleted: One that was brought in was taken back; carries its id.
    """

    back_requested = Signal()
    help_requested = Signal()
    conversation_deleted = Signal(int)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = context.app
        self._session = context.session
        self._service = context.session.imports
        self._tasks = VaultTasks(context.session.vault, self)
        self._runner = JobRunner(self._tasks, self)
        self._read: ReadFile | None = None
        self._preview: ImportPreview | None = None
        self._is_hearing = False
        self._help_place = QVBoxLayout()
        self.help = HelpInView(
            context,
            self,
            self._help_place,
            tasks=self._tasks,
            is_hearing=lambda: self._is_hearing,
        )
        self.back = BackButton(context.app.theme)
        self.title = PlainLabel("title")
        self.intro = Paragraph()
        self.choose = primary_button()
        self.card = QFrame()
        self.card.setProperty("role", "card")
        self.found = PlainLabel()
        self.moods = MoodsView(self._service.words, context.app.language)
        self.skipped_label = PlainLabel("strong")
        self.skipped = QPlainTextEdit()
        self.add = primary_button()
        self.leave_it = plain_button()
        self._copying = Progress()
        self.working = WorkingLine()
        self.notice = NoticeBar()
        self.undo = plain_button()
        self.undo_note = PlainLabel("small")
        self._lay_out()
        self._connect()
        self.retranslate()
        self._show_preview()

    def know_settings(self, settings: PrivateSettings) -> None:
        """Take private settings into use."""
        self.help.know_settings(settings)

    def leave(self) -> None:
        """Stop what runs; nothing of it stays."""
        self._runner.leave()
        self.help.close()

    def use_file(self, path: Path) -> None:
        """Read a file and show what would come."""
        if self._runner.is_running:
            return
        self.notice.clear()
        self.working.begin(self.tr("Reading the file"))
        self.working.stop.setEnabled(False)
        self.choose.setEnabled(False)
        self._tasks.run(
            partial(self._service.read, path), self._on_read, self._on_read_failed, self
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Offer to take the last import back where there is one."""
        super().showEvent(event)
        self.help.fit()
        self.help.page_shown()
        self._look_for_undo()

    def hideEvent(self, event: QHideEvent) -> None:
        """What covers this page must not cover another one."""
        self.help.page_hidden()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit what stands above."""
        super().resizeEvent(event)
        self.help.fit()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Bring in"))
        self.intro.setText(
            self.tr(
                "From an export of PsyLite (JSON) or the table that Daylio exports (CSV). The "
                "file stays where it is and is only read; you see what would come before "
                "anything is kept."
            )
        )
        self.choose.setText(self.tr("Choose a file…"))
        self.skipped_label.setText(self.tr("What stays outside, or changes"))
        self.skipped.setAccessibleName(self.skipped_label.text())
        self.add.setText(self.tr("Bring it in"))
        self.leave_it.setText(self.tr("Leave it"))
        self.undo.setText(self.tr("Take the last import back"))
        self.undo_note.setText(self.tr("All of it goes, also what you have changed since."))
        self.skipped.setFixedHeight(self.fontMetrics().lineSpacing() * LINES + 3 * GRID)
        self._show_preview()

    def _lay_out(self) -> None:
        self.skipped.setReadOnly(True)
        self.skipped.setTabChangesFocus(True)
        row = WrapLayout()
        row.addWidget(self.add)
        row.addWidget(self.leave_it)
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        inside.setSpacing(GRID)
        for widget in (self.found, self.moods, self.skipped_label, self.skipped):
            inside.addWidget(widget)
        inside.addLayout(row)
        column = ReadingColumn(self._app.theme)
        column.body.addWidget(self.title)
        column.body.addWidget(self.intro)
        column.body.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.working, self.card, self.notice):
            column.body.addWidget(part)
        column.body.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignLeft)
        column.body.addWidget(self.undo_note)
        column.body.addStretch(1)
        self.undo.hide()
        self.undo_note.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, GRID)
        box.setSpacing(GRID)
        box.addLayout(self._help_place)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(column, 1)
        lead_focus(self, self.choose)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_requested)
        self.choose.clicked.connect(self._on_choose_clicked)
        self.moods.changed.connect(self._look)
        self.add.clicked.connect(self._on_add_clicked)
        self.leave_it.clicked.connect(self._on_leave_it_clicked)
        self.undo.clicked.connect(self._on_undo_clicked)
        self.notice.action_requested.connect(self.help_requested)
        self.help.failed.connect(lambda code: self.notice.say(error_text(code)))
        self.working.stop_requested.connect(self._runner.stop)
        self.working.stop_requested.connect(lambda: self._copying.stop())  # noqa: PLW0108 - late
        self._runner.progressed.connect(self.working.show_progress)
        self._runner.finished.connect(self._on_finished)
        self._runner.stopped.connect(self._on_stopped)
        self._runner.failed.connect(self._on_failed)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.back_requested.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -- reading

    @Slot()
    def _on_choose_clicked(self) -> None:
        dialog = name_parts(QFileDialog(self, self.tr("Choose a file to bring in")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Exports (*.json *.csv)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda file: self.use_file(Path(file)))
        dialog.open()

    def _on_read(self, read: ReadFile) -> None:
        self._read = read
        self.moods.show_moods(read.moods)
        self._look()

    def _on_read_failed(self, error: PsyLiteError) -> None:
        self._forget()
        self.notice.say(error_text(error))

    @Slot()
    def _look(self) -> None:
        if self._read is None:
            return
        work = partial(self._service.preview, self._read, self.moods.chosen)
        self._tasks.run(work, self._on_looked, self._on_read_failed, self)

    def _on_looked(self, preview: ImportPreview) -> None:
        is_first = self._preview is None
        self._preview = preview
        self.working.end()
        self.choose.setEnabled(True)
        self._show_preview()
        if is_first:
            first = next(iter(self.moods.boxes.values()), self.add)
            target = first if first.isEnabled() else self.leave_it
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_preview(self) -> None:
        preview = self._preview
        self.card.setVisible(preview is not None)
        self.choose.setVisible(preview is None)  # one main action at a time
        if preview is None or self._read is None:
            return
        counts = preview.counts()
        line = self.tr("· {name}: {count}")
        said = [line.format(name=section_name(key), count=n) for key, n in counts.items()]
        head = self.tr("This would come in:") if said else self.tr("There is nothing new in it.")
        self.found.setText("\n".join([head, *said]))
        self.moods.setVisible(bool(self._read.moods))
        self.skipped_label.setVisible(bool(preview.skipped))
        self.skipped.setVisible(bool(preview.skipped))
        is_table = self._read.kind == "daylio"
        self.skipped.setPlainText(skipped_lines(preview.skipped, is_table=is_table))
        self.add.setEnabled(bool(counts))

    def _forget(self) -> None:
        self._read = self._preview = None
        self.moods.show_moods(())
        self.working.end()
        self.choose.setEnabled(True)
        self.card.setEnabled(True)
        self._show_preview()

    # -- storing

    @Slot()
    def _on_add_clicked(self) -> None:
        if self._preview is None:
            return
        self.notice.clear()
        self.choose.setEnabled(False)
        self.card.setEnabled(False)
        self.working.begin(self.tr("Bringing it in"))
        self.working.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        # A backup first: what comes in can be a lot, and taking it back lasts until the next one.
        self._copying = Progress()
        self._app.engine.run(
            partial(self._session.backups.make_before_change, self._copying),
            partial(self._on_copied, self._preview),
            self._on_failed,
            self,
        )

    def _on_copied(self, preview: ImportPreview, _made: Backup | None) -> None:
        if self._copying.is_stopped:
            self._on_stopped()
        else:
            self._runner.start(self._service.job(preview))

    @Slot()
    def _on_leave_it_clicked(self) -> None:
        self._forget()
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_finished(self, step: Any) -> None:
        self._forget()
        self._look_for_undo()
        said = self.tr("{count} brought in.").format(count=step.done)
        if step.has_heavy:
            heavy = self.tr("There are heavy words among them. People you can talk to are here:")
            self.notice.say(joined(said, heavy), action=self.tr("Help now"))
        else:
            self.notice.say(said)
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        if step.heavy:
            self._take_care(step.heavy[-1])

    def _take_care(self, text: str) -> None:
        """Danger in words of the last days is danger now: help comes as it does in a talk."""
        screening = self._session.screening
        self.help.take(text, *screening.preview(text))
        self._is_hearing = True
        self._app.engine.run(
            lambda: screening.take(text), partial(self._on_heard, text), self._on_not_heard, self
        )

    def _on_heard(self, text: str, heard: tuple[Assessment, RiskState]) -> None:
        self._is_hearing = False
        if max(heard[0].level, heard[1].level) > self.help.crisis.told_level:
            self.help.take(text, *heard)
        self.help.corrector.release()

    def _on_not_heard(self, _error: PsyLiteError) -> None:
        self._is_hearing = False
        self.help.corrector.release()

    @Slot()
    def _on_stopped(self) -> None:
        self._forget()
        self._look_for_undo()
        self.notice.say(self.tr("Stopped. Nothing of the file was kept."))
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(PsyLiteError)
    def _on_failed(self, error: PsyLiteError) -> None:
        self._forget()
        self.notice.say(error_text(error))

    # -- taking back

    def _look_for_undo(self) -> None:
        plan = self._session.plan  # steps may have come in, or gone
        self._tasks.run(plan.tidy, _nothing, _nothing, self)
        self._tasks.run(self._service.can_undo, self._show_undo, self._on_no_undo, self)

    def _show_undo(self, is_there: bool) -> None:
        self.undo.setVisible(is_there)
        self.undo_note.setVisible(is_there)

    def _on_no_undo(self, _error: PsyLiteError) -> None:
        self._show_undo(is_there=False)

    @Slot()
    def _on_undo_clicked(self) -> None:
        self.notice.clear()
        self._tasks.run(self._service.undo, self._on_undone, self._on_failed, self)

    def _on_undone(self, gone: TakenBack) -> None:
        for number in gone.conversations:
            self.conversation_deleted.emit(number)
        self._look_for_undo()
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self.notice.say(self.tr("Taken back: {count}.").format(count=gone.count))


def _nothing(_result: object) -> None:
    return
