from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage import header_file
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.profiles import ProfileShelf
from psylite_desktop.storage.recovery_code import new_recovery_code

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
PHRASE = "a long enough phrase"
OTHER = "quite another phrase"


@pytest.fixture
def shelf(tmp_path: Path) -> ProfileShelf:
    return ProfileShelf(tmp_path / "data" / "profiles")


def _root(tmp_path: Path) -> Path:
    return tmp_path / "data" / "profiles"


def _made(shelf: ProfileShelf, phrase: str = PHRASE) -> tuple[Profile, str]:
    """Make a profile with one message in it, closed; return it and its recovery code."""
    new, vault = shelf.create(phrase, cost=CHEAP)
    conversation = vault.conversations.start(1.0)
    vault.conversations.append(conversation, Message(role=Role.USER, text="kept 焦虑"))
    vault.close()
    return new.profile, new.recovery_code


def _code_of(call: Callable[[], object]) -> str:
    with pytest.raises(VaultError) as caught:
        call()
    return caught.value.code


def _holds(shelf: ProfileShelf, profile: Profile, secret: str) -> bool:
    vault = shelf.unlock(profile, secret)
    try:
        return len(vault.conversations.search("焦虑")) == 1
    finally:
        vault.close()


def test_empty_shelf_has_no_profiles_and_leaves_no_folder(
    shelf: ProfileShelf, tmp_path: Path
) -> None:
    assert shelf.profiles() == []
    assert not _root(tmp_path).exists()


def test_profile_opens_with_passphrase_and_recovery_code(shelf: ProfileShelf) -> None:
    profile, code = _made(shelf)
    assert shelf.profiles() == [profile]
    assert _holds(shelf, profile, PHRASE)
    assert _holds(shelf, profile, code)
    assert _holds(shelf, profile, code.lower().replace("-", " "))


def test_wrong_secret_is_refused_and_the_profile_stays_free(shelf: ProfileShelf) -> None:
    profile, _ = _made(shelf)
    for secret in (OTHER, "", "\ud800", new_recovery_code()):
        refused = _code_of(partial(shelf.unlock, profile, secret))
        assert refused == "vault_wrong_passphrase"
    assert _holds(shelf, profile, PHRASE)


def test_weak_passphrase_makes_no_profile(shelf: ProfileShelf, tmp_path: Path) -> None:
    assert _code_of(lambda: shelf.create("short", cost=CHEAP)) == "passphrase_too_short"
    assert _code_of(lambda: shelf.create("password2026", cost=CHEAP)) == "passphrase_too_common"
    assert not _root(tmp_path).exists()


def test_files_are_private_and_names_say_nothing(shelf: ProfileShelf, tmp_path: Path) -> None:
    profile, _ = _made(shelf)
    folder = _root(tmp_path) / profile.folder
    assert len(profile.folder) == 32
    assert {entry.name for entry in folder.iterdir()} == {
        "header.json",
        "header.json.1",
        "lock",
        "vault.db",
    }
    if os.name == "posix":
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {entry.stat().st_mode & 0o777 for entry in folder.iterdir()} == {0o600}


def test_labels_are_colours_unless_given(shelf: ProfileShelf) -> None:
    labels = [shelf.create(PHRASE, cost=CHEAP) for _ in range(2)]
    named, vault = shelf.create(PHRASE, label="  plum\n7 \ud800" + "x" * 100, cost=CHEAP)
    for opened in (*(made for _, made in labels), vault):
        opened.close()
    assert [new.profile.label for new, _ in labels] == ["teal-1", "amber-1"]
    assert named.profile.label.startswith("plum 7 \ufffdx")
    assert len(named.profile.label) == 40
    assert [profile.label for profile in shelf.profiles()] == [
        "amber-1",
        named.profile.label,
        "teal-1",
    ]


def test_profiles_do_not_open_each_other(shelf: ProfileShelf) -> None:
    first, code = _made(shelf)
    second, _ = _made(shelf, OTHER)
    assert _code_of(lambda: shelf.unlock(second, PHRASE)) == "vault_wrong_passphrase"
    assert _code_of(lambda: shelf.unlock(second, code)) == "vault_wrong_passphrase"
    assert _holds(shelf, first, PHRASE)


