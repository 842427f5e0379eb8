"""Backups as the window asks for them: once a day by itself, or when somebody says so."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from psylite_desktop.domain.backup import Backup, BackupKind, BackupStore, Contents, Progress, due
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.ports import DraftStore
from psylite_desktop.domain.profile import Profile
from psylite_desktop.services.clock import Clock

_TOLD = "told:backup"
_QUIET = frozenset({"cancelled", "vault_locked", "backup_running", "backup_guest"})


@dataclass(frozen=True, slots=True)
class AutoBackup:
    """What came of the daily backup: the one that was made, or a failure to speak of, or neither.

    `failure` is an error code, and only there when nothing was said about it yet.
    """

    made: Backup | None = None
    failure: str = ""


class BackupService:
    """Backups of the open vault. Slow: not for the GUI thread, nor for the vault's own thread."""

    def __init__(
        self,
        store: BackupStore,
        told: DraftStore,
        clock: Clock,
        *,
        is_read_only: Callable[[], bool] = lambda: False,
    ) -> None:
        """`told` remembers what was said about failures, so that it is said once."""
        self._store = store
        self._told = told
        self._clock = clock
        self._is_read_only = is_read_only
        self._guard = threading.Lock()
        self._progresses: dict[int, Progress] = {}
        self._stopped = False

    @property
    def profile(self) -> Profile | None:
        """Whose backups these are; None for a guest, who has none."""
        return self._store.profile

    def backups(self) -> list[Backup]:
        """All of them, newest first. Raises VaultError."""
        return self._store.backups()

    def contents(self, backup: Backup) -> Contents:
        """What one holds, after reading all of it. Raises VaultError."""
        return self._store.contents(backup.name)

    def make(self, progress: Progress, *, kind: BackupKind = BackupKind.MANUAL) -> Backup:
        """Make one now. Raises VaultError; cancelled where it was stopped."""
        now = self._clock.now()
        day = datetime.fromtimestamp(now).astimezone().date().isoformat()
        with self._watched(progress):
            made = self._store.make(kind, now=now, day=day, progress=progress)
        self._remember("")
        return made

    def make_before_change(self, progress: Progress) -> Backup | None:
        """Make one before a lot changes at once; guests have none. Raises as `make`."""
        if self._store.profile is None:
            return None
        return self.make(progress, kind=BackupKind.BEFORE)

    def make_if_due(self) -> AutoBackup:
        """Make the backup of the day where there is none yet; never raises VaultError."""
        if self._store.profile is None or self._is_read_only():
            return AutoBackup()
        try:
            now = self._clock.now()
            day = datetime.fromtimestamp(now).astimezone().date().isoformat()
            if not due(self._store.backups(), day):
                return AutoBackup()
            return AutoBackup(made=self.make(Progress(), kind=BackupKind.AUTO))
        except VaultError as error:
            return AutoBackup(failure=self._new_failure(error.code))

    def export(self, target: Path, secret: str, *, own: str | None, progress: Progress) -> None:
        """Write a .psyvault file; see BackupStore. Raises VaultError."""
        with self._watched(progress):
            self._store.export(target, secret, own=own, progress=progress)

    def stop(self) -> None:
        """End what runs and begin nothing more: the vault is about to be closed."""
        with self._guard:
            self._stopped = True
            for progress in self._progresses.values():
                progress.stop()

    @contextlib.contextmanager
    def _watched(self, progress: Progress) -> Iterator[None]:
        with self._guard:
            if self._stopped:
                raise VaultError("vault_locked")
            self._progresses[id(progress)] = progress
        try:
            yield
        finally:
            with self._guard:
                del self._progresses[id(progress)]

    def _new_failure(self, code: str) -> str:
        """The code of a failure that nobody was told of yet, else nothing."""
        if code in _QUIET:
            return ""
        with contextlib.suppress(VaultError):
            if self._told.load(_TOLD) == code:
                return ""
        self._remember(code)
        return code

    def _remember(self, code: str) -> None:
        # On a full disk even this may not be kept: then it is said again next time.
        with contextlib.suppress(VaultError):
            self._told.save(_TOLD, code)
