"""Orders for copies and keys, and what must hold after them however they ended."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.domain.backup import BackupKind, Progress
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage import header_file
from psylite_desktop.storage.backup_folder import BackupFolder
from psylite_desktop.storage.profile_keys import ProfileKeys
from psylite_desktop.storage.recovery_code import new_recovery_code
from psylite_desktop.storage.rescue import RescueShelf
from tests.faults.cases import Case, prepare
from tests.faults.copy_steps import COPY_STEPS, EXPORTED, OPEN
from tests.faults.leaks import scan
from tests.faults.operations import PHRASES, check_search, digest
from tests.faults.outcome import Order, Outcome
from tests.faults.shelf_steps import CHEAP

Judge = Callable[["Look", Outcome], None]


@dataclass(frozen=True)
class Kept:
    """A shelf with a profile that has a backup and a `.psyvault` file, both older than its vault.

    `early` is what they hold, `late` what the vault holds, `codes` the recovery code in force and
    the one that takes its place.
    """

    root: Path
    profile: Profile
    backup: str
    early: str
    late: str
    codes: tuple[str, str]

    def copied(self, target: Path) -> Path:
        """A copy to spoil."""
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.root, target)
        return target


def keep(root: Path) -> Kept:
    """Make such a shelf."""
    made = prepare(root)
    shelf = _shelf(root)
    vault = shelf.unlock(made.profile, PHRASES[0])
    backup = vault.backups.make(BackupKind.AUTO, now=1.0, day="2026-02-01", progress=Progress())
    vault.backups.export(root / EXPORTED, PHRASES[0], own=None, progress=Progress())
    early = digest(vault)
    vault.drafts.save("talk", "写到一半的一句话")
    late = digest(vault)
    vault.close()
    codes = (new_recovery_code(), new_recovery_code())
    ProfileKeys(shelf).use_recovery_code(made.profile, PHRASES[0], codes[0])
    return Kept(root, made.profile, backup.name, early, late, codes)


class Look:
    """What stands on the disk afterwards, read as anybody would."""

    def __init__(self, kept: Kept, root: Path) -> None:
        self.kept = kept
        self.root = root
        self.shelf = _shelf(root)
        self.folder = root / kept.profile.folder

    def opened(self, secret: str, profile: Profile | None = None) -> str:
        """Digest of a profile that a secret opens. Raises VaultError."""
        vault = self.shelf.unlock(profile or self.kept.profile, secret)
        try:
            check_search(vault)
            return digest(vault)
        finally:
            vault.close()

    def refuses(self, secret: str) -> bool:
        """Whether a secret is the wrong one."""
        try:
            self.opened(secret)
        except VaultError as error:
            if error.code != "vault_wrong_passphrase":
                raise
            return True
        return False

    def others(self) -> dict[str, str]:
        """Digests of the other profiles on the shelf, all of which must open."""
        listed = self.shelf.profiles()
        assert self.kept.profile.folder in {profile.folder for profile in listed}
        return {
            profile.folder: self.opened(PHRASES[0], profile)
            for profile in listed
            if profile.folder != self.kept.profile.folder
        }

    def backups(self, secret: str) -> dict[str, str]:
        """Digests of the good backups; what changed is brought back as a profile of its own."""
        found = {}
        for backup in self.shelf.backups(self.kept.profile):
            if backup.kind is BackupKind.DAMAGED:
                continue
            if backup.name == self.kept.backup and self._is_untouched(backup.name):
                found[backup.name] = self.kept.early
                continue
            made = self.shelf.restore_as_new(self.kept.profile, backup.name, secret, Progress())
            found[backup.name] = self.opened(secret, made)
            self.shelf.delete(made)
        assert found[self.kept.backup] == self.kept.early, "an old backup changed"
        return found

    def exported(self) -> str:
        """Digest of the `.psyvault` file."""
        path = self.root / EXPORTED
        if path.read_bytes() == (self.kept.root / EXPORTED).read_bytes():
            return self.kept.early
        made = self.shelf.import_file(path, PHRASES[0], Progress())
        try:
            return self.opened(PHRASES[0], made)
        finally:
            self.shelf.delete(made)

    def _is_untouched(self, name: str) -> bool:
        was, now = (
            BackupFolder(root / self.kept.profile.folder).path(name)
            for root in (self.kept.root, self.root)
        )
        return _contents(was) == _contents(now)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def copy_case(kept: Kept, scratch: Path, name: str) -> Case:
    """The case of one kind of `COPY_STEPS`."""

    def order() -> Order:
        root = kept.copied(scratch)
        if name == "mend_header":
            for copy in header_file.COPIES:
                (root / kept.profile.folder / copy).write_bytes(b"{}")
        said = {"action": "keep", "root": str(root), "folder": kept.profile.folder, "phrase": 0}
        more = {"step": name, "backup": kept.backup, "code": kept.codes[1]}
        return said | more | {"open": name in OPEN}

    def judge(outcome: Outcome) -> None:
        scan(scratch)
        for said in outcome.tries.values():
            assert said.get("digest", kept.late) == kept.late, said
        look = Look(kept, scratch)
        JUDGES[name](look, outcome)
        scan(scratch)
        _assert_tidy(look)

    return Case(order, judge)


def _assert_tidy(look: Look) -> None:
    """After the vault was opened and one more thing was done, nothing half-made is left."""
    named = header_file.peeked(look.folder).database
    databases = {path.name for path in look.folder.iterdir() if path.suffix == ".db"}
    assert databases == {named}
    unfinished = [path.name for path in look.root.iterdir() if path.name.startswith(".new")]
    assert unfinished == []


def _judge_backup(look: Look, outcome: Outcome) -> None:
    assert look.others() == {}
    assert look.opened(PHRASES[0]) == look.kept.late
    newer = look.backups(PHRASES[0])
    del newer[look.kept.backup]
    assert set(newer.values()) <= {look.kept.late}
    made = {said["made"] for said in outcome.tries.values() if "made" in said}
    assert made <= set(newer), "told that there is one"
    assert look.exported() == look.kept.early


def _judge_export(look: Look, outcome: Outcome) -> None:
    assert look.others() == {}
    assert look.opened(PHRASES[0]) == look.kept.late
    allowed = {look.kept.late} if outcome.acknowledged else {look.kept.early, look.kept.late}
    assert look.exported() in allowed
    assert look.backups(PHRASES[0]).keys() == {look.kept.backup}


def _judge_replaced(look: Look, outcome: Outcome) -> None:
    assert look.others() == {}
    found = look.opened(PHRASES[0])
    copies = look.backups(PHRASES[0])
    if outcome.acknowledged:
        assert found == look.kept.early
    elif outcome.status == 0:
        assert found == look.kept.late, "told no, and done all the same"
    if found != look.kept.late:
        assert found == look.kept.early
        assert look.kept.late in copies.values(), "replaced without a copy of what was there"
    assert set(copies.values()) <= {look.kept.early, look.kept.late}
    assert look.exported() == look.kept.early


def _judge_made(look: Look, outcome: Outcome, expected: str) -> None:
    made = {said["made"] for said in outcome.tries.values() if "made" in said}
    others = look.others()
    assert made <= set(others)
    if outcome.status == 0:
        assert made == set(others), "a profile nobody was told of"
    assert set(others.values()) <= {expected}
    assert look.opened(PHRASES[0]) == look.kept.late
    assert look.backups(PHRASES[0]).keys() == {look.kept.backup}


def _judge_early(look: Look, outcome: Outcome) -> None:
    _judge_made(look, outcome, look.kept.early)


def _judge_salvage(look: Look, outcome: Outcome) -> None:
    _judge_made(look, outcome, look.kept.late)


def _judge_mended(look: Look, outcome: Outcome) -> None:
    assert look.others() == {}
    try:
        found = look.opened(PHRASES[0])
    except VaultError as error:
        # Not mended yet: nothing was put in its place, and it can be mended still.
        assert error.code == "vault_header_damaged"  # noqa: PT017 - both endings are right
        assert not outcome.acknowledged
        look.shelf.mend_header(look.kept.profile, PHRASES[0])
        found = look.opened(PHRASES[0])
    assert found == look.kept.late
    assert look.backups(PHRASES[0]).keys() == {look.kept.backup}


def _judge_key(look: Look, outcome: Outcome) -> None:
    assert look.others() == {}
    is_new = look.refuses(PHRASES[0])
    _assert_told(outcome, is_new=is_new)
    assert look.opened(PHRASES[is_new]) == look.kept.late
    assert look.refuses(PHRASES[not is_new])
    assert look.opened(look.kept.codes[is_new]) == look.kept.late
    assert look.refuses(look.kept.codes[not is_new])
    assert look.backups(PHRASES[0]).keys() == {look.kept.backup}


def _judge_code(look: Look, outcome: Outcome) -> None:
    assert look.others() == {}
    assert look.opened(PHRASES[0]) == look.kept.late
    is_new = look.refuses(look.kept.codes[0])
    _assert_told(outcome, is_new=is_new)
    assert look.opened(look.kept.codes[is_new]) == look.kept.late
    assert look.refuses(look.kept.codes[not is_new])
    assert look.backups(PHRASES[0]).keys() == {look.kept.backup}


def _judge_phrase(look: Look, outcome: Outcome) -> None:
    assert look.others() == {}
    is_new = look.refuses(PHRASES[0])
    _assert_told(outcome, is_new=is_new)
    assert look.opened(PHRASES[is_new]) == look.kept.late
    assert look.opened(look.kept.codes[0]) == look.kept.late
    assert look.refuses(PHRASES[not is_new])
    assert look.backups(PHRASES[is_new]).keys() == {look.kept.backup}


def _assert_told(outcome: Outcome, *, is_new: bool) -> None:
    """What is in force is what somebody was told, where anybody was told anything."""
    if outcome.acknowledged or outcome.status == 0:
        assert is_new == outcome.acknowledged, "told one thing, did the other"


JUDGES: dict[str, Judge] = {
    "backup": _judge_backup,
    "export": _judge_export,
    "restore": _judge_replaced,
    "replace_with_file": _judge_replaced,
    "restore_as_new": _judge_early,
    "import": _judge_early,
    "salvage": _judge_salvage,
    "mend_header": _judge_mended,
    "key": _judge_key,
    "code": _judge_code,
    "phrase_with_copies": _judge_phrase,
}

assert JUDGES.keys() == COPY_STEPS.keys()


def _shelf(root: Path) -> RescueShelf:
    return RescueShelf(root, cost=lambda: CHEAP)
