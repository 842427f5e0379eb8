"""Dates, scores and ranges of scales in words; the same on the list, the result and the copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from psylite_desktop.domain.scale import Part, Scale, ScaleRun
from psylite_desktop.services.scales import band_of


def day(at: float) -> str:
    """A date of this computer's calendar."""
    moment = QDateTime.fromSecsSinceEpoch(int(at)).date()
    pattern = QCoreApplication.translate("ScaleWords", "d MMM yyyy")
    return QLocale().toString(moment, pattern)


def points(part: Part, run: ScaleRun) -> str:
    """A score and the highest there is; a dash where the part was not scored."""
    found = run.score(part.id)
    return "–" if found is None else f"{found} / {part.high}"


def band_name(part: Part, run: ScaleRun, *, is_young: bool) -> str:
    """Name of the range a score lies in; "" for young people, who get no such words."""
    found = run.score(part.id)
    if found is None or is_young or not part.low <= found <= part.high:
        return ""
    return band_of(part, found).name


def score_line(part: Part, run: ScaleRun, *, is_young: bool) -> str:
    """Score and range in one line."""
    name = band_name(part, run, is_young=is_young)
    return f"{points(part, run)} · {name}" if name else points(part, run)


def summary(scale: Scale, run: ScaleRun, *, is_young: bool) -> str:
    """All parts of a result in one line; a part that stands alone needs no name."""
    if len(scale.parts) == 1:
        return score_line(scale.parts[0], run, is_young=is_young)
    return "; ".join(
        f"{part.name} {score_line(part, run, is_young=is_young)}" for part in scale.parts
    )


def as_text(scale: Scale, runs: Sequence[ScaleRun], *, is_young: bool) -> str:
    """Results as plain text, newest first: dates, scores, ranges; never single answers."""
    lines = [f"{scale.name} ({scale.full_name})"]
    lines += [f"{day(run.at)}: {summary(scale, run, is_young=is_young)}" for run in runs]
    return "\n".join([*lines, scale.limits])
