"""One month as a calendar: the day, its mood as colour, number and face."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QLocale, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.insights import Insights, MoodDay
from psylite_desktop.ui.charts.card import ChartCard
from psylite_desktop.ui.charts.chart_table import ChartRows
from psylite_desktop.ui.charts.day_grid import DayGrid, on_mood
from psylite_desktop.ui.charts.kit import ChartKit, mood_of
from psylite_desktop.ui.charts.mood_legend import MoodLegend
from psylite_desktop.ui.charts.wording import day_text, month_text, number, short_weekday
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import IconButton
from psylite_desktop.ui.widgets.text import PlainLabel

_ROW = 44
_HEAD = 24
_FACE = 24
_Key = Qt.Key
_DAY_STEPS: dict[int, int] = {
    _Key.Key_Left: -1,
    _Key.Key_Right: 1,
    _Key.Key_Up: -7,
    _Key.Key_Down: 7,
}
_MONTH_STEPS: dict[int, int] = {_Key.Key_PageUp: -1, _Key.Key_PageDown: 1}


def month_later(day: date, months: int) -> date:
    """The same day of another month, or its last one."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


class MonthGrid(DayGrid):
    """Weeks under each other; page keys change the month."""

    @property
    def first(self) -> date:
        """The first day of the month in view."""
        return self.cursor_day.replace(day=1)

    def cells(self) -> Iterator[tuple[date, QRectF]]:
        """The days of the month."""
        if self.cursor_day == date.min:
            return
        row, top = self._row, self._head
        width = self.width() / 7
        for number_of_day in range(self._length):
            week, place = divmod(self._offset + number_of_day, 7)
            cell = QRectF(place * width, top + week * row, width, row)
            yield self.first + timedelta(days=number_of_day), cell

    def neighbour(self, key: int) -> date | None:
        """Arrows by day and week, page keys by month, Home and End inside the month."""
        here = self.cursor_day
        last = calendar.monthrange(here.year, here.month)[1]
        ends = {_Key.Key_Home: here.replace(day=1), _Key.Key_End: here.replace(day=last)}
        if key in _DAY_STEPS:
            return here + timedelta(days=_DAY_STEPS[key])
        if key in _MONTH_STEPS:
            return month_later(here, _MONTH_STEPS[key])
        return next((day for end, day in ends.items() if end == key), None)

    def draw_around(self, painter: QPainter) -> None:
        """Names of the weekdays."""
        painter.setFont(self._small())
        painter.setPen(QColor(self.kit.theme.tokens.muted))
        width, first = self.width() / 7, QLocale().firstDayOfWeek().value
        for place in range(7):
            cell = QRectF(place * width, 0, width, self._head)
            name = short_weekday((first - 1 + place) % 7 + 1)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, name)

    def draw_inside(self, painter: QPainter, day: date, cell: QRectF) -> None:
        """The number of the day, and the face of its mood where there is room."""
        theme, one = self.kit.theme, self.figure(day)
        tokens = theme.tokens
        mood = mood_of(one.mean) if one is not None and day <= self.today else 0
        color = on_mood(mood, tokens) if mood else tokens.muted
        font = self._small()
        font.setBold(day == self.today)
        painter.setFont(font)
        painter.setPen(QColor(color if mood or day != self.today else tokens.ink))
        inner = cell.adjusted(7, 4, -4, -4)
        painter.drawText(
            inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, str(day.day)
        )
        size = min(theme.sizes.px(_FACE), int(cell.width() * 0.4))
        if mood and size >= theme.sizes.px(12):
            icon = theme.icon(f"face_{mood}", color=color, size=size)
            corner = QPoint(int(cell.right()) - size - 6, int(cell.bottom()) - size - 6)
            icon.paint(painter, QRect(corner, QSize(size, size)))

    def sizeHint(self) -> QSize:
        """As many weeks as the month has, and their heads."""
        weeks = -(-(self._offset + self._length) // 7)
        return QSize(7 * self._row, self._head + weeks * self._row)

    def minimumSizeHint(self) -> QSize:
        """Cells get narrower, never lower."""
        return QSize(7 * 3 * GRID, self.sizeHint().height())

    @property
    def _offset(self) -> int:
        """Places before the first day."""
        return (self.first.isoweekday() - QLocale().firstDayOfWeek().value) % 7

    @property
    def _length(self) -> int:
        return calendar.monthrange(self.first.year, self.first.month)[1]

    @property
    def _row(self) -> int:
        return self.kit.theme.sizes.px(_ROW)

    @property
    def _head(self) -> int:
        return self.kit.theme.sizes.px(_HEAD)

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self.kit.theme.sizes.small)
        return font


