"""A year in pixels: twelve rows of days, one small cell each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from PySide6.QtCore import QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.insights import Insights
from psylite_desktop.ui.charts.day_calendar import DayCalendar, PeriodGrid, month_later
from psylite_desktop.ui.charts.day_grid import paint_digit
from psylite_desktop.ui.charts.kit import ChartKit, mood_of
from psylite_desktop.ui.charts.wording import number
from psylite_desktop.ui.theme.tokens import GRID

_DAYS = 31
_NAMED = (1, 5, 10, 15, 20, 25, 30)
_Key = Qt.Key
_DAY_STEPS: dict[int, int] = {_Key.Key_Left: -1, _Key.Key_Right: 1}
_MONTH_STEPS: dict[int, int] = {
    _Key.Key_Up: -1,
    _Key.Key_Down: 1,
    _Key.Key_PageUp: -12,
    _Key.Key_PageDown: 12,
}


class YearGrid(PeriodGrid):
    """Months under each other; page keys change the year."""

    row_height = 22
    head_height = 20

    @property
    def year(self) -> int:
        """The year in view."""
        return self.cursor_day.year

    def cells(self) -> Iterator[tuple[date, QRectF]]:
        """The days of the year."""
        if self.cursor_day == date.min:
            return
        left, width = self._left, self._width
        day = date(self.year, 1, 1)
        while day.year == self.year:
            top = self.head + (day.month - 1) * self.row
            yield day, QRectF(left + (day.day - 1) * width, top, width, self.row)
            day += timedelta(days=1)

    def neighbour(self, key: int) -> date | None:
        """Left and right by day, up and down by month, page keys by year."""
        here = self.cursor_day
        ends = {_Key.Key_Home: date(here.year, 1, 1), _Key.Key_End: date(here.year, 12, 31)}
        if key in _DAY_STEPS:
            return here + timedelta(days=_DAY_STEPS[key])
        if key in _MONTH_STEPS:
            return month_later(here, _MONTH_STEPS[key])
        return next((day for end, day in ends.items() if end == key), None)

    def draw_around(self, painter: QPainter) -> None:
        """Names of months at the side, some numbers of days above."""
        painter.setFont(self.small())
        painter.setPen(QColor(self.kit.theme.tokens.muted))
        for month in range(1, 13):
            top = self.head + (month - 1) * self.row
            cell = QRectF(0, top, self._left - GRID, self.row)
            painter.drawText(
                cell, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _month(month)
            )
        for day in _NAMED:
            cell = QRectF(self._left + (day - 1) * self._width - GRID, 0, self._width + 2 * GRID, 0)
            cell.setHeight(self.head)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(day))

    def draw_inside(self, painter: QPainter, day: date, cell: QRectF) -> None:
        """The mood as a number."""
        one = self.figure(day)
        if one is not None and day <= self.today:
            font = self.small()
            paint_digit(painter, cell, mood_of(one.mean), self.kit.theme.tokens, font)

    def sizeHint(self) -> QSize:
        """Twelve rows and their heads."""
        return QSize(_DAYS * self.row, self.head + 12 * self.row)

    def minimumSizeHint(self) -> QSize:
        """Cells get narrower, never lower."""
        return QSize(_DAYS * GRID, self.sizeHint().height())

    @property
    def _left(self) -> float:
        metrics = QFontMetricsF(self.small())
        return max(metrics.horizontalAdvance(_month(month)) for month in range(1, 13)) + GRID

    @property
    def _width(self) -> float:
        return (self.width() - self._left) / _DAYS


class YearPixels(DayCalendar):
    """Every day of a year at a glance."""

    file_name = "year-in-pixels"
    months = 12

    def __init__(self, kit: ChartKit, parent: QWidget | None = None) -> None:
        self.grid = YearGrid(kit)
        super().__init__(kit, self.grid, parent)

    def name(self) -> str:
        """Title."""
        return self.tr("A year in pixels")

    def units(self, _insights: Insights) -> str:
        """What a cell is."""
        text = self.tr("{year}. One cell a day; colour and number (1 to 5) are its mean mood.")
        return text.format(year=self.grid.year)

    def said(self, insights: Insights) -> str:
        """How many days of the year, and which mood is found most."""
        days = self.days(insights)
        facts: dict[str, object] = {"year": self.grid.year, "count": len(days)}
        if not days:
            return self.tr("{year}: nothing noted.").format(**facts)
        moods = [mood_of(one.mean) for one in days]
        often = max(set(moods), key=lambda mood: (moods.count(mood), mood))
        facts |= {
            "mood": self.kit.words.mood(self.kit.lang, often),
            "often": moods.count(often),
            "mean": number(sum(one.mean for one in days) / len(days)),
        }
        if len(days) == 1:
            return self.tr("{year}: one day noted, “{mood}”.").format(**facts)
        text = self.tr(
            "{year}: {count} days noted, most often “{mood}” ({often}); mean {mean} of 5."
        )
        return text.format(**facts)

    def period(self) -> str:
        """The year."""
        return str(self.grid.year)

    def prefix(self) -> str:
        """Its number."""
        return f"{self.grid.year:04}-"

    def name_arrows(self) -> None:
        """A year each."""
        self.before.set_name(self.tr("Year before"))
        self.after.set_name(self.tr("Year after"))


def _month(month: int) -> str:
    return QLocale().standaloneMonthName(month, QLocale.FormatType.ShortFormat)
