"""The encrypted database: the only place that opens one, and what its errors mean.

SQLCipher makes a plain file without a word where no key was given, so no public function here
opens anything without a key, and each open proves that the file is encrypted.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.durable_file import (
    copy_new,
    sync_folder,
    translated_os_errors,
    write_new,
)
from psylite_desktop.storage.journal_mode import LOG_ENDINGS, JournalMode, set_journal
from psylite_desktop.storage.migrations import LATEST, migrate
from psylite_desktop.storage.row_digests import columns_of, digests

PLAIN_MAGIC = b"SQLite format 3\x00"
_KEY_BYTES = 32

LONGEST_PATH = 512 - len("-journal") if os.name == "posix" else 32_767
"""Bytes; SQLite opens nothing beyond (MAX_PATHNAME in its os_unix.c)."""

# SQLite's primary result codes (https://www.sqlite.org/rescode.html).
_CODES = {
    3: "vault_read_only",  # PERM
    5: "vault_busy",  # BUSY
    6: "vault_busy",  # LOCKED
    8: "vault_read_only",  # READONLY
    10: "vault_io",  # IOERR
    11: "vault_damaged",  # CORRUPT
    13: "vault_disk_full",  # FULL
    14: "vault_io",  # CANTOPEN
    26: "vault_damaged",  # NOTADB
}

# What copying pages says without a code (`sqlite3_errstr`).
_WITHOUT_CODE = {
    "database or disk is full": "vault_disk_full",
    "disk I/O error": "vault_io",
    "database disk image is malformed": "vault_damaged",
    "file is not a database": "vault_damaged",
    "attempt to write a readonly database": "vault_read_only",
    "database is locked": "vault_busy",
}


def create_database(
    path: Path, key: bytearray, *, journal: JournalMode = JournalMode.LOG
) -> Connection:
    """Make a new encrypted database with all tables.

    Raises VaultError vault_exists where the path is taken, vault_disk_full, vault_read_only,
    vault_io.
    """
    with translated_os_errors():
        try:
            write_new(path, b"")
        except FileExistsError:
            raise VaultError("vault_exists") from None
    connection = connected(path, key)
    with _closed_on_error(connection):
        with translated_errors():
            set_journal(connection, journal)
            migrate(connection)
        _refuse_plain(path)
    return connection


def open_database(
    path: Path,
    key: bytearray,
    *,
    before_upgrade: Callable[[], None] = lambda: None,
    reads_newer: bool = False,
    journal: JournalMode = JournalMode.LOG,
) -> Connection:
    """Open an existing database and bring it to the newest schema.

    `before_upgrade` is called while the database of an older schema is closed; what it raises
    leaves that database as it is. With `reads_newer` a later schema opens, but takes no change.
    Raises VaultError vault_missing, vault_damaged (also for an empty or a plain file, and for a
    wrong key), vault_newer, vault_busy, vault_disk_full, vault_read_only, vault_io.
    """
    _refuse_plain(path)
    connection = connected(path, key)
    with _closed_on_error(connection), translated_errors():
        version = schema_version(connection)
        if version > LATEST:
            if not reads_newer:
                raise VaultError("vault_newer", found=version, known=LATEST)
            connection.execute("PRAGMA query_only = ON")
            return connection
        if version < 1:
            # An existing vault always has tables: never make new ones over what was lost.
            raise VaultError("vault_damaged", cause="no_schema")
        set_journal(connection, journal)
        if version == LATEST:
            return connection
        counts = count_rows(connection)
    connection.close()
    before_upgrade()
    _upgrade(path, key, counts, journal=journal)
    connection = connected(path, key)
    with _closed_on_error(connection), translated_errors():
        set_journal(connection, journal)
    return connection


def open_guest_database() -> Connection:
    """Open an empty database in memory: it never touches a disk and ends with its connection."""
    key = bytearray(secrets.token_bytes(_KEY_BYTES))
    connection = connected(None, key)
    with _closed_on_error(connection), translated_errors():
        migrate(connection)
    return connection


def open_copy(path: Path, key: bytearray) -> Connection:
    """Open a closed database only to read it, also on a medium that cannot be written.

    A log beside it is not read. Raises VaultError as `open_database`.
    """
    _refuse_plain(path)
    return connected(path, key, mode="ro&immutable=1")


def open_as_is(path: Path, key: bytearray) -> Connection:
    """Open an existing database of any schema with its log, and change nothing it holds.

    Raises VaultError as `open_database`.
    """
    _refuse_plain(path)
    connection = connected(path, key)
    with _closed_on_error(connection), translated_errors():
        connection.execute("PRAGMA query_only = ON")
    return connection


def row_counts(connection: Connection) -> dict[str, int]:
    """Rows of every table."""
    with translated_errors():
        return count_rows(connection)


def create_at_version(path: Path, key: bytearray, version: int) -> Connection:
    """Make a new encrypted database with the tables of an earlier schema, for rows of that age.

    Raises as `create_database`.
    """
    with translated_os_errors():
        write_new(path, b"")
    connection = connected(path, key)
    with _closed_on_error(connection), translated_errors():
        # Nothing counts before all of it is there, so no log is needed; closing leaves one file.
        connection.execute("PRAGMA journal_mode = MEMORY")
        migrate(connection, to=version)
    return connection


def open_scratch_database(version: int) -> Connection:
    """Open an empty database in memory with the tables of one schema, to look at these."""
    connection = connected(None, bytearray(secrets.token_bytes(_KEY_BYTES)))
    with _closed_on_error(connection), translated_errors():
        migrate(connection, to=version)
    return connection


def schema_version(connection: Connection) -> int:
    """Return the schema number of an open database; 0 where it has no tables yet."""
    row = connection.execute("PRAGMA user_version").fetchone()
    return int(row[0]) if row else 0


@contextlib.contextmanager
def translated_errors() -> Iterator[None]:
    """Turn SQLite's errors into VaultError; no text of a statement or a person goes with it."""
    from sqlcipher3 import dbapi2

    try:
        yield
    except dbapi2.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None and str(error) in _WITHOUT_CODE:
            raise VaultError(_WITHOUT_CODE[str(error)]) from None
        if code is None:
            # Misuse of a connection, which happens once it is closed.
            raise VaultError("vault_locked") from None
        name = str(getattr(error, "sqlite_errorname", ""))
        raise VaultError(_CODES.get(code & 0xFF, "vault_io"), sqlite=name) from None


