"""Which messages of a conversation are shown, inside transactions of their store.

What an edit or another reply took the place of stays in its table and is only marked; search knows
what is shown alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.versions import Versions
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.index_cleaning import clean_later
from psylite_desktop.storage.search_terms import index_tokens


def index(connection: Connection, message_id: int, text: str) -> None:
    """Let a message be found by its words."""
    connection.execute(
        "INSERT INTO message_terms (rowid, terms) VALUES (?, ?)", (message_id, index_tokens(text))
    )


def is_shown(connection: Connection, message_id: int) -> bool:
    """Whether a stored message is shown."""
    row = connection.execute(
        "SELECT 1 FROM other_versions WHERE message_id = ?", (message_id,)
    ).fetchone()
    return row is None


def give_way(connection: Connection, conversation_id: int, *, since: int) -> None:
    """Show a message and everything after it no longer."""
    shown, others = _ids(connection, conversation_id)
    leaving = [key for key in shown if key >= since]
    before = max((key for key in shown if key < since), default=0)
    number = 1 + max((gave_way for _key, _after, gave_way in others), default=0)
    for key, after in zip(leaving, (before, *leaving), strict=False):
        connection.execute(
            "INSERT INTO other_versions (message_id, after, gave_way) VALUES (?, ?, ?)",
            (key, after, number),
        )
    _forget_terms(connection, leaving)


def show_version(connection: Connection, conversation_id: int, message_id: int) -> None:
    """Show a message of another version; one that is shown stays. Raises VaultError."""
    shown, others = _ids(connection, conversation_id)
    if message_id in shown:
        return
    if not any(message_id == key for key, _after, _gave_way in others):
        raise VaultError("conversation_unknown")
    last, way = Versions(shown, others).way_to(message_id)
    give_way(connection, conversation_id, since=last + 1)
    for key in way:
        connection.execute("DELETE FROM other_versions WHERE message_id = ?", (key,))
        row = connection.execute("SELECT text FROM messages WHERE id = ?", (key,)).fetchone()
        index(connection, key, row[0] if row else "")
    # It is about other things now; its topics are read once more.
    connection.execute("UPDATE conversations SET topics_at = 0 WHERE id = ?", (conversation_id,))


def erase_from(connection: Connection, conversation_id: int, *, since: int) -> None:
    """Delete a message and everything after it, with all versions of both."""
    shown, others = _ids(connection, conversation_id)
    if not any(key >= since for key in shown):
        return
    before = max((key for key in shown if key < since), default=0)
    erased = Versions(shown, others).below(before)
    _forget_terms(connection, erased)
    for key in erased:
        connection.execute("DELETE FROM messages WHERE id = ?", (key,))
    clean_later(connection, "message_terms")


def _ids(
    connection: Connection, conversation_id: int
) -> tuple[list[int], list[tuple[int, int, int]]]:
    """What is shown, and what is not as id, `after` and `gave_way`."""
    rows = connection.execute(
        "SELECT m.id, o.after, o.gave_way FROM messages AS m"
        " LEFT JOIN other_versions AS o ON o.message_id = m.id"
        " WHERE m.conversation_id = ? ORDER BY m.id",
        (conversation_id,),
    ).fetchall()
    shown = [int(key) for key, after, _gave_way in rows if after is None]
    others = [(int(key), int(after), int(way)) for key, after, way in rows if after is not None]
    return shown, others


def _forget_terms(connection: Connection, ids: Iterable[int]) -> None:
    for key in ids:
        connection.execute("DELETE FROM message_terms WHERE rowid = ?", (key,))
