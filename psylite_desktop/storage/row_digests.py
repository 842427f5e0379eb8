"""What rows hold, in one digest a table: an upgrade must not change a word of what was there."""

from __future__ import annotations

import hashlib

from psylite_desktop.storage.connection import Connection

Columns = dict[str, tuple[str, ...]]
"""Names of columns by table; without search indexes, which are made anew at will."""


def columns_of(connection: Connection) -> Columns:
    """Every table that holds rows of its own."""
    tables = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {str(table): _columns(connection, str(table)) for (table,) in tables}


def digests(connection: Connection, columns: Columns) -> dict[str, str]:
    """SHA-256 of all rows of each table, of these columns only, in the order of their ids."""
    return {table: _digest(connection, table, names) for table, names in columns.items()}


def _columns(connection: Connection, table: str) -> tuple[str, ...]:
    rows = connection.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
    return tuple(str(name) for (name,) in rows)


def _digest(connection: Connection, table: str, names: tuple[str, ...]) -> str:
    chosen = ", ".join(f'"{name}"' for name in names)
    rows = connection.execute(
        f'SELECT {chosen} FROM "{table}" ORDER BY rowid'  # noqa: S608 - names of our own schema
    )
    found = hashlib.sha256()
    while row := rows.fetchone():
        found.update(repr(tuple(row)).encode("utf-8", "backslashreplace"))
    return found.hexdigest()
