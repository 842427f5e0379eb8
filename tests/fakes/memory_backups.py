"""Backups in plain memory, for tests of everything that stands behind the BackupStore port."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from psylite_desktop.domain.backup import Backup, BackupKind, Contents, Progress, kept
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import Profile

if TYPE_CHECKING:
    from tests.fakes.memory_vault import MemoryVault


class MemoryBackups:
    """BackupStore port in memory; `failure` makes the next calls fail."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self.profile: Profile | None = Profile("teal-1", "teal-1")
        self.failure: VaultError | None = None
        self.secret = "a cat asleep on the sill"
        self.held: dict[str, tuple[Backup, Contents]] = {}
        self.exported: dict[Path, str] = {}

    def backups(self) -> list[Backup]:
        self._check()
        return sorted((each for each, _ in self.held.values()), key=_number, reverse=True)

    def make(self, kind: BackupKind, *, now: float, day: str, progress: Progress) -> Backup:
        self._check()
        progress.total = progress.done = 1
        if progress.is_stopped:
            raise VaultError("cancelled")
        number = max((each.number for each, _ in self.held.values()), default=0) + 1
        name = f"{number:06d}-{day}-{int(now)}-{kind}"
        count = sum(row.message_count for row in self._vault.conversations.conversations())
        made = Backup(name, number, day, float(int(now)), kind, 123_456)
        self.held[name] = (made, Contents((("messages", count),), now, 4))
        keep = kept([each for each, _ in self.held.values()])
        self.held = {key: value for key, value in self.held.items() if key in keep}
        return made

    def contents(self, name: str) -> Contents:
        self._check()
        if name not in self.held:
            raise VaultError("backup_unknown")
        return self.held[name][1]

    def export(self, target: Path, secret: str, *, own: str | None, progress: Progress) -> None:
        self._check()
        if secret != self.secret:
            raise VaultError("vault_wrong_passphrase")
        if progress.is_stopped:
            raise VaultError("cancelled")
        self.exported[target] = own or secret

    def _check(self) -> None:
        self._vault.check()
        if self.failure is not None:
            raise self.failure


def _number(backup: Backup) -> int:
    return backup.number
