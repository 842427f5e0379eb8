"""Scores of scales over time, with the ranges of their manuals; young people get no such words."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QComboBox, QWidget

from psylite_desktop.domain.insights import Insights, ScaleLine
from psylite_desktop.domain.scale import Part, Scale
from psylite_desktop.services.scales import band_of
from psylite_desktop.ui.charts.chart_table import ChartRows
from psylite_desktop.ui.charts.kit import ChartKit
from psylite_desktop.ui.charts.plot_card import PlotCard
from psylite_desktop.ui.charts.plot_view import Axes, PlotView, Reading
from psylite_desktop.ui.charts.time_ticks import time_ticks
from psylite_desktop.ui.charts.wording import day_text


class ScaleScoresChart(PlotCard):
    """One part of one scale at a time, chosen above it."""

    file_name = "scale"

    def __init__(self, kit: ChartKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._chosen = ("", "")
        self.choice = QComboBox()
        self.choice.activated.connect(self._on_activated)
        self.controls.addWidget(self.choice)
        self.controls.addStretch(1)

    def name(self) -> str:
        """Title."""
        return self.tr("Scales over time")

    def units(self, insights: Insights) -> str:
        """Which score, and between which bounds."""
        found = self._shown(insights)
        if found is None:
            return ""
        line, scale, part = found
        facts = {"name": self._label_of(line), "low": part.low, "high": part.high}
        if scale.higher_is_better:
            text = self.tr("{name}: score, {low} to {high}; more points mean better days.")
        else:
            text = self.tr("{name}: score, {low} to {high}; fewer points mean better days.")
        return text.format(**facts)

    def said(self, insights: Insights) -> str:
        """The newest score and the one before."""
        found = self._shown(insights)
        if found is None:
            return ""
        line, _scale, part = found
        newest = line.points[-1]
        facts = {
            "name": self._label_of(line),
            "score": newest.score,
            "day": day_text(newest.day),
            "limits": self.tr("A score is no diagnosis."),
        }
        if len(line.points) == 1:
            return self.tr("{name}: {score} on {day}. {limits}").format(**facts)
        before = line.points[-2]
        facts |= {"before": before.score, "then": day_text(before.day)}
        if part.change and abs(newest.score - before.score) < part.change:
            text = self.tr(
                "{name}: {score} on {day}, {before} on {then}; so small a difference may be "
                "chance. {limits}"
            )
        else:
            text = self.tr("{name}: {score} on {day}, {before} on {then}. {limits}")
        return text.format(**facts)

    def missing(self, insights: Insights) -> str:
        """One result is enough."""
        if self._known(insights):
            return ""
        return self.tr("After a scale was filled in, its score stands here.")

    def rows(self, insights: Insights) -> ChartRows:
        """Scores, newest first; ranges for adults only."""
        found = self._shown(insights)
        if found is None:
            return ChartRows()
        line, _scale, part = found
        heads = [self.tr("Day"), self.tr("Score")]
        heads += [] if self.is_young else [self.tr("Range")]
        rows = []
        for point in reversed(line.points):
            row = [day_text(point.day), f"{point.score} / {part.high}"]
            rows.append((*row, *([] if self.is_young else [_band(part, point.score)])))
        return ChartRows(tuple(heads), rows)

    def draw_in(self, plot: PlotView, insights: Insights) -> None:
        """Scores over the ranges of the manual."""
        found = self._shown(insights)
        if found is None:
            return
        line, _scale, part = found
        tokens = self.kit.theme.tokens
        xs = [date.fromisoformat(point.day).toordinal() for point in line.points]
        ys = [point.score for point in line.points]
        first, last = min(xs[0], xs[-1] - 14), xs[-1]  # no days that are yet to come
        top = part.high * 1.04
        ends = [band.low for band in part.bands] + [part.high]
        marks = [(value, str(value)) for value in ends]
        # Names of the ranges stand at the left, before the first score.
        before = 0.05 if self.is_young else 0.25
        bounds = (first - before * (last - first), last + 0.05 * (last - first))
        plot.begin(Axes(bounds, (part.low - 0.02 * top, top), time_ticks(first, last), marks))
        if not self.is_young:
            for number, band in enumerate(part.bands):
                if number % 2:
                    plot.zone(band.low, band.high + 1, tokens.muted)
                plot.label(bounds[0], band.low, band.name, at=(0, 1))
        plot.line(xs, ys, tokens.accent, 1.5)
        plot.dots(xs, ys, tokens.accent, size=8)
        plot.finish(
            [
                Reading(x, point.score, self._read(part, point.day, point.score))
                for x, point in zip(xs, line.points, strict=True)
            ],
            self.tr("Arrow keys read one result after the other."),
        )

    def refresh(self) -> None:
        """List what can be chosen first."""
        if self.insights is not None:
            known = self._known(self.insights)
            self.choice.clear()
            for line in known:
                self.choice.addItem(self._label_of(line), (line.scale, line.part))
            keys = [(line.scale, line.part) for line in known]
            if known and self._chosen not in keys:
                self._chosen = keys[0]
            self.choice.setCurrentIndex(keys.index(self._chosen) if known else -1)
            self.choice.setAccessibleName(self.tr("Which scale"))
        super().refresh()

    def _on_activated(self, place: int) -> None:
        scale, part = self.choice.itemData(place)
        self._chosen = (scale, part)
        self.refresh()

    def _read(self, part: Part, day: str, score: int) -> str:
        facts = {"day": day_text(day), "score": score, "band": _band(part, score)}
        if self.is_young or not facts["band"]:
            return self.tr("{day}: {score}").format(**facts)
        return self.tr("{day}: {score}, {band}").format(**facts)

    def _known(self, insights: Insights) -> list[ScaleLine]:
        """Lines of scales that this version has."""
        return [line for line in insights.scales if self._texts(line) is not None]

    def _shown(self, insights: Insights) -> tuple[ScaleLine, Scale, Part] | None:
        known = self._known(insights)
        line = next((one for one in known if (one.scale, one.part) == self._chosen), None)
        line = line or next(iter(known), None)
        texts = self._texts(line) if line is not None else None
        return (line, *texts) if line is not None and texts is not None else None

    def _texts(self, line: ScaleLine) -> tuple[Scale, Part] | None:
        for scale in self.kit.scales.scales(self.kit.lang):
            if scale.id == line.scale:
                for part in scale.parts:
                    if part.id == line.part:
                        return scale, part
        return None

    def _label_of(self, line: ScaleLine) -> str:
        texts = self._texts(line)
        if texts is None:
            return line.scale
        scale, part = texts
        return scale.name if len(scale.parts) == 1 else f"{scale.name} · {part.name}"


def _band(part: Part, score: int) -> str:
    """Name of the range; empty outside of what the manual knows."""
    return band_of(part, score).name if part.low <= score <= part.high else ""
