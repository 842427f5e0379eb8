"""Insights: this month first, then one chart after the other, each opened when it is wanted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.insights import Insights
from psylite_desktop.domain.settings import AgeBand, PrivateSettings
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.charts.card import ChartCard
from psylite_desktop.ui.charts.kit import ChartKit
from psylite_desktop.ui.charts.plot_library import PlotLibrary
from psylite_desktop.ui.charts.year_pixels import YearPixels
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.checkin.help_in_view import HelpInView
from psylite_desktop.ui.pages.insights.overview import OverviewView
from psylite_desktop.ui.pages.insights.period_picker import PeriodPicker
from psylite_desktop.ui.pages.insights.sections import MAKERS, make_section
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.empty_state import EmptyState
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import PlainLabel

WIDE = 1.25
"""Part of the reading column that charts use: a year has 31 cells in a row."""


class InsightsPage(QWidget):
    """Reads on the storage thread and writes nothing but pictures that are asked for.

    Signals:
        check_in_requested: Show Check in.
        day_requested: Show the check-ins of a day; carries it as YYYY-MM-DD.
    """

    check_in_requested = Signal()
    day_requested = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        session = context.session
        self._app = context.app
        self._service = session.insights
        self._tasks = VaultTasks(session.vault, self)
        self._shown: Insights | None = None
        self._is_whole = False
        # Until the age is known, nobody gets a word for how severe something is.
        self._is_young = True
        self.kit = ChartKit(
            theme=context.app.theme,
            language=context.app.language,
            words=session.check_ins.words,
            exercises=session.exercises,
            scales=session.scales.texts,
            tasks=self._tasks,
            library=PlotLibrary(self),
        )
        self._help_place = QVBoxLayout()
        self.help = HelpInView(context, self, self._help_place, tasks=self._tasks)
        self.title = PlainLabel("title")
        self.notice = NoticeBar()
        self.empty = EmptyState()
        self.overview = OverviewView(self.kit)
        self.year = make_section(self.kit, "year")
        self.period = PeriodPicker()
        self.sections = {name: make_section(self.kit, name) for name in MAKERS}
        self._lay_out()
        self._connect()
        self.retranslate()
        self._show()
        self._tasks.run(session.vault.settings.load, self.know_settings, self._on_no_age, self)

    @property
    def is_whole(self) -> bool:
        """Whether everything there is has been read once, not only the first view."""
        return self._is_whole

    # -- what others ask

    def know_settings(self, settings: PrivateSettings) -> None:
        """Speak to this age."""
        self._is_young = settings.age_band is AgeBand.UNDER_18
        self.help.know_settings(settings)
        self._show()

    def leave(self) -> None:
        """Take the cover away."""
        self.help.close()

    @Slot()
    def reload(self) -> None:
        """Read and count again, beside the window."""
        service, period = self._service, self.period.period
        if self._shown is None:
            self._tasks.run(service.glance, self._on_glanced, self._on_failed, self)
        self._tasks.run(lambda: service.read(period), self._on_read, self._on_failed, self)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Insights"))
        self.empty.set_texts(
            self.tr("Nothing here yet. After a check-in, this page begins to show how days went."),
            self.tr("Check in"),
        )
        self.help.crisis.refresh()

    # -- Qt

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

    def hideEvent(self, event: QHideEvent) -> None:
        """A cover must not cover another page."""
        self.help.page_hidden()
        super().hideEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever gives the keyboard to the page means what is in front on it."""
        super().focusInEvent(event)
        self._take_keyboard()

    # -- what comes back

    def _on_glanced(self, insights: Insights) -> None:
        """The first view does not wait for years; an empty month may not be all there is."""
        if self._shown is None and insights.calendar:
            self._shown = insights
            self._show()

    def _on_read(self, insights: Insights) -> None:
        if insights.period is not self.period.period:
            return  # another period was asked for meanwhile
        self.notice.clear()
        self._shown, self._is_whole = insights, True
        self._show()

    def _on_failed(self, error: PsyLiteError) -> None:
        self.notice.say(error_text(error))

    def _on_no_age(self, _error: PsyLiteError) -> None:
        """Without settings the words for young people stay; they fit everybody."""

    # -- parts

    def _show(self) -> None:
        has_days = self._shown is not None and bool(self._shown.calendar)
        has_any = self._shown is not None and not self._shown.is_empty
        self._column.setVisible(self._shown is not None)
        for part in (self.overview, self.year, self.period, *self.sections.values()):
            part.setVisible(has_any)
        self.empty.setVisible(self._shown is not None and not has_any)
        if self._shown is None or not has_any:
            if self.hasFocus():
                self._take_keyboard()
            return
        self.overview.setVisible(has_days)
        self.year.setVisible(has_days)
        if has_days:
            self.overview.show_insights(self._shown, is_young=self._is_young)
        if self._is_whole:
            for section in (self.year, *self.sections.values()):
                section.show_insights(self._shown, is_young=self._is_young)
        if self.hasFocus():
            self._take_keyboard()

    def _take_keyboard(self) -> None:
        if self._shown is None or self.help.is_large:
            return
        front: QWidget = self.overview.calendar.grid
        if self._shown.is_empty:
            front = self.empty.action
        elif not self._shown.calendar:
            front = self.period.buttons[self.period.period]
        front.setFocus(Qt.FocusReason.OtherFocusReason)
        # After the column has brought it into view: the page begins at its beginning.
        scroll = self._column.verticalScrollBar()
        QTimer.singleShot(0, self, lambda: scroll.setValue(0))

    @Slot(ChartCard)
    def _on_card_made(self, card: ChartCard) -> None:
        if isinstance(card, YearPixels):
            card.day_opened.connect(self.day_requested)

    def _lay_out(self) -> None:
        column = self._column = ReadingColumn(self._app.theme, share=WIDE)
        column.body.addWidget(self.title)
        column.body.addWidget(self.empty, 1)
        for widget in (self.overview, self.year, self.period):
            column.body.addWidget(widget)
        for section in self.sections.values():
            column.body.addWidget(section)
        column.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID)
        box.addLayout(self._help_place)
        box.addWidget(self.notice)
        box.addWidget(column, 1)
        self.setProperty("role", "page")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def _connect(self) -> None:
        self.empty.action_requested.connect(self.check_in_requested)
        self.overview.day_opened.connect(self.day_requested)
        self.period.picked.connect(self.reload)
        self.year.card_made.connect(self._on_card_made)
        self.help.closed.connect(self._take_keyboard)
        self._app.theme.changed.connect(self.help.fit)
