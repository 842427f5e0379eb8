"""The journal in the vault (port JournalStore)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.journal import (
    BinnedEntry,
    JournalEntry,
    JournalHit,
    Revision,
)
from psylite_desktop.domain.risk import Level
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors
from psylite_desktop.storage.index_cleaning import clean_later
from psylite_desktop.storage.plain_text import storable
from psylite_desktop.storage.search_terms import index_tokens, match_expression, snippet

_ENTRY = "id, at, day, text, title, level, locked, updated_at, prompt_id"
_NEWEST_FIRST = " ORDER BY day DESC, at DESC, id DESC"
_REVISION = (
    "SELECT id, entry_id, at, kept_at, text, title FROM journal_revisions WHERE entry_id = ?"
)


class SqlJournal:
    """JournalStore on an open connection; used on that connection's thread only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, entry: JournalEntry) -> JournalEntry:
        """Store durably and return it with its id. Raises VaultError."""
        stored = _storable(entry)
        with transaction(self._connection) as connection:
            entry_id = connection.execute(
                "INSERT INTO journal_entries"
                " (at, day, text, title, level, locked, updated_at, prompt_id)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    float(stored.at),
                    stored.day,
                    stored.text,
                    stored.title,
                    int(stored.level),
                    int(stored.locked),
                    float(stored.updated_at),
                    stored.prompt_id,
                ),
            ).lastrowid
            _index(connection, entry_id, stored.title, stored.text)
        return replace(stored, id=entry_id)

    def update(self, entry: JournalEntry, *, keep_at: float | None = None) -> None:
        """Replace what changes in a page; with `keep_at` keep a revision. Raises VaultError."""
        stored = _storable(entry)
        with transaction(self._connection) as connection:
            if keep_at is not None:
                connection.execute(
                    "INSERT INTO journal_revisions (entry_id, at, kept_at, text, title)"
                    " SELECT id, updated_at, ?, text, title FROM journal_entries"
                    " WHERE id = ? AND deleted_at IS NULL",
                    (float(keep_at), stored.id),
                )
            changed = connection.execute(
                "UPDATE journal_entries SET text = ?, title = ?, level = ?, updated_at = ?,"
                " prompt_id = ? WHERE id = ? AND deleted_at IS NULL",
                (
                    stored.text,
                    stored.title,
                    int(stored.level),
                    float(stored.updated_at),
                    stored.prompt_id,
                    stored.id,
                ),
            )
            if changed.rowcount == 1:
                connection.execute("DELETE FROM journal_terms WHERE rowid = ?", (stored.id,))
                _index(connection, stored.id, stored.title, stored.text)

    def set_level(self, entry_id: int, level: Level) -> None:
        """Keep what was heard in a page. Raises VaultError."""
        self._set("level = ?", int(level), entry_id)

    def set_locked(self, entry_id: int, *, locked: bool) -> None:
        """Keep a page out of the mirror, or not. Raises VaultError."""
        self._set("locked = ?", int(locked), entry_id)

    def entry(self, entry_id: int) -> JournalEntry | None:
        """One page that is not in the bin, or None. Raises VaultError."""
        found = self._read("AND id = ?", (entry_id,))
        return found[0] if found else None

    def entries(self, *, limit: int = 50, offset: int = 0) -> list[JournalEntry]:
        """Pages, newest first. Raises VaultError."""
        return self._read(_NEWEST_FIRST + " LIMIT ? OFFSET ?", (max(0, limit), max(0, offset)))

    def of_days(self, days: Sequence[str]) -> list[JournalEntry]:
        """Pages begun on these days, newest first. Raises VaultError."""
        marks = ", ".join("?" for _ in days)
        return self._read(f"AND day IN ({marks}){_NEWEST_FIRST}", tuple(days))

    def search(self, query: str, *, limit: int = 50) -> list[JournalHit]:
        """Pages that hold all parts of the query, newest first. Raises VaultError."""
        query = storable(query)
        expression = match_expression(query)
        if not expression:
            return []
        with translated_errors():
            rows = self._connection.execute(
                "SELECT e.id, e.at, e.day, e.title, e.text"
                " FROM journal_terms AS t JOIN journal_entries AS e ON e.id = t.rowid"
                " WHERE journal_terms MATCH ? AND e.deleted_at IS NULL"
                " ORDER BY e.day DESC, e.at DESC, e.id DESC LIMIT ?",
                (expression, max(0, limit)),
            ).fetchall()
        return [
            JournalHit(entry_id, at, day, title, snippet(text, query))
            for entry_id, at, day, title, text in rows
        ]

    def delete(self, entry_id: int, *, at: float) -> None:
        """Put a page into the bin; the search forgets it at once. Raises VaultError."""
        with transaction(self._connection) as connection:
            connection.execute(
                "UPDATE journal_entries SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL",
                (float(at), entry_id),
            )
            connection.execute("DELETE FROM journal_terms WHERE rowid = ?", (entry_id,))

    def restore(self, entry_id: int) -> None:
        """Take a page out of the bin. Raises VaultError."""
        with transaction(self._connection) as connection:
            row = connection.execute(
                "SELECT title, text FROM journal_entries WHERE id = ? AND deleted_at IS NOT NULL",
                (entry_id,),
            ).fetchone()
            if row is not None:
                connection.execute(
                    "UPDATE journal_entries SET deleted_at = NULL WHERE id = ?", (entry_id,)
                )
                _index(connection, entry_id, *row)

    def binned(self) -> list[BinnedEntry]:
        """What lies in the bin, deleted last first. Raises VaultError."""
        with translated_errors():
            rows = self._connection.execute(
                f"SELECT {_ENTRY}, deleted_at FROM journal_entries"  # noqa: S608 - our constants
                " WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC"
            ).fetchall()
        return [BinnedEntry(_entry(row[:-1]), row[-1]) for row in rows]

    def erase(self, entry_id: int) -> None:
        """Delete a page for good with all that belongs to it. Raises VaultError."""
        self._erase("id = ?", entry_id)

    def erase_binned(self, before: float) -> None:
        """Delete for good what has been in the bin since `before`. Raises VaultError."""
        self._erase("deleted_at <= ?", float(before))

    def revisions(self, entry_id: int) -> list[Revision]:
        """Earlier versions of a page, newest first. Raises VaultError."""
        with translated_errors():
            rows = self._connection.execute(_REVISION + " ORDER BY id DESC", (entry_id,)).fetchall()
        return [Revision(*row) for row in rows]

    def newest_revision(self, entry_id: int) -> Revision | None:
        """The earlier version that was kept last, or None. Raises VaultError."""
        with translated_errors():
            row = self._connection.execute(
                _REVISION + " ORDER BY id DESC LIMIT 1", (entry_id,)
            ).fetchone()
        return None if row is None else Revision(*row)

    def drop_revisions(self, revision_ids: Sequence[int]) -> None:
        """Delete earlier versions for good. Raises VaultError."""
        with transaction(self._connection) as connection:
            for revision_id in revision_ids:
                connection.execute("DELETE FROM journal_revisions WHERE id = ?", (revision_id,))

    def _set(self, what: str, value: int, entry_id: int) -> None:
        with transaction(self._connection) as connection:
            connection.execute(
                f"UPDATE journal_entries SET {what} WHERE id = ? AND deleted_at IS NULL",  # noqa: S608
                (value, entry_id),
            )

    def _erase(self, which: str, value: float) -> None:
        with transaction(self._connection) as connection:
            chosen = f"(SELECT id FROM journal_entries WHERE {which})"  # noqa: S608 - our constants
            connection.execute(
                f"DELETE FROM journal_terms WHERE rowid IN {chosen}",  # noqa: S608
                (value,),
            )
            gone = connection.execute(
                f"DELETE FROM journal_entries WHERE {which}",  # noqa: S608
                (value,),
            ).rowcount
            if gone:
                clean_later(connection, "journal_terms")

    def _read(self, which: str, values: tuple[Any, ...]) -> list[JournalEntry]:
        with translated_errors():
            rows = self._connection.execute(
                f"SELECT {_ENTRY} FROM journal_entries WHERE deleted_at IS NULL {which}",  # noqa: S608
                values,
            ).fetchall()
        return [_entry(row) for row in rows]


def _storable(entry: JournalEntry) -> JournalEntry:
    return replace(entry, text=storable(entry.text), title=storable(entry.title))


def _index(connection: Connection, entry_id: int, title: str, text: str) -> None:
    connection.execute(
        "INSERT INTO journal_terms (rowid, terms) VALUES (?, ?)",
        (entry_id, index_tokens(f"{title}\n{text}")),
    )


def _entry(row: Sequence[Any]) -> JournalEntry:
    entry_id, at, day, text, title, level, locked, updated_at, prompt_id = row
    try:
        heard = Level(level)
    except ValueError:
        raise VaultError("vault_damaged", cause="journal") from None
    return JournalEntry(
        entry_id, at, day, text, title, heard, bool(locked), updated_at, prompt_id=prompt_id
    )
