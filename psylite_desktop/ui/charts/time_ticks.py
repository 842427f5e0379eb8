"""Marks of an axis of days: days, months or years, as many as can be read."""

from __future__ import annotations

from datetime import date

from psylite_desktop.ui.charts.wording import short_day, short_month

MOST = 7
"""Marks on one axis."""


def time_ticks(first: int, last: int) -> list[tuple[float, str]]:
    """Marks for days from `first` to `last`, both as ordinals of the calendar."""
    days = last - first
    if days <= 100:
        step = max(-(-days // (MOST - 1)), 1)
        places = range(last, first - 1, -step)
        return [(place, short_day(date.fromordinal(place))) for place in reversed(places)]
    months = _months(first, last)
    if len(months) <= 3 * MOST:
        step = -(-len(months) // MOST)
        return [(month.toordinal(), short_month(month)) for month in months[::step]]
    years = [month for month in months if month.month == 1]
    step = -(-len(years) // MOST)
    return [(year.toordinal(), str(year.year)) for year in years[::step]]


def _months(first: int, last: int) -> list[date]:
    """The first days of months inside."""
    begin = date.fromordinal(first)
    found: list[date] = []
    place = begin.year * 12 + begin.month - 1
    while True:
        month = date(place // 12, place % 12 + 1, 1)
        if month.toordinal() > last:
            return found
        if month.toordinal() >= first:
            found.append(month)
        place += 1
