"""A full disk refuses a copy and spoils nothing: neither the vault nor older copies."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from psylite_desktop.domain.backup import BackupKind, Progress
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage.rescue import RescueShelf
from tests.faults.conftest import Count, Most
from tests.faults.keeper import texts
from tests.faults.operations import PHRASES
from tests.faults.test_disk_full import small_disk
from tests.faults.writer import CHEAP

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs tmpfs")

FULL = {"vault_disk_full", "vault_io"}


def _made(disk: Path) -> tuple[RescueShelf, Profile, list[str], str]:
    shelf = RescueShelf(disk / "profiles")
    new, vault = shelf.create(PHRASES[0], cost=CHEAP)
    conversation = vault.conversations.start(1.0)
    for number in range(6):
        vault.conversations.append(
            conversation, Message(role=Role.USER, text=f"kept {number} " * 500)
        )
    name = vault.backups.make(BackupKind.AUTO, now=1.0, day="2026-11-20", progress=Progress()).name
    held = texts(vault)
    vault.close()
    return shelf, new.profile, held, name


def _left(disk: Path, free: int) -> Path:
    """Leave `free` bytes; removing the returned file frees the rest."""
    import os

    filler = disk / "filler"
    stat = os.statvfs(disk)
    with filler.open("wb", buffering=0) as file:
        os.posix_fallocate(file.fileno(), 0, max(1, stat.f_bavail * stat.f_frsize - free))
    return filler


def _backup(shelf: RescueShelf, profile: Profile, disk: Path, name: str) -> None:
    vault = shelf.unlock(profile, PHRASES[0])
    try:
        vault.backups.make(BackupKind.AUTO, now=2.0, day="2026-11-21", progress=Progress())
    finally:
        vault.close()


def _export(shelf: RescueShelf, profile: Profile, disk: Path, name: str) -> None:
    vault = shelf.unlock(profile, PHRASES[0])
    try:
        vault.backups.export(disk / "x.psyvault", PHRASES[0], own=None, progress=Progress())
    finally:
        vault.close()


def _restore(shelf: RescueShelf, profile: Profile, disk: Path, name: str) -> None:
    shelf.restore(profile, name, PHRASES[0], Progress())


def _as_new(shelf: RescueShelf, profile: Profile, disk: Path, name: str) -> None:
    shelf.delete(shelf.restore_as_new(profile, name, PHRASES[0], Progress()))


def _salvage(shelf: RescueShelf, profile: Profile, disk: Path, name: str) -> None:
    shelf.delete(shelf.salvage(profile, PHRASES[0], Progress()).profile)


SIZES = (0, 8, 40, 90, 130, 170, 230, 300, 420, 700)


def spoil_nothing(
    tmp_path: Path, work: Callable[[RescueShelf, Profile, Path, str], None], free_kib: int
) -> bool:
    """Do `work` with so much room; whether it went well. Nothing is lost either way."""
    with small_disk(tmp_path / f"disk{free_kib}", kib=3000) as disk:
        shelf, profile, held, name = _made(disk)
        filler = _left(disk, free_kib * 1024)
        went_well = True
        try:
            work(shelf, profile, disk, name)
        except VaultError as error:
            assert error.code in FULL, error.code  # noqa: PT017 - both endings are right
            went_well = False
            assert not (disk / "x.psyvault").exists()
        filler.unlink()
        assert shelf.profiles() == [profile]
        vault = shelf.unlock(profile, PHRASES[0])
        assert texts(vault) == held
        vault.close()
        assert shelf.contents(profile, name, PHRASES[0]).count("messages") == 6
        left = [path.name for path in disk.rglob("*") if path.name.startswith(".")]
        assert left == []
        work(shelf, profile, disk, name)
        return went_well


@pytest.mark.parametrize("work", [_backup, _export, _restore, _as_new, _salvage])
def test_a_full_disk_spoils_nothing(
    tmp_path: Path, work: Callable[[RescueShelf, Profile, Path, str], None]
) -> None:
    ends = {spoil_nothing(tmp_path, work, free) for free in SIZES}
    assert ends == {True, False}


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("work", [_backup, _export, _restore, _as_new, _salvage])
def test_a_full_disk_of_many_sizes_spoils_nothing(
    tmp_path: Path,
    work: Callable[[RescueShelf, Profile, Path, str], None],
    figures: Count,
    at_most: Most,
) -> None:
    sizes = list(range(0, 720, 9))[:: -(-80 // at_most(80))]
    done = [spoil_nothing(tmp_path, work, free) for free in sizes]
    counts = {"cases": len(done), "copies made": done.count(True)}
    figures("full disk, copies", counts | {"copies refused": done.count(False)})
