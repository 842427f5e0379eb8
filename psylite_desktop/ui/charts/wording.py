"""Days, means and counts in words; the same in pictures, sentences and tables."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale


def number(value: float) -> str:
    """A mean with one place behind the point."""
    return QLocale().toString(value, "f", 1)


def signed(value: float) -> str:
    """A difference with its sign."""
    return f"{'+' if value >= 0 else '−'}{number(abs(value))}"


def day_text(day: str | date) -> str:
    """A day with its year."""
    pattern = QCoreApplication.translate("ChartWords", "ddd d MMM yyyy")
    return QLocale().toString(_qdate(day), pattern)


def month_text(day: str | date) -> str:
    """A month with its year."""
    return QLocale().toString(_qdate(day), QCoreApplication.translate("ChartWords", "MMMM yyyy"))


def short_day(day: str | date) -> str:
    """A day on an axis."""
    return QLocale().toString(_qdate(day), QCoreApplication.translate("ChartWords", "d MMM"))


def short_month(day: str | date) -> str:
    """A month on an axis."""
    return QLocale().toString(_qdate(day), QCoreApplication.translate("ChartWords", "MMM yyyy"))


def weekday(place: int) -> str:
    """A weekday, 1 Monday to 7 Sunday."""
    return QLocale().standaloneDayName(place, QLocale.FormatType.LongFormat)


def short_weekday(place: int) -> str:
    """A weekday on an axis."""
    return QLocale().standaloneDayName(place, QLocale.FormatType.ShortFormat)


def days_needed(more: int) -> str:
    """What a chart that needs more days says instead."""
    if more == 1:
        return QCoreApplication.translate(
            "ChartWords", "One more day with a check-in, and this can be drawn."
        )
    text = QCoreApplication.translate(
        "ChartWords", "{count} more days with a check-in, and this can be drawn."
    )
    return text.format(count=more)


def _qdate(day: str | date) -> QDate:
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return QDate(found.year, found.month, found.day)
