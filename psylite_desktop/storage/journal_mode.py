"""How a database guards its commits: a write-ahead log at home, a rollback journal on a stick."""

from __future__ import annotations

from enum import StrEnum

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.connection import Connection

LOG_ENDINGS = ("-wal", "-journal")
"""What SQLite appends to the name of a database for its log."""


class JournalMode(StrEnum):
    """SQLite's journal modes that are used here.

    A stick is pulled out at any moment: the rollback journal keeps everything in one file between
    commits, and EXTRA makes the end of each commit durable too
    (https://www.sqlite.org/pragma.html#pragma_synchronous).
    """

    LOG = "wal"
    ROLLBACK = "delete"


_SYNCHRONOUS = {JournalMode.LOG: "FULL", JournalMode.ROLLBACK: "EXTRA"}


def set_journal(connection: Connection, mode: JournalMode) -> None:
    """Use this mode from now on. Raises VaultError vault_io where it is refused."""
    found = connection.execute(f"PRAGMA journal_mode = {mode.value}").fetchone()
    if not found or found[0] != mode.value:
        raise VaultError("vault_io", cause="journal")
    connection.execute(f"PRAGMA synchronous = {_SYNCHRONOUS[mode]}")
