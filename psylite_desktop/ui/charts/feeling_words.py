"""Feeling words: how often each was chosen, and the mood it came with."""

from __future__ import annotations

from psylite_desktop.domain.insights import FeelingUse, Insights
from psylite_desktop.ui.charts.chart_table import ChartRows
from psylite_desktop.ui.charts.kit import mood_of
from psylite_desktop.ui.charts.plot_card import PlotCard
from psylite_desktop.ui.charts.plot_view import Axes, PlotView, Reading
from psylite_desktop.ui.charts.wording import number

SHOWN = 10


class FeelingWordsChart(PlotCard):
    """Lying bars, the word chosen most on top; the colour is the mood that came with it."""

    file_name = "feeling-words"

    def name(self) -> str:
        """Title."""
        return self.tr("Feeling words")

    def units(self, _insights: Insights) -> str:
        """What length and colour are."""
        return self.tr("Length: check-ins with the word. Colour and word: the mood they came with.")

    def said(self, insights: Insights) -> str:
        """The word chosen most."""
        most = insights.feelings[0]
        text = self.tr(
            "“{word}” was chosen most, in {count} of {all} check-ins; those came with “{mood}” on "
            "average ({mean} of 5)."
        )
        return text.format(
            word=self._word(most),
            count=most.count,
            all=insights.check_ins,
            mood=self.kit.mood(most.mean),
            mean=number(most.mean),
        )

    def missing(self, insights: Insights) -> str:
        """One word is enough."""
        if insights.feelings:
            return ""
        return self.tr("No feeling words yet. They can be added to any check-in, never must be.")

    def rows(self, insights: Insights) -> ChartRows:
        """All words."""
        heads = (self.tr("Word"), self.tr("Check-ins"), self.tr("Mean mood"), self.tr("Mood"))
        return ChartRows(
            heads,
            [
                (self._word(one), str(one.count), number(one.mean), self.kit.mood(one.mean))
                for one in insights.feelings
            ],
        )

    def draw_in(self, plot: PlotView, insights: Insights) -> None:
        """Bars with count and mood behind them."""
        tokens, shown = self.kit.theme.tokens, insights.feelings[:SHOWN]
        most = shown[0].count
        marks = [(-place, self._word(one)) for place, one in enumerate(shown)]
        plot.begin(Axes((0, most * 1.45), (0.5 - len(shown), 0.5), (), marks, rows=len(shown)))
        readings = []
        for place, one in enumerate(shown):
            plot.row(-place, one.count, tokens.mood[mood_of(one.mean) - 1])
            mood = self.kit.mood(one.mean)
            plot.label(one.count, -place, f"{one.count} · {mood}", at=(0, 0.5))
            text = self.tr("{word}: chosen {count}×, with “{mood}” on average ({mean} of 5)")
            text = text.format(
                word=self._word(one), count=one.count, mood=mood, mean=number(one.mean)
            )
            readings.append(Reading(one.count, -place, text))
        plot.finish(readings, self.tr("Arrow keys read one word after the other."))

    def _word(self, one: FeelingUse) -> str:
        return self.kit.words.feeling(self.kit.lang, one.feeling)
