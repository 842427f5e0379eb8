"""Conversations and their messages in the vault (port ConversationStore)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from psylite_desktop.domain.conversation import Conversation, Message, Mode, Role, SearchHit
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.versions import OtherVersion
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors
from psylite_desktop.storage.earlier import LISTED, erase_conversation
from psylite_desktop.storage.plain_text import storable
from psylite_desktop.storage.search_terms import match_expression, snippet
from psylite_desktop.storage.versions import (
    erase_from,
    give_way,
    index,
    is_shown,
    show_version,
)


class SqlConversations:
    """ConversationStore on an open connection; used on that connection's thread only.

    Methods raise VaultError; conversation_unknown where a conversation or message is gone.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def start(self, now: float) -> int:
        """Open a new conversation (`now`: UTC seconds) and return its id."""
        with transaction(self._connection) as connection:
            return connection.execute(
                "INSERT INTO conversations (started_at, updated_at) VALUES (?, ?)",
                (float(now), float(now)),
            ).lastrowid

    def append(self, conversation_id: int, message: Message) -> Message:
        """Store a message durably and return it as stored, with its id."""
        with transaction(self._connection) as connection:
            return _append(connection, conversation_id, message)

    def update(self, message: Message) -> None:
        """Replace text, mode and completeness of a stored message, and its search terms."""
        text = storable(message.text)
        with transaction(self._connection) as connection:
            changed = connection.execute(
                "UPDATE messages SET text = ?, mode = ?, complete = ? WHERE id = ?",
                (text, str(message.mode), int(message.complete), message.id),
            )
            if changed.rowcount != 1:
                raise VaultError("conversation_unknown")
            if is_shown(connection, message.id):
                connection.execute("DELETE FROM message_terms WHERE rowid = ?", (message.id,))
                index(connection, message.id, text)

    def set_note(self, message_id: int, note: str) -> None:
        """Keep the passage that stood in the prompt beside a message; search leaves it out."""
        with transaction(self._connection) as connection:
            changed = connection.execute(
                "UPDATE messages SET note = ? WHERE id = ?", (storable(note), message_id)
            )
            if changed.rowcount != 1:
                raise VaultError("conversation_unknown")

    def drop_from(self, conversation_id: int, message_id: int) -> None:
        """Delete a message and everything after it for good, with all versions of both."""
        with transaction(self._connection) as connection:
            erase_from(connection, conversation_id, since=message_id)

    def replace_from(
        self, conversation_id: int, message_id: int, messages: Sequence[Message]
    ) -> list[Message]:
        """Put messages in the place of one and of everything after it, all or nothing."""
        with transaction(self._connection) as connection:
            give_way(connection, conversation_id, since=message_id)
            return [_append(connection, conversation_id, message) for message in messages]

    def other_versions(self, conversation_id: int) -> list[OtherVersion]:
        """Messages that are not shown, by id; empty for an unknown conversation."""
        with translated_errors():
            rows = self._connection.execute(
                "SELECT o.after, o.gave_way, m.id, m.role, m.text, m.note, m.mode, m.complete,"
                " m.level, m.created_at FROM messages AS m"
                " JOIN other_versions AS o ON o.message_id = m.id"
                " WHERE m.conversation_id = ? ORDER BY m.id",
                (conversation_id,),
            ).fetchall()
        return [OtherVersion(_message(tuple(row[2:])), row[0], row[1]) for row in rows]

    def show_version(self, conversation_id: int, message_id: int) -> None:
        """Show a message of another version, with what was shown last after it."""
        with transaction(self._connection) as connection:
            show_version(connection, conversation_id, message_id)

    def rename(self, conversation_id: int, title: str) -> None:
        """Set the title of a conversation."""
        with transaction(self._connection) as connection:
            changed = connection.execute(
                "UPDATE conversations SET title = ? WHERE id = ?",
                (storable(title), conversation_id),
            )
            if changed.rowcount != 1:
                raise VaultError("conversation_unknown")

    def delete(self, conversation_id: int) -> None:
        """Delete a conversation with its messages and search terms; a missing one is fine."""
        with transaction(self._connection) as connection:
            erase_conversation(connection, conversation_id)

    def messages(self, conversation_id: int) -> list[Message]:
        """All messages of a conversation that are shown; empty for an unknown one."""
        with translated_errors():
            rows = self._connection.execute(
                "SELECT id, role, text, note, mode, complete, level, created_at"
                " FROM messages WHERE conversation_id = ?"
                " AND id NOT IN (SELECT message_id FROM other_versions) ORDER BY id",
                (conversation_id,),
            ).fetchall()
        return [_message(row) for row in rows]

    def conversations(self, *, limit: int = 50, offset: int = 0) -> list[Conversation]:
        """Conversations that hold messages, the one with the newest message first."""
        with translated_errors():
            rows = self._connection.execute(
                LISTED.format(which=""), (max(0, limit), max(0, offset))
            ).fetchall()
        return [Conversation(*row) for row in rows]

    def search(self, query: str, *, limit: int = 50) -> list[SearchHit]:
        """Messages that hold all parts of the query, newest first; English by word beginnings."""
        query = storable(query)
        expression = match_expression(query)
        if not expression:
            return []
        with translated_errors():
            rows = self._connection.execute(
                "SELECT m.conversation_id, m.id, m.created_at, m.text, c.title"
                " FROM message_terms AS t JOIN messages AS m ON m.id = t.rowid"
                " JOIN conversations AS c ON c.id = m.conversation_id"
                " WHERE message_terms MATCH ? AND c.deleted_at IS NULL"
                " ORDER BY t.rowid DESC LIMIT ?",
                (expression, max(0, limit)),
            ).fetchall()
        return [
            SearchHit(conversation, message, created_at, snippet(text, query), title)
            for conversation, message, created_at, text, title in rows
        ]

    def highest_level(self, first: float, last: float) -> int:
        """The gravest level heard in messages from `first` until before `last`; 0 for none."""
        with translated_errors():
            row = self._connection.execute(
                "SELECT coalesce(max(level), 0) FROM messages"
                " WHERE created_at >= ? AND created_at < ?",
                (float(first), float(last)),
            ).fetchone()
        return int(row[0]) if row else 0


def _append(connection: Connection, conversation_id: int, message: Message) -> Message:
    stored = replace(message, text=storable(message.text), note=storable(message.note))
    touched = connection.execute(
        "UPDATE conversations SET updated_at = max(updated_at, ?) WHERE id = ?",
        (float(stored.created_at), conversation_id),
    )
    if touched.rowcount != 1:
        raise VaultError("conversation_unknown")
    message_id = connection.execute(
        "INSERT INTO messages"
        " (conversation_id, role, text, note, mode, complete, level, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            conversation_id,
            str(stored.role),
            stored.text,
            stored.note,
            str(stored.mode),
            int(stored.complete),
            int(stored.level),
            float(stored.created_at),
        ),
    ).lastrowid
    index(connection, message_id, stored.text)
    return replace(stored, id=message_id)


def _message(row: tuple[Any, ...]) -> Message:
    message_id, role, text, note, mode, complete, level, created_at = row
    return Message(
        role=Role(role),
        text=text,
        id=message_id,
        created_at=created_at,
        level=level,
        note=note,
        mode=Mode(mode),
        complete=bool(complete),
    )
