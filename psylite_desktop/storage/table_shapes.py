"""What the tables of a schema look like, and which one a stray row belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from psylite_desktop.domain.aside import AsideKind
from psylite_desktop.domain.safety_plan import PlanStep
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import open_scratch_database, translated_errors
from psylite_desktop.storage.raw_rows import Row, Value

KNOWN_VALUES = {
    "settings": (0, frozenset(field.name for field in fields(PrivateSettings))),
    "safety_plan": (0, frozenset(str(step) for step in PlanStep)),
    "asides": (1, frozenset(str(kind) for kind in AsideKind)),
}
"""Tables whose rows look like those of others: a column, and all that it may hold."""
FIRST_WIDTHS = {"conversations": 4}
"""Columns that a table was made with, where later schemas added some.

A row that was written before stays as short as it was until it is written again.
"""
_FITS: dict[str, tuple[type, ...]] = {
    "INTEGER": (int,),
    "INT": (int,),
    "REAL": (float, int),  # SQLite stores 2.0 as the integer 2
    "TEXT": (str,),
    "BLOB": (bytes,),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `is_rowid` stands for the rowid itself and is stored as NULL.

    `default` is what a row that is too short for it holds.
    """

    name: str
    type: str
    required: bool
    is_rowid: bool
    default: Value = None


@dataclass(frozen=True, slots=True)
class Shape:
    """One table. `is_content` says that it holds what a person would miss."""

    table: str
    columns: tuple[Column, ...]
    is_content: bool

    def fits(self, row: Sequence[Value]) -> bool:
        """Whether a row found somewhere could be one of this table."""
        row = self._filled(row)
        if len(row) != len(self.columns):
            return False
        return all(_fits(column, value) for column, value in zip(self.columns, row, strict=True))

    def whole(self, rowid: int, row: Row) -> Row:
        """A row with its rowid in the place where the table shows it."""
        return tuple(
            rowid if column.is_rowid else value
            for column, value in zip(self.columns, self._filled(row), strict=True)
        )

    def _filled(self, row: Sequence[Value]) -> Row:
        """A row with what columns that came later hold where nothing was written."""
        width = FIRST_WIDTHS.get(self.table, len(self.columns))
        later = self.columns[len(row) :] if len(row) >= width else ()
        return (*row, *(column.default for column in later))


def shapes_of(version: int) -> dict[str, Shape]:
    """The tables of a schema by name, in the order in which they were made."""
    connection = open_scratch_database(version)
    try:
        with translated_errors():
            rows = connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
            ).fetchall()
            return {str(name): _shape(connection, str(name), str(sql)) for name, sql in rows}
    finally:
        connection.close()


def table_of(shapes: dict[str, Shape], rows: Sequence[Row]) -> str | None:
    """The one table that all rows of a page fit; None where there is none or a choice."""
    fitting = [name for name, shape in shapes.items() if rows and all(map(shape.fits, rows))]
    # Parts of search tables name no types, so they fit everything.
    found = [name for name in fitting if shapes[name].is_content] or fitting
    if len(found) > 1:
        named = [name for name in found if all(_is_known(name, row) for row in rows)]
        found = named or [name for name in found if name not in KNOWN_VALUES]
    return found[0] if len(found) == 1 else None


def _is_known(table: str, row: Row) -> bool:
    column, values = KNOWN_VALUES.get(table, (0, frozenset()))
    return row[column] in values


def _shape(connection: Connection, table: str, sql: str) -> Shape:
    columns = tuple(
        Column(
            name=str(name),
            type=str(kind).upper(),
            required=bool(notnull),
            is_rowid=bool(key) and str(kind).upper() == "INTEGER",
            default=int(default) if str(default).isdecimal() else None,  # ours are numbers or none
        )
        for _, name, kind, notnull, default, key in connection.execute(
            f'PRAGMA table_info("{table}")'
        ).fetchall()
    )
    # Ours are STRICT; a search table and its parts are made anew from what they were made of.
    return Shape(table, columns, is_content=sql.rstrip().upper().endswith("STRICT"))


def _fits(column: Column, value: Value) -> bool:
    if column.is_rowid:
        return value is None
    if value is None:
        return not column.required
    return isinstance(value, _FITS.get(column.type, (int, float, str, bytes)))