class MonthCalendar(ChartCard):
    """A calendar of one month with its legend.

    Signals:
        day_opened: Show the check-ins of a day; carries it as YYYY-MM-DD.
    """

    day_opened = Signal(str)
    file_name = "month"

    def __init__(self, kit: ChartKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self.grid = MonthGrid(kit)
        self.grid.day_opened.connect(self.day_opened)
        self.grid.moved.connect(self._on_moved)
        self.before, self.after = IconButton(kit.theme, "back"), IconButton(kit.theme, "forward")
        self.month = PlainLabel("strong", wrap=False)
        self.month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.before.clicked.connect(lambda: self.grid.go_to(month_later(self.grid.cursor_day, -1)))
        self.after.clicked.connect(lambda: self.grid.go_to(month_later(self.grid.cursor_day, 1)))
        self.controls.addWidget(self.before)
        self.controls.addWidget(self.month, 1)
        self.controls.addWidget(self.after)

    def name(self) -> str:
        """Title."""
        return self.tr("Month by month")

    def units(self, insights: Insights) -> str:
        """What a cell is."""
        text = self.tr("{month}. One cell a day; its colour and face are the mean mood of the day.")
        return text.format(month=month_text(self.grid.first))

    def said(self, insights: Insights) -> str:
        """How many days of the month, and their mean."""
        days = self._days(insights)
        facts = {"month": month_text(self.grid.first), "count": len(days)}
        if not days:
            return self.tr("{month}: nothing noted; an open calendar is fine.").format(**facts)
        mean = sum(one.mean for one in days) / len(days)
        facts |= {"mean": number(mean), "mood": self.kit.mood(mean)}
        if len(days) == 1:
            return self.tr("{month}: one day noted, {mood}.").format(**facts)
        text = self.tr("{month}: {count} days noted, mean mood {mean} of 5, closest to “{mood}”.")
        return text.format(**facts)

    def missing(self, _insights: Insights) -> str:
        """A calendar can always be shown."""
        return ""

    def rows(self, insights: Insights) -> ChartRows:
        """The noted days of the month, newest first."""
        return day_rows(self.kit, self._days(insights)[::-1])

    def make_picture(self) -> QWidget:
        """The grid over its legend."""
        return with_legend(self.grid, self.kit)

    def draw(self, insights: Insights) -> None:
        """Show the month of the keyboard."""
        self.grid.show_days(insights.calendar, insights.today)
        self._label_controls()

    def refresh(self) -> None:
        """The grid knows its month before anything is said about it."""
        if self.insights is not None:
            self.grid.show_days(self.insights.calendar, self.insights.today)
        super().refresh()

    def _days(self, insights: Insights) -> list[MoodDay]:
        month = self.grid.first.isoformat()[:7]
        return [one for one in insights.calendar if one.day.startswith(month)]

    def _on_moved(self) -> None:
        if self.insights is None:
            return
        self._label(self.insights, "")
        self.table.show_rows(self.rows(self.insights))
        self._label_controls()

    def _label_controls(self) -> None:
        self.month.setText(month_text(self.grid.first))
        self.before.set_name(self.tr("Month before"))
        self.after.set_name(self.tr("Month after"))
        self.after.setEnabled(self.grid.first < self.grid.today.replace(day=1))


def with_legend(grid: DayGrid, kit: ChartKit) -> QWidget:
    """A grid with the meaning of its colours below."""
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(grid)
    box.addWidget(MoodLegend(kit))
    holder.setFocusProxy(grid)
    return holder


def day_rows(kit: ChartKit, days: list[MoodDay]) -> ChartRows:
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
