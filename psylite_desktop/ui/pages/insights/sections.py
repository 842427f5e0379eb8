"""The charts of the page in their order; their modules are read when one is first opened."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from psylite_desktop.ui.charts.card import ChartCard
from psylite_desktop.ui.charts.kit import ChartKit
from psylite_desktop.ui.pages.insights.section import ChartSection


def year(kit: ChartKit) -> ChartCard:
    """A year in pixels."""
    from psylite_desktop.ui.charts.year_pixels import YearPixels

    return YearPixels(kit)


def line(kit: ChartKit) -> ChartCard:
    """Mood over time."""
    from psylite_desktop.ui.charts.mood_line import MoodLineChart

    return MoodLineChart(kit)


def weekdays(kit: ChartKit) -> ChartCard:
    """Days of the week."""
    from psylite_desktop.ui.charts.patterns import WeekdayChart

    return WeekdayChart(kit)


def hours(kit: ChartKit) -> ChartCard:
    """Time of day."""
    from psylite_desktop.ui.charts.patterns import HourChart

    return HourChart(kit)


def feelings(kit: ChartKit) -> ChartCard:
    """Feeling words."""
    from psylite_desktop.ui.charts.feeling_words import FeelingWordsChart

    return FeelingWordsChart(kit)


def together(kit: ChartKit) -> ChartCard:
    """What went together."""
    from psylite_desktop.ui.charts.went_together import WentTogetherChart

    return WentTogetherChart(kit)


def exercises(kit: ChartKit) -> ChartCard:
    """Before and after exercises."""
    from psylite_desktop.ui.charts.exercise_ratings import ExerciseRatingsChart

    return ExerciseRatingsChart(kit)


def scales(kit: ChartKit) -> ChartCard:
    """Scales over time."""
    from psylite_desktop.ui.charts.scale_scores import ScaleScoresChart

    return ScaleScoresChart(kit)


MAKERS = {
    "line": line,
    "weekdays": weekdays,
    "hours": hours,
    "feelings": feelings,
    "together": together,
    "exercises": exercises,
    "scales": scales,
}
"""Those that follow the period; the year stands above them and shows its own."""


def title(section: str) -> str:
    """What a section is called before its chart is made."""
    translate = QCoreApplication.translate
    return {
        "year": translate("ChartSections", "A year in pixels"),
        "line": translate("ChartSections", "Mood over time"),
        "weekdays": translate("ChartSections", "Days of the week"),
        "hours": translate("ChartSections", "Time of day"),
        "feelings": translate("ChartSections", "Feeling words"),
        "together": translate("ChartSections", "What went together"),
        "exercises": translate("ChartSections", "Before and after exercises"),
        "scales": translate("ChartSections", "Scales over time"),
    }[section]


def make_section(kit: ChartKit, name: str) -> ChartSection:
    """A folded section."""
    make = year if name == "year" else MAKERS[name]
    return ChartSection(kit.theme, lambda: make(kit), lambda: title(name))
