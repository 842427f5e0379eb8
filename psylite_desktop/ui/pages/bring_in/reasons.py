"""Why something of a file stays outside, as sentences."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from psylite_desktop.domain.imports import Skipped
from psylite_desktop.ui.pages.export.words import section_name

CONTEXT = "Import"
MOST_LINES = 500
"""Lines that are listed one by one."""

REASONS = {
    "unreadable": QT_TRANSLATE_NOOP("Import", "cannot be read"),
    "day": QT_TRANSLATE_NOOP("Import", "the day cannot be read"),
    "time": QT_TRANSLATE_NOOP("Import", "the time cannot be read"),
    "mood": QT_TRANSLATE_NOOP("Import", "there is no mood, or one that is left out"),
    "mood_open": QT_TRANSLATE_NOOP("Import", "the mood has no place yet; choose one above"),
    "cut": QT_TRANSLATE_NOOP("Import", "comes in, but its note is cut at 500 characters"),
    "unknown": QT_TRANSLATE_NOOP("Import", "this version does not know it"),
    "unfinished": QT_TRANSLATE_NOOP("Import", "was not finished"),
    "ended": QT_TRANSLATE_NOOP("Import", "was to be forgotten by now"),
    "risk": QT_TRANSLATE_NOOP("Import", "too heavy to be remembered for replies"),
    "exists": QT_TRANSLATE_NOOP("Import", "is here already"),
    "twice": QT_TRANSLATE_NOOP("Import", "stands twice in the file"),
    "filled": QT_TRANSLATE_NOOP("Import", "this step of your plan holds other words, which stay"),
    "full": QT_TRANSLATE_NOOP("Import", "there is no room for more notes"),
    "no_talk": QT_TRANSLATE_NOOP("Import", "its talk is not in the file"),
    "section": QT_TRANSLATE_NOOP("Import", "this version does not know this part"),
}

OF_TABLE = QT_TRANSLATE_NOOP("Import", "Line {number}: {reason}")
OF_SECTION = QT_TRANSLATE_NOOP("Import", "{section}, number {number}: {reason}")
WHOLE = QT_TRANSLATE_NOOP("Import", "{section}: {reason}")
MORE = QT_TRANSLATE_NOOP("Import", "and {count} more")


def skipped_lines(skipped: Sequence[Skipped], *, is_table: bool) -> str:
    """One line a thing; `is_table`: numbers are lines of the file."""
    translate = QCoreApplication.translate
    form = translate(CONTEXT, OF_TABLE if is_table else OF_SECTION)
    whole = translate(CONTEXT, WHOLE)
    lines = []
    for one in skipped[:MOST_LINES]:
        shape = form if one.number else whole
        reason = translate(CONTEXT, REASONS.get(one.reason, REASONS["unreadable"]))
        lines.append(
            shape.format(number=one.number, section=section_name(one.section), reason=reason)
        )
    if len(skipped) > MOST_LINES:
        more = translate(CONTEXT, MORE)
        lines.append(more.format(count=len(skipped) - MOST_LINES))
    return "\n".join(lines)
