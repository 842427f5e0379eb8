"""Backups, sizes and what a copy holds, in words."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDate, QLocale

from psylite_desktop.domain.backup import Backup, BackupKind, Contents

_CONTEXT = "Backups"

_KINDS = {
    BackupKind.AUTO: QT_TRANSLATE_NOOP("Backups", "made by itself"),
    BackupKind.MANUAL: QT_TRANSLATE_NOOP("Backups", "made by you"),
    BackupKind.BEFORE: QT_TRANSLATE_NOOP("Backups", "made before a change"),
    BackupKind.DAMAGED: QT_TRANSLATE_NOOP("Backups", "damaged files, kept as they were"),
}

_TABLES = {
    "messages": QT_TRANSLATE_NOOP("Backups", "Messages"),
    "conversations": QT_TRANSLATE_NOOP("Backups", "Conversations"),
    "journal_entries": QT_TRANSLATE_NOOP("Backups", "Journal pages"),
    "journal_revisions": QT_TRANSLATE_NOOP("Backups", "Earlier versions of pages"),
    "check_ins": QT_TRANSLATE_NOOP("Backups", "Check-ins"),
    "exercise_runs": QT_TRANSLATE_NOOP("Backups", "Exercises"),
    "scale_runs": QT_TRANSLATE_NOOP("Backups", "Scales"),
    "safety_plan": QT_TRANSLATE_NOOP("Backups", "Steps of my plan"),
    "memory_notes": QT_TRANSLATE_NOOP("Backups", "Notes I keep"),
    "endings": QT_TRANSLATE_NOOP("Backups", "Summaries of talks"),
    "settings": QT_TRANSLATE_NOOP("Backups", "Settings"),
    "drafts": QT_TRANSLATE_NOOP("Backups", "Unsent words"),
}
"""Tables that a person knows something about; the others are counted together."""

_OTHER = QT_TRANSLATE_NOOP("Backups", "Other things")
_COUNT = QT_TRANSLATE_NOOP("Backups", "{what}: {count}")
_NEWEST = QT_TRANSLATE_NOOP("Backups", "The newest thing in it is of {day}.")
_NOTHING = QT_TRANSLATE_NOOP("Backups", "Nothing was written in it yet.")
_NEWER = QT_TRANSLATE_NOOP(
    "Backups", "A newer PsyLite wrote it: here it can be read, but not changed."
)
_DAY = QT_TRANSLATE_NOOP("Backups", "d MMMM yyyy")
"""A date in the codes of QLocale."""
_SIZES = ("kB", "MB", "GB")
_SHOWN = ("messages", "conversations", "journal_entries", "check_ins", "exercise_runs")


def _tr(source: str) -> str:
    return QCoreApplication.translate(_CONTEXT, source)


def time_text(seconds: float, lang: str) -> str:
    """A day and the time of day, as the clock on the wall shows them."""
    at = datetime.fromtimestamp(seconds).astimezone()
    day = QLocale(lang).toString(QDate(at.year, at.month, at.day), _tr(_DAY))
    return f"{day} {at:%H:%M}"


def size_text(size: int) -> str:
    """Bytes in a unit that can be read aloud."""
    value = max(1.0, size / 1000)
    for unit in _SIZES:
        if value < 1000 or unit == _SIZES[-1]:
            return f"{value:.0f} {unit}" if value >= 10 or unit == "kB" else f"{value:.1f} {unit}"
        value /= 1000
    return ""


def backup_text(backup: Backup, lang: str) -> str:
    """When a backup was made."""
    return time_text(backup.made_at, lang)


def about_text(backup: Backup) -> str:
    """Why it was made, and how big it is."""
    return f"{_tr(_KINDS[backup.kind])} · {size_text(backup.size)}"


def table_text(table: str) -> str:
    """What a table holds, in words."""
    return _tr(_TABLES.get(table, _OTHER))


def is_known(table: str) -> bool:
    """Whether there is a word of its own for a table."""
    return table in _TABLES


def contents_text(contents: Contents, lang: str) -> str:
    """What a copy holds: the main counts, and how new it is."""
    lines = [
        _tr(_COUNT).format(what=table_text(table), count=contents.count(table))
        for table in _SHOWN
        if contents.count(table)
    ]
    said = [" · ".join(lines)] if lines else [_tr(_NOTHING)]
    if lines and contents.newest_at is not None:
        said.append(_tr(_NEWEST).format(day=time_text(contents.newest_at, lang)))
    if contents.is_newer:
        said.append(_tr(_NEWER))
    return "\n".join(said)
