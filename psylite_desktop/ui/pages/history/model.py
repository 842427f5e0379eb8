"""The list of the history page, for the view and for screen readers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import (
    QAbstractListModel,
    QDate,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from psylite_desktop.domain.conversation import Conversation
from psylite_desktop.ui.pages.history.rows import (
    ConversationRow,
    DayRow,
    HitRow,
    Row,
    id_of,
    local_time,
    marked_spans,
)

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
SMALL_ROLE = Qt.ItemDataRole.UserRole + 2

Index = QModelIndex | QPersistentModelIndex


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
        """List these rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_of(self, conversation_id: int) -> int:
        """The row of a conversation, -1 where it is not listed."""
        return next(
            (at for at, row in enumerate(self._rows) if id_of(row) == conversation_id != 0), -1
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Headings count as rows."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are only read; titles of conversations can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row = self._rows[index.row()]
        if isinstance(row, DayRow):
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
            case DayRow():
                return self._day(row.day)
            case ConversationRow():
                return row.conversation.title or self.tr("A conversation")
            case HitRow():
                return row.title or self.tr("A conversation")

    def _small(self, row: Row) -> str:
        match row:
            case DayRow():
                return ""
            case ConversationRow():
                return self._when_and_how_much(row.conversation)
            case HitRow():
                return row.hit.snippet

    def _when_and_how_much(self, conversation: Conversation) -> str:
        moment = QDateTime.fromSecsSinceEpoch(round(conversation.updated_at))
        time = QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
        return self.tr("{time}, messages: {count}").format(
            time=time, count=conversation.message_count
        )

    def _day(self, day: date) -> str:
        today = local_time(QDateTime.currentSecsSinceEpoch()).date()
        if day == today:
            return self.tr("Today")
        if day == today - timedelta(days=1):
            return self.tr("Yesterday")
        shown = QDate(day.year, day.month, day.day)
        return QLocale().toString(shown, QLocale.FormatType.LongFormat)


def _title(row: Row) -> str | None:
    return row.conversation.title if isinstance(row, ConversationRow) else None
