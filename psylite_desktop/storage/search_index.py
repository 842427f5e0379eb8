"""Making the search tables anew from the texts they were made of."""

from __future__ import annotations

from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.search_terms import index_tokens

SOURCES = {
    "message_terms": (
        "SELECT id, text FROM messages WHERE id NOT IN (SELECT message_id FROM other_versions)"
    ),
    "journal_terms": (
        "SELECT id, title || char(10) || text FROM journal_entries WHERE deleted_at IS NULL"
    ),
}
"""Search table -> what is found in it: ids and texts."""


def rebuild(connection: Connection) -> None:
    """Fill every search table of an open database; the caller holds a transaction."""
    for table in search_tables(connection):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
        for rowid, text in connection.execute(SOURCES[table]).fetchall():
            connection.execute(
                f"INSERT INTO {table} (rowid, terms) VALUES (?, ?)",  # noqa: S608
                (rowid, index_tokens(text)),
            )


def search_tables(connection: Connection) -> list[str]:
    """Names of the search tables of a database."""
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
    ).fetchall()
    return [str(row[0]) for row in rows]
