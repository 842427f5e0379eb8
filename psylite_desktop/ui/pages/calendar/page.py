"""Reminders in the person's own calendar: a file with neutral words, saved where they like."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.services.calendar_file import calendar_file
from psylite_desktop.services.outgoing_file import write_whole
from psylite_desktop.services.reminders import times_of
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.dialogs.file_words import name_parts
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.settings.times_editor import TimesEditor
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.back_button import BackButton
from psylite_desktop.ui.widgets.buttons import primary_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel, breakable

LONGEST_TITLE = 80
NAME = "calendar.ics"


class CalendarPage(QWidget):
    """Times and one neutral title; the rest is the calendar's business.

    Signals:
        back_requested: Back to where the person came from.
    """

    back_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = VaultTasks(context.session.vault, self)
        self._offered = ""
        self.back = BackButton(context.app.theme)
        self.title = PlainLabel("title")
        self.intro = Paragraph()
        self.name_label = PlainLabel()
        self.name = QLineEdit()
        self.name_note = PlainLabel("small")
        self.times = TimesEditor()
        self.save = primary_button()
        self.notice = NoticeBar()
        self.name.setMaxLength(LONGEST_TITLE)
        self.name_label.setBuddy(self.name)
        column = ReadingColumn(context.app.theme)
        for part in (self.title, self.intro, self.name_label, self.name, self.name_note):
            column.body.addWidget(part)
        column.body.addWidget(self.times)
        column.body.addWidget(self.save)
        column.body.addWidget(self.notice)
        column.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, GRID)
        box.setSpacing(GRID)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(column, 1)
        lead_focus(self, self.name)
        self.back.clicked.connect(self.back_requested)
        self.save.clicked.connect(self._on_save_clicked)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.back_requested.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.know_settings(PrivateSettings())
        self.retranslate()
        settings = context.session.vault.settings
        self._tasks.run(settings.load, self.know_settings, self._on_failed, self)

    def know_settings(self, settings: PrivateSettings) -> None:
        """Begin with the times of the settings."""
        self.times.show_value(settings.reminder_times)

    def save_to(self, target: Path) -> None:
        """Write the file there."""
        now = datetime.now().astimezone()
        data = calendar_file(
            times_of(self.times.times),
            title=" ".join(self.name.text().split()) or self._offered,
            first_day=now.date(),
            now=now,
        )
        self._tasks.run(
            lambda: write_whole(target, data),
            partial(self._on_written, target),
            self._on_failed,
            self,
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Reminders in my own calendar"))
        self.intro.setText(
            self.tr(
                "This saves a small file that calendars on a phone or a computer can open. It "
                "says when, and the words below, nothing else. Once it is in a calendar, "
                "everybody who sees that calendar sees these words."
            )
        )
        self.name_label.setText(self.tr("Words in the calendar"))
        self.name_note.setText(self.tr("Something that says nothing to others."))
        before, self._offered = self._offered, self.tr("A small reminder")
        if self.name.text() in ("", before):
            self.name.setText(self._offered)
        self.times.set_name(self.tr("Every day at"))
        self.times.retranslate()
        self.save.setText(self.tr("Save the calendar file…"))

    @Slot()
    def _on_save_clicked(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = name_parts(QFileDialog(self, self.tr("Save the calendar file"), folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("ics")
        dialog.setNameFilters(["iCalendar (*.ics)"])
        dialog.selectFile(NAME)
        dialog.fileSelected.connect(lambda file: self.save_to(Path(file)))
        dialog.open()

    def _on_written(self, target: Path, _is_whole: bool) -> None:
        self.notice.say(
            self.tr("Saved as {path}. Open it with your calendar.").format(
                path=breakable(str(target))
            )
        )

    @Slot(PsyLiteError)
    def _on_failed(self, error: PsyLiteError) -> None:
        self.notice.say(error_text(error))
