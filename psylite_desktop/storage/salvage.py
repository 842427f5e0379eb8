"""Salvage: what can still be read of a damaged vault goes into a new one beside it.

The damaged files are only read. Rows come from every page whose HMAC is right; rows of unreadable
pages come from the newest backup that has them. Nothing is made where nothing was found.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from psylite_desktop.domain.backup import (
    Backup,
    BackupKind,
    Progress,
    SalvageReport,
    TableReport,
)
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage import header_file, keyslots, profile_folder, search_index
from psylite_desktop.storage.backup_folder import BackupFolder, write_header
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import (
    create_at_version,
    open_copy,
    schema_version,
    transaction,
    translated_errors,
)
from psylite_desktop.storage.database_copies import check_copy
from psylite_desktop.storage.durable_file import sync_file, translated_os_errors
from psylite_desktop.storage.found_rows import Found, FoundTable, find_rows
from psylite_desktop.storage.keyslots import Header
from psylite_desktop.storage.migrations import LATEST, migrate
from psylite_desktop.storage.raw_pages import read_pages
from psylite_desktop.storage.raw_rows import HIGHEST, Row

MOST_LISTED = 500
"""Ids of a table that a report lists one by one."""


@dataclass(slots=True)
class _Taken:
    """What became of one table."""

    read: int = 0
    from_backup: int = 0
    kept: set[int] = field(default_factory=set)


def salvage_into(
    draft: Path, damaged: Path, secret: str, *, label: str, progress: Progress
) -> SalvageReport:
    """Fill a new folder with what can be read of a damaged profile's folder.

    The new vault opens with the same passphrase and recovery code. Raises VaultError
    salvage_nothing, vault_wrong_passphrase, vault_header_damaged, vault_newer, cancelled and what
    the disk says.
    """
    header, key = _opened(damaged, secret)
    try:
        raw = read_pages(
            damaged / profile_folder.database_name(header),
            key,
            step=lambda done, total: _step(progress, done, total),
        )
        with _newest_backup(damaged, header, key) as (backup, copy):
            found = find_rows(raw, roots=_roots(copy), version=_version(copy))
            rows = _rows_of(copy, found)
            if not any(table.rows for table in found.tables.values()) and not any(rows.values()):
                raise VaultError("salvage_nothing")
            database = draft / profile_folder.database_name(header)
            taken = _write(database, key, found, rows)
        with translated_os_errors():
            sync_file(database)
        check_copy(database, key)
        _step(progress, raw.count, raw.count)
        write_header(draft, msgspec.structs.replace(header, label=label))
    finally:
        keyslots.wipe(key)
    return SalvageReport(
        profile=Profile(folder="", label=label),
        tables=tuple(
            _report(table, taken[name], found.sequences.get(name, 0))
            for name, table in found.tables.items()
        ),
        pages=raw.count,
        bad_pages=len(raw.bad),
        backup=backup,
    )


def _opened(damaged: Path, secret: str) -> tuple[Header, bytearray]:
    """Header and database key: from the profile, or from the newest backup whose header opens."""
    backups = BackupFolder(damaged)
    folders = [damaged, *(backups.path(backup.name) for backup in backups.backups())]
    refused: VaultError | None = None
    for folder in folders:
        try:
            header = header_file.peeked(folder)
            data_key = keyslots.unwrapped(header, secret)
        except VaultError as error:
            refused = refused if refused is not None else error
            continue
        try:
            return header, keyslots.database_key(header, data_key)
        finally:
            keyslots.wipe(data_key)
    raise refused if refused is not None else VaultError("vault_header_damaged")


@contextlib.contextmanager
def _newest_backup(
    damaged: Path, header: Header, key: bytearray
) -> Iterator[tuple[Backup | None, Connection | None]]:
    """The newest backup that is whole and opens with this key, or none."""
    backups = BackupFolder(damaged)
    for backup in backups.backups():
        if backup.kind is BackupKind.DAMAGED:
            continue
        path = backups.path(backup.name) / profile_folder.database_name(header)
        try:
            check_copy(path, key)
            copy = open_copy(path, key)
        except VaultError:
            continue
        try:
            yield backup, copy
        finally:
            copy.close()
        return
    yield None, None


def _roots(copy: Connection | None) -> dict[str, int]:
    if copy is None:
        return {}
    with translated_errors():
        rows = copy.execute(
            "SELECT name, rootpage FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
        ).fetchall()
    return {str(name): int(page) for name, page in rows}


def _version(copy: Connection | None) -> int:
    with translated_errors():
        return schema_version(copy) if copy is not None else LATEST


def _rows_of(copy: Connection | None, found: Found) -> dict[str, dict[int, Row]]:
    """Rows of a backup that stood on pages which cannot be read any more."""
    missing: dict[str, dict[int, Row]] = {name: {} for name in found.tables}
    if copy is None:
        return missing
    there = _roots(copy)
    for name, table in found.tables.items():
        if name not in there or not (table.gaps or table.broken):
            continue
        columns = ", ".join(f'"{column.name}"' for column in table.shape.columns)
        # A backup of an older schema may lack a column of today.
        with contextlib.suppress(VaultError), translated_errors():
            for row in copy.execute(
                f'SELECT rowid, {columns} FROM "{name}"'  # noqa: S608 - names of ours
            ).fetchall():
                if table.misses(row[0]):
                    missing[name][row[0]] = tuple(row[1:])
    return missing


def _write(
    database: Path, key: bytearray, found: Found, backup: dict[str, dict[int, Row]]
) -> dict[str, _Taken]:
    """Write rows into a new database of the same schema, then bring that to the newest one."""
    connection = create_at_version(database, key, found.version)
    try:
        taken = {}
        with translated_errors():
            connection.execute("PRAGMA foreign_keys = OFF")
        with transaction(connection):
            for name, table in found.tables.items():
                taken[name] = _insert(connection, table, backup[name])
            _raise_sequences(connection, found.sequences)
            _join(connection, taken)
        with translated_errors():
            migrate(connection)
        with transaction(connection):
            search_index.rebuild(connection)
    finally:
        connection.close()
    return taken


def _insert(connection: Connection, table: FoundTable, backup: dict[int, Row]) -> _Taken:
    taken = _Taken()
    names = ", ".join(f'"{column.name}"' for column in table.shape.columns)
    marks = ", ".join("?" * (len(table.shape.columns) + 1))
    has_rowid = any(column.is_rowid for column in table.shape.columns)
    for source, rows in (("read", table.rows), ("backup", backup)):
        for rowid, row in rows.items():
            try:
                with translated_errors():
                    if has_rowid:
                        connection.execute(
                            f'INSERT INTO "{table.shape.table}" ({names})'  # noqa: S608
                            f" VALUES ({marks[3:]})",
                            row,
                        )
                    else:
                        connection.execute(
                            f'INSERT INTO "{table.shape.table}" (rowid, {names})'  # noqa: S608
                            f" VALUES ({marks})",
                            (rowid, *row),
                        )
            except VaultError as error:
                if error.code in {"vault_disk_full", "vault_read_only"}:
                    raise
                continue
            taken.kept.add(rowid)
            if source == "read":
                taken.read += 1
            else:
                taken.from_backup += 1
    return taken


def _raise_sequences(connection: Connection, sequences: dict[str, int]) -> None:
    """An id that was used once is never given again, though its row is gone."""
    for table, highest in sequences.items():
        if highest >= HIGHEST:
            continue
        changed = connection.execute(
            "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (highest, table)
        )
        if changed.rowcount == 0:
            connection.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, highest)
            )


def _join(connection: Connection, taken: dict[str, _Taken]) -> None:
    """Mend references to rows that are gone: a talk without a head gets one, others let go."""
    while broken := connection.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, parent, number in broken:
            column = next(
                str(row[3])
                for row in connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
                if row[0] == number
            )
            if parent == "conversations":
                head = connection.execute(
                    f'SELECT "{column}" FROM "{table}" WHERE rowid = ?',  # noqa: S608
                    (rowid,),
                ).fetchone()
                connection.execute(
                    "INSERT OR IGNORE INTO conversations (id, title, started_at, updated_at)"
                    " VALUES (?, '', 0, 0)",
                    head or (rowid,),
                )
            elif _may_be_empty(connection, table, column):
                connection.execute(
                    f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?',  # noqa: S608
                    (rowid,),
                )
            else:
                connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))  # noqa: S608
                taken[table].kept.discard(rowid)
                taken[table].read -= 1
    theirs = "FROM messages WHERE conversation_id = conversations.id"
    connection.execute(
        f"UPDATE conversations SET started_at = (SELECT min(created_at) {theirs}),"  # noqa: S608
        f" updated_at = (SELECT max(created_at) {theirs})"
        f" WHERE started_at = 0 AND updated_at = 0 AND EXISTS (SELECT 1 {theirs})"
    )


def _may_be_empty(connection: Connection, table: str, column: str) -> bool:
    rows = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    return any(row[1] == column and not row[3] for row in rows)


def _report(table: FoundTable, taken: _Taken, highest: int) -> TableReport:
    """Say what was read, and which ids are not there that may have been."""
    top = max(highest, max(table.rows, default=0), max(table.broken, default=0))
    lost = (set(table.rows) | table.broken) - taken.kept
    more = 0
    for low, high in table.gaps:
        first, last = max(low + 1, 1), min(high, top)
        for rowid in range(first, last + 1):
            if rowid in taken.kept or rowid in lost:
                continue
            if len(lost) < MOST_LISTED:
                lost.add(rowid)
            else:
                more += 1
    listed = tuple(sorted(lost))
    open_end = not highest and any(high == HIGHEST for _low, high in table.gaps)
    return TableReport(
        table.shape.table, taken.read, taken.from_backup, listed, more, open_end=open_end
    )


def _step(progress: Progress, done: int, total: int) -> None:
    progress.done, progress.total = done, total
    if progress.is_stopped:
        raise VaultError("cancelled")
