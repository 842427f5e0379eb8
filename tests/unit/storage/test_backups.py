"""Backups of an open vault: whole, checked, beside each other, and never in anybody's way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from psylite_desktop.domain.backup import BackupKind, Progress
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage import header_file, vault_backups
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.profiles import ProfileShelf
from psylite_desktop.storage.vault import SqlcipherVault

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
PHRASE = "a long enough phrase"
OTHER = "quite another phrase"
NOW = 1_795_000_000.0


@pytest.fixture
def shelf(tmp_path: Path) -> ProfileShelf:
    return ProfileShelf(tmp_path / "profiles")


@pytest.fixture
def made(shelf: ProfileShelf) -> Iterator[tuple[Profile, SqlcipherVault]]:
    new, vault = shelf.create(PHRASE, cost=CHEAP)
    say(vault, 30)
    yield new.profile, vault
    vault.close()


def say(vault: SqlcipherVault, count: int, text: str = "kept words 考试 ") -> None:
    conversation = vault.conversations.start(NOW)
    for number in range(count):
        vault.conversations.append(
            conversation,
            Message(role=Role.USER, text=f"{text} {number} " * 20, created_at=NOW + number),
        )


def back_up(
    vault: SqlcipherVault, day: str = "2026-11-21", kind: BackupKind = BackupKind.AUTO
) -> str:
    return vault.backups.make(kind, now=NOW, day=day, progress=Progress()).name


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(VaultError) as caught:
        call()
    return caught.value.code


def test_a_backup_holds_what_the_vault_holds(made: tuple[Profile, SqlcipherVault]) -> None:
    _, vault = made
    name = back_up(vault)
    (backup,) = vault.backups.backups()
    assert (backup.name, backup.day, backup.kind) == (name, "2026-11-21", BackupKind.AUTO)
    assert backup.size > 50_000
    contents = vault.backups.contents(name)
    assert contents.count("messages") == 30
    assert contents.count("conversations") == 1
    assert contents.newest_at == NOW + 29
    assert not contents.is_newer


def test_saving_goes_on_between_slices_and_comes_along(
    made: tuple[Profile, SqlcipherVault], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, vault = made
    say(vault, 300, "many words " * 20)
    saved: list[int] = []

    class Watching(Progress):
        def __setattr__(self, name: str, value: object) -> None:
            if name == "done" and value and len(saved) < 3:
                # On the storage thread: another thread asks it to save, and it makes way.
                asked = threading.Thread(target=lambda: vault.drafts.save("talk", f"{value}"))
                asked.start()
                while asked.is_alive() and vault._thread._jobs.empty():
                    pass
                saved.append(int(str(value)))
            super().__setattr__(name, value)

    made_one = vault.backups.make(BackupKind.MANUAL, now=NOW, day="2026-11-21", progress=Watching())
    assert len(saved) == 3
    assert vault.backups.contents(made_one.name).count("drafts") == 1
    assert vault.backups.contents(made_one.name).count("messages") == 330


def test_a_vault_that_closes_does_not_wait_for_its_backup(
    made: tuple[Profile, SqlcipherVault], shelf: ProfileShelf
) -> None:
    profile, vault = made
    say(vault, 200)
    closing: list[threading.Thread] = []

    class Closing(Progress):
        def __setattr__(self, name: str, value: object) -> None:
            if name == "done" and value and not closing:
                closing.append(threading.Thread(target=vault.close))
                closing[0].start()
                while not vault._thread._stopping:
                    pass
            super().__setattr__(name, value)

    refused = code_of(
        lambda: vault.backups.make(BackupKind.AUTO, now=NOW, day="2026-11-21", progress=Closing())
    )
    closing[0].join()
    assert refused == "vault_locked"
    vault = shelf.unlock(profile, PHRASE)
    assert vault.backups.backups() == []
    assert len(vault.conversations.conversations()) == 2
    vault.close()


def test_a_stopped_backup_leaves_nothing(
    made: tuple[Profile, SqlcipherVault], tmp_path: Path
) -> None:
    profile, vault = made
    progress = Progress()
    progress.stop()
    make = vault.backups.make
    assert (
        code_of(lambda: make(BackupKind.AUTO, now=NOW, day="2026-11-21", progress=progress))
        == "cancelled"
    )
    assert list((tmp_path / "profiles" / profile.folder / "backups").iterdir()) == []


def test_two_at_once_are_refused(made: tuple[Profile, SqlcipherVault]) -> None:
    _, vault = made
    found: list[str] = []

    class Nesting(Progress):
        def __setattr__(self, name: str, value: object) -> None:
            if name == "done" and value and not found:
                found.append(code_of(lambda: back_up(vault)))
            super().__setattr__(name, value)

    vault.backups.make(BackupKind.AUTO, now=NOW, day="2026-11-21", progress=Nesting())
    assert found == ["backup_running"]


@pytest.mark.parametrize("where", ["page", "rows"])
def test_a_bad_copy_never_takes_a_place(
    made: tuple[Profile, SqlcipherVault],
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    _, vault = made
    good = back_up(vault)
    copied = vault_backups.copy_pages

    def spoilt(source, target, key, *, between):
        counts = copied(source, target, key, between=between)
        if where == "rows":
            return {**counts, "messages": counts["messages"] + 1}
        content = bytearray(target.read_bytes())
        content[-3000] ^= 1
        target.write_bytes(content)
        return counts

    monkeypatch.setattr(vault_backups, "copy_pages", spoilt)
    assert code_of(lambda: back_up(vault, "2026-11-22")) == "vault_damaged"
    assert [backup.name for backup in vault.backups.backups()] == [good]


def test_a_damaged_vault_is_not_backed_up(
    made: tuple[Profile, SqlcipherVault], shelf: ProfileShelf, tmp_path: Path
) -> None:
    profile, vault = made
    good = back_up(vault)
    vault.close()
    path = tmp_path / "profiles" / profile.folder / "vault.db"
    content = bytearray(path.read_bytes())
    content[-5000] ^= 1
    path.write_bytes(content)
    vault = shelf.unlock(profile, PHRASE)
    assert code_of(lambda: back_up(vault, "2026-11-22")) == "vault_damaged"
    assert [backup.name for backup in vault.backups.backups()] == [good]
    vault.close()


def test_days_are_kept_as_promised(made: tuple[Profile, SqlcipherVault]) -> None:
    _, vault = made
    for day in range(1, 13):
        back_up(vault, f"2026-11-{day:02d}")
    days = [backup.day for backup in vault.backups.backups()]
    # 7 days, and the last of each week before: Sunday 1 November, and the 5th so far.
    assert days == [f"2026-11-{day:02d}" for day in (12, 11, 10, 9, 8, 7, 6, 5, 1)]


def test_an_old_passphrase_opens_no_backup_any_more(
    made: tuple[Profile, SqlcipherVault], shelf: ProfileShelf, tmp_path: Path
) -> None:
    profile, vault = made
    name = back_up(vault)
    shelf.change_passphrase(profile, PHRASE, OTHER, cost=CHEAP)
    folder = tmp_path / "profiles" / profile.folder
    assert header_file.peeked(folder / "backups" / name) == header_file.peeked(folder)


def test_deleting_a_profile_spoils_the_keys_of_its_backups(
    made: tuple[Profile, SqlcipherVault],
    shelf: ProfileShelf,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    profile, vault = made
    back_up(vault)
    vault.close()
    root = tmp_path / "profiles"
    monkeypatch.setattr("shutil.rmtree", lambda *_args, **_named: None)
    headers = {path.name: path.read_bytes() for path in root.rglob("header.json*")}
    assert len(headers) == 2
    shelf.delete(profile)
    assert list(root.rglob("header.json*")) == []


def test_a_guest_has_no_backups(shelf: ProfileShelf, tmp_path: Path) -> None:
    vault = shelf.guest()
    assert vault.backups.profile is None
    assert vault.backups.backups() == []
    assert code_of(lambda: back_up(vault)) == "backup_guest"
    assert code_of(lambda: vault.backups.contents("x")) == "backup_unknown"
    vault.close()
    assert list(tmp_path.iterdir()) == []


def test_names_that_are_not_ours_are_left_alone(
    made: tuple[Profile, SqlcipherVault], tmp_path: Path
) -> None:
    profile, vault = made
    folder = tmp_path / "profiles" / profile.folder / "backups"
    back_up(vault)
    for name in ("notes", "000009-2026-99-99-1-auto", "../vault.db", ".new-0123456789abcdef"):
        (folder / name.replace("/", "_")).mkdir()
    back_up(vault, "2026-11-22")
    assert len(vault.backups.backups()) == 2
    assert (folder / "notes").is_dir()
    assert not (folder / ".new-0123456789abcdef").exists()
    assert code_of(lambda: vault.backups.contents("../..")) == "backup_unknown"
