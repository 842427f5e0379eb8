"""A plain SQLite database with the vault's tables: what encryption costs is measured on it.

For `psylite bench store` alone, on made-up texts. Nothing that opens a profile comes here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.migrations import MIGRATIONS


def open_plain(path: Path) -> Connection:
    """Make a plain database for texts that nobody wrote, with the tables of a vault."""
    connection = cast("Connection", _Lenient(sqlite3.connect(path, isolation_level=None)))
    for pragma in ("journal_mode = WAL", "locking_mode = EXCLUSIVE", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    for step in MIGRATIONS:
        step(connection)
    return connection


class _Lenient:
    """The standard library's SQLite may be too old for an option that deleting alone needs."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._has_option = sqlite3.sqlite_version_info >= (3, 43)

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> sqlite3.Cursor:
        if not self._has_option:
            sql = sql.replace("contentless_delete = 1, ", "")
            if sql.startswith("DELETE FROM message_terms"):
                sql = "DELETE FROM messages WHERE id < 0"
                parameters = ()
        return self._connection.execute(sql, cast("Any", parameters))

    def close(self) -> None:
        self._connection.close()
