"""Backups and .psyvault files become profiles again; nothing is replaced without its own copy."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from psylite_desktop.domain.backup import BackupKind, Progress
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage import psyvault, rescue
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.rescue import RescueShelf
from psylite_desktop.storage.vault import SqlcipherVault

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
PHRASE = "a long enough phrase"
OTHER = "quite another phrase"
NOW = 1_795_000_000.0


@dataclass
class Made:
    shelf: RescueShelf
    root: Path
    profile: Profile
    code: str
    backup: str

    @property
    def folder(self) -> Path:
        return self.root / self.profile.folder

    def texts(self, profile: Profile | None = None, secret: str = PHRASE) -> list[str]:
        vault = self.shelf.unlock(profile or self.profile, secret)
        try:
            return texts_of(vault)
        finally:
            vault.close()

    def export(self, path: Path, *, own: str | None = None) -> Path:
        vault = self.shelf.unlock(self.profile, PHRASE)
        try:
            vault.backups.export(path, PHRASE, own=own, progress=Progress())
        finally:
            vault.close()
        return path


def texts_of(vault: SqlcipherVault) -> list[str]:
    return [
        message.text
        for row in reversed(vault.conversations.conversations())
        for message in vault.conversations.messages(row.id)
    ]


def say(vault: SqlcipherVault, *texts: str) -> None:
    conversation = vault.conversations.start(NOW)
    for text in texts:
        vault.conversations.append(conversation, Message(role=Role.USER, text=text, created_at=NOW))


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    """A profile with a backup that holds "before" and a vault that also holds "after"."""
    shelf = RescueShelf(tmp_path / "profiles")
    new, vault = shelf.create(PHRASE, cost=CHEAP)
    say(vault, "before", *(f"words {number} " * 3000 for number in range(6)))
    backup = vault.backups.make(BackupKind.AUTO, now=NOW, day="2026-11-20", progress=Progress())
    say(vault, "after")
    vault.close()
    yield Made(shelf, tmp_path / "profiles", new.profile, new.recovery_code, backup.name)
    assert not list((tmp_path / "profiles").glob(".new-*"))
    assert not list((tmp_path / "profiles").rglob("*.tmp"))


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(VaultError) as caught:
        call()
    return caught.value.code


def test_a_backup_is_looked_at_before_anything_happens(made: Made) -> None:
    contents = made.shelf.contents(made.profile, made.backup, PHRASE)
    assert contents.count("messages") == 7
    assert contents.opens_with == "now"
    refused = code_of(lambda: made.shelf.contents(made.profile, made.backup, OTHER))
    assert refused == "vault_wrong_passphrase"


@pytest.mark.parametrize("secret", ["passphrase", "code"])
def test_a_backup_takes_the_place_of_the_vault_and_the_vault_is_kept(
    made: Made, secret: str
) -> None:
    before = made.texts()
    assert before[-1] == "after"
    made.shelf.restore(
        made.profile, made.backup, PHRASE if secret == "passphrase" else made.code, Progress()
    )
    assert made.texts() == before[:-1]
    newest = made.shelf.backups(made.profile)[0]
    assert newest.kind is BackupKind.BEFORE
    made.shelf.restore(made.profile, newest.name, PHRASE, Progress())
    assert made.texts() == before


def test_the_passphrase_of_now_stays_after_a_restore(made: Made) -> None:
    made.shelf.change_passphrase(made.profile, PHRASE, OTHER, cost=CHEAP)
    assert (
        code_of(lambda: made.shelf.restore(made.profile, made.backup, PHRASE, Progress()))
        == "vault_wrong_passphrase"
    )
    made.shelf.restore(made.profile, made.backup, OTHER, Progress())
    assert made.texts(secret=OTHER)[-1] != "after"


def test_a_backup_becomes_a_profile_of_its_own(made: Made) -> None:
    new = made.shelf.restore_as_new(made.profile, made.backup, PHRASE, Progress())
    assert new.label != made.profile.label
    assert set(made.shelf.profiles()) == {made.profile, new}
    assert made.texts()[-1] == "after"
    assert made.texts(new)[0] == "before"
    assert made.texts(new)[-1] != "after"


def _spoil(path: Path, at: int) -> bytes:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    return bytes(content)


@pytest.mark.parametrize("at", [20, 5000, -5000])
def test_a_damaged_backup_replaces_nothing(made: Made, at: int) -> None:
    before = made.texts()
    _spoil(made.folder / "backups" / made.backup / "vault.db", at)
    for call in (
        lambda: made.shelf.restore(made.profile, made.backup, PHRASE, Progress()),
        lambda: made.shelf.restore_as_new(made.profile, made.backup, PHRASE, Progress()),
        lambda: made.shelf.contents(made.profile, made.backup, PHRASE),
    ):
        assert code_of(call) == "vault_damaged"
    assert made.texts() == before
    assert made.shelf.profiles() == [made.profile]


@pytest.mark.parametrize("at", [20, 5000, -5000])
def test_a_damaged_vault_is_kept_as_it_was(made: Made, at: int) -> None:
    spoilt = _spoil(made.folder / "vault.db", at)
    made.shelf.restore(made.profile, made.backup, PHRASE, Progress())
    assert made.texts()[0] == "before"
    kept = made.shelf.backups(made.profile)[0]
    assert kept.kind is BackupKind.DAMAGED
    assert (made.folder / "backups" / kept.name / "vault.db").read_bytes() == spoilt


def test_a_missing_vault_comes_back(made: Made) -> None:
    (made.folder / "vault.db").unlink()
    assert code_of(made.texts) == "vault_missing"
    made.shelf.restore(made.profile, made.backup, PHRASE, Progress())
    assert made.texts()[0] == "before"


def test_a_damaged_header_comes_back_and_the_vault_stays_as_it_is(made: Made) -> None:
    before = made.texts()
    for name in ("header.json", "header.json.1"):
        _spoil(made.folder / name, 40)
    assert code_of(made.texts) == "vault_header_damaged"
    assert code_of(lambda: made.shelf.mend_header(made.profile, OTHER)) == "vault_wrong_passphrase"
    made.shelf.mend_header(made.profile, PHRASE)
    assert made.texts() == before
    assert made.texts(secret=made.code) == before


def test_header_and_vault_damaged_together_come_back(made: Made) -> None:
    for name in ("header.json", "header.json.1"):
        _spoil(made.folder / name, 40)
    _spoil(made.folder / "vault.db", 20)
    made.shelf.restore(made.profile, made.backup, PHRASE, Progress())
    assert made.texts()[0] == "before"


def test_an_open_profile_is_not_replaced(made: Made) -> None:
    vault = made.shelf.unlock(made.profile, PHRASE)
    assert (
        code_of(lambda: made.shelf.restore(made.profile, made.backup, PHRASE, Progress()))
        == "vault_busy"
    )
    vault.close()


def test_nothing_is_replaced_where_the_copy_of_the_vault_fails(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = made.texts()

    def full(*_args: object, **_named: object) -> None:
        raise VaultError("vault_disk_full")

    with monkeypatch.context() as failing:
        failing.setattr(rescue, "copy_pages", full)
        assert (
            code_of(lambda: made.shelf.restore(made.profile, made.backup, PHRASE, Progress()))
            == "vault_disk_full"
        )
    assert made.texts() == before
    assert [backup.name for backup in made.shelf.backups(made.profile)] == [made.backup]


def test_a_stopped_restore_changes_nothing(made: Made) -> None:
    before = made.texts()
    progress = Progress()
    progress.stop()
    assert (
        code_of(lambda: made.shelf.restore(made.profile, made.backup, PHRASE, progress))
        == "cancelled"
    )
    assert made.texts() == before


# -- .psyvault


def test_an_exported_vault_opens_elsewhere_with_the_same_secrets(
    made: Made, tmp_path: Path
) -> None:
    path = made.export(tmp_path / "mine.psyvault")
    elsewhere = RescueShelf(tmp_path / "other")
    contents = elsewhere.file_contents(path, PHRASE, Progress())
    assert contents.count("messages") == 8
    assert elsewhere.profiles() == []
    new = elsewhere.import_file(path, PHRASE, Progress())
    for secret in (PHRASE, made.code):
        vault = elsewhere.unlock(new, secret)
        assert texts_of(vault) == made.texts()
        assert len(vault.conversations.search("after")) == 1
        vault.close()
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["mine.psyvault"]


def test_an_exported_vault_may_have_a_passphrase_of_its_own(made: Made, tmp_path: Path) -> None:
    path = made.export(tmp_path / "mine.psyvault", own=OTHER)
    elsewhere = RescueShelf(tmp_path / "other")
    for secret in (PHRASE, made.code):
        assert (
            code_of(lambda secret=secret: elsewhere.import_file(path, secret, Progress()))
            == "vault_wrong_passphrase"
        )
    new = elsewhere.import_file(path, OTHER, Progress())
    vault = elsewhere.unlock(new, OTHER)
    assert texts_of(vault) == made.texts()
    vault.close()
    # Its key is another one, so it stands beside the old vault and never in its place.
    assert (
        code_of(lambda: made.shelf.replace_with_file(made.profile, path, PHRASE, Progress()))
        == "vault_wrong_passphrase"
    )
    made.shelf.change_passphrase(made.profile, PHRASE, OTHER, cost=CHEAP)
    assert (
        code_of(lambda: made.shelf.replace_with_file(made.profile, path, OTHER, Progress()))
        == "backup_other_key"
    )


def test_an_exported_vault_takes_the_place_of_the_vault(made: Made, tmp_path: Path) -> None:
    path = made.export(tmp_path / "mine.psyvault")
    before = made.texts()
    vault = made.shelf.unlock(made.profile, PHRASE)
    say(vault, "later still")
    vault.close()
    made.shelf.replace_with_file(made.profile, path, PHRASE, Progress())
    assert made.texts() == before
    newest = made.shelf.backups(made.profile)[0]
    assert newest.kind is BackupKind.BEFORE
    made.shelf.restore(made.profile, newest.name, PHRASE, Progress())
    assert made.texts() == [*before, "later still"]


def test_a_wrong_passphrase_or_a_weak_one_exports_nothing(made: Made, tmp_path: Path) -> None:
    vault = made.shelf.unlock(made.profile, PHRASE)
    target = tmp_path / "mine.psyvault"
    for secret, own, code in (
        (OTHER, None, "vault_wrong_passphrase"),
        (PHRASE, "short", "passphrase_too_short"),
    ):
        assert (
            code_of(
                lambda secret=secret, own=own: vault.backups.export(
                    target, secret, own=own, progress=Progress()
                )
            )
            == code
        )
    vault.close()
    assert not target.exists()


def test_a_stopped_export_leaves_the_older_file(made: Made, tmp_path: Path) -> None:
    path = made.export(tmp_path / "mine.psyvault")
    content = path.read_bytes()

    class Stopping(Progress):
        def __setattr__(self, name: str, value: object) -> None:
            super().__setattr__(name, value)
            if name == "done" and value and self.total > 400_000:
                self.stop()

    vault = made.shelf.unlock(made.profile, PHRASE)
    assert (
        code_of(lambda: vault.backups.export(path, PHRASE, own=None, progress=Stopping()))
        == "cancelled"
    )
    vault.close()
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["mine.psyvault"]
    assert not list(made.folder.glob("backups/.new-*"))


CHUNK = psyvault.CHUNK + 16


def _cut_in_a_chunk(content: bytes, start: int) -> bytes:
    return content[: start + CHUNK // 2]


def _cut_between(content: bytes, start: int) -> bytes:
    return content[: start + CHUNK]


def _cut_last(content: bytes, start: int) -> bytes:
    return content[: start + (len(content) - start) // CHUNK * CHUNK]


def _cut_to_nothing(content: bytes, start: int) -> bytes:
    return content[:start]


def _cut_header(content: bytes, start: int) -> bytes:
    return content[: start // 2]


def _cut_start(content: bytes, start: int) -> bytes:
    return content[:11]


def _swapped(content: bytes, start: int) -> bytes:
    one, two = content[start : start + CHUNK], content[start + CHUNK : start + 2 * CHUNK]
    return content[:start] + two + one + content[start + 2 * CHUNK :]


def _doubled(content: bytes, start: int) -> bytes:
    one = content[start : start + CHUNK]
    return content[: start + CHUNK] + one + content[start + 2 * CHUNK :]


def _doubled_and_longer(content: bytes, start: int) -> bytes:
    return content[: start + CHUNK] + content[start:]


def _left_out(content: bytes, start: int) -> bytes:
    return content[:start] + content[start + CHUNK :]


def _longer(content: bytes, start: int) -> bytes:
    return content + b"\0"


@pytest.mark.parametrize(
    ("spoil", "codes"),
    [
        (_cut_in_a_chunk, {"psyvault_truncated"}),
        (_cut_between, {"psyvault_truncated"}),
        (_cut_last, {"psyvault_truncated"}),
        (_cut_to_nothing, {"psyvault_truncated"}),
        (_cut_header, {"psyvault_truncated"}),
        (_cut_start, {"psyvault_truncated"}),
        (_left_out, {"psyvault_truncated"}),
        (_swapped, {"psyvault_damaged"}),
        (_doubled, {"psyvault_damaged"}),
        (_doubled_and_longer, {"psyvault_damaged"}),
        (_longer, {"psyvault_damaged"}),
    ],
)
def test_a_file_that_was_tampered_with_is_refused_by_name(
    made: Made, tmp_path: Path, spoil: Callable[[bytes, int], bytes], codes: set[str]
) -> None:
    path = made.export(tmp_path / "mine.psyvault")
    content = path.read_bytes()
    start = 14 + int.from_bytes(content[10:14], "big")
    path.write_bytes(spoil(content, start))
    shelf = RescueShelf(tmp_path / "other")
    assert code_of(lambda: shelf.import_file(path, PHRASE, Progress())) in codes
    assert code_of(lambda: shelf.file_contents(path, PHRASE, Progress())) in codes
    assert shelf.profiles() == []


def test_any_flipped_bit_is_refused(made: Made, tmp_path: Path) -> None:
    path = made.export(tmp_path / "mine.psyvault")
    content = path.read_bytes()
    start = 14 + int.from_bytes(content[10:14], "big")
    rng = random.Random(6)
    places = [
        *range(14),
        *rng.sample(range(14, start), 40),
        *rng.sample(range(start, len(content)), 25),
    ]
    shelf = RescueShelf(tmp_path / "other")
    allowed = {"psyvault_damaged", "psyvault_truncated", "psyvault_unknown", "vault_newer"}
    for place in places:
        spoilt = bytearray(content)
        spoilt[place] ^= 1 << rng.randrange(8)
        path.write_bytes(spoilt)
        code = code_of(lambda: shelf.import_file(path, PHRASE, Progress()))
        assert code in allowed, (place, code)
        if place >= start:
            assert code == "psyvault_damaged"
    assert shelf.profiles() == []


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" * 300, b"PSYVAULU" * 9])
def test_another_file_is_told_apart(made: Made, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "some.psyvault"
    path.write_bytes(content)
    assert code_of(lambda: made.shelf.import_file(path, PHRASE, Progress())) == "psyvault_unknown"
    path.unlink()
    assert code_of(lambda: made.shelf.import_file(path, PHRASE, Progress())) == "vault_missing"


def test_a_vault_of_a_later_version_is_read_only(made: Made) -> None:
    from psylite_desktop.storage import header_file, keyslots
    from psylite_desktop.storage.database import open_database
    from psylite_desktop.storage.migrations import LATEST

    header = header_file.peeked(made.folder)
    key = keyslots.database_key(header, keyslots.unwrapped(header, PHRASE))
    connection = open_database(made.folder / "vault.db", key)
    connection.execute(f"PRAGMA user_version = {LATEST + 3}")
    connection.close()
    vault = made.shelf.unlock(made.profile, PHRASE)
    assert vault.is_read_only
    assert texts_of(vault)[-1] == "after"
    assert code_of(lambda: say(vault, "more")) == "vault_read_only"
    assert code_of(lambda: vault.drafts.save("talk", "x")) == "vault_read_only"
    vault.close()
    assert not made.shelf.unlock(made.profile, PHRASE).close()


def test_an_upgrade_leaves_a_copy_of_what_was_there(tmp_path: Path) -> None:
    import json

    fixture = Path(__file__).parents[2] / "upgrade" / "schema_001"
    expected = json.loads((fixture / "expected.json").read_text(encoding="utf-8"))
    folder = tmp_path / expected["folder"]
    shutil.copytree(fixture, folder, ignore=shutil.ignore_patterns("expected.json"))
    shelf = RescueShelf(tmp_path)
    (profile,) = shelf.profiles()
    vault = shelf.unlock(profile, expected["passphrase"])
    (backup,) = vault.backups.backups()
    assert backup.kind is BackupKind.BEFORE
    vault.close()
    contents = shelf.contents(profile, backup.name, expected["passphrase"])
    assert contents.schema == 1
    assert contents.count("messages") == 5
    old = fixture / "vault.db"
    assert (folder / "backups" / backup.name / "vault.db").read_bytes() == old.read_bytes()
