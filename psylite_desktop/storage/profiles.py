"""The shelf of profiles on this computer: list, create, unlock, change, delete.

One folder a profile, with a random name: `header.json` and its second copy, `vault.db`, `lock`,
and `shown-plan.json` where somebody chose parts of their plan to be read before unlocking.
A folder gets its final name only when the profile in it is complete, and loses it before
anything in it is destroyed, so a crash leaves no half profile behind.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from psylite_desktop.domain.backup import BackupKind
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import NewProfile, Profile
from psylite_desktop.domain.safety_plan import PlanEntry
from psylite_desktop.storage import header_file, keyslots, profile_folder, shown_plan
from psylite_desktop.storage.backup_folder import BackupFolder, write_header
from psylite_desktop.storage.database import open_database, open_guest_database
from psylite_desktop.storage.database_copies import check_copy
from psylite_desktop.storage.durable_file import (
    FileLock,
    copy_new,
    sync_folder,
    translated_os_errors,
)
from psylite_desktop.storage.journal_mode import JournalMode
from psylite_desktop.storage.keyslots import Header, KdfCost
from psylite_desktop.storage.passphrase import check_passphrase
from psylite_desktop.storage.plain_text import storable
from psylite_desktop.storage.recovery_code import new_recovery_code
from psylite_desktop.storage.system_keyring import SystemKeyring

if TYPE_CHECKING:
    from psylite_desktop.storage.vault import SqlcipherVault

_LOCK = "lock"
_FOLDER = re.compile(r"[0-9a-f]{32}")
_UNFINISHED = re.compile(r"\.(?:new|gone)-[0-9a-f]{32}")
_COLOURS = ("teal", "amber", "plum", "moss", "coral", "slate", "olive", "sky")
_MAX_LABEL = 40
_SHELF_WAIT_S = 10.0

NOBODY = "nobody"
"""Folder of a profile that is not there; it refuses every secret like any other profile."""


class ProfileShelf:
    """All profiles under one folder. Methods raise VaultError."""

    def __init__(
        self,
        root: Path,
        *,
        keyring: SystemKeyring | None = None,
        cost: Callable[[], KdfCost] = KdfCost,
        journal: JournalMode = JournalMode.LOG,
    ) -> None:
        """Use `root`, which is made with the first profile.

        `cost` says what a new passphrase's derivation shall cost on this machine.
        """
        self._root = root
        self.keyring = keyring or SystemKeyring()
        self.cost = cost
        self.journal = journal

    def profiles(self) -> list[Profile]:
        """Return the profiles, in order of their labels; needs no passphrase.

        A profile whose header is damaged is listed too, labelled by its folder.
        """
        with translated_os_errors():
            try:
                names = self._names()
            except FileNotFoundError:
                return []
        if any(_UNFINISHED.fullmatch(name) for name in names):
            self._sweep()
        found = [
            self._profile(name)
            for name in names
            if _FOLDER.fullmatch(name) and (self._root / name).is_dir()
        ]
        return sorted(found, key=lambda profile: (profile.label, profile.folder))

    def labelled(self, label: str) -> Profile:
        """The profile with a label. Where there is none, one that refuses every secret.

        Nobody shall learn from an answer, or from how long it takes, which labels there are.
        """
        found = (profile for profile in self.profiles() if profile.label == label)
        return next(found, Profile(folder=NOBODY, label=label))

    def create(
        self,
        passphrase: str,
        *,
        label: str | None = None,
        unlisted: bool = False,
        cost: KdfCost | None = None,
    ) -> tuple[NewProfile, SqlcipherVault]:
        """Make a profile and open it.

        `label` is shown before unlocking, so it must not be a name; by default a colour and a
        number: the next ones, or where it will be `unlisted` any, as the next ones would tell how
        many profiles there are. Raises VaultError passphrase_too_short, passphrase_too_common,
        vault_disk_full, vault_read_only, vault_io.
        """
        check_passphrase(passphrase)
        with self.guarded():
            self._clear_unfinished()
            shown = _label_of(label) if label else self._free_label(unlisted=unlisted)
            recovery = new_recovery_code()
            folder = secrets.token_hex(16)
            draft = self._root / f".new-{folder}"
            try:
                header, database_key = profile_folder.fill(
                    draft,
                    passphrase=passphrase,
                    recovery=recovery,
                    label=shown,
                    cost=cost or self.cost(),
                    journal=self.journal,
                )
                with translated_os_errors():
                    draft.rename(self._root / folder)
                    sync_folder(self._root)
            except BaseException:
                self._discard(folder)
                raise
        profile = Profile(folder=folder, label=shown)
        try:
            vault = self._opened(profile, header, database_key, self.lock_of(profile))
        except BaseException:
            # Nobody has seen its recovery code: a profile that was not handed out must not stay.
            with contextlib.suppress(VaultError):
                self.delete(profile)
            self._discard(folder)
            raise
        return NewProfile(profile=profile, recovery_code=recovery), vault

    def unlock(self, profile: Profile, secret: str) -> SqlcipherVault:
        """Open a profile with its passphrase or its recovery code.

        Raises VaultError vault_wrong_passphrase, vault_busy (open elsewhere), profile_unknown,
        vault_header_damaged, vault_missing, vault_damaged, vault_newer, vault_read_only,
        vault_disk_full, vault_io.
        """
        self.refuse_for_nobody(profile, secret)
        lock = self.lock_of(profile)
        try:
            header = self._header(profile)
            database_key = profile_folder.database_key(header, secret)
        except BaseException:
            lock.release()
            raise
        return self._opened(profile, header, database_key, lock)

    def unlock_with_keyring(self, profile: Profile) -> SqlcipherVault:
        """Open a profile that the system's keyring may open.

        Raises VaultError keyring_unavailable where it does not, and as `unlock`.
        """
        lock = self.lock_of(profile)
        try:
            header = self._header(profile)
            database_key = profile_folder.keyring_key(header, self.keyring.read(header.vault))
        except BaseException:
            lock.release()
            raise
        return self._opened(profile, header, database_key, lock)

    def change_passphrase(
        self, profile: Profile, secret: str, new: str, *, cost: KdfCost | None = None
    ) -> None:
        """Replace the passphrase; `secret` is the old one or the recovery code.

        The profile may be open meanwhile. The recovery code stays valid. A crash leaves the old
        or the new passphrase working. Raises as `create` and `unlock`.
        """
        check_passphrase(new)
        folder = self.folder_of(profile)
        with self.guarded():
            profile_folder.replace_passphrase(folder, secret, new, cost=cost or self.cost())
            renew_copies(folder)

    def guest(self) -> SqlcipherVault:
        """Open an empty vault in memory, which leaves nothing behind."""
        from psylite_desktop.storage.vault import SqlcipherVault

        return SqlcipherVault(open_guest_database, lambda: None)

    def delete(self, profile: Profile) -> None:
        """Destroy a profile: its keys first, then its data.

        Raises VaultError vault_busy where it is open, profile_unknown, vault_read_only, vault_io.
        """
        folder = self.folder_of(profile)
        with self.guarded():
            self.lock_of(profile).release()
            with contextlib.suppress(VaultError):
                self.keyring.forget(header_file.peeked(folder).vault)
            gone = self._root / f".gone-{profile.folder}"
            with translated_os_errors():
                folder.rename(gone)
                sync_folder(self._root)
                profile_folder.destroy(gone)

    def shown_plan(self, profile: Profile) -> tuple[PlanEntry, ...]:
        """What of a plan may be read before unlocking; nothing where that cannot be read."""
        try:
            return shown_plan.read(self.folder_of(profile))
        except VaultError:
            return ()

    def hide_plans(self) -> None:
        """Take away, for all profiles, what can be read before unlocking.

        One that fails keeps no other one. Raises VaultError, the first one, at the end.
        """
        errors: list[VaultError] = []
        for profile in self.profiles():
            try:
                shown_plan.remove(self.folder_of(profile))
            except VaultError as error:
                errors.append(error)
        if errors:
            raise errors[0]

    def refuse_for_nobody(self, profile: Profile, secret: str) -> None:
        """Where there is no such profile, take as long over a secret as one that is there.

        Raises VaultError vault_wrong_passphrase.
        """
        if profile.folder == NOBODY:
            keyslots.refuse(secret, cost=self._usual_cost())

    def folder_of(self, profile: Profile) -> Path:
        """The folder of a profile. Raises VaultError profile_unknown."""
        if not _FOLDER.fullmatch(profile.folder):
            raise VaultError("profile_unknown")
        folder = self._root / profile.folder
        with translated_os_errors():
            try:
                folder.stat()
            except FileNotFoundError:
                raise VaultError("profile_unknown") from None
        return folder

    def lock_of(self, profile: Profile) -> FileLock:
        """The lock of a profile, held. Raises VaultError vault_busy where it is open."""
        lock = FileLock(self.folder_of(profile) / profile_folder.LOCK)
        with translated_os_errors():
            if not lock.acquire():
                raise VaultError("vault_busy")
        return lock

    def _header(self, profile: Profile) -> Header:
        """The header of a profile whose lock is held; what a replaced key left behind goes."""
        with self.guarded():
            folder = self.folder_of(profile)
            header = header_file.read(folder)
            with contextlib.suppress(VaultError):  # only tidying
                profile_folder.sweep(folder)
            return header

    def _opened(
        self, profile: Profile, header: Header, key: bytearray, lock: FileLock
    ) -> SqlcipherVault:
        # Imported when a vault is opened: the list of spaces is shown without all that is in one.
        from psylite_desktop.storage.vault import SqlcipherVault
        from psylite_desktop.storage.vault_backups import VaultHome

        path = self._root / profile.folder / header.database
        try:
            return SqlcipherVault(
                lambda: open_database(
                    path,
                    key,
                    before_upgrade=lambda: _keep_old(path, key),
                    reads_newer=True,
                    journal=self.journal,
                ),
                lock.release,
                VaultHome(profile, path.parent, bytearray(key)),
            )
        finally:
            keyslots.wipe(key)

    @contextlib.contextmanager
    def guarded(self, *, wait_s: float = _SHELF_WAIT_S) -> Iterator[None]:
        """Hold the lock of the shelf, which guards folder names and headers. Raises VaultError."""
        lock = FileLock(self._root / _LOCK)
        deadline = time.monotonic() + wait_s
        with translated_os_errors():
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            while not lock.acquire():
                if time.monotonic() > deadline:
                    raise VaultError("vault_busy")
                time.sleep(0.02)
        try:
            yield
        finally:
            lock.release()

    def _sweep(self) -> None:
        # Only tidying: a shelf that is in use or cannot be written still lists its profiles.
        with contextlib.suppress(VaultError), self.guarded(wait_s=0.0):
            self._clear_unfinished()

    def _discard(self, folder: str) -> None:
        """Take a profile away that was not handed out; what stays on the disk is swept later."""
        gone = self._root / f".gone-{folder}"
        for name in (f".new-{folder}", folder):
            with contextlib.suppress(OSError):
                (self._root / name).rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    def _clear_unfinished(self) -> None:
        with translated_os_errors():
            for name in self._names():
                if _UNFINISHED.fullmatch(name):
                    profile_folder.destroy(self._root / name)

    def _names(self) -> list[str]:
        return [entry.name for entry in self._root.iterdir()]

    def _profile(self, folder: str) -> Profile:
        try:
            header = header_file.peeked(self._root / folder)
        except VaultError:
            return Profile(folder=folder, label=folder[:8])
        by_keyring = keyslots.has_keyring(header) and self.keyring.is_allowed
        return Profile(folder=folder, label=header.label, by_keyring=by_keyring)

    def _usual_cost(self) -> KdfCost:
        """The highest cost of the profiles here, without measuring, which would take longer."""
        costs = []
        for profile in self.profiles():
            with contextlib.suppress(VaultError):
                costs.append(keyslots.cost_of(header_file.peeked(self.folder_of(profile))))
        return max(costs, key=lambda cost: cost.memory_kib * cost.passes, default=KdfCost())

    def _free_label(self, *, unlisted: bool) -> str:
        names = [name for name in self._names() if _FOLDER.fullmatch(name)]
        taken = {self._profile(name).label for name in names}
        numbers = range(10, 100 + len(taken))  # more of them than are taken
        while unlisted:
            label = f"{secrets.choice(_COLOURS)}-{secrets.choice(numbers)}"
            if label not in taken:
                return label
        number = 1
        while True:
            for colour in _COLOURS:
                if f"{colour}-{number}" not in taken:
                    return f"{colour}-{number}"
            number += 1


def renew_copies(folder: Path) -> None:
    """Have what opened a profile until now open none of its backups either.

    What was changed in the profile holds whatever becomes of them.
    """
    with contextlib.suppress(VaultError):
        BackupFolder(folder).renew_headers(header_file.peeked(folder))


def _keep_old(path: Path, key: bytearray) -> None:
    """Back up a closed database before its schema is changed."""

    def fill(draft: Path) -> None:
        header = header_file.peeked(path.parent)
        copy = draft / path.name
        with translated_os_errors():
            copy_new(path, copy)
        check_copy(copy, key)
        write_header(draft, header)

    BackupFolder(path.parent).place_now(BackupKind.BEFORE, fill)


def _label_of(text: str) -> str:
    return " ".join(storable(text).split())[:_MAX_LABEL]
