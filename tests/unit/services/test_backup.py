"""Once a day by itself; a failure is told once; stopping ends what runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from psylite_desktop.domain.backup import BackupKind, Progress
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.services.backup import AutoBackup, BackupService
from psylite_desktop.services.clock import Clock
from tests.fakes.memory_vault import MemoryVault

DAY_S = 86_400.0


class Desk:
    def __init__(self) -> None:
        self.now = 1_795_262_400.0
        self.vault = MemoryVault()
        self.read_only = False
        self.service = self.unlocked()

    def unlocked(self) -> BackupService:
        """The service of another session on the same vault."""
        return BackupService(
            self.vault.backups,
            self.vault.drafts,
            Clock(now=lambda: self.now),
            is_read_only=lambda: self.read_only,
        )


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_the_first_session_of_a_day_makes_one(desk: Desk) -> None:
    made = desk.service.make_if_due().made
    assert made is not None
    assert made.kind is BackupKind.AUTO
    assert desk.unlocked().make_if_due() == AutoBackup()
    desk.now += DAY_S
    assert desk.unlocked().make_if_due().made is not None
    assert len(desk.service.backups()) == 2


def test_one_made_by_hand_counts_for_its_day(desk: Desk) -> None:
    desk.service.make(Progress())
    assert desk.service.make_if_due() == AutoBackup()


def test_a_clock_that_goes_back_loses_no_backup(desk: Desk) -> None:
    first = desk.service.make_if_due().made
    desk.now -= 400 * DAY_S
    second = desk.service.make_if_due().made
    assert desk.service.backups() == [second, first]


def test_a_full_disk_is_told_once_and_again_after_it_went_well(desk: Desk) -> None:
    desk.vault.backups.failure = VaultError("vault_disk_full")
    assert desk.service.make_if_due() == AutoBackup(failure="vault_disk_full")
    assert desk.unlocked().make_if_due() == AutoBackup()
    desk.vault.backups.failure = VaultError("vault_damaged")
    assert desk.unlocked().make_if_due() == AutoBackup(failure="vault_damaged")
    desk.vault.backups.failure = None
    assert desk.unlocked().make_if_due().made is not None
    desk.now += DAY_S
    desk.vault.backups.failure = VaultError("vault_disk_full")
    assert desk.unlocked().make_if_due() == AutoBackup(failure="vault_disk_full")


@pytest.mark.parametrize("code", ["cancelled", "vault_locked", "backup_running"])
def test_what_is_no_failure_is_not_told(desk: Desk, code: str) -> None:
    desk.vault.backups.failure = VaultError(code)
    assert desk.service.make_if_due() == AutoBackup()


def test_guests_and_vaults_of_later_versions_are_left_alone(desk: Desk) -> None:
    desk.read_only = True
    assert desk.service.make_if_due() == AutoBackup()
    desk.read_only = False
    desk.vault.backups.profile = None
    assert desk.service.make_if_due() == AutoBackup()
    assert desk.vault.backups.held == {}


def test_before_a_change_there_is_one_except_for_guests(desk: Desk) -> None:
    made = desk.service.make_before_change(Progress())
    assert made is not None
    assert made.kind is BackupKind.BEFORE
    desk.vault.backups.profile = None
    assert desk.service.make_before_change(Progress()) is None


def test_after_stop_nothing_begins(desk: Desk) -> None:
    desk.service.stop()
    with pytest.raises(VaultError) as caught:
        desk.service.make(Progress())
    assert caught.value.code == "vault_locked"
    assert desk.service.make_if_due() == AutoBackup()


def test_stop_reaches_what_runs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def make(*_args: object, progress: Progress, **_named: object) -> None:
        desk.service.stop()
        seen.append(progress.is_stopped)
        raise VaultError("cancelled")

    monkeypatch.setattr(desk.vault.backups, "make", make)
    assert desk.service.make_if_due() == AutoBackup()
    assert seen == [True]


def test_exporting_asks_for_the_passphrase(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "x.psyvault"
    with pytest.raises(VaultError) as caught:
        desk.service.export(target, "wrong", own=None, progress=Progress())
    assert caught.value.code == "vault_wrong_passphrase"
    desk.service.export(target, desk.vault.backups.secret, own="another one", progress=Progress())
    assert desk.vault.backups.exported == {target: "another one"}
