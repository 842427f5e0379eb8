"""Export: choose, read what the file will hold, save it where one likes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.export import ExportFormat, Part, Scope
from psylite_desktop.services.export import suggested_name
from psylite_desktop.services.export_sections import OF_A_CONVERSATION
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.dialogs.file_words import name_parts
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.export.choice_view import ChoiceView
from psylite_desktop.ui.pages.export.exporter import Exporter
from psylite_desktop.ui.pages.export.words import section_name
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.back_button import BackButton
from psylite_desktop.ui.widgets.buttons import primary_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel, breakable
from psylite_desktop.ui.widgets.working_line import WorkingLine


class ExportPage(QWidget):
    """Nothing leaves before it was named.

    Signals:
        back_requested: Back to where the person came from.
    """

    back_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = context.app
        self._service = context.session.export
        self._tasks = VaultTasks(context.session.vault, self)
        self._counts: dict[str, int] = {}
        self._asked = 0
        self._only, self._only_title = 0, ""
        self.exporter = Exporter(context, self._tasks, self)
        self.back = BackButton(context.app.theme)
        self.title = PlainLabel("title")
        self.intro = Paragraph()
        self.only = NoticeBar()
        self.choice = ChoiceView(self._service.section_ids, date.today())  # noqa: DTZ011 - the wall's
        self.card = QFrame()
        self.card.setProperty("role", "notice")
        self.card_title = PlainLabel("strong")
        self.contents = PlainLabel()
        self.readers = PlainLabel()
        self.save = primary_button()
        self.working = WorkingLine()
        self.notice = NoticeBar()
        self._lay_out()
        self._connect()
        self.retranslate()

    def leave(self) -> None:
        """Stop what runs; nothing of it stays."""
        self.exporter.leave()

    def take_only(self, conversation_id: int, title: str) -> None:
        """Offer one conversation and nothing else."""
        self._only, self._only_title = conversation_id, title
        self.choice.tick(OF_A_CONVERSATION)
        self._show_only()
        self._on_scope_changed()

    def save_to(self, target: Path) -> None:
        """Write the file there."""
        scope = self._scope
        if scope is None or not self.choice.chosen or self.exporter.is_running:
            return
        self.notice.clear()
        self._set_free(is_free=False)
        self.working.begin(self.tr("Putting the file together"))
        self.working.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.exporter.start(self.choice.kind, scope, self.choice.chosen, target)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Count what there is now."""
        super().showEvent(event)
        self._count()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Export"))
        self.intro.setText(
            self.tr("Nothing leaves this space by itself. Here you can take a copy with you.")
        )
        self.card_title.setText(self.tr("Before you save"))
        self.readers.setText(
            self.tr(
                "The file is NOT encrypted. Everybody who can use this account of the computer, "
                "and everybody who gets the file, can read it: on a shared computer, on a USB "
                "stick, in a folder that is copied to a cloud. Delete it where you no longer "
                "need it."
            )
        )
        self.save.setText(self.tr("Choose where to save…"))
        self._show_only()
        self._show_contents()

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        inside.setSpacing(GRID)
        for widget in (self.card_title, self.contents, self.readers):
            inside.addWidget(widget)
        column = ReadingColumn(self._app.theme)
        for part in (self.title, self.intro, self.only, self.choice, self.card, self.save):
            column.body.addWidget(part)
        column.body.addWidget(self.working)
        column.body.addWidget(self.notice)
        column.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, GRID)
        box.setSpacing(GRID)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(column, 1)
        lead_focus(self, next(iter(self.choice.sections.values())).box)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_requested)
        self.only.action_requested.connect(self._on_everything_requested)
        self.choice.changed.connect(self._show_contents)
        self.choice.scope_changed.connect(self._on_scope_changed)
        self.save.clicked.connect(self._on_save_clicked)
        self.working.stop_requested.connect(self.exporter.stop)
        self.exporter.progressed.connect(self.working.show_progress)
        self.exporter.finished.connect(self._on_finished)
        self.exporter.stopped.connect(self._on_stopped)
        self.exporter.failed.connect(self._on_failed)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.back_requested.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def _scope(self) -> Scope | None:
        scope = self.choice.scope
        return None if scope is None else replace(scope, conversation=self._only)

    def _show_only(self) -> None:
        for section, line in self.choice.sections.items():
            line.setVisible(not self._only or section in OF_A_CONVERSATION)
        self.choice.all.setVisible(not self._only)
        if not self._only:
            self.only.clear()
            return
        title = breakable(self._only_title) or self.tr("without a title")
        said = self.tr("Only one conversation: {title}").format(title=title)
        self.only.say(said, action=self.tr("Everything instead"))

    @Slot()
    def _on_everything_requested(self) -> None:
        self._only = 0
        self._show_only()
        self._on_scope_changed()

    def hideEvent(self, event: QHideEvent) -> None:
        """The next time it is about everything again."""
        super().hideEvent(event)
        if self._only and not self.exporter.is_running:
            self._only = 0
            self._show_only()

    def _on_scope_changed(self) -> None:
        self._counts = {}  # those of other days must not be shown for these
        self.choice.show_counts(())
        self._show_contents()
        self._count()

    def _count(self) -> None:
        scope = self._scope
        if scope is None:
            return
        self._asked += 1
        number, service = self._asked, self._service

        def done(parts: tuple[Part, ...]) -> None:
            if number == self._asked:
                self._counts = {part.section: part.count for part in parts}
                self.choice.show_counts(parts)
                self._show_contents()

        self._tasks.run(lambda: service.preview(scope), done, self._on_failed, self)

    @Slot()
    def _show_contents(self) -> None:
        scope, chosen = self._scope, self.choice.chosen
        self.save.setEnabled(bool(chosen) and scope is not None and not self.exporter.is_running)
        if not chosen or scope is None:
            self.contents.setText(self.tr("Nothing is ticked yet, so there is nothing to save."))
            return
        self.contents.setText("\n".join(self._told(scope, chosen)))

    def _told(self, scope: Scope, chosen: tuple[str, ...]) -> list[str]:
        """What the file will hold, line by line."""
        said = [self.tr("The file will hold:")]
        for section in chosen:
            count = self._counts.get(section)
            line = self.tr("· {name}: {count}")
            known = "…" if count is None else count
            said.append(line.format(name=section_name(section), count=known))
        if scope.first or scope.last:
            period = self.tr("Days: {first} to {last} (the plan as it is now)")
            today = date.today().isoformat()  # noqa: DTZ011 - the day on the wall
            said.append(period.format(first=scope.first or "…", last=scope.last or today))
        said.append(
            self.tr("With levels of risk and answers about suicide")
            if scope.with_risk
            else self.tr("Without levels of risk and without single answers about suicide")
        )
        return said

    @Slot()
    def _on_save_clicked(self) -> None:
        kind = self.choice.kind
        today = date.today().isoformat()  # noqa: DTZ011 - the day on the wall
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = name_parts(QFileDialog(self, self.tr("Save the export"), folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind.value)
        dialog.setNameFilters([_FILTERS[kind]])
        dialog.selectFile(suggested_name(today, kind))
        dialog.fileSelected.connect(lambda file: self.save_to(Path(file)))
        dialog.open()

    def _set_free(self, *, is_free: bool) -> None:
        self.choice.setEnabled(is_free)
        self.save.setEnabled(is_free)

    def _end(self) -> None:
        self.working.end()
        self._set_free(is_free=True)
        self._show_contents()
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(Path)
    def _on_finished(self, target: Path) -> None:
        self._end()
        self.notice.say(
            self.tr("Saved as {path}. It is not encrypted.").format(path=breakable(str(target)))
        )

    @Slot()
    def _on_stopped(self) -> None:
        self._end()
        self.notice.say(self.tr("Stopped. No file was left."))

    @Slot(PsyLiteError)
    def _on_failed(self, error: PsyLiteError) -> None:
        if not self.exporter.is_running:
            self._end()
        self.notice.say(error_text(error))


_FILTERS = {
    ExportFormat.PDF: "PDF (*.pdf)",
    ExportFormat.MARKDOWN: "Markdown (*.md)",
    ExportFormat.CSV: "ZIP (*.zip)",
    ExportFormat.JSON: "JSON (*.json)",
}
