"""Backups of an open vault (port BackupStore): made while it is in use."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.domain.backup import Backup, BackupKind, Contents, Progress
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage import header_file, keyslots, profile_folder, psyvault
from psylite_desktop.storage.backup_folder import BackupFolder, write_header
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.copy_contents import contents_of
from psylite_desktop.storage.database_copies import check_copy, copy_pages
from psylite_desktop.storage.keyslots import Header
from psylite_desktop.storage.passphrase import check_passphrase
from psylite_desktop.storage.thread import StorageThread


@dataclass(frozen=True, slots=True)
class VaultHome:
    """Where an open vault lives, and the key that copies of it are made with."""

    profile: Profile
    folder: Path
    key: bytearray

    def forget(self) -> None:
        """Wipe the key."""
        keyslots.wipe(self.key)


class VaultBackups:
    """BackupStore of a vault with a home. Not for the storage thread, except `backups`.

    Pages are copied on the storage thread, slice by slice, so that saving goes on in between;
    checking and everything else is done where it was asked for. One job at a time.
    """

    def __init__(self, thread: StorageThread, connection: Connection, home: VaultHome) -> None:
        self._thread = thread
        self._connection = connection
        self._home = home
        self._folder = BackupFolder(home.folder)
        self._running = threading.Lock()

    @property
    def profile(self) -> Profile | None:
        """Whose backups these are."""
        return self._home.profile

    def backups(self) -> list[Backup]:
        """All of them, newest first."""
        return self._folder.backups()

    def make(self, kind: BackupKind, *, now: float, day: str, progress: Progress) -> Backup:
        """Make, check and name a backup, then let go of those that are not kept any more.

        Raises VaultError cancelled, vault_damaged, vault_disk_full, vault_locked, backup_running
        and others; the backups that were there stay.
        """

        def fill(draft: Path) -> None:
            header = header_file.peeked(self._home.folder)
            database = draft / profile_folder.database_name(header)
            self._copy(database, self._home.key, progress)
            write_header(draft, header)

        with self._one_at_a_time():
            made = self._folder.place(kind, fill, now=now, day=day)
            self._folder.renew_headers(header_file.peeked(self._home.folder))
        return made

    def contents(self, name: str) -> Contents:
        """What a backup holds; `opens_with` is `then` where only its own passphrase opens it.

        Raises VaultError backup_unknown, vault_damaged.
        """
        folder = self._folder.path(name)
        if _same_key(header_file.peeked(folder), header_file.peeked(self._home.folder)):
            return contents_of(self._folder.database(name), self._home.key)
        return Contents((), None, 0, opens_with="then")

    def export(self, target: Path, secret: str, *, own: str | None, progress: Progress) -> None:
        """Write a .psyvault file; see BackupStore."""
        if own is not None:
            check_passphrase(own)
        present = header_file.peeked(self._home.folder)
        data_key = keyslots.unwrapped(present, secret)
        try:
            if own is None:
                header = keyslots.portable_header(present)
            else:
                keyslots.wipe(data_key)
                data_key = keyslots.new_data_key()
                cost = keyslots.cost_of(present)
                header = keyslots.passphrase_header(
                    data_key, passphrase=own, label=present.label, cost=cost
                )
            with self._one_at_a_time():
                self._export(target, header, data_key, progress)
        finally:
            keyslots.wipe(data_key)

    def _export(
        self, target: Path, header: Header, data_key: bytearray, progress: Progress
    ) -> None:
        draft = self._folder.draft()
        try:
            database = draft / profile_folder.database_name(header)
            key = keyslots.database_key(header, data_key)
            try:
                self._copy(database, key, progress)
            finally:
                keyslots.wipe(key)
            psyvault.write(target, database, header, data_key, progress=progress)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def _copy(self, target: Path, key: bytearray, progress: Progress) -> None:
        def between(done: int, total: int) -> None:
            progress.done, progress.total = done, total
            if progress.is_stopped:
                raise VaultError("cancelled")
            if not self._thread.give_way():
                raise VaultError("vault_locked")

        counts = self._thread.run(
            lambda: copy_pages(self._connection, target, key, between=between)
        )
        check_copy(target, key, counts)
        if progress.is_stopped:
            raise VaultError("cancelled")

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        if not self._running.acquire(blocking=False):
            raise VaultError("backup_running")
        try:
            yield
        finally:
            self._running.release()


class NoBackups:
    """BackupStore of a vault in memory, which leaves nothing behind."""

    @property
    def profile(self) -> Profile | None:
        """Nobody's."""
        return None

    def backups(self) -> list[Backup]:
        """None."""
        return []

    def make(self, kind: BackupKind, *, now: float, day: str, progress: Progress) -> Backup:
        """Raises VaultError backup_guest."""
        raise VaultError("backup_guest")

    def contents(self, name: str) -> Contents:
        """Raises VaultError backup_unknown."""
        raise VaultError("backup_unknown")

    def export(self, target: Path, secret: str, *, own: str | None, progress: Progress) -> None:
        """Raises VaultError backup_guest."""
        raise VaultError("backup_guest")


def _same_key(one: Header, other: Header) -> bool:
    names = (profile_folder.database_name(one), profile_folder.database_name(other))
    return one.vault == other.vault and names[0] == names[1]
