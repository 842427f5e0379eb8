"""Weekdays and parts of the day: what mood they come with, and on how many days that stands."""

from __future__ import annotations

from collections.abc import Sequence

from psylite_desktop.domain.insights import Insights, PatternBin
from psylite_desktop.services.mood import HOURS
from psylite_desktop.ui.charts.chart_table import ChartRows
from psylite_desktop.ui.charts.kit import mood_of
from psylite_desktop.ui.charts.mood_line import mood_ticks
from psylite_desktop.ui.charts.plot_card import PlotCard
from psylite_desktop.ui.charts.plot_view import Axes, PlotView, Reading
from psylite_desktop.ui.charts.wording import days_needed, number, short_weekday, weekday

LEAST_DAYS = 7
LEAST_CHECK_INS = 7
LEAST_IN_BIN = 3
"""Days or check-ins that a bar stands on before anything is said of it."""
_ALIKE = 0.3


class PatternChart(PlotCard):
    """Bars from the lowest mood on, with the number below each."""

    def bins(self, insights: Insights) -> Sequence[PatternBin]:
        """What is drawn."""
        raise NotImplementedError

    def bin_name(self, place: int) -> str:
        """What a bar is called in sentences."""
        raise NotImplementedError

    def bin_mark(self, place: int) -> str:
        """What stands below a bar."""
        raise NotImplementedError

    def place_head(self) -> str:
        """Head of the first column."""
        raise NotImplementedError

    def count_head(self) -> str:
        """Head of the column of numbers."""
        raise NotImplementedError

    def said(self, insights: Insights) -> str:
        """The lowest and the highest of the bars that stand on enough."""
        known = [
            (one.mean, one)
            for one in self.bins(insights)
            if one.mean is not None and one.n >= LEAST_IN_BIN
        ]
        if len(known) < 2:
            return self.tr("Too few are known well enough to set them side by side.")
        low, high = min(known, key=lambda one: one[0]), max(known, key=lambda one: one[0])
        facts = {
            "low": self.bin_name(low[1].place),
            "high": self.bin_name(high[1].place),
            "low_mean": number(low[0]),
            "high_mean": number(high[0]),
            "low_n": low[1].n,
            "high_n": high[1].n,
        }
        if high[0] - low[0] < _ALIKE:
            return self.tr("They are much alike, between {low_mean} and {high_mean} of 5.").format(
                **facts
            )
        said = self.tr(
            "Highest on average: {high}, {high_mean} of 5 (n = {high_n}); lowest: {low}, "
            "{low_mean} (n = {low_n})."
        )
        return said.replace("n = ", "n\u00a0=\u00a0").format(**facts)

    def rows(self, insights: Insights) -> ChartRows:
        """Bars in their order."""
        heads = (self.place_head(), self.tr("Mean mood"), self.tr("Mood"), self.count_head())
        return ChartRows(
            heads,
            [
                (
                    self.bin_name(one.place),
                    number(one.mean) if one.mean is not None else "–",
                    self.kit.mood(one.mean) if one.mean is not None else "–",
                    str(one.n),
                )
                for one in self.bins(insights)
            ],
        )

    def draw_in(self, plot: PlotView, insights: Insights) -> None:
        """Bars with their numbers."""
        bins = self.bins(insights)
        tokens = self.kit.theme.tokens
        marks = [(place, self.bin_mark(one.place)) for place, one in enumerate(bins)]
        plot.begin(Axes((-0.6, len(bins) - 0.4), (1, 5.5), marks, mood_ticks(self.kit)))
        readings = []
        for place, one in enumerate(bins):
            if one.mean is None:
                continue
            sure = one.n >= LEAST_IN_BIN
            top = max(one.mean, 1.04)
            plot.column(place, 1, top, tokens.mood[mood_of(one.mean) - 1], sure=sure)
            plot.label(place, top, str(one.n), at=(0.5, 1))
            text = self.tr("{name}: {mean} of 5, n = {count}")
            text = text.format(name=self.bin_name(one.place), mean=number(one.mean), count=one.n)
            readings.append(Reading(place, top, text))
        plot.finish(readings, self.tr("Arrow keys read one bar after the other."))


class WeekdayChart(PatternChart):
    """Monday to Sunday."""

    file_name = "weekdays"

    def name(self) -> str:
        """Title."""
        return self.tr("Days of the week")

    def units(self, _insights: Insights) -> str:
        """What a bar is."""
        return self.tr(
            "Mean mood of the days, 1 to 5; above it the number of days (n). Outline: fewer than 3."
        )

    def missing(self, insights: Insights) -> str:
        """A week of days at least."""
        more = LEAST_DAYS - len(insights.days)
        return days_needed(more) if more > 0 else ""

    def bins(self, insights: Insights) -> Sequence[PatternBin]:
        """Weekdays."""
        return insights.weekdays

    def bin_name(self, place: int) -> str:
        """Name of a weekday."""
        return weekday(place)

    def bin_mark(self, place: int) -> str:
        """Short name of a weekday."""
        return short_weekday(place)

    def place_head(self) -> str:
        """Head of the first column."""
        return self.tr("Weekday")

    def count_head(self) -> str:
        """Head of the column of numbers."""
        return self.tr("Days (n)")


class HourChart(PatternChart):
    """Parts of the day, three hours each; check-ins added later are not in it."""

    file_name = "hours"

    def name(self) -> str:
        """Title."""
        return self.tr("Time of day")

    def units(self, _insights: Insights) -> str:
        """What a bar is, and what is left out."""
        return self.tr(
            "Mean mood of the check-ins, 1 to 5; above it their number (n). Outline: fewer than 3. "
            "Check-ins added later are left out: nobody knows their hour."
        )

    def missing(self, insights: Insights) -> str:
        """Some check-ins with an hour."""
        more = LEAST_CHECK_INS - sum(one.n for one in insights.hours)
        if more <= 0:
            return ""
        if more == 1:
            return self.tr("One more check-in on the day itself, and this can be drawn.")
        text = self.tr("{count} more check-ins on the day itself, and this can be drawn.")
        return text.format(count=more)

    def bins(self, insights: Insights) -> Sequence[PatternBin]:
        """Parts of the day."""
        return insights.hours

    def bin_name(self, place: int) -> str:
        """From when to when."""
        return self.tr("{first}:00 to {last}:00").format(first=place, last=place + HOURS)

    def bin_mark(self, place: int) -> str:
        """From when to when, short."""
        return self.tr("{first}–{last}").format(first=place, last=place + HOURS)

    def place_head(self) -> str:
        """Head of the first column."""
        return self.tr("Time")

    def count_head(self) -> str:
        """Head of the column of numbers."""
        return self.tr("Check-ins (n)")
