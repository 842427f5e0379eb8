"""What went together with the mood of a day; which came first, nobody can read from this."""

from __future__ import annotations

from psylite_desktop.domain.insights import Difference, FactorKind, Insights, Together
from psylite_desktop.services.mood import LEAST_DAYS
from psylite_desktop.ui.charts.chart_table import ChartRows
from psylite_desktop.ui.charts.plot_card import PlotCard
from psylite_desktop.ui.charts.plot_view import Axes, PlotView, Reading
from psylite_desktop.ui.charts.wording import number, signed

SHOWN = 10
_WIDEST = 2.0
"""Difference in moods that the axis shows at least up to half of, and at most."""


class WentTogetherChart(PlotCard):
    """A mark and its reach for each tag and exercise with enough days on both sides."""

    file_name = "went-together"

    def name(self) -> str:
        """Title."""
        return self.tr("What went together")

    def units(self, _insights: Insights) -> str:
        """What marks and lines are."""
        return self.tr(
            "Mark: mean mood of days with it, less that of days without (in moods, 1 to 5). Line: "
            "where it may well lie (95 %). In brackets: days with | days without."
        )

    def said(self, insights: Insights) -> str:
        """The clearest of them, without a why."""
        found = [(row, row.difference) for row in insights.together if row.difference is not None]
        row, far = found[0]
        if not far.is_clear:
            return self.tr(
                "Nothing stands out from chance yet. Days that differ by little are the usual case."
            )
        facts = {
            "name": self._name(row),
            "with": number(row.mean_with),
            "n_with": row.n_with,
            "without": number(row.mean_without or 0.0),
            "n_without": row.n_without,
        }
        if far.mean > 0:
            text = self.tr(
                "“{name}” went together with a higher mood: {with} on {n_with} days, {without} on "
                "the {n_without} days without. Which came first, this cannot say."
            )
        else:
            text = self.tr(
                "“{name}” went together with a lower mood: {with} on {n_with} days, {without} on "
                "the {n_without} days without. Which came first, this cannot say."
            )
        return text.format(**facts)

    def missing(self, insights: Insights) -> str:
        """Five days on both sides of at least one of them."""
        if any(row.difference is not None for row in insights.together):
            return ""
        text = self.tr(
            "Not enough yet: a tag or an exercise needs {count} days with it and {count} days "
            "without it."
        )
        return text.format(count=LEAST_DAYS)

    def rows(self, insights: Insights) -> ChartRows:
        """All of them, those with too few days at the end."""
        heads = (
            self.tr("What"),
            self.tr("Days with"),
            self.tr("Mean"),
            self.tr("Days without"),
            self.tr("Mean without"),
            self.tr("Difference"),
        )
        return ChartRows(
            heads,
            [
                (
                    self._name(row),
                    str(row.n_with),
                    number(row.mean_with),
                    str(row.n_without),
                    number(row.mean_without) if row.mean_without is not None else "–",
                    self._reach(row.difference),
                )
                for row in insights.together
            ],
        )

    def draw_in(self, plot: PlotView, insights: Insights) -> None:
        """Marks around a line at no difference."""
        found = [(row, row.difference) for row in insights.together if row.difference is not None]
        shown, tokens = found[:SHOWN], self.kit.theme.tokens
        ends = [abs(end) for _row, far in shown for end in (far.low, far.high)]
        reach = min(max(1.0, *ends), _WIDEST) * 1.1
        marks = [
            (-place, f"{self._name(row)} ({row.n_with} | {row.n_without})")
            for place, (row, _far) in enumerate(shown)
        ]
        steps = (-_WIDEST, -1.0, -0.5, 0.0, 0.5, 1.0, _WIDEST)
        ticks = [(step, signed(step) if step else "0") for step in steps if abs(step) <= reach]
        plot.begin(Axes((-reach, reach), (0.5 - len(shown), 0.5), ticks, marks, rows=len(shown)))
        plot.zero(0.0)
        readings = []
        for place, (row, far) in enumerate(shown):
            color = tokens.accent if far.is_clear else tokens.muted
            plot.line((max(far.low, -reach), min(far.high, reach)), (-place, -place), color, 3)
            plot.dots([far.mean], [-place], color, size=10, hollow=not far.is_clear)
            text = self.tr("{name}: {difference}; {n_with} days with, {n_without} days without")
            text = text.format(
                name=self._name(row),
                difference=self._reach(far),
                n_with=row.n_with,
                n_without=row.n_without,
            )
            readings.append(Reading(far.mean, -place, text))
        plot.finish(
            readings,
            self.tr(
                "Arrow keys read one after the other. Hollow: may be chance; of twenty full ones, "
                "one may be chance too."
            ),
        )

    def _name(self, row: Together) -> str:
        if row.kind is FactorKind.EXERCISE:
            return self.kit.exercise(row.id)
        return self.kit.words.tag(self.kit.lang, row.id)

    def _reach(self, far: Difference | None) -> str:
        if far is None:
            return self.tr("not enough yet")
        text = self.tr("{mean} ({low} to {high})")
        return text.format(mean=signed(far.mean), low=signed(far.low), high=signed(far.high))
