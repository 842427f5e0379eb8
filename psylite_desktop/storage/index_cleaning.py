"""Takes erased words out of the search indexes, in small steps while nobody waits.

Deleting a row of an index only marks it; its words go once the index is merged. Merging all of a
large index takes seconds, so it is asked for in the same transaction that erases, and done in
steps of some milliseconds: at rest, when the vault is closed, or the next time it is open.
"""

from __future__ import annotations

import time

from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors

PAGES = 64
"""Pages of an index that one step writes."""
_NOTHING_DONE = 2
"""Changes that a merge reports at least when it did something (sqlite.org/fts5.html, 6.8)."""


def clean_later(connection: Connection, index: str) -> None:
    """Ask for an index to be cleaned, inside the transaction that erases."""
    connection.execute(
        "INSERT INTO index_cleaning (name, begun) VALUES (?, 0)"
        " ON CONFLICT (name) DO UPDATE SET begun = 0",
        (index,),
    )


class IndexCleaner:
    """Cleans what was asked for; used on the connection's thread only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def step(self) -> bool:
        """Do one small step; False where nothing is left to do. Raises VaultError."""
        with translated_errors():
            row = self._connection.execute(
                "SELECT name, begun FROM index_cleaning ORDER BY name LIMIT 1"
            ).fetchone()
        if row is None:
            return False
        name, begun = row
        with transaction(self._connection) as connection:
            before = _changes(connection)
            # A negative number puts all parts of the index up for merging, as `optimize` does.
            connection.execute(
                f'INSERT INTO "{name}" ("{name}", rank) VALUES (\'merge\', ?)',  # noqa: S608 - ours
                (PAGES if begun else -PAGES,),
            )
            if begun and _changes(connection) - before < _NOTHING_DONE:
                connection.execute("DELETE FROM index_cleaning WHERE name = ?", (name,))
            elif not begun:
                connection.execute("UPDATE index_cleaning SET begun = 1 WHERE name = ?", (name,))
        return True

    def work(self, seconds: float) -> None:
        """Do steps for a while. Raises VaultError."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.step():
            pass


def _changes(connection: Connection) -> int:
    row = connection.execute("SELECT total_changes()").fetchone()
    return int(row[0]) if row else 0
