"""Home: talk, check in, write; how today was; and the last two weeks without counting in a row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.check_in import CheckIn, CheckInSummary
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.services.check_ins import DAYS
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.checkin.entries_view import time_of
from psylite_desktop.ui.pages.checkin.help_in_view import HelpInView
from psylite_desktop.ui.pages.home.days_row import DaysRow
from psylite_desktop.ui.pages.home.entry_card import EntryCard
from psylite_desktop.ui.pages.suggestions.place import SuggestionPlace
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import PlainLabel

Known = tuple[list[CheckIn], CheckInSummary]


class HomePage(QWidget):
    """Needs no engine, and writes nothing but what was suggested.

    Signals:
        talk_requested: Show Talk.
        check_in_requested: Show Check in.
        write_requested: Show the journal.
    """

    talk_requested = Signal()
    check_in_requested = Signal()
    write_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = context.app
        self._service = context.session.check_ins
        self._known: Known | None = None
        self._tasks = VaultTasks(context.session.vault, self)
        self._help_place = QVBoxLayout()
        self.help = HelpInView(context, self, self._help_place, tasks=self._tasks)
        theme = context.app.theme
        self.title = PlainLabel("title")
        self.talk = EntryCard(theme, "talk")
        self.check_in = EntryCard(theme, "check_in")
        self.write = EntryCard(theme, "write")
        self.suggestion = SuggestionPlace(context, self._tasks)
        self.today = PlainLabel()
        self.days = DaysRow(theme, context.app.language, self._service.words)
        self.count = PlainLabel("small")
        self.notice = NoticeBar()
        self._lay_out()
        self.offer_writing(is_there=False)
        self.talk.clicked.connect(self.talk_requested)
        self.check_in.clicked.connect(self.check_in_requested)
        self.write.clicked.connect(self.write_requested)
        theme.changed.connect(self.help.fit)
        self.retranslate()

    def offer_writing(self, *, is_there: bool) -> None:
        """Offer the journal where there is one."""
        self.write.setVisible(is_there)

    def know_settings(self, settings: PrivateSettings) -> None:
        """Take private settings into use."""
        self.help.know_settings(settings)

    def leave(self) -> None:
        """Take the cover away."""
        self.help.close()

    def reload(self) -> None:
        """Read today and the two weeks before."""
        service = self._service

        def read() -> Known:
            return service.of_day(service.today().isoformat()), service.last_days()

        self._tasks.run(read, self._on_known, self._on_failed, self)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Where would you like to begin?"))
        self.talk.set_texts(self.tr("Talk"), self.tr("Say what is on your mind."))
        self.check_in.set_texts(
            self.tr("Check in"), self.tr("How you are, in one face and as many words as you like.")
        )
        self.write.set_texts(self.tr("Write"), self.tr("A page to yourself."))
        self.help.crisis.refresh()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self.help.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep help within its room."""
        super().resizeEvent(event)
        self.help.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was noted meanwhile."""
        super().showEvent(event)
        self.help.page_shown()
        self.reload()
        self.suggestion.page_shown()

    def hideEvent(self, event: QHideEvent) -> None:
        """A cover must not cover another page."""
        self.help.page_hidden()
        super().hideEvent(event)

    def _on_known(self, known: Known) -> None:
        self._known = known
        self.notice.clear()
        self._show()

    def _on_failed(self, error: PsyLiteError) -> None:
        self.notice.say(error_text(error))

    def _show(self) -> None:
        of_today, days = self._known or ([], None)
        self.today.setText(self._said_of_today(of_today) if self._known is not None else "")
        has_days = days is not None and days.total > 0
        self.days.setVisible(has_days)
        self.count.setVisible(has_days)
        if days is not None:
            self.days.show_days(days.days)
            count = self.tr("{count} of the last {days} days")
            self.count.setText(count.format(count=days.days_with, days=DAYS))

    def _said_of_today(self, of_today: list[CheckIn]) -> str:
        if not of_today:
            return self.tr("No check-in today yet; one face is enough.")
        last = of_today[-1]
        mood = self._service.words.mood(self._app.language.current.value, last.mood)
        facts = {"count": len(of_today), "mood": mood, "time": time_of(last)}
        if len(of_today) == 1:
            return self.tr("Today at {time}: {mood}").format(**facts)
        return self.tr("{count} check-ins today, the last at {time}: {mood}").format(**facts)

    def _lay_out(self) -> None:
        column = ReadingColumn(self._app.theme)
        for widget in (self.title, self.talk, self.check_in, self.write):
            column.body.addWidget(widget)
        column.body.addWidget(self.suggestion)
        column.body.addSpacing(GRID)
        for part in (self.notice, self.today, self.days, self.count):
            column.body.addWidget(part)
        column.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID)
        box.addLayout(self._help_place)
        box.addWidget(column, 1)
        self.setProperty("role", "page")
        lead_focus(self, self.talk)