@contextlib.contextmanager
def transaction(connection: Connection) -> Iterator[Connection]:
    """Run statements together: all are durable on return, none after an error."""
    with translated_errors():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            _roll_back(connection)
            raise


def _upgrade(path: Path, key: bytearray, counts: dict[str, int], *, journal: JournalMode) -> None:
    """Migrate a copy of a closed database and put it in the place of the old one.

    `counts` are the rows that must still be there, and what they held must be the same. Whatever
    goes wrong, or whenever the process dies, one whole database stands at `path`: the old one or
    the new one.
    """
    copy = path.with_name(f"{path.name}.new")
    try:
        with translated_os_errors():
            _remove(copy)  # left by a process that died on the way
            copy_new(path, copy)
        connection = connected(copy, key)
        try:
            with translated_errors():
                set_journal(connection, journal)
                columns = columns_of(connection)
                held = digests(connection, columns)
                migrate(connection)
                refuse_loss(counts, count_rows(connection))
                if digests(connection, columns) != held:
                    raise VaultError("vault_io", cause="upgrade_words")
        finally:
            connection.close()
        with translated_os_errors():
            refuse_log(path)
            refuse_log(copy)
            copy.replace(path)
            sync_folder(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            _remove(copy)
        raise


def count_rows(connection: Connection) -> dict[str, int]:
    """Rows of every table.

    Search indexes count by what is in them; how many rows they need for that is their own affair,
    and changes when one is built anew.
    """
    tables = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')"
        " AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    counts = {}
    for (name,) in tables:
        row = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()  # noqa: S608 - ours
        counts[str(name)] = int(row[0]) if row else 0
    return counts


def refuse_loss(before: dict[str, int], after: dict[str, int]) -> None:
    """Raise VaultError vault_io where a table of `before` has other rows than it had."""
    if any(after.get(table) != count for table, count in before.items()):
        raise VaultError("vault_io", cause="upgrade")


def refuse_log(path: Path) -> None:
    """Closing writes the log into the file; one that stays would be lost by a rename."""
    if any(log.exists() for log in _logs(path)):
        raise VaultError("vault_io", cause="log")


def _logs(path: Path) -> list[Path]:
    return [path.with_name(path.name + ending) for ending in LOG_ENDINGS]


def _remove(path: Path) -> None:
    for each in (path, *_logs(path)):
        each.unlink(missing_ok=True)


def _roll_back(connection: Connection) -> None:
    # After some errors (disk full among them) SQLite has already rolled back.
    if connection.in_transaction:
        with contextlib.suppress(VaultError), translated_errors():
            connection.execute("ROLLBACK")


@contextlib.contextmanager
def _closed_on_error(connection: Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _refuse_plain(path: Path) -> None:
    with translated_os_errors():
        try:
            with path.open("rb", buffering=0) as file:
                start = file.read(len(PLAIN_MAGIC))
        except FileNotFoundError:
            raise VaultError("vault_missing") from None
    if len(start) < len(PLAIN_MAGIC):
        raise VaultError("vault_damaged", cause="empty")
    if start == PLAIN_MAGIC:
        raise VaultError("vault_damaged", cause="plain")


def connected(path: Path | None, key: bytearray, *, mode: str = "rw") -> Connection:
    """Connect with a raw key and prove that the cipher works; None is memory."""
    from sqlcipher3 import dbapi2

    if len(key) != _KEY_BYTES or not any(key):
        raise ValueError("a database needs its key")
    # SQLite follows links itself, so it is the real path that counts.
    if path is not None and len(os.fsencode(path.resolve())) > LONGEST_PATH:
        raise VaultError("vault_path_too_long")
    # Never `rwc`: SQLite must not create a file that is not there.
    target = ":memory:" if path is None else f"{path.absolute().as_uri()}?mode={mode}"
    with translated_errors():
        connection: Connection = dbapi2.connect(
            target, uri=path is not None, isolation_level=None, timeout=2.0
        )
    with _closed_on_error(connection), translated_errors():
        # These two touch no page; SQLCipher would write key errors to stderr.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("PRAGMA cipher_memory_security = ON")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        version = connection.execute("PRAGMA cipher_version").fetchone()
        if not version or not version[0]:
            raise VaultError("vault_io", cause="no_cipher")
        # One connection in one process, so WAL needs no shared memory file.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for setting in (
            "secure_delete = ON",
            "temp_store = MEMORY",
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "cell_size_check = ON",
        ):
            connection.execute(f"PRAGMA {setting}")
    return connection
