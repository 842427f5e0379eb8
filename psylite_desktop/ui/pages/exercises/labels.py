"""Words for what exercises are made of; contexts of their own, for the translation files."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from psylite_desktop.domain.exercise import AFTER, BEFORE, Badge, ExerciseRun, Family, Phase

_CONTEXT = "Exercises"

_FAMILIES = {
    Family.BREATHING: QT_TRANSLATE_NOOP("Exercises", "Breathing"),
    Family.BODY: QT_TRANSLATE_NOOP("Exercises", "Body and senses"),
    Family.THOUGHTS: QT_TRANSLATE_NOOP("Exercises", "Thoughts"),
    Family.WORRY: QT_TRANSLATE_NOOP("Exercises", "Worry"),
    Family.ACTION: QT_TRANSLATE_NOOP("Exercises", "Getting going"),
    Family.VALUES: QT_TRANSLATE_NOOP("Exercises", "What matters"),
    Family.KINDNESS: QT_TRANSLATE_NOOP("Exercises", "Kindness"),
    Family.SLEEP: QT_TRANSLATE_NOOP("Exercises", "Sleep"),
    Family.PEOPLE: QT_TRANSLATE_NOOP("Exercises", "With people"),
    Family.STUDY: QT_TRANSLATE_NOOP("Exercises", "Exam season"),
}

_BADGES = {
    Badge.A: QT_TRANSLATE_NOOP("Exercises", "Evidence A: several good trials."),
    Badge.B: QT_TRANSLATE_NOOP(
        "Exercises", "Evidence B: trials found it helpful, and may be too hopeful."
    ),
    Badge.C: QT_TRANSLATE_NOOP(
        "Exercises", "Evidence C: one small trial, or trials that do not agree."
    ),
    Badge.D: QT_TRANSLATE_NOOP("Exercises", "Evidence D: practice wisdom, not tested by itself."),
}

_PHASES = {
    Phase.INHALE: QT_TRANSLATE_NOOP("Exercises", "Breathe in"),
    Phase.SIP: QT_TRANSLATE_NOOP("Exercises", "A little more"),
    Phase.HOLD: QT_TRANSLATE_NOOP("Exercises", "Hold"),
    Phase.EXHALE: QT_TRANSLATE_NOOP("Exercises", "Breathe out"),
    Phase.REST: QT_TRANSLATE_NOOP("Exercises", "Rest"),
}

_META = QT_TRANSLATE_NOOP("Exercises", "{minutes} min · evidence {badge}")
_DAY = QT_TRANSLATE_NOOP("Exercises", "ddd d MMM yyyy")
_BOTH = QT_TRANSLATE_NOOP("Exercises", "before {before}, after {after}")


def _tr(source: str) -> str:
    return QCoreApplication.translate(_CONTEXT, source)


def family_names() -> dict[Family, str]:
    """Families as people see them, in the language of now."""
    return {family: _tr(source) for family, source in _FAMILIES.items()}


def badge_text(badge: Badge) -> str:
    """What a badge means, as a sentence."""
    return _tr(_BADGES[badge])


def phase_text(phase: Phase) -> str:
    """What to do in a part of a breath."""
    return _tr(_PHASES[phase])


def meta_text(minutes: int, badge: Badge) -> str:
    """Length and badge in one line."""
    return _tr(_META).format(minutes=minutes, badge=badge.value)


def day_text(seconds: float, lang: str) -> str:
    """A day and the time of day, as the clock on the wall shows them."""
    at = datetime.fromtimestamp(seconds).astimezone()
    return f"{QLocale(lang).toString(at.date(), _tr(_DAY))} {at:%H:%M}"


def run_text(run: ExerciseRun, lang: str) -> str:
    """One line for a finished run: when, and both ratings where both were given."""
    day = day_text(run.finished_at or run.updated_at, lang)
    before, after = run.rating(BEFORE), run.rating(AFTER)
    if before is None or after is None:
        return day
    return f"{day} · {_tr(_BOTH).format(before=before, after=after)}"
