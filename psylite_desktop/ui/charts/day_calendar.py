"""What the calendars have in common: a grid of days under two arrows, over its legend."""

from __future__ import annotations

import calendar
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.insights import Insights, MoodDay
from psylite_desktop.ui.charts.card import ChartCard
from psylite_desktop.ui.charts.chart_table import ChartRows
from psylite_desktop.ui.charts.day_grid import DayGrid
from psylite_desktop.ui.charts.kit import ChartKit
from psylite_desktop.ui.charts.mood_legend import MoodLegend
from psylite_desktop.ui.charts.wording import day_text, number
from psylite_desktop.ui.widgets.buttons import IconButton
from psylite_desktop.ui.widgets.text import PlainLabel


def month_later(day: date, months: int) -> date:
    """The same day of another month, or its last one."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


class PeriodGrid(DayGrid):
    """A grid with rows and heads of the height of its text."""

    row_height = 0
    head_height = 0

    @property
    def row(self) -> int:
        """Height of a row of days, in pixels."""
        return self.kit.theme.sizes.px(self.row_height)

    @property
    def head(self) -> int:
        """Height of what stands above the days, in pixels."""
        return self.kit.theme.sizes.px(self.head_height)

    def small(self) -> QFont:
        """The font of heads and numbers."""
        font = QFont(self.font())
        font.setPixelSize(self.kit.theme.sizes.small)
        return font


class DayCalendar(ChartCard):
    """A month or a year; a subclass says which, and what it is called.

    Signals:
        day_opened: Show the check-ins of a day; carries it as YYYY-MM-DD.
    """

    day_opened = Signal(str)
    months = 1
    """How far an arrow leads."""

    def __init__(self, kit: ChartKit, grid: PeriodGrid, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._grid = grid
        grid.day_opened.connect(self.day_opened)
        grid.moved.connect(self._on_moved)
        self.before, self.after = IconButton(kit.theme, "back"), IconButton(kit.theme, "forward")
        self.shown = PlainLabel("strong", wrap=False)
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.before.clicked.connect(lambda: self._go(-self.months))
        self.after.clicked.connect(lambda: self._go(self.months))
        self.controls.addWidget(self.before)
        self.controls.addWidget(self.shown, 1)
        self.controls.addWidget(self.after)

    def period(self) -> str:
        """What is in view, in words."""
        raise NotImplementedError

    def prefix(self) -> str:
        """How the days in view begin, as YYYY-MM-DD."""
        raise NotImplementedError

    def name_arrows(self) -> None:
        """Say what the arrows do."""
        raise NotImplementedError

    def missing(self, _insights: Insights) -> str:
        """A calendar can always be shown."""
        return ""

    def rows(self, insights: Insights) -> ChartRows:
        """The noted days in view, newest first."""
        return _day_rows(self.kit, self.days(insights)[::-1])

    def make_picture(self) -> QWidget:
        """The grid over the meaning of its colours."""
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._grid)
        box.addWidget(MoodLegend(self.kit))
        holder.setFocusProxy(self._grid)
        return holder

    def draw(self, insights: Insights) -> None:
        """Show what the keyboard stands in."""
        self._grid.show_days(insights.calendar, insights.today)
        self._label_controls()

    def refresh(self) -> None:
        """The grid knows its days before anything is said about them."""
        if self.insights is not None:
            self._grid.show_days(self.insights.calendar, self.insights.today)
        super().refresh()

    def days(self, insights: Insights) -> list[MoodDay]:
        """The noted days in view."""
        prefix = self.prefix()
        return [one for one in insights.calendar if one.day.startswith(prefix)]

    def _go(self, months: int) -> None:
        self._grid.go_to(month_later(self._grid.cursor_day, months))

    def _on_moved(self) -> None:
        if self.insights is not None and self.shown.text() != self.period():
            self._label(self.insights, "")
            self.table.show_rows(self.rows(self.insights))
            self._label_controls()

    def _label_controls(self) -> None:
        self.shown.setText(self.period())
        self.name_arrows()
        self.after.setEnabled(not self._grid.today.isoformat().startswith(self.prefix()))


def _day_rows(kit: ChartKit, days: list[MoodDay]) -> ChartRows:
    """Days with mood, number of check-ins and the mark for "added later"."""
    translate = QCoreApplication.translate
    later = translate("ChartWords", "added later")
    heads = (
        translate("ChartWords", "Day"),
        translate("ChartWords", "Mood"),
        translate("ChartWords", "Mean"),
        translate("ChartWords", "Check-ins"),
        translate("ChartWords", "Mark"),
    )
    return ChartRows(
        heads,
        [
            (
                day_text(one.day),
                kit.mood(one.mean),
                number(one.mean),
                str(one.count),
                later if one.backfilled else "",
            )
            for one in days
        ],
    )
