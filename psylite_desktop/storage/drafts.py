"""Unsent text in the vault (port DraftStore)."""

from __future__ import annotations

from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors
from psylite_desktop.storage.plain_text import storable


class SqlDrafts:
    """DraftStore on an open connection; used on that connection's thread only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(self, place: str) -> str:
        """Return the draft of a place, or an empty string. Raises VaultError."""
        with translated_errors():
            row = self._connection.execute(
                "SELECT text FROM drafts WHERE place = ?", (storable(place),)
            ).fetchone()
        return str(row[0]) if row else ""

    def save(self, place: str, text: str) -> None:
        """Store durably; an empty text removes the draft. Raises VaultError."""
        with transaction(self._connection) as connection:
            if text:
                connection.execute(
                    "INSERT OR REPLACE INTO drafts (place, text) VALUES (?, ?)",
                    (storable(place), storable(text)),
                )
            else:
                connection.execute("DELETE FROM drafts WHERE place = ?", (storable(place),))
