"""Tables for a spreadsheet: one CSV file a section, together in a ZIP file.

UTF-8 with a byte order mark, so that Excel reads Chinese; lines end in CR LF. A text that a
spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV injection"); so does
one that begins with an apostrophe, which keeps the way back unambiguous.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from datetime import datetime

from psylite_desktop.domain.export import Row, Value
from psylite_desktop.services.export_names import ExportNames
from psylite_desktop.services.export_sections import seconds_of

GUARD = "'"
_DANGEROUS = frozenset("=+-@\t\r\n＝＋－＠" + GUARD)


class CsvZipEncoder:
    """Encoder for a ZIP file of CSV files; `names` turns ids into words."""

    def __init__(self, names: ExportNames) -> None:
        self._names = names
        self._section = ""
        self._tables: dict[str, list[Row]] = {}

    def begin_section(self, section: str) -> None:
        """See Encoder."""
        self._section = section
        self._tables.setdefault(section, [])

    def add(self, row: Row) -> None:
        """See Encoder."""
        self._tables[self._section].append(self._names.named(self._section, row))

    def finish(self) -> bytes:
        """See Encoder."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for section, rows in self._tables.items():
                if rows:
                    archive.writestr(f"{section}.csv", table(rows))
        return buffer.getvalue()


def table(rows: list[Row]) -> bytes:
    """One CSV file; the keys of the rows are its head."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(column) for column in columns])
    for row in rows:
        writer.writerow([cell(column, row.get(column)) for column in columns])
    return text.getvalue().encode("utf-8-sig", "replace")


def cell(column: str, value: Value) -> str:
    """A value as it stands in a table."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str) and column.endswith("at"):
        return local_time(value)
    if isinstance(value, Mapping):
        return guarded("\n".join(f"{key}: {flat(one)}" for key, one in value.items()))
    return guarded(flat(value))


def flat(value: Value) -> str:
    """A value in one text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {flat(one)}" for key, one in value.items())
    if isinstance(value, int | float):
        return str(value)
    return "; ".join(flat(one) for one in value)


def guarded(text: str) -> str:
    """A text that no spreadsheet runs."""
    return GUARD + text if text[:1] in _DANGEROUS and text else text


def unguarded(text: str) -> str:
    """The text behind a guard."""
    return text.removeprefix(GUARD)


def local_time(stamped: str) -> str:
    """A time as the clock on the wall shows it, in a form that spreadsheets know."""
    try:
        moment = datetime.fromtimestamp(seconds_of(stamped)).astimezone()
    except (ValueError, OverflowError, OSError):
        return guarded(stamped)
    return moment.strftime("%Y-%m-%d %H:%M:%S")
