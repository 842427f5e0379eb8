"""One month as a calendar: the day, its mood as colour, number and face."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from PySide6.QtCore import QLocale, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.insights import Insights
from psylite_desktop.ui.charts.day_calendar import DayCalendar, PeriodGrid, month_later
from psylite_desktop.ui.charts.day_grid import on_mood
from psylite_desktop.ui.charts.kit import ChartKit, mood_of
from psylite_desktop.ui.charts.wording import month_text, number, short_weekday
from psylite_desktop.ui.theme.tokens import GRID

_FACE = 24
_Key = Qt.Key
_DAY_STEPS: dict[int, int] = {
    _Key.Key_Left: -1,
    _Key.Key_Right: 1,
    _Key.Key_Up: -7,
    _Key.Key_Down: 7,
}
_MONTH_STEPS: dict[int, int] = {_Key.Key_PageUp: -1, _Key.Key_PageDown: 1}


class MonthGrid(PeriodGrid):
    """Weeks under each other; page keys change the month."""

    row_height = 44
    head_height = 24

    @property
    def first(self) -> date:
        """The first day of the month in view."""
        return self.cursor_day.replace(day=1)

    def cells(self) -> Iterator[tuple[date, QRectF]]:
        """The days of the month."""
        if self.cursor_day == date.min:
            return
        row, top = self.row, self.head
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
        painter.setFont(self.small())
        painter.setPen(QColor(self.kit.theme.tokens.muted))
        width, first = self.width() / 7, QLocale().firstDayOfWeek().value
        for place in range(7):
            cell = QRectF(place * width, 0, width, self.head)
            name = short_weekday((first - 1 + place) % 7 + 1)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, name)

    def draw_inside(self, painter: QPainter, day: date, cell: QRectF) -> None:
        """The number of the day, and the face of its mood where there is room."""
        theme, one = self.kit.theme, self.figure(day)
        tokens = theme.tokens
        mood = mood_of(one.mean) if one is not None and day <= self.today else 0
        color = on_mood(mood, tokens) if mood else tokens.muted
        font = self.small()
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
        return QSize(7 * self.row, self.head + weeks * self.row)

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


class MonthCalendar(DayCalendar):
    """A calendar of one month with its legend."""

    file_name = "month"

    def __init__(self, kit: ChartKit, parent: QWidget | None = None) -> None:
        self.grid = MonthGrid(kit)
        super().__init__(kit, self.grid, parent)

    def name(self) -> str:
        """Title."""
        return self.tr("Month by month")

    def units(self, insights: Insights) -> str:
        """What a cell is."""
        text = self.tr("{month}. One cell a day; its colour and face are the mean mood of the day.")
        return text.format(month=month_text(self.grid.first))

    def said(self, insights: Insights) -> str:
        """How many days of the month, and their mean."""
        days = self.days(insights)
        facts = {"month": month_text(self.grid.first), "count": len(days)}
        if not days:
            return self.tr("{month}: nothing noted; an open calendar is fine.").format(**facts)
        mean = sum(one.mean for one in days) / len(days)
        facts |= {"mean": number(mean), "mood": self.kit.mood(mean)}
        if len(days) == 1:
            return self.tr("{month}: one day noted, {mood}.").format(**facts)
        text = self.tr("{month}: {count} days noted, mean mood {mean} of 5, closest to “{mood}”.")
        return text.format(**facts)

    def period(self) -> str:
        """The month."""
        return month_text(self.grid.first)

    def prefix(self) -> str:
        """Year and month."""
        return self.grid.first.isoformat()[:7]

    def name_arrows(self) -> None:
        """A month each."""
        self.before.set_name(self.tr("Month before"))
        self.after.set_name(self.tr("Month after"))
