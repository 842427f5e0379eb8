"""The list of the history page, for the view and for screen readers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import (
    QAbstractListModel,
    QDate,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)

from psylite_desktop.domain.conversation import Conversation
from psylite_desktop.domain.found import FoundKind, FoundText
from psylite_desktop.ui.pages.history.rows import (
    ConversationRow,
    HitRow,
    KindRow,
    Period,
    PeriodRow,
    Row,
    id_of,
    is_heading,
    local_time,
)
from psylite_desktop.ui.widgets.marked_text import marked_spans
from psylite_desktop.ui.widgets.row_delegate import ROW_ROLE, SMALL_ROLE, Index


class HistoryModel(QAbstractListModel):
    """Rows of the history.

    Signals:
        rename_requested: A title was edited; carries the conversation's id and the new title.
    """

    rename_requested = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    @property
    def rows(self) -> list[Row]:
        """What is listed."""
        return list(self._rows)

    def show_rows(self, rows: list[Row]) -> None:
        """List these rows; what only came after the old ones leaves those as they are."""
        known = len(self._rows)
        if known and len(rows) > known and rows[:known] == self._rows:
            self.beginInsertRows(QModelIndex(), known, len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
        elif rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def retranslate(self) -> None:
        """Say everything in the other language."""
        self.beginResetModel()
        self.endResetModel()

    def row_of(self, conversation_id: int) -> int:
        """The row of a conversation, -1 where it is not listed."""
        return next(
            (at for at, row in enumerate(self._rows) if id_of(row) == conversation_id != 0), -1
        )

    def first_place(self) -> int:
        """The first row that can be opened, -1 for none."""
        return next((at for at, row in enumerate(self._rows) if not is_heading(row)), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Headings count as rows."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are only read; titles of conversations can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row = self._rows[index.row()]
        if is_heading(row):
            return Qt.ItemFlag.ItemIsEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if isinstance(row, ConversationRow) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts of a row: the first line, the small line, what a screen reader says."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        answers: dict[int, Callable[[Row], object]] = {
            Qt.ItemDataRole.DisplayRole: self._text,
            Qt.ItemDataRole.EditRole: _title,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            ROW_ROLE: lambda row: row,
            SMALL_ROLE: self._small,
        }
        answer = answers.get(role)
        return answer(row) if answer is not None else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a new title; an empty one changes nothing."""
        row = self._rows[index.row()] if index.isValid() else None
        title = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not isinstance(row, ConversationRow):
            return False
        if not title or title == row.conversation.title:
            return False
        self.rename_requested.emit(row.conversation.id, title)
        return True

    def _spoken(self, row: Row) -> str:
        small = marked_spans(self._small(row))[0]
        return f"{self._text(row)}, {small}" if small else self._text(row)

    def _text(self, row: Row) -> str:
        match row:
            case PeriodRow():
                return self._period(row)
            case KindRow():
                return self._kind(row)
            case ConversationRow():
                return row.conversation.title or self.tr("A conversation")
            case HitRow():
                return self._place(row.found)

    def _small(self, row: Row) -> str:
        match row:
            case ConversationRow():
                return self._when_and_how_much(row.conversation, row.period)
            case HitRow():
                return row.found.snippet or _day(local_time(row.found.at).date())
        return ""

    def _when_and_how_much(self, conversation: Conversation, period: Period) -> str:
        moment = QDateTime.fromSecsSinceEpoch(round(conversation.updated_at))
        time = QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
        if period is Period.WEEK:
            time = f"{QLocale().dayName(moment.date().dayOfWeek())} {time}"
        elif period is Period.MONTH:
            time = QLocale().toString(moment.date(), self.tr("d MMM"))
        return self.tr("{time}, messages: {count}").format(
            time=time, count=conversation.message_count
        )

    def _period(self, row: PeriodRow) -> str:
        match row.period:
            case Period.TODAY:
                return self.tr("Today")
            case Period.YESTERDAY:
                return self.tr("Yesterday")
            case Period.WEEK:
                return self.tr("This week")
            case Period.MONTH:
                return QLocale().toString(_date(row.day), self.tr("MMMM yyyy"))

    def _kind(self, row: KindRow) -> str:
        names = {
            FoundKind.TITLE: self.tr("Titles"),
            FoundKind.MESSAGE: self.tr("Said in conversations"),
            FoundKind.ENTRY: self.tr("Journal pages"),
            FoundKind.CHECK_IN: self.tr("Check-ins"),
            FoundKind.RUN: self.tr("Exercises"),
            FoundKind.NOTE: self.tr("What I remember"),
        }
        said = self.tr("{place}: the newest {count}") if row.more else self.tr("{place}: {count}")
        return said.format(place=names[row.kind], count=row.count)

    def _place(self, found: FoundText) -> str:
        day = date.fromisoformat(found.day) if found.day else local_time(found.at).date()
        if found.kind in (FoundKind.CHECK_IN, FoundKind.NOTE):
            return _day(day)
        nameless = {
            FoundKind.ENTRY: self.tr("A page"),
            FoundKind.RUN: self.tr("An exercise"),
        }
        name = found.name or nameless.get(found.kind, self.tr("A conversation"))
        if found.kind is FoundKind.TITLE:
            return name
        return self.tr("{name} · {day}").format(name=name, day=_day(day))


def _date(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _day(day: date) -> str:
    return QLocale().toString(_date(day), QLocale.FormatType.ShortFormat)


def _title(row: Row) -> str | None:
    return row.conversation.title if isinstance(row, ConversationRow) else None
