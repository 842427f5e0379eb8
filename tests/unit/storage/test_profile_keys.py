"""Other keys for a profile: nothing is lost, and what is old opens nothing any more."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from psylite_desktop.domain.backup import BackupKind, Progress
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage import (
    header_file,
    keyslots,
    profile_folder,
    recovery_code,
    system_keyring,
)
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.profile_keys import ProfileKeys
from psylite_desktop.storage.profiles import ProfileShelf
from psylite_desktop.storage.rescue import RescueShelf
from psylite_desktop.storage.system_keyring import SystemKeyring

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
PHRASE = "a long enough phrase"


class Backend:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}
        self.fails = False

    def get_password(self, service: str, name: str) -> str | None:
        self._perhaps_fail()
        return self.held.get((service, name))

    def set_password(self, service: str, name: str, value: str) -> None:
        self._perhaps_fail()
        self.held[service, name] = value

    def delete_password(self, service: str, name: str) -> None:
        self._perhaps_fail()
        del self.held[service, name]

    def _perhaps_fail(self) -> None:
        if self.fails:
            raise RuntimeError("the keyring is locked")


@pytest.fixture
def backend() -> Backend:
    return Backend()


@pytest.fixture
def shelf(tmp_path: Path, backend: Backend) -> ProfileShelf:
    return ProfileShelf(tmp_path / "profiles", keyring=SystemKeyring(backend), cost=lambda: CHEAP)


@pytest.fixture
def keys(shelf: ProfileShelf) -> ProfileKeys:
    return ProfileKeys(shelf)


@pytest.fixture
def made(shelf: ProfileShelf) -> tuple[Profile, str]:
    """A profile with one message in it, and its recovery code."""
    new, vault = shelf.create(PHRASE, cost=CHEAP)
    conversation = vault.conversations.start(1.0)
    vault.conversations.append(conversation, Message(role=Role.USER, text="kept 焦虑"))
    vault.close()
    return new.profile, new.recovery_code


def holds(shelf: ProfileShelf, profile: Profile, secret: str) -> bool:
    vault = shelf.unlock(profile, secret)
    try:
        return len(vault.conversations.search("焦虑")) == 1
    finally:
        vault.close()


def refused(shelf: ProfileShelf, profile: Profile, secret: str) -> str:
    with pytest.raises(VaultError) as caught:
        shelf.unlock(profile, secret)
    return caught.value.code


def test_a_new_recovery_code_takes_the_place_of_the_old_one(
    shelf: ProfileShelf, keys: ProfileKeys, made: tuple[Profile, str]
) -> None:
    profile, old = made
    new = keys.drawn_code()
    assert refused(shelf, profile, new) == "vault_wrong_passphrase"
    keys.use_recovery_code(profile, PHRASE, new)
    assert holds(shelf, profile, new)
    assert holds(shelf, profile, PHRASE)
    assert refused(shelf, profile, old) == "vault_wrong_passphrase"


def test_an_old_recovery_code_opens_no_backup_either(
    shelf: ProfileShelf, keys: ProfileKeys, made: tuple[Profile, str]
) -> None:
    profile, old = made
    vault = shelf.unlock(profile, PHRASE)
    backup = vault.backups.make(BackupKind.MANUAL, now=1.0, day="2026-01-01", progress=Progress())
    vault.close()
    rescue = RescueShelf(shelf.folder_of(profile).parent)
    assert rescue.contents(profile, backup.name, old).count("messages") == 1
    new = keys.drawn_code()
    keys.use_recovery_code(profile, PHRASE, new)
    assert rescue.contents(profile, backup.name, new).count("messages") == 1
    with pytest.raises(VaultError) as caught:
        rescue.contents(profile, backup.name, old)
    assert caught.value.code == "vault_wrong_passphrase"


def test_another_key_encrypts_everything_anew(
    shelf: ProfileShelf, keys: ProfileKeys, made: tuple[Profile, str], tmp_path: Path
) -> None:
    profile, old = made
    folder = tmp_path / "profiles" / profile.folder
    stolen = tmp_path / "stolen"
    shutil.copytree(folder, stolen)
    new = keys.replace_key(profile, PHRASE, PHRASE)
    assert holds(shelf, profile, PHRASE)
    assert holds(shelf, profile, new)
    assert refused(shelf, profile, old) == "vault_wrong_passphrase"
    databases = [path.name for path in folder.iterdir() if path.suffix == ".db"]
    assert databases == [header_file.peeked(folder).database] != ["vault.db"]
    # What opens the stolen copy opens nothing of what is there now.
    old_key = profile_folder.database_key(header_file.peeked(stolen), PHRASE)
    assert old_key != profile_folder.database_key(header_file.peeked(folder), PHRASE)


def test_another_key_may_come_with_another_passphrase(
    shelf: ProfileShelf, keys: ProfileKeys, made: tuple[Profile, str]
) -> None:
    profile, old_code = made
    keys.replace_key(profile, old_code, "quite another phrase")
    assert holds(shelf, profile, "quite another phrase")
    assert refused(shelf, profile, PHRASE) == "vault_wrong_passphrase"
    with pytest.raises(VaultError) as caught:
        keys.replace_key(profile, "quite another phrase", "short")
    assert caught.value.code == "passphrase_too_short"


def test_a_secret_is_checked_without_opening(
    shelf: ProfileShelf, keys: ProfileKeys, made: tuple[Profile, str]
) -> None:
    profile, code = made
    keys.check(profile, PHRASE)
    keys.check(profile, code)
    assert keys.cost_of(profile) == CHEAP


def test_a_label_that_is_not_there_is_refused_like_a_wrong_passphrase(
    shelf: ProfileShelf, keys: ProfileKeys, made: tuple[Profile, str]
) -> None:
    profile, code = made
    assert shelf.labelled(profile.label) == profile
    nobody = shelf.labelled("sky-77")
    for secret in (PHRASE, code, ""):
        assert refused(shelf, nobody, secret) == "vault_wrong_passphrase"
        with pytest.raises(VaultError) as caught:
            keys.check(nobody, secret)
        assert caught.value.code == "vault_wrong_passphrase"


def test_a_refusal_without_a_profile_derives_as_much(
    shelf: ProfileShelf,
    made: tuple[Profile, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    derived: list[tuple[str, int, int]] = []
    derive = keyslots._derived

    def counted(slot: keyslots.Slot, secret: bytes) -> bytes:
        derived.append((slot.type, slot.m, slot.t))
        return derive(slot, secret)

    monkeypatch.setattr(keyslots, "_derived", counted)
    monkeypatch.setattr(shelf, "cost", lambda: pytest.fail("measuring would take longer"))
    profile, code = made
    other = recovery_code.written(bytes(16))
    for secret in ("not the right phrase", other):
        derived.clear()
        assert refused(shelf, profile, secret) == "vault_wrong_passphrase"
        there = list(derived)
        derived.clear()
        assert refused(shelf, shelf.labelled("sky-77"), secret) == "vault_wrong_passphrase"
        assert derived == there
    assert code != other


def test_labels_of_unlisted_profiles_tell_no_number(shelf: ProfileShelf) -> None:
    labels = set()
    for _ in range(4):
        new, vault = shelf.create(PHRASE, cost=CHEAP, unlisted=True)
        vault.close()
        labels.add(new.profile.label)
    assert len(labels) == 4
    assert all(int(label.rpartition("-")[2]) >= 10 for label in labels)


def test_a_wrong_passphrase_changes_nothing(
    shelf: ProfileShelf, keys: ProfileKeys, made: tuple[Profile, str], tmp_path: Path
) -> None:
    profile, code = made
    folder = tmp_path / "profiles" / profile.folder
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    wrong = "not the right phrase"
    for call in (
        lambda: keys.replace_key(profile, wrong, wrong),
        lambda: keys.use_recovery_code(profile, wrong, keys.drawn_code()),
        lambda: keys.allow_keyring(profile, wrong),
        lambda: keys.check(profile, wrong),
    ):
        with pytest.raises(VaultError) as caught:
            call()
        assert caught.value.code == "vault_wrong_passphrase"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert holds(shelf, profile, code)


def test_an_open_profile_keeps_its_key(
    shelf: ProfileShelf, keys: ProfileKeys, made: tuple[Profile, str]
) -> None:
    profile, _ = made
    vault = shelf.unlock(profile, PHRASE)
    with pytest.raises(VaultError) as caught:
        keys.replace_key(profile, PHRASE, PHRASE)
    assert caught.value.code == "vault_busy"
    vault.close()


@pytest.mark.parametrize("step", ["copy", "header", "second_copy", "sweep"])
def test_a_replacement_that_breaks_off_leaves_one_whole_vault(
    shelf: ProfileShelf,
    keys: ProfileKeys,
    made: tuple[Profile, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    profile, _ = made
    folder = tmp_path / "profiles" / profile.folder

    class PowerCut(BaseException):
        pass

    def cut(*_arguments: object, **_names: object) -> None:
        raise PowerCut

    replace_header = header_file._replace

    def cut_second(place: Path, name: str, content: bytes, **names: object) -> None:
        if name == header_file.COPIES[1]:
            raise PowerCut
        replace_header(place, name, content, **names)

    with monkeypatch.context() as patch:
        if step == "copy":
            patch.setattr(profile_folder, "_write", cut)
        elif step == "header":
            patch.setattr(header_file, "_replace", cut)
        elif step == "second_copy":
            patch.setattr(header_file, "_replace", cut_second)
        patch.setattr(profile_folder, "sweep", cut)
        with pytest.raises(PowerCut):
            keys.replace_key(profile, PHRASE, PHRASE)
    assert holds(shelf, profile, PHRASE)
    assert holds(shelf, profile, PHRASE)  # and what was left behind is gone
    databases = [path.name for path in folder.iterdir() if path.suffix == ".db"]
    assert databases == [header_file.peeked(folder).database]


def test_the_keyring_opens_what_it_was_allowed_to(
    shelf: ProfileShelf, keys: ProfileKeys, made: tuple[Profile, str], backend: Backend
) -> None:
    profile, _ = made
    assert not keys.may_use_keyring(profile)
    assert [each.by_keyring for each in shelf.profiles()] == [False]
    keys.allow_keyring(profile, PHRASE)
    assert keys.may_use_keyring(profile)
    assert [each.by_keyring for each in shelf.profiles()] == [True]
    vault = shelf.unlock_with_keyring(profile)
    assert len(vault.conversations.search("焦虑")) == 1
    vault.close()
    (held,) = backend.held.values()
    assert PHRASE not in held
    keys.forbid_keyring(profile)
    assert backend.held == {}
    assert not keys.may_use_keyring(profile)
    assert holds(shelf, profile, PHRASE)


@pytest.mark.parametrize("trouble", ["locked", "emptied", "foreign", "garbage", "never"])
def test_whatever_the_keyring_does_the_passphrase_opens(
    shelf: ProfileShelf,
    keys: ProfileKeys,
    made: tuple[Profile, str],
    backend: Backend,
    trouble: str,
) -> None:
    profile, _ = made
    if trouble != "never":
        keys.allow_keyring(profile, PHRASE)
    name = next(iter(backend.held), ("PsyLite", "x"))
    match trouble:
        case "locked":
            backend.fails = True
        case "emptied":
            backend.held.clear()
        case "foreign":
            backend.held[name] = bytes(32).hex()
        case "garbage":
            backend.held[name] = "no hex at all"
    with pytest.raises(VaultError) as caught:
        shelf.unlock_with_keyring(profile)
    assert caught.value.code == "keyring_unavailable"
    assert holds(shelf, profile, PHRASE)
    keys.forbid_keyring(profile)
    shelf.delete(profile)


def test_a_keyring_that_does_not_keep_gets_no_slot(
    shelf: ProfileShelf, keys: ProfileKeys, made: tuple[Profile, str], backend: Backend
) -> None:
    profile, _ = made
    backend.fails = True
    with pytest.raises(VaultError) as caught:
        keys.allow_keyring(profile, PHRASE)
    assert caught.value.code == "keyring_unavailable"
    assert not keys.may_use_keyring(profile)
    assert holds(shelf, profile, PHRASE)


def test_deleting_a_profile_empties_the_keyring(
    shelf: ProfileShelf, keys: ProfileKeys, made: tuple[Profile, str], backend: Backend
) -> None:
    profile, _ = made
    keys.allow_keyring(profile, PHRASE)
    shelf.delete(profile)
    assert backend.held == {}


def test_a_planted_backend_is_never_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("raise SystemExit('a planted module was imported')", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "planted.Keyring")
    assert system_keyring.SystemKeyring().read("0" * 32) is None


def test_a_keyring_that_is_not_allowed_is_never_asked(
    shelf: ProfileShelf,
    keys: ProfileKeys,
    made: tuple[Profile, str],
    backend: Backend,
    tmp_path: Path,
) -> None:
    profile, _ = made
    keys.allow_keyring(profile, PHRASE)
    keyring = SystemKeyring(backend, is_allowed=False)
    portable = ProfileShelf(tmp_path / "profiles", keyring=keyring)
    assert not ProfileKeys(portable).has_keyring()
    assert [each.by_keyring for each in portable.profiles()] == [False]
    with pytest.raises(VaultError) as caught:
        portable.unlock_with_keyring(profile)
    assert caught.value.code == "keyring_unavailable"
    assert holds(portable, profile, PHRASE)
