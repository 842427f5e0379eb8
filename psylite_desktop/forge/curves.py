"""Curves of a training run: recorded as numbers while it runs, drawn afterwards.

A record is plain data for a report file: {"x": what the steps are counted in, "series": {name:
[[x, y], ...]}}. Drawing needs matplotlib; recording needs nothing, so that a run on a borrowed
machine brings its curve home in the report.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

KEY = "curves"
"""Where reports keep records: {name of a chart: record}."""


class Record:
    """Points of several lines over one axis."""

    def __init__(self, x: str, series: dict[str, list[list[float]]] | None = None) -> None:
        """`x` names the axis; `series` goes on from a checkpoint."""
        self.x = x
        self.series: dict[str, list[list[float]]] = {} if series is None else series

    def add(self, name: str, x: float, y: float) -> None:
        """One more point of a line."""
        self.series.setdefault(name, []).append([round(x, 3), round(y, 4)])

    def as_dict(self) -> dict[str, Any]:
        """For a report."""
        return {"x": self.x, "series": self.series}


def draw(report: Path, picture: Path) -> list[str]:
    """Draw the curves that a report holds, a chart each, as SVG; returns the charts' names.

    Raises OSError, and ValueError if the report holds none.
    """
    charts = _found(json.loads(report.read_text("utf-8")))
    if not charts:
        raise ValueError(f"{report.name}: no curves")
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    # Text stays text, ids stay the same: the file is small and two drawings of it are equal.
    pyplot.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "psylite", "font.size": 9})
    figure, places = pyplot.subplots(
        1, len(charts), figsize=(4.6 * len(charts), 3.2), squeeze=False, layout="constrained"
    )
    for place, (name, record) in zip(places[0], charts.items(), strict=True):
        for label, points in record["series"].items():
            style = {"marker": "o", "markersize": 2.5} if len(points) < 40 else {}
            place.plot(*zip(*points, strict=True), label=label, linewidth=1.2, **style)
        place.set(title=name, xlabel=record["x"], ylabel="nats")
        place.grid(alpha=0.3)
        place.legend(frameon=False)
    figure.savefig(picture, metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
    return list(charts)


def _found(report: Any) -> dict[str, Any]:
    """The records of a report, wherever in it they stand."""
    if not isinstance(report, dict):
        return {}
    if KEY in report:
        return dict(report[KEY])
    return {name: one for part in report.values() for name, one in _found(part).items()}
