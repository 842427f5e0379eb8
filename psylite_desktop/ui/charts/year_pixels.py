"""A year in pixels: twelve rows of days, one small cell each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.insights import Insights, MoodDay
from psylite_desktop.ui.charts.card import ChartCard
from psylite_desktop.ui.charts.chart_table import ChartRows
from psylite_desktop.ui.charts.day_grid import DayGrid, paint_digit
from psylite_desktop.ui.charts.kit import ChartKit, mood_of
from psylite_desktop.ui.charts.month_calendar import day_rows, month_later, with_legend
from psylite_desktop.ui.charts.wording import number
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import IconButton
from psylite_desktop.ui.widgets.text import PlainLabel

_ROW = 22
_HEAD = 20
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


class YearGrid(DayGrid):
    """Months under each other; page keys change the year."""

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
            top = self._head + (day.month - 1) * self._row
            yield day, QRectF(left + (day.day - 1) * width, top, width, self._row)
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
        painter.setFont(self._small())
        painter.setPen(QColor(self.kit.theme.tokens.muted))
        for month in range(1, 13):
            top = self._head + (month - 1) * self._row
            cell = QRectF(0, top, self._left - GRID, self._row)
            painter.drawText(
                cell, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _month(month)
            )
        for day in _NAMED:
            cell = QRectF(self._left + (day - 1) * self._width - GRID, 0, self._width + 2 * GRID, 0)
            cell.setHeight(self._head)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(day))

    def draw_inside(self, painter: QPainter, day: date, cell: QRectF) -> None:
        """The mood as a number."""
        one = self.figure(day)
        if one is not None and day <= self.today:
            font = self._small()
            paint_digit(painter, cell, mood_of(one.mean), self.kit.theme.tokens, font)

    def sizeHint(self) -> QSize:
        """Twelve rows and their heads."""
        return QSize(_DAYS * self._row, self._head + 12 * self._row)

    def minimumSizeHint(self) -> QSize:
        """Cells get narrower, never lower."""
        return QSize(_DAYS * GRID, self.sizeHint().height())

    @property
    def _left(self) -> float:
        metrics = QFontMetricsF(self._small())
        return max(metrics.horizontalAdvance(_month(month)) for month in range(1, 13)) + GRID

    @property
    def _width(self) -> float:
        return (self.width() - self._left) / _DAYS

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


class YearPixels(ChartCard):
    """Every day of a year at a glance.

    Signals:
        day_opened: Show the check-ins of a day; carries it as YYYY-MM-DD.
    """

    day_opened = Signal(str)
    file_name = "year-in-pixels"

    def __init__(self, kit: ChartKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self.grid = YearGrid(kit)
        self.grid.day_opened.connect(self.day_opened)
        self.grid.moved.connect(self._on_moved)
        self.before, self.after = IconButton(kit.theme, "back"), IconButton(kit.theme, "forward")
        self.year = PlainLabel("strong", wrap=False)
        self.year.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.before.clicked.connect(lambda: self.grid.go_to(month_later(self.grid.cursor_day, -12)))
        self.after.clicked.connect(lambda: self.grid.go_to(month_later(self.grid.cursor_day, 12)))
        self.controls.addWidget(self.before)
        self.controls.addWidget(self.year, 1)
        self.controls.addWidget(self.after)

    def name(self) -> str:
        """Title."""
        return self.tr("A year in pixels")

    def units(self, _insights: Insights) -> str:
        """What a cell is."""
        text = self.tr("{year}. One cell a day; colour and number (1 to 5) are its mean mood.")
        return text.format(year=self.grid.year)

    def said(self, insights: Insights) -> str:
        """How many days of the year, and which mood is found most."""
        days = self._days(insights)
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

    def missing(self, _insights: Insights) -> str:
        """A year can always be shown."""
        return ""

    def rows(self, insights: Insights) -> ChartRows:
        """The noted days of the year, newest first."""
        return day_rows(self.kit, self._days(insights)[::-1])

    def make_picture(self) -> QWidget:
        """The grid over its legend."""
        return with_legend(self.grid, self.kit)

    def draw(self, insights: Insights) -> None:
        """Show the year of the keyboard."""
        self.grid.show_days(insights.calendar, insights.today)
        self._label_controls()

    def refresh(self) -> None:
        """The grid knows its year before anything is said about it."""
        if self.insights is not None:
            self.grid.show_days(self.insights.calendar, self.insights.today)
        super().refresh()

    def _days(self, insights: Insights) -> list[MoodDay]:
        year = f"{self.grid.year:04}-"
        return [one for one in insights.calendar if one.day.startswith(year)]

    def _on_moved(self) -> None:
        if self.insights is None:
            return
        if self.year.text() != str(self.grid.year):
            self._label(self.insights, "")
            self.table.show_rows(self.rows(self.insights))
            self._label_controls()

    def _label_controls(self) -> None:
        self.year.setText(str(self.grid.year))
        self.before.set_name(self.tr("Year before"))
        self.after.set_name(self.tr("Year after"))
        self.after.setEnabled(self.grid.year < self.grid.today.year)


def _month(month: int) -> str:
    return QLocale().standaloneMonthName(month, QLocale.FormatType.ShortFormat)
