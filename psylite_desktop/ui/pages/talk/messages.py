"""The messages of one conversation, as a Qt list model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from psylite_desktop.domain.conversation import Message, Mode, Role
from psylite_desktop.ui.pages.talk.plain_text import shown

PAGE = 50
"""Rows that are laid out at once; older ones come when the view is scrolled to its top."""

Index = QModelIndex | QPersistentModelIndex


class MessageRole(IntEnum):
    """What the delegate and the view ask for."""

    ROW = Qt.ItemDataRole.UserRole + 1
    FOOTER = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message and how it stands in the view; `model_name` is known for live replies only.

    `version`: which one of how many in this place, both from 1 on.
    """

    message: Message
    streaming: bool = False
    model_name: str = ""
    version: tuple[int, int] = (1, 1)


class MessageModel(QAbstractListModel):
    """Holds all messages and shows the newest of them, a page more at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[MessageRow] = []
        self._first = 0

    # -- reading

    def rowCount(self, parent: Index | None = None) -> int:
        """Rows in view."""
        return 0 if parent is not None and parent.isValid() else len(self._rows) - self._first

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text for people and screen readers; `MessageRole.ROW` for the delegate."""
        if not index.isValid() or not 0 <= index.row() < self.rowCount():
            return None
        row = self._rows[self._first + index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown(row.message.text)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case Qt.ItemDataRole.AccessibleDescriptionRole | MessageRole.FOOTER:
                return self.footer(row)
            case MessageRole.ROW:
                return row
        return None

    def row_at(self, index: Index) -> MessageRow | None:
        """The row behind an index."""
        row = index.data(MessageRole.ROW)
        return row if isinstance(row, MessageRow) else None

    def last(self, role: Role) -> Message | None:
        """The newest message of one side."""
        sides = (row.message for row in reversed(self._rows) if row.message.role is role)
        return next(sides, None)

    def messages(self) -> list[Message]:
        """All messages of the conversation, in view or not."""
        return [row.message for row in self._rows]

    def by_id(self, message_id: int) -> Message | None:
        """A stored message, None where it is not here."""
        place = self._find(message_id)
        return None if place is None else self._rows[place].message

    def is_empty(self) -> bool:
        """Say whether the conversation has no message yet."""
        return not self._rows

    def footer(self, row: MessageRow) -> str:
        """Which kind of thing answers and which version this is, in a few words, or nothing."""
        said = [self._source(row)] if row.message.role is not Role.USER else []
        number, count = row.version
        if count > 1 and not row.streaming:
            said.append(self.tr("version {number} of {count}").format(number=number, count=count))
        return " · ".join(said)

    def _source(self, row: MessageRow) -> str:
        match row.message.mode:
            case Mode.PRACTICE:
                said = self.tr("a small practice model")
            case Mode.CRISIS:
                said = self.tr("crisis text, written beforehand")
            case Mode.MODEL:
                said = row.model_name or self.tr("a language model")
            case _:
                said = self.tr("written reply")
        if not row.message.complete and not row.streaming:
            return self.tr("{source} · stopped").format(source=said)
        return said

    # -- changing

    def load(
        self, messages: Sequence[Message], versions: Mapping[int, tuple[int, int]] | None = None
    ) -> None:
        """Show another conversation; `versions` as `mark_versions` takes them."""
        known = versions or {}
        self.beginResetModel()
        self._rows = [
            MessageRow(message, version=known.get(message.id, (1, 1))) for message in messages
        ]
        self._first = max(0, len(self._rows) - PAGE)
        self.endResetModel()

    def mark_versions(self, versions: Mapping[int, tuple[int, int]]) -> None:
        """Say which version of how many messages are; those that are not named have one."""
        for place, row in enumerate(self._rows):
            version = versions.get(row.message.id, (1, 1))
            if row.version != version:
                self._put(place, replace(row, version=version))

    def reveal_older(self) -> bool:
        """Bring the page before the first row into view; False when there is none."""
        count = min(PAGE, self._first)
        if not count:
            return False
        self.beginInsertRows(QModelIndex(), 0, count - 1)
        self._first -= count
        self.endInsertRows()
        return True

    def reveal(self, message_id: int) -> int:
        """Bring a message into the rows in view; returns its row, -1 where it is not here."""
        place = self._find(message_id)
        if place is None:
            return -1
        while place < self._first:
            self.reveal_older()
        return place - self._first

    def add(self, message: Message, *, streaming: bool = False, model_name: str = "") -> None:
        """Put a message at the end."""
        place = self.rowCount()
        self.beginInsertRows(QModelIndex(), place, place)
        self._rows.append(MessageRow(message, streaming, model_name))
        self.endInsertRows()

    def has(self, message_id: int) -> bool:
        """Say whether a stored message is here."""
        return self._find(message_id) is not None

    def drop_from(self, message_id: int) -> None:
        """Take a message and everything after it away."""
        place = self._find(message_id)
        if place is not None:
            self._drop(place)

    def drop_after(self, message_id: int) -> None:
        """Take everything after a message away."""
        place = self._find(message_id)
        if place is not None:
            self._drop(place + 1)

    def write(self, text: str) -> None:
        """Add text to the reply that is being written."""
        place = self._streaming()
        if place is not None:
            row = self._rows[place]
            message = replace(row.message, text=row.message.text + text)
            self._put(place, replace(row, message=message))

    def rewrite(self, text: str, mode: Mode) -> None:
        """Give the reply that is being written another text."""
        place = self._streaming()
        if place is not None:
            row = self._rows[place]
            self._put(place, replace(row, message=replace(row.message, text=text, mode=mode)))

    def finish(self, reply: Message) -> None:
        """Put the stored reply in the place of the one being written; an empty one goes."""
        place = self._streaming()
        if place is None:
            return
        if reply.text:
            self._put(place, MessageRow(reply, model_name=self._rows[place].model_name))
        else:
            self._drop(place)

    def break_off(self) -> None:
        """Mark the reply that was being written as cut off; an empty one goes."""
        place = self._streaming()
        if place is not None:
            self.finish(replace(self._rows[place].message, complete=False))

    def retranslate(self) -> None:
        """Say everything again in the language of now."""
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1), [])

    def _spoken(self, row: MessageRow) -> str:
        said = self.tr("You: {text}") if row.message.role is Role.USER else self.tr("Reply: {text}")
        return said.format(text=shown(row.message.text))

    def _find(self, message_id: int) -> int | None:
        places = range(len(self._rows) - 1, -1, -1)
        return next((n for n in places if self._rows[n].message.id == message_id), None)

    def _streaming(self) -> int | None:
        places = range(len(self._rows) - 1, -1, -1)
        return next((n for n in places if self._rows[n].streaming), None)

    def _put(self, place: int, row: MessageRow) -> None:
        self._rows[place] = row
        if place >= self._first:
            index = self.index(place - self._first)
            self.dataChanged.emit(index, index, [])

    def _drop(self, place: int) -> None:
        if place >= len(self._rows):
            return
        if place < self._first:
            self.beginResetModel()
            del self._rows[place:]
            self._first = max(0, len(self._rows) - PAGE)
            self.endResetModel()
            return
        self.beginRemoveRows(QModelIndex(), place - self._first, self.rowCount() - 1)
        del self._rows[place:]
        self.endRemoveRows()
