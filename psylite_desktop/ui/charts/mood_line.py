"""Mood over time: a mark a day, and a seven-day mean that is open where no day was noted."""

from __future__ import annotations

import math
from datetime import date

from psylite_desktop.domain.check_in import MOODS
from psylite_desktop.domain.insights import Insights, TrendPoint
from psylite_desktop.ui.charts.chart_table import ChartRows
from psylite_desktop.ui.charts.kit import ChartKit
from psylite_desktop.ui.charts.plot_card import PlotCard
from psylite_desktop.ui.charts.plot_view import Axes, PlotView, Reading, Ticks
from psylite_desktop.ui.charts.time_ticks import time_ticks
from psylite_desktop.ui.charts.wording import day_text, days_needed, number

LEAST_DAYS = 3
MOST_MARKS = 400
"""More days than this show their mean alone: marks would be a cloud."""
_CLEAR = 0.3
"""Difference of two means below which they are called alike."""


def mood_ticks(kit: ChartKit) -> Ticks:
    """Numbers and words of the five moods."""
    return [(mood, f"{kit.words.mood(kit.lang, mood)} {mood}") for mood in MOODS]


class MoodLineChart(PlotCard):
    """Days and their rolling mean."""

    file_name = "mood-line"

    def name(self) -> str:
        """Title."""
        return self.tr("Mood over time")

    def units(self, insights: Insights) -> str:
        """What marks and line are."""
        if len(insights.days) > MOST_MARKS:
            return self.tr(
                "The line is the mean of the days noted in the last 7, 1 to 5; it stays open where "
                "no day was noted. Over so long a time, marks for single days are left out."
            )
        return self.tr(
            "A mark is the mean of a day, 1 to 5 (hollow: added later). The line is the mean of "
            "the days noted in the last 7; it stays open where no day was noted."
        )

    def said(self, insights: Insights) -> str:
        """The mean of all days, and where the line is now."""
        mean = insights.mean or 0.0
        facts = {
            "count": len(insights.days),
            "mean": number(mean),
            "mood": self.kit.mood(mean),
        }
        points = [point for stretch in insights.trend for point in stretch]
        if len(points) < 2:
            text = self.tr("{count} days noted; their mean is {mean} of 5, closest to “{mood}”.")
            return text.format(**facts)
        change = points[-1].mean - points[0].mean
        if abs(change) < _CLEAR:
            text = self.tr(
                "{count} days noted, mean {mean} of 5, closest to “{mood}”; the line ends about "
                "where it began ({last})."
            )
        elif change > 0:
            text = self.tr(
                "{count} days noted, mean {mean} of 5, closest to “{mood}”; the line ends higher "
                "than it began ({first}, now {last})."
            )
        else:
            text = self.tr(
                "{count} days noted, mean {mean} of 5, closest to “{mood}”; the line ends lower "
                "than it began ({first}, now {last})."
            )
        return text.format(first=number(points[0].mean), last=number(points[-1].mean), **facts)

    def missing(self, insights: Insights) -> str:
        """A line needs a few days."""
        more = LEAST_DAYS - len(insights.days)
        return days_needed(more) if more > 0 else ""

    def rows(self, insights: Insights) -> ChartRows:
        """Days, newest first."""
        trend = _by_day(insights)
        heads = (
            self.tr("Day"),
            self.tr("Mean"),
            self.tr("Mood"),
            self.tr("Check-ins"),
            self.tr("7-day mean"),
        )
        return ChartRows(
            heads,
            [
                (
                    day_text(one.day),
                    number(one.mean),
                    self.kit.mood(one.mean),
                    self._count(one.count, backfilled=one.backfilled),
                    number(trend[one.day].mean) if one.day in trend else "–",
                )
                for one in reversed(insights.days)
            ],
        )

    def draw_in(self, plot: PlotView, insights: Insights) -> None:
        """Marks and line."""
        tokens = self.kit.theme.tokens
        first, last = _place(insights.first), _place(insights.today)
        plot.begin(
            Axes((first - 1, last + 1), (0.8, 5.2), time_ticks(first, last), mood_ticks(self.kit))
        )
        if len(insights.days) <= MOST_MARKS:
            for later in (False, True):
                days = [one for one in insights.days if one.backfilled is later]
                places, means = [_place(one.day) for one in days], [one.mean for one in days]
                plot.dots(places, means, tokens.muted, size=6, hollow=later)
        xs: list[float] = []
        ys: list[float] = []
        for stretch in insights.trend:
            xs += [*(_place(point.day) for point in stretch), _place(stretch[-1].day) + 0.5]
            ys += [*(point.mean for point in stretch), math.nan]
        plot.line(xs, ys, tokens.accent, 2.5 if len(insights.days) <= MOST_MARKS else 1.2)
        lone = [stretch[0] for stretch in insights.trend if len(stretch) == 1]
        plot.dots([_place(p.day) for p in lone], [p.mean for p in lone], tokens.accent, size=4)
        plot.finish(self._readings(insights), self.tr("Arrow keys read one day after the other."))

    def _readings(self, insights: Insights) -> list[Reading]:
        trend = _by_day(insights)
        found = []
        for one in insights.days:
            facts = {"day": day_text(one.day), "mean": number(one.mean)}
            if one.day in trend:
                text = self.tr("{day}: {mean}; 7-day mean {trend}")
                text = text.format(trend=number(trend[one.day].mean), **facts)
            else:
                text = self.tr("{day}: {mean}").format(**facts)
            if one.backfilled:
                text = self.tr("{text}; added later").format(text=text)
            found.append(Reading(_place(one.day), one.mean, text))
        return found

    def _count(self, count: int, *, backfilled: bool) -> str:
        return self.tr("{count} (added later)").format(count=count) if backfilled else str(count)


def _by_day(insights: Insights) -> dict[str, TrendPoint]:
    return {point.day: point for stretch in insights.trend for point in stretch}


def _place(day: str) -> int:
    return date.fromisoformat(day).toordinal()
