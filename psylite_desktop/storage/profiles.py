"""The shelf of profiles on this computer: list, create, unlock, change, delete.

One folder a profile, with a random name: `header.json` and its second copy, `vault.db`, `lock`.
A folder gets its final name only when the profile in it is complete, and loses it before
anything in it is destroyed, so a crash leaves no half profile behind.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import NewProfile, Profile
from psylite_desktop.storage import header_file, keyslots, profile_folder
from psylite_desktop.storage.database import open_database, open_guest_database
from psylite_desktop.storage.durable_file import (
    FileLock,
    sync_folder,
    translated_os_errors,
)
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.passphrase import check_passphrase
from psylite_desktop.storage.plain_text import storable
from psylite_desktop.storage.recovery_code import new_recovery_code
from psylite_desktop.storage.vault import SqlcipherVault

_LOCK = "lock"
_FOLDER = re.compile(r"[0-9a-f]{32}")
_UNFINISHED = re.compile(r"\.(?:new|gone)-[0-9a-f]{32}")
_COLOURS = ("teal", "amber", "plum", "moss", "coral", "slate", "olive", "sky")
_MAX_LABEL = 40
_SHELF_WAIT_S = 10.0


class ProfileShelf:
    """All profiles under one folder. Methods raise VaultError."""

    def __init__(self, root: Path) -> None:
        """Use `root`, which is made with the first profile."""
        self._root = root

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
            Profile(folder=name, label=self._label(name))
            for name in names
            if _FOLDER.fullmatch(name) and (self._root / name).is_dir()
        ]
        return sorted(found, key=lambda profile: (profile.label, profile.folder))

    def create(
        self, passphrase: str, *, label: str | None = None, cost: KdfCost | None = None
    ) -> tuple[NewProfile, SqlcipherVault]:
        """Make a profile and open it.

        `label` is shown before unlocking, so it must not be a name; by default a colour and a
        number. Raises VaultError passphrase_too_short, passphrase_too_common, vault_disk_full,
        vault_read_only, vault_io.
        """
        check_passphrase(passphrase)
        with self._guarded():
            self._clear_unfinished()
            shown = _label_of(label) if label else self._free_label()
            recovery = new_recovery_code()
            folder = secrets.token_hex(16)
            draft = self._root / f".new-{folder}"
            try:
                database_key = profile_folder.fill(
                    draft,
                    passphrase=passphrase,
                    recovery=recovery,
                    label=shown,
                    cost=cost or KdfCost(),
                )
                with translated_os_errors():
                    draft.rename(self._root / folder)
                    sync_folder(self._root)
            except BaseException:
                self._discard(folder)
                raise
        profile = Profile(folder=folder, label=shown)
        try:
            vault = self._opened(profile, database_key, self._locked(profile))
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
        lock = self._locked(profile)
        try:
            with self._guarded():
                header = header_file.read(self._folder(profile))
            database_key = profile_folder.database_key(header, secret)
        except BaseException:
            lock.release()
            raise
        return self._opened(profile, database_key, lock)

    def change_passphrase(
        self, profile: Profile, secret: str, new: str, *, cost: KdfCost | None = None
    ) -> None:
        """Replace the passphrase; `secret` is the old one or the recovery code.

        The profile may be open meanwhile. The recovery code stays valid. A crash leaves the old
        or the new passphrase working. Raises as `create` and `unlock`.
        """
        check_passphrase(new)
        folder = self._folder(profile)
        with self._guarded():
            profile_folder.replace_passphrase(folder, secret, new, cost=cost or KdfCost())

    def guest(self) -> SqlcipherVault:
        """Open an empty vault in memory, which leaves nothing behind."""
        return SqlcipherVault(open_guest_database, lambda: None)

    def delete(self, profile: Profile) -> None:
        """Destroy a profile: its keys first, then its data.

        Raises VaultError vault_busy where it is open, profile_unknown, vault_read_only, vault_io.
        """
        folder = self._folder(profile)
        with self._guarded():
            self._locked(profile).release()
            gone = self._root / f".gone-{profile.folder}"
            with translated_os_errors():
                folder.rename(gone)
                sync_folder(self._root)
                profile_folder.destroy(gone)

    def _folder(self, profile: Profile) -> Path:
        if not _FOLDER.fullmatch(profile.folder):
            raise VaultError("profile_unknown")
        folder = self._root / profile.folder
        with translated_os_errors():
            try:
                folder.stat()
            except FileNotFoundError:
                raise VaultError("profile_unknown") from None
        return folder

    def _locked(self, profile: Profile) -> FileLock:
        lock = FileLock(self._folder(profile) / profile_folder.LOCK)
        with translated_os_errors():
            if not lock.acquire():
                raise VaultError("vault_busy")
        return lock

    def _opened(self, profile: Profile, key: bytearray, lock: FileLock) -> SqlcipherVault:
        path = self._root / profile.folder / profile_folder.DATABASE
        try:
            return SqlcipherVault(lambda: open_database(path, key), lock.release)
        finally:
            keyslots.wipe(key)

    @contextlib.contextmanager
    def _guarded(self, *, wait_s: float = _SHELF_WAIT_S) -> Iterator[None]:
        """Hold the lock of the shelf, which guards folder names and headers."""
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
        with contextlib.suppress(VaultError), self._guarded(wait_s=0.0):
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

    def _label(self, folder: str) -> str:
        try:
            return header_file.peeked(self._root / folder).label
        except VaultError:
            return folder[:8]

    def _free_label(self) -> str:
        taken = {self._label(name) for name in self._names() if _FOLDER.fullmatch(name)}
        number = 1
        while True:
            for colour in _COLOURS:
                if f"{colour}-{number}" not in taken:
                    return f"{colour}-{number}"
            number += 1


def _label_of(text: str) -> str:
    return " ".join(storable(text).split())[:_MAX_LABEL]
