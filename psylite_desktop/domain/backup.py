"""Backups of a vault: what one is, which ones are kept, and what salvage found."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from psylite_desktop.domain.profile import Profile

DAILY = 7
WEEKLY = 4
EXTRA = 3
"""How many of those made by hand, before a change, or of a damaged vault are kept besides."""


class BackupKind(StrEnum):
    """Why a backup was made."""

    AUTO = "auto"
    MANUAL = "manual"
    BEFORE = "before"
    """Before an upgrade, an import or a restore."""
    DAMAGED = "damaged"
    """The files of a damaged vault as they were: unchecked, and never offered as a good one."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup.

    `number` grows with each one and orders them, whatever the clock did; `day` is the local day
    (ISO) and `made_at` the UTC seconds that the clock showed; `size` in bytes.
    """

    name: str
    number: int
    day: str
    made_at: float
    kind: BackupKind
    size: int = 0


@dataclass(frozen=True, slots=True)
class Contents:
    """What a copy holds, to be seen before anything is replaced: rows a table, newest time."""

    counts: tuple[tuple[str, int], ...]
    newest_at: float | None
    schema: int
    is_newer: bool = False
    opens_with: str = "now"
    """`now`: the key in use opens it. `then`: it needs the passphrase it was made with."""

    def count(self, table: str) -> int:
        """Rows of a table; 0 where there is none."""
        return dict(self.counts).get(table, 0)


@dataclass(frozen=True, slots=True)
class TableReport:
    """What salvage found of one table: rows read, rows taken from a backup, ids not found.

    `lost` are ids that stood on unreadable pages and are in no backup; some of them may have
    been deleted long before. `more_lost` counts further ones beyond those listed. `open_end` says
    that the newest ones may be missing without a trace, because the highest id is lost, too.
    """

    table: str
    read: int
    from_backup: int = 0
    lost: tuple[int, ...] = ()
    more_lost: int = 0
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class SalvageReport:
    """What was saved from a damaged vault, and where it is now."""

    profile: Profile
    tables: tuple[TableReport, ...]
    pages: int
    bad_pages: int
    backup: Backup | None = None

    @property
    def read(self) -> int:
        """Rows in all."""
        return sum(table.read + table.from_backup for table in self.tables)

    @property
    def lost(self) -> int:
        """Ids that were not found, in all."""
        return sum(len(table.lost) + table.more_lost for table in self.tables)


@dataclass(slots=True)
class Progress:
    """How far a long job is: written by the job, read and stopped from any thread."""

    done: int = 0
    total: int = 0
    _stopped: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """Ask the job to end soon."""
        self._stopped.set()

    @property
    def is_stopped(self) -> bool:
        """Whether somebody asked it to end."""
        return self._stopped.is_set()


class BackupStore(Protocol):
    """Backups of an open vault. Methods raise VaultError. Not for the vault's own thread."""

    @property
    def profile(self) -> Profile | None:
        """Whose backups these are; None for a guest, who has none."""
        ...

    def backups(self) -> list[Backup]:
        """All of them, newest first."""
        ...

    def make(self, kind: BackupKind, *, now: float, day: str, progress: Progress) -> Backup:
        """Make and check one, then let go of those that are not kept any more.

        Raises VaultError: cancelled, vault_damaged, vault_disk_full and others; the backups that
        were there stay.
        """
        ...

    def contents(self, name: str) -> Contents:
        """What a backup holds. Raises VaultError backup_unknown, vault_damaged."""
        ...

    def export(self, target: Path, secret: str, *, own: str | None, progress: Progress) -> None:
        """Write a .psyvault file that `secret` opens, or `own` where it is given.

        Raises VaultError: vault_wrong_passphrase, cancelled, vault_disk_full and others; no
        half-written file stays, and one that was there before stays until the new one is whole.
        """
        ...


def due(backups: Sequence[Backup], day: str) -> bool:
    """Whether the newest good backup is of another day than `day` (ISO), earlier or later."""
    good = [backup for backup in backups if backup.kind is not BackupKind.DAMAGED]
    return not good or max(good, key=_number).day != day


def kept(backups: Sequence[Backup]) -> frozenset[str]:
    """Names of those to keep: the newest of each of 7 days and of each of 4 weeks before them.

    Besides, the newest few made by hand, before a change, and of damaged files. Days and weeks
    are ranked by the order in which backups were made, not by the clock: a clock that jumps
    makes groups of its own and pushes nothing out that a steady one would keep.
    """
    good = [backup for backup in backups if backup.kind is not BackupKind.DAMAGED]
    daily = _newest_of_each(good, lambda backup: backup.day, DAILY)
    rest = [backup for backup in good if backup not in daily]
    weekly = _newest_of_each(rest, _week, WEEKLY)
    extra = [
        backup
        for kind in (BackupKind.MANUAL, BackupKind.BEFORE, BackupKind.DAMAGED)
        for backup in sorted(
            (each for each in backups if each.kind is kind), key=_number, reverse=True
        )[:EXTRA]
    ]
    return frozenset(backup.name for backup in (*daily, *weekly, *extra))


def _newest_of_each(
    backups: Sequence[Backup], group: Callable[[Backup], str], most: int
) -> list[Backup]:
    newest: dict[str, Backup] = {}
    for backup in sorted(backups, key=_number, reverse=True):
        newest.setdefault(group(backup), backup)
    return list(newest.values())[:most]


def _week(backup: Backup) -> str:
    year, week, _day = date.fromisoformat(backup.day).isocalendar()
    return f"{year}-{week}"


def _number(backup: Backup) -> int:
    return backup.number
