"""Whole copies of an encrypted database, each proved before anybody relies on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import (
    connected,
    count_rows,
    open_copy,
    open_database,
    refuse_log,
    schema_version,
    translated_errors,
)
from psylite_desktop.storage.durable_file import (
    sync_file,
    sync_folder,
    translated_os_errors,
    write_new,
)
from psylite_desktop.storage.journal_mode import JournalMode, set_journal

_SLICE_PAGES = 64
"""Pages (4 KiB each) copied at once; others may save between two slices."""


def rekeyed_copy(
    source: Path,
    key: bytearray,
    target: Path,
    new_key: bytearray,
    *,
    journal: JournalMode = JournalMode.LOG,
) -> None:
    """Write a whole copy of a closed database under another key, and prove that it is the same.

    Raises VaultError as `open_database`; the source is never changed.
    """
    # Page by page into a new file: SQLCipher's own `PRAGMA rekey` keeps quiet about a full disk,
    # and what it leaves then looks like a damaged vault.
    connection = open_database(source, key, journal=journal)
    try:
        counts = copy_pages(connection, target, new_key, between=lambda _done, _total: None)
    finally:
        with translated_errors():
            connection.close()
    refuse_log(source)
    check_copy(target, new_key, counts)
    connection = connected(target, new_key)
    try:
        with translated_errors():
            set_journal(connection, journal)
    finally:
        connection.close()
    with translated_os_errors():
        sync_folder(target.parent)


def copy_pages(
    source: Connection, target: Path, key: bytearray, *, between: Callable[[int, int], None]
) -> dict[str, int]:
    """Copy an open database slice by slice to a new file under `key`.

    `between` is called after each slice with the pages done and the pages in all. Work on `source`
    that it does comes along; what it raises ends the copy. Returns the rows of each table.
    """
    with translated_os_errors():
        write_new(target, b"")
    copy = connected(target, key)
    try:
        with translated_errors():
            copy.execute("PRAGMA journal_mode = OFF")  # a copy that is cut off is thrown away
            source.backup(
                copy,
                pages=_SLICE_PAGES,
                progress=lambda _status, left, total: between(total - left, total),
            )
            counts = count_rows(source)
    finally:
        copy.close()
    with translated_os_errors():
        sync_file(target)
    return counts


def check_copy(path: Path, key: bytearray, counts: dict[str, int] | None = None) -> dict[str, int]:
    """Read all of a closed copy, and return the rows of each table.

    Raises VaultError vault_damaged where a page or a row is not what was written, or where rows
    are not as many as in `counts`.
    """
    connection = open_copy(path, key)
    try:
        with translated_errors():
            if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
                raise VaultError("vault_damaged", cause="page")
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise VaultError("vault_damaged", cause="tree")
            if schema_version(connection) < 1:
                raise VaultError("vault_damaged", cause="no_schema")
            found = count_rows(connection)
    finally:
        connection.close()
    if counts is not None and found != counts:
        raise VaultError("vault_damaged", cause="rows")
    return found
