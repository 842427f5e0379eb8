"""Check in: a face in ten seconds, more only if one likes; what is saved can be taken back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from psylite_desktop.domain.check_in import CheckIn, CheckInChange
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.risk import Assessment, RiskState
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.checkin.entries_view import EntriesView
from psylite_desktop.ui.pages.checkin.form import CheckInForm
from psylite_desktop.ui.pages.checkin.help_in_view import HelpInView
from psylite_desktop.ui.pages.checkin.presenter import CheckInPresenter
from psylite_desktop.ui.pages.talk.column import centred
from psylite_desktop.ui.theme.tokens import GRID, RING
from psylite_desktop.ui.widgets.buttons import primary_button, quiet_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import NoticeBar

WIDE = 1.1
"""Part of the reading column that the form uses: two quadrants of words stand side by side."""


class CheckInPage(QWidget):
    """Needs no engine. Nothing stands above help when it is in view.

    Signals:
        changed: Check-ins are others than before.
    """

    changed = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = context.app
        self._service = context.session.check_ins
        self._tasks = VaultTasks(context.session.vault, self)
        self._editing: CheckIn | None = None
        self._last: CheckInChange | None = None
        self._found: list[CheckIn] = []
        self.presenter = CheckInPresenter(
            service=self._service, engine=context.app.engine, tasks=self._tasks, parent=self
        )
        self._help_place = QVBoxLayout()
        self.help = HelpInView(
            context,
            self,
            self._help_place,
            tasks=self._tasks,
            is_hearing=lambda: self.presenter.is_hearing,
        )
        self.form = CheckInForm(context.app, self._service)
        self.entries = EntriesView(context.app.theme, context.app.language, self._service.words)
        self.notice = NoticeBar()
        self.saved = NoticeBar()
        self.cancel = quiet_button()
        self.save = primary_button()
        self._lay_out()
        self._connect()
        self.retranslate()
        self._show_state()

    def know_settings(self, settings: PrivateSettings) -> None:
        """Take private settings into use."""
        self.help.know_settings(settings)

    def leave(self) -> None:
        """Take the cover away."""
        self.help.close()

    def show_day(self, day: str) -> None:
        """Show the check-ins of a day (YYYY-MM-DD); a change that was begun is left."""
        if self._editing is not None:
            self._begin_anew()
        self.form.day.begin(self._service.today(), day)
        self.reload()

    def reload(self) -> None:
        """Read the day that is chosen again, and the tags in use."""
        day, service = self.form.day.day, self._service
        self._tasks.run(lambda: service.of_day(day), self._on_found, self._on_failed, self)
        self._tasks.run(service.own_tags, self.form.tags.offer, self._on_failed, self)

    def open_day(self, day: str) -> None:
        """Show the check-ins about a day, also from another page; what is begun stays."""
        if self._editing is None and not self.form.faces.mood:
            self.form.day.begin(self._service.today(), day)
            self.reload()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.save.setText(self.tr("Save"))
        self.cancel.setText(self.tr("Leave it as it was"))
        self._show_entries()
        if self.saved.isVisibleTo(self) and self._last is not None:
            self._say_saved(self._last)
        self.help.crisis.refresh()

    # -- Qt

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep help within its room."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Another day may have begun."""
        super().showEvent(event)
        if not self.form.faces.mood:
            self.form.begin()
        self.help.page_shown()
        self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        """A cover must not cover another page."""
        self.help.page_hidden()
        super().hideEvent(event)

    # -- what the person does

    @Slot()
    def _on_save_requested(self) -> None:
        draft = self.form.draft()
        if draft.mood and self.presenter.save(draft, self._editing):
            self.notice.clear()

    @Slot(CheckIn)
    def _on_edit_requested(self, check_in: CheckIn) -> None:
        self._editing = check_in
        self.saved.clear()
        self.form.show_check_in(check_in)
        self._show_state()
        self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_cancel(self) -> None:
        if self._editing is None and not self.form.faces.mood:
            return
        self._begin_anew()
        self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(CheckIn)
    def _on_delete_requested(self, check_in: CheckIn) -> None:
        if self._editing is not None and self._editing.id == check_in.id:
            self._begin_anew()
        self.presenter.delete(check_in)

    @Slot()
    def _on_undo_requested(self) -> None:
        if self._last is not None:
            change, self._last = self._last, None
            self.saved.clear()
            self.presenter.undo(change)

    # -- what comes back

    @Slot(str, Assessment, RiskState)
    def _on_assessed(self, text: str, assessment: Assessment, state: RiskState) -> None:
        self.help.take(text, assessment, state)

    @Slot(CheckInChange)
    def _on_saved(self, change: CheckInChange) -> None:
        self._last = change
        if change.after is not None:
            self._begin_anew(day=change.after.day)
        self._say_saved(change)
        self._after_change()

    @Slot()
    def _on_undone(self) -> None:
        self._after_change()

    @Slot(PsyLiteError)
    def _on_failed(self, error: PsyLiteError) -> None:
        """What was filled in still stands in the form."""
        self.notice.say(error_text(error))

    def _on_found(self, check_ins: list[CheckIn]) -> None:
        self._found = check_ins
        self._show_entries()
        before: QWidget = self.form.note
        for row in self.entries.rows:  # made anew, so last in the order of Tab
            QWidget.setTabOrder(before, row.edit)
            QWidget.setTabOrder(row.edit, row.delete)
            before = row.delete

    def _after_change(self) -> None:
        self.reload()
        self.changed.emit()
        if not self.help.is_large:
            self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- parts

    def _begin_anew(self, day: str = "") -> None:
        """An empty form; the list stays at the day that was just written about."""
        self._editing = None
        self.form.begin()
        self._column.verticalScrollBar().setValue(0)
        if day:
            self.form.day.begin(self._service.today(), day)
        self._show_state()

    def _show_state(self) -> None:
        has_mood = bool(self.form.faces.mood)
        self.save.setEnabled(has_mood)
        self.cancel.setVisible(self._editing is not None)

    def _show_entries(self) -> None:
        self.entries.show_entries(self._found, self.form.day.name(self.form.day.day))

    def _say_saved(self, change: CheckInChange) -> None:
        if change.after is None:
            text = self.tr("Deleted.")
        elif change.after.backfilled:
            text = self.tr("Saved for {day}, marked as added later.")
            text = text.format(day=self.form.day.name(change.after.day))
        else:
            text = self.tr("Saved.")
        self.saved.say(text, action=self.tr("Undo"))

    def _fit(self) -> None:
        width = round(self._app.theme.sizes.column * WIDE)
        self._bar.setMaximumWidth(width)
        self.saved.setMaximumWidth(width)
        self.notice.setMaximumWidth(width)
        self.help.fit()

    def _lay_out(self) -> None:
        column = self._column = ReadingColumn(self._app.theme, share=WIDE)
        column.body.setSpacing(3 * GRID)
        column.body.addWidget(self.form)
        column.body.addWidget(self.entries)
        column.body.addStretch(1)
        self._bar = QWidget()
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(RING, RING, GRID // 2 + RING, RING)
        row.setSpacing(GRID)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID)
        box.addLayout(self._help_place)
        box.addWidget(column, 1)
        box.addLayout(centred(self.notice))
        box.addLayout(centred(self.saved))
        box.addLayout(centred(self._bar))
        self.setProperty("role", "page")
        lead_focus(self, self.form)

    def _connect(self) -> None:
        form, presenter = self.form, self.presenter
        form.changed.connect(self._show_state)
        form.save_requested.connect(self._on_save_requested)
        form.day_picked.connect(lambda _day: self.reload())
        self.save.clicked.connect(self._on_save_requested)
        self.cancel.clicked.connect(self._on_cancel)
        self.entries.edit_requested.connect(self._on_edit_requested)
        self.entries.delete_requested.connect(self._on_delete_requested)
        self.saved.action_requested.connect(self._on_undo_requested)
        presenter.assessed.connect(self._on_assessed)
        presenter.saved.connect(self._on_saved)
        presenter.undone.connect(self._on_undone)
        presenter.failed.connect(self._on_failed)
        presenter.heard.connect(self.help.corrector.release)
        self.help.closed.connect(lambda: form.setFocus(Qt.FocusReason.OtherFocusReason))
        self._app.theme.changed.connect(self._fit)
        for keys, act in (("Escape", self._on_cancel), ("Ctrl+Z", self._on_undo_requested)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
