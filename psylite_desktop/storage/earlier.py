"""Topics, titles and the bin of conversations in the vault (port EarlierStore)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psylite_desktop.domain.conversation import Conversation
from psylite_desktop.domain.earlier import BinnedConversation
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors
from psylite_desktop.storage.index_cleaning import clean_later
from psylite_desktop.storage.plain_text import storable
from psylite_desktop.storage.search_terms import holds_all

LISTED = (
    "SELECT id, title, started_at, updated_at,"
    " (SELECT count(*) FROM messages WHERE conversation_id = shown.id"
    " AND id NOT IN (SELECT message_id FROM other_versions))"
    " FROM (SELECT *, (SELECT max(id) FROM messages WHERE conversation_id = c.id) AS newest"
    " FROM conversations AS c WHERE deleted_at IS NULL{which}) AS shown"
    " WHERE newest IS NOT NULL ORDER BY newest DESC LIMIT ? OFFSET ?"
)
"""Conversations that hold messages, the one with the newest message first.

Messages are counted for what is listed only; the newest of each stands at the end of an index. It
may be one that is not shown: bringing back an earlier version makes a conversation no older.
"""

_BEGINNING = 20
"""Messages that are shown of a conversation in the bin."""
_BEGINNING_LENGTH = 2000


class SqlEarlier:
    """EarlierStore on an open connection; used on that connection's thread only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_topic(self, topic: str, *, limit: int = 50, offset: int = 0) -> list[Conversation]:
        """Conversations about a topic, newest first. Raises VaultError."""
        which = " AND id IN (SELECT conversation_id FROM conversation_topics WHERE topic = ?)"
        with translated_errors():
            rows = self._connection.execute(
                LISTED.format(which=which), (storable(topic), max(0, limit), max(0, offset))
            ).fetchall()
        return [Conversation(*row) for row in rows]

    def titled(self, query: str, *, limit: int = 50) -> list[Conversation]:
        """Conversations whose title holds the words, newest first. Raises VaultError."""
        query = storable(query)
        with translated_errors():
            rows = self._connection.execute(
                "SELECT id, title FROM conversations WHERE deleted_at IS NULL AND title != ''"
            ).fetchall()
            found = [str(key) for key, title in rows if holds_all(title, query)]
            if not found:
                return []
            listed = self._connection.execute(
                LISTED.format(which=f" AND id IN ({', '.join(found)})"), (max(0, limit), 0)
            ).fetchall()
        return [Conversation(*row) for row in listed]

    def without_topics(self, limit: int) -> list[tuple[int, int]]:
        """Conversations with messages newer than their topics. Raises VaultError."""
        with translated_errors():
            rows = self._connection.execute(
                "SELECT id, newest FROM (SELECT id, topics_at,"
                " (SELECT max(id) FROM messages WHERE conversation_id = c.id) AS newest"
                " FROM conversations AS c WHERE deleted_at IS NULL)"
                " WHERE newest > topics_at ORDER BY newest DESC LIMIT ?",
                (max(0, limit),),
            ).fetchall()
        return [(int(key), int(newest)) for key, newest in rows]

    def set_topics(self, conversation_id: int, topics: Sequence[str], *, read_to: int) -> None:
        """Keep what a conversation is about. Raises VaultError."""
        with transaction(self._connection) as connection:
            known = connection.execute(
                "UPDATE conversations SET topics_at = ? WHERE id = ?", (read_to, conversation_id)
            )
            if known.rowcount != 1:
                return
            connection.execute(
                "DELETE FROM conversation_topics WHERE conversation_id = ?", (conversation_id,)
            )
            for topic in dict.fromkeys(topics):
                connection.execute(
                    "INSERT INTO conversation_topics (conversation_id, topic) VALUES (?, ?)",
                    (conversation_id, storable(topic)),
                )

    def topics(self) -> list[tuple[str, int]]:
        """Topics and how many conversations have them, most first. Raises VaultError."""
        with translated_errors():
            rows = self._connection.execute(
                "SELECT topic, count(*) FROM conversation_topics AS t"
                " JOIN conversations AS c ON c.id = t.conversation_id"
                " WHERE c.deleted_at IS NULL GROUP BY topic ORDER BY count(*) DESC, topic"
            ).fetchall()
        return [(str(topic), int(count)) for topic, count in rows]

    def put_in_bin(self, conversation_id: int, *, at: float) -> None:
        """Put a conversation into the bin. Raises VaultError."""
        with transaction(self._connection) as connection:
            connection.execute(
                "UPDATE conversations SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL",
                (float(at), conversation_id),
            )

    def restore(self, conversation_id: int) -> None:
        """Take a conversation out of the bin. Raises VaultError."""
        with transaction(self._connection) as connection:
            connection.execute(
                "UPDATE conversations SET deleted_at = NULL WHERE id = ?", (conversation_id,)
            )

    def binned(self) -> list[BinnedConversation]:
        """What lies in the bin, deleted last first. Raises VaultError."""
        with translated_errors():
            rows = self._connection.execute(
                "SELECT id, title, started_at, updated_at,"
                " (SELECT count(*) FROM messages WHERE conversation_id = c.id"
                " AND id NOT IN (SELECT message_id FROM other_versions)), deleted_at"
                " FROM conversations AS c WHERE deleted_at IS NOT NULL"
                " ORDER BY deleted_at DESC, id DESC"
            ).fetchall()
            return [self._binned(row) for row in rows]

    def erase_binned(self, before: float) -> None:
        """Delete for good what has been in the bin since `before`. Raises VaultError."""
        with transaction(self._connection) as connection:
            rows = connection.execute(
                "SELECT id FROM conversations WHERE deleted_at <= ?", (float(before),)
            ).fetchall()
            for (conversation_id,) in rows:
                erase_conversation(connection, conversation_id)

    def _binned(self, row: Sequence[Any]) -> BinnedConversation:
        texts = self._connection.execute(
            "SELECT substr(text, 1, ?) FROM messages WHERE conversation_id = ?"
            " AND id NOT IN (SELECT message_id FROM other_versions) ORDER BY id LIMIT ?",
            (_BEGINNING_LENGTH, row[0], _BEGINNING),
        ).fetchall()
        beginning = "\n\n".join(str(text) for (text,) in texts)
        return BinnedConversation(Conversation(*row[:5]), row[5], beginning)


def erase_conversation(connection: Connection, conversation_id: int) -> None:
    """Delete a conversation with all that belongs to it, inside a transaction.

    The index only marks its terms as deleted; it is written anew without them in small steps. So it
    has marked those of messages that are not shown.
    """
    connection.execute(
        "DELETE FROM message_terms WHERE rowid IN"
        " (SELECT id FROM messages WHERE conversation_id = ?)",
        (conversation_id,),
    )
    deleted = connection.execute(
        "DELETE FROM messages WHERE conversation_id = ?", (conversation_id,)
    ).rowcount
    connection.execute("DELETE FROM conversations WHERE id = ?", (conversation_id,))
    if deleted:
        clean_later(connection, "message_terms")
