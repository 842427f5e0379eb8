"""What the list of pages shows: pages under their month, or what a search found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import (
    QAbstractListModel,
    QDate,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    Qt,
)

from psylite_desktop.domain.journal import JournalEntry, JournalHit
from psylite_desktop.services.journal import first_line
from psylite_desktop.ui.widgets.marked_text import marked_spans
from psylite_desktop.ui.widgets.row_delegate import ROW_ROLE, SMALL_ROLE, Index

PREVIEW = 160
"""Characters of a page that its row may show."""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """The heading of a month; `day` lies in it."""

    day: str


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page."""

    entry: JournalEntry


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One page that was found."""

    hit: JournalHit


Row = MonthRow | PageRow | FoundRow


def rows_of_entries(entries: Iterable[JournalEntry]) -> list[Row]:
    """Pages, newest first, each month with its heading."""
    rows: list[Row] = []
    month = ""
    for entry in entries:
        if entry.day[:7] != month:
            month = entry.day[:7]
            rows.append(MonthRow(entry.day))
        rows.append(PageRow(entry))
    return rows


def id_of(row: Row) -> int:
    """The page behind a row, 0 for a heading."""
    match row:
        case PageRow():
            return row.entry.id
        case FoundRow():
            return row.hit.entry_id
    return 0


def day_name(day: str, pattern: str) -> str:
    """A day as a locale pattern says it."""
    found = date.fromisoformat(day)
    return QLocale().toString(QDate(found.year, found.month, found.day), pattern)


def time_name(at: float) -> str:
    """A time of day as the clock on the wall shows it."""
    moment = QDateTime.fromSecsSinceEpoch(round(at))
    return QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)


class EntriesModel(QAbstractListModel):
    """Rows for the view and for screen readers."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    @property
    def rows(self) -> list[Row]:
        """What is listed."""
        return list(self._rows)

    def show_rows(self, rows: list[Row]) -> None:
        """List these rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_of(self, entry_id: int) -> int:
        """The row of a page, -1 where it is not listed."""
        return next((at for at, row in enumerate(self._rows) if id_of(row) == entry_id != 0), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Headings count as rows."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are only read."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self._rows[index.row()], MonthRow):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts of a row: the first line, the small lines, what a screen reader says."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        answers: dict[int, Callable[[Row], object]] = {
            Qt.ItemDataRole.DisplayRole: self._text,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            ROW_ROLE: lambda row: row,
            SMALL_ROLE: self._small,
        }
        answer = answers.get(role)
        return answer(row) if answer is not None else None

    def title_of(self, entry: JournalEntry) -> str:
        """What a page is called: its title, else its first line."""
        return entry.title or first_line(entry.text[:PREVIEW]) or self.tr("An empty page")

    def _spoken(self, row: Row) -> str:
        small = marked_spans(self._small(row))[0]
        return f"{self._text(row)}, {small}" if small else self._text(row)

    def _text(self, row: Row) -> str:
        match row:
            case MonthRow():
                return day_name(row.day, self.tr("MMMM yyyy"))
            case PageRow():
                return self.title_of(row.entry)
            case FoundRow():
                return row.hit.title or day_name(row.hit.day, self.tr("ddd d MMM yyyy"))

    def _small(self, row: Row) -> str:
        match row:
            case MonthRow():
                return ""
            case PageRow():
                return self._when_and_more(row.entry)
            case FoundRow():
                day = day_name(row.hit.day, self.tr("d MMM yyyy"))
                return f"{day} · {row.hit.snippet}" if row.hit.title else row.hit.snippet

    def _when_and_more(self, entry: JournalEntry) -> str:
        day = day_name(entry.day, self.tr("ddd d"))
        when = f"{day} · {time_name(entry.at)}"
        shown = " ".join(entry.text[: 2 * PREVIEW].split())
        if not entry.title:
            shown = shown.removeprefix(" ".join(self.title_of(entry).split())).strip()
        return f"{when} · {shown[:PREVIEW]}" if shown else when
