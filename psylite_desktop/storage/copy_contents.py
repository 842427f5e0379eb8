"""What a copy of a vault holds, in numbers, before anything is replaced by it."""

from __future__ import annotations

import contextlib
from pathlib import Path

from psylite_desktop.domain.backup import Contents
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import open_copy, schema_version, translated_errors
from psylite_desktop.storage.database_copies import check_copy
from psylite_desktop.storage.migrations import LATEST

_TIMES = ("updated_at", "created_at", "finished_at", "at")


def contents_of(database: Path, key: bytearray) -> Contents:
    """Read all of a closed copy and count what is in it.

    Raises VaultError vault_damaged and others, as `check_copy`.
    """
    counts = check_copy(database, key)
    connection = open_copy(database, key)
    try:
        with translated_errors():
            schema = schema_version(connection)
        newest = _newest(connection, list(counts))
    finally:
        connection.close()
    shown = tuple((table, count) for table, count in counts.items() if "_terms" not in table)
    return Contents(shown, newest, schema, is_newer=schema > LATEST)


def _newest(connection: Connection, tables: list[str]) -> float | None:
    times: list[float] = []
    for table in tables:
        # A later schema may have tables that this version knows nothing of.
        with contextlib.suppress(VaultError), translated_errors():
            columns = {
                row[1] for row in connection.execute(f'PRAGMA table_info("{table}")').fetchall()
            }
            for column in columns.intersection(_TIMES):
                row = connection.execute(
                    f'SELECT max("{column}") FROM "{table}"'  # noqa: S608 - names of ours
                ).fetchone()
                if row and isinstance(row[0], int | float):
                    times.append(float(row[0]))
    return max(times, default=None)