def test_open_profile_is_busy(shelf: ProfileShelf, tmp_path: Path) -> None:
    profile, _ = _made(shelf)
    vault = shelf.unlock(profile, PHRASE)
    other = ProfileShelf(_root(tmp_path))
    assert _code_of(lambda: other.unlock(profile, PHRASE)) == "vault_busy"
    assert _code_of(lambda: other.delete(profile)) == "vault_busy"
    vault.close()
    assert _holds(other, profile, PHRASE)


def test_profile_open_in_another_process_is_busy(shelf: ProfileShelf, tmp_path: Path) -> None:
    profile, _ = _made(shelf)
    script = (
        "import sys; from pathlib import Path\n"
        "from psylite_desktop.storage.profiles import ProfileShelf\n"
        "shelf = ProfileShelf(Path(sys.argv[1]))\n"
        "vault = shelf.unlock(shelf.profiles()[0], sys.argv[2])\n"
        "print('open', flush=True); sys.stdin.read(); vault.close()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(_root(tmp_path)), PHRASE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        assert _code_of(lambda: shelf.unlock(profile, PHRASE)) == "vault_busy"
        process.kill()
    assert _holds(shelf, profile, PHRASE)


def test_changed_passphrase_replaces_the_old_one(shelf: ProfileShelf) -> None:
    profile, code = _made(shelf)
    shelf.change_passphrase(profile, PHRASE, OTHER, cost=CHEAP)
    assert _code_of(lambda: shelf.unlock(profile, PHRASE)) == "vault_wrong_passphrase"
    assert _holds(shelf, profile, OTHER)
    shelf.change_passphrase(profile, code, "a third phrase it is", cost=CHEAP)
    assert _holds(shelf, profile, "a third phrase it is")
    assert _holds(shelf, profile, code)


def test_passphrase_can_be_changed_while_open(shelf: ProfileShelf) -> None:
    profile, _ = _made(shelf)
    vault = shelf.unlock(profile, PHRASE)
    shelf.change_passphrase(profile, PHRASE, OTHER, cost=CHEAP)
    vault.drafts.save("talk", "still open")
    vault.close()
    assert _holds(shelf, profile, OTHER)


def test_refused_change_keeps_the_old_passphrase(shelf: ProfileShelf) -> None:
    profile, _ = _made(shelf)
    for secret, new, code in (
        (OTHER, "a third phrase it is", "vault_wrong_passphrase"),
        (PHRASE, "short", "passphrase_too_short"),
        (PHRASE, "1234567890", "passphrase_too_common"),
    ):
        refused = _code_of(partial(shelf.change_passphrase, profile, secret, new, cost=CHEAP))
        assert refused == code
    assert _holds(shelf, profile, PHRASE)


def test_stored_cost_decides_at_unlock(shelf: ProfileShelf, tmp_path: Path) -> None:
    new, vault = shelf.create(PHRASE, cost=KdfCost(memory_kib=128, passes=2, lanes=2))
    vault.close()
    slot = header_file.peeked(_root(tmp_path) / new.profile.folder).slots[0]
    assert (slot.m, slot.t, slot.p) == (128, 2, 2)
    shelf.unlock(new.profile, PHRASE).close()


def test_deleted_profile_leaves_nothing(shelf: ProfileShelf, tmp_path: Path) -> None:
    profile, _ = _made(shelf)
    kept, _ = _made(shelf, OTHER)
    shelf.delete(profile)
    assert shelf.profiles() == [kept]
    assert {entry.name for entry in _root(tmp_path).iterdir()} == {kept.folder, "lock"}
    assert _code_of(lambda: shelf.unlock(profile, PHRASE)) == "profile_unknown"
    assert _code_of(lambda: shelf.delete(profile)) == "profile_unknown"


def test_keys_are_overwritten_before_they_are_removed(
    shelf: ProfileShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile, _ = _made(shelf)
    before = (_root(tmp_path) / profile.folder / "header.json").read_bytes()
    seen: list[bytes] = []
    unlink = Path.unlink

    def watched(path: Path, *, missing_ok: bool = False) -> None:
        seen.append(path.read_bytes())
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", watched)
    shelf.delete(profile)
    assert len(seen) == 2
    assert all(len(content) == len(before) for content in seen)
    assert all(b"wrapped" not in content for content in seen)


@pytest.mark.parametrize(
    "folder", ["", "..", "../x", "0" * 31, "0" * 32, "Z" * 32, ".new-" + "0" * 32, "\0"]
)
def test_other_folders_are_no_profiles(shelf: ProfileShelf, folder: str) -> None:
    _made(shelf)
    profile = Profile(folder=folder, label="x")
    for call in (
        lambda: shelf.unlock(profile, PHRASE),
        lambda: shelf.delete(profile),
        lambda: shelf.change_passphrase(profile, PHRASE, OTHER, cost=CHEAP),
    ):
        assert _code_of(call) == "profile_unknown"


@pytest.mark.parametrize("prefix", [".new-", ".gone-"])
def test_half_made_profiles_are_ignored_and_cleared(
    shelf: ProfileShelf, tmp_path: Path, prefix: str
) -> None:
    profile, _ = _made(shelf)
    half = _root(tmp_path) / (prefix + "0" * 32)
    half.mkdir()
    (half / "header.json").write_bytes(b"half")
    (half / "vault.db").write_bytes(b"")
    (_root(tmp_path) / "notes").mkdir()
    assert shelf.profiles() == [profile]
    assert not half.exists()
    assert (_root(tmp_path) / "notes").exists()


def test_failed_creation_leaves_no_profile(
    shelf: ProfileShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(Path, "replace", fail)
    assert _code_of(lambda: shelf.create(PHRASE, cost=CHEAP)) == "vault_disk_full"
    monkeypatch.undo()
    assert shelf.profiles() == []
    assert [entry.name for entry in _root(tmp_path).iterdir()] == ["lock"]


def test_profile_that_cannot_be_opened_is_not_kept(
    shelf: ProfileShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise VaultError("vault_disk_full")

    monkeypatch.setattr("psylite_desktop.storage.profiles.open_database", fail)
    assert _code_of(lambda: shelf.create(PHRASE, cost=CHEAP)) == "vault_disk_full"
    assert shelf.profiles() == []
    assert [entry.name for entry in _root(tmp_path).iterdir()] == ["lock"]


def test_damaged_profile_is_listed_and_says_what_is_wrong(
    shelf: ProfileShelf, tmp_path: Path
) -> None:
    profile, _ = _made(shelf)
    folder = _root(tmp_path) / profile.folder
    data = (folder / "vault.db").read_bytes()
    for name in ("header.json", "header.json.1"):
        (folder / name).unlink()
    assert [found.folder for found in shelf.profiles()] == [profile.folder]
    assert _code_of(lambda: shelf.unlock(profile, PHRASE)) == "vault_header_damaged"
    assert (folder / "vault.db").read_bytes() == data
    assert not (folder / "header.json").exists()


def test_lost_database_is_reported_and_not_made_anew(shelf: ProfileShelf, tmp_path: Path) -> None:
    profile, _ = _made(shelf)
    path = _root(tmp_path) / profile.folder / "vault.db"
    path.unlink()
    assert _code_of(lambda: shelf.unlock(profile, PHRASE)) == "vault_missing"
    assert not path.exists()


def test_guest_leaves_nothing(shelf: ProfileShelf, tmp_path: Path) -> None:
    vault = shelf.guest()
    vault.drafts.save("talk", "words")
    vault.close()
    assert list(tmp_path.iterdir()) == []


def test_setting_that_has_no_meaning_falls_back(shelf: ProfileShelf) -> None:
    vault = shelf.guest()
    connection = vault._connection
    rows = {"humor": '"maybe"', "lock_after_min": "0", "age_band": "7", "later": "1"}

    def write() -> None:
        for name, value in rows.items():
            connection.execute("INSERT INTO settings VALUES (?, ?)", (name, value))

    vault.submit(write).result()
    loaded = vault.settings.load()
    assert (loaded.humor, loaded.lock_after_min, str(loaded.age_band)) == (True, 5, "unset")
    vault.settings.save(loaded)
    kept = vault.submit(
        lambda: connection.execute("SELECT value FROM settings WHERE name = 'later'").fetchone()
    )
    assert kept.result() == ("1",)
    vault.close()


def test_risk_state_without_meaning_is_not_taken_for_calm(shelf: ProfileShelf) -> None:
    vault = shelf.guest()
    vault.submit(
        lambda: vault._connection.execute(
            "INSERT INTO risk_state VALUES (1, 9, 'suicide', 'self', 0, 0, NULL, 0, '[]', 0, 0)"
        )
    ).result()
    assert _code_of(vault.risk_state.load) == "vault_damaged"
    vault.close()
