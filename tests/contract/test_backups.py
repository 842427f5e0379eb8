"""What every BackupStore does: that of a profile on disk, and the fake of other tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from psylite_desktop.domain.backup import BackupKind, Progress
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.ports import Vault
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.profiles import ProfileShelf
from tests.fakes.memory_vault import MemoryVault

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
PHRASE = "a cat asleep on the sill"


def _profile(folder: Path) -> Vault:
    return ProfileShelf(folder / "profiles").create(PHRASE, cost=CHEAP)[1]


def _memory(_folder: Path) -> Vault:
    return MemoryVault()


@pytest.fixture(params=[_profile, _memory], ids=["profile", "memory"])
def vault(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Vault]:
    make: Callable[[Path], Vault] = request.param
    opened = make(tmp_path)
    conversation = opened.conversations.start(1.0)
    opened.conversations.append(conversation, Message(role=Role.USER, text="kept", created_at=1.0))
    yield opened
    opened.close()


def back_up(vault: Vault, day: str, kind: BackupKind = BackupKind.AUTO) -> str:
    return vault.backups.make(kind, now=1_795_000_000.7, day=day, progress=Progress()).name


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(VaultError) as caught:
        call()
    return caught.value.code


def test_newest_first_with_day_time_and_kind(vault: Vault) -> None:
    assert vault.backups.backups() == []
    first = back_up(vault, "2026-11-21")
    second = back_up(vault, "2026-11-20", BackupKind.BEFORE)
    found = vault.backups.backups()
    assert [backup.name for backup in found] == [second, first]
    assert [backup.day for backup in found] == ["2026-11-20", "2026-11-21"]
    assert [backup.kind for backup in found] == [BackupKind.BEFORE, BackupKind.AUTO]
    assert {backup.made_at for backup in found} == {1_795_000_000.0}
    assert all(backup.size > 0 for backup in found)
    assert found[0].number > found[1].number


def test_contents_are_counted(vault: Vault) -> None:
    contents = vault.backups.contents(back_up(vault, "2026-11-21"))
    assert contents.count("messages") == 1
    assert contents.count("no_such_table") == 0
    assert contents.opens_with == "now"
    assert code_of(lambda: vault.backups.contents("no such one")) == "backup_unknown"


def test_seven_days_are_kept(vault: Vault) -> None:
    for day in range(1, 29):
        back_up(vault, f"2026-02-{day:02d}")
    days = [backup.day for backup in vault.backups.backups()]
    assert days[:7] == [f"2026-02-{day:02d}" for day in range(28, 21, -1)]
    assert len(days) <= 11


def test_a_stopped_one_is_not_kept(vault: Vault) -> None:
    progress = Progress()
    progress.stop()
    make = vault.backups.make
    refused = code_of(lambda: make(BackupKind.AUTO, now=1.0, day="2026-11-21", progress=progress))
    assert refused == "cancelled"
    assert vault.backups.backups() == []


def test_an_export_needs_the_passphrase(vault: Vault, tmp_path: Path) -> None:
    target = tmp_path / "x.psyvault"
    export = vault.backups.export
    assert (
        code_of(lambda: export(target, "another", own=None, progress=Progress()))
        == "vault_wrong_passphrase"
    )
    export(target, PHRASE, own=None, progress=Progress())


def test_a_profile_has_one_and_nothing_works_once_closed(vault: Vault) -> None:
    assert vault.backups.profile is not None
    assert vault.is_read_only is False
    vault.close()
    assert code_of(lambda: back_up(vault, "2026-11-21")) == "vault_locked"
