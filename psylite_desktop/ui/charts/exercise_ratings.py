"""Before and after exercises: how heavy it felt, from 0 to 10."""

from __future__ import annotations

from psylite_desktop.domain.exercise import RATING_MAX
from psylite_desktop.domain.insights import Insights
from psylite_desktop.ui.charts.chart_table import ChartRows
from psylite_desktop.ui.charts.plot_card import PlotCard
from psylite_desktop.ui.charts.plot_view import Axes, PlotView, Reading
from psylite_desktop.ui.charts.wording import number

SHOWN = 10


class ExerciseRatingsChart(PlotCard):
    """A hollow mark before, a full one after, joined by a line."""

    file_name = "exercises"

    def name(self) -> str:
        """Title."""
        return self.tr("Before and after exercises")

    def units(self, _insights: Insights) -> str:
        """What marks are."""
        return self.tr(
            "How heavy it felt, 0 to 10. Hollow: before; full: after. In brackets: times rated."
        )

    def said(self, insights: Insights) -> str:
        """All exercises together."""
        rows = insights.exercises
        times = sum(row.n for row in rows)
        text = self.tr(
            "Rated before and after: {times}×. Lighter afterwards: {lighter}×, heavier: "
            "{heavier}×, the same: {same}×."
        )
        lighter, heavier = sum(row.lighter for row in rows), sum(row.heavier for row in rows)
        return text.format(
            times=times, lighter=lighter, heavier=heavier, same=times - lighter - heavier
        )

    def missing(self, insights: Insights) -> str:
        """One exercise with both ratings."""
        if insights.exercises:
            return ""
        return self.tr("After an exercise that was rated before and after, it stands here.")

    def rows(self, insights: Insights) -> ChartRows:
        """All exercises, those done most first."""
        heads = (
            self.tr("Exercise"),
            self.tr("Times"),
            self.tr("Before"),
            self.tr("After"),
            self.tr("Lighter"),
            self.tr("Heavier"),
        )
        return ChartRows(
            heads,
            [
                (
                    self.kit.exercise(row.exercise),
                    str(row.n),
                    number(row.before),
                    number(row.after),
                    str(row.lighter),
                    str(row.heavier),
                )
                for row in insights.exercises
            ],
        )

    def draw_in(self, plot: PlotView, insights: Insights) -> None:
        """Pairs of marks."""
        tokens, shown = self.kit.theme.tokens, insights.exercises[:SHOWN]
        marks = [
            (-place, f"{self.kit.exercise(row.exercise)} ({row.n})")
            for place, row in enumerate(shown)
        ]
        ticks = [(value, str(value)) for value in range(0, RATING_MAX + 1, 2)]
        bounds = (-0.3, RATING_MAX + 0.3)
        plot.begin(Axes(bounds, (0.5 - len(shown), 0.5), ticks, marks, rows=len(shown)))
        readings = []
        for place, row in enumerate(shown):
            plot.line((row.before, row.after), (-place, -place), tokens.muted, 2)
            plot.dots([row.before], [-place], tokens.accent, size=10, hollow=True)
            plot.dots([row.after], [-place], tokens.accent, size=10)
            text = self.tr("{name}: {before} before, {after} after, {count}×")
            text = text.format(
                name=self.kit.exercise(row.exercise),
                before=number(row.before),
                after=number(row.after),
                count=row.n,
            )
            readings.append(Reading(row.after, -place, text))
        plot.finish(readings, self.tr("Arrow keys read one exercise after the other."))
