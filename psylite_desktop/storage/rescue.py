"""The ways back: backups and `.psyvault` files become profiles again, with the profile closed.

Nothing is put in the place of a vault before a copy of that vault stands beside it, and nothing
is put anywhere before all of it was read and checked.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from psylite_desktop.domain.backup import (
    Backup,
    BackupKind,
    Contents,
    Progress,
    SalvageReport,
)
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage import header_file, keyslots, profile_folder, psyvault
from psylite_desktop.storage.backup_folder import BackupFolder, copy_files, write_header
from psylite_desktop.storage.copy_contents import contents_of
from psylite_desktop.storage.database import open_as_is, open_copy, open_database
from psylite_desktop.storage.database_copies import check_copy, copy_pages
from psylite_desktop.storage.durable_file import copy_new, sync_folder, translated_os_errors
from psylite_desktop.storage.keyslots import Header
from psylite_desktop.storage.profiles import ProfileShelf
from psylite_desktop.storage.salvage import salvage_into

_STAGED = "restored.tmp"


class RescueShelf(ProfileShelf):
    """A shelf that brings profiles back. Methods raise VaultError.

    Besides the codes named at each method: vault_busy where the profile is open,
    vault_disk_full, vault_read_only, vault_io, and cancelled where `progress` was stopped; in all
    of these everything that was there is there still.
    """

    def backups(self, profile: Profile) -> list[Backup]:
        """Backups of a profile, newest first; needs no secret."""
        return BackupFolder(self.folder_of(profile)).backups()

    def contents(self, profile: Profile, name: str, secret: str) -> Contents:
        """What a backup holds.

        Raises VaultError vault_wrong_passphrase, vault_damaged, backup_unknown.
        """
        folder = self.folder_of(profile)
        header, key = _opener(folder, BackupFolder(folder), name, secret)
        try:
            found = contents_of(BackupFolder(folder).database(name), key)
        finally:
            keyslots.wipe(key)
        opens_with = "now" if header == _present(folder) else "then"
        return replace(found, opens_with=opens_with)

    def restore(self, profile: Profile, name: str, secret: str, progress: Progress) -> None:
        """Put a backup in the place of a closed profile's vault, after a copy of that.

        Raises VaultError backup_other_key where the vault has another key by now (then it can
        become a profile of its own), vault_wrong_passphrase, vault_damaged (the backup).
        """
        with self._closed(profile) as folder:
            backups = BackupFolder(folder)
            header, key = _opener(folder, backups, name, secret)
            try:
                present = _present(folder)
                if present is not None and header != present:
                    raise VaultError("backup_other_key")
                _replace_database(
                    folder,
                    header,
                    key,
                    stage=lambda staged: _copied(backups.database(name), staged),
                    progress=progress,
                )
            finally:
                keyslots.wipe(key)

    def restore_as_new(
        self, profile: Profile, name: str, secret: str, progress: Progress
    ) -> Profile:
        """Make a profile of its own from a backup. Raises as `contents`."""
        folder = self.folder_of(profile)
        backups = BackupFolder(folder)
        header, key = _opener(folder, backups, name, secret)

        def fill(draft: Path, label: str) -> None:
            database = draft / profile_folder.database_name(header)
            _copied(backups.database(name), database)
            _go_on(progress)
            check_copy(database, key)
            write_header(draft, msgspec.structs.replace(header, label=label))

        try:
            return self._made(fill)
        finally:
            keyslots.wipe(key)

    def mend_header(self, profile: Profile, secret: str) -> None:
        """Bring back the key slots of a profile whose header is damaged, from a backup.

        The database stays as it is; only a header that opens it is taken. Raises VaultError
        vault_wrong_passphrase, backup_unknown (there is no backup), backup_other_key.
        """
        with self._closed(profile) as folder:
            backups = BackupFolder(folder)
            error = VaultError("backup_unknown")
            for backup in backups.backups():
                try:
                    header, key = _opener(folder, backups, backup.name, secret)
                except VaultError as refused:
                    error = refused
                    continue
                try:
                    database = folder / profile_folder.database_name(header)
                    open_database(database, key, reads_newer=True).close()
                except VaultError as refused:
                    error = refused
                    continue
                finally:
                    keyslots.wipe(key)
                backups.place_now(BackupKind.DAMAGED, lambda draft: copy_files(folder, draft))
                write_header(folder, header)
                return
            raise error

    def file_contents(self, path: Path, secret: str, progress: Progress) -> Contents:
        """What a .psyvault file holds; all of it is read and checked.

        Raises VaultError psyvault_unknown, psyvault_damaged, psyvault_truncated, vault_newer,
        vault_wrong_passphrase, vault_missing, vault_damaged.
        """
        found: list[Contents] = []

        def look(draft: Path, _label: str) -> None:
            with _decrypted(path, secret, draft, progress) as (header, key):
                database = draft / profile_folder.database_name(header)
                found.append(contents_of(database, key))

        self._drafted(look)
        return found[0]

    def import_file(self, path: Path, secret: str, progress: Progress) -> Profile:
        """Make a profile of its own from a .psyvault file. Raises as `file_contents`."""

        def fill(draft: Path, label: str) -> None:
            with _decrypted(path, secret, draft, progress) as (header, key):
                check_copy(draft / profile_folder.database_name(header), key)
                write_header(draft, msgspec.structs.replace(header, label=label))

        return self._made(fill)

    def replace_with_file(
        self, profile: Profile, path: Path, secret: str, progress: Progress
    ) -> None:
        """Put a .psyvault file in the place of a closed profile's vault, after a copy of that.

        Raises as `file_contents`, and backup_other_key where the file has a key of its own.
        """
        with self._closed(profile) as folder:
            present = header_file.peeked(folder)
            written = psyvault.read_header(path).vault
            data_key = keyslots.unwrapped(present, secret)
            key = keyslots.database_key(present, data_key)
            keyslots.wipe(data_key)
            try:
                if not _is_same_key(present, written, secret):
                    raise VaultError("backup_other_key")

                def stage(staged: Path) -> None:
                    _header, found = psyvault.read_into(path, secret, staged, progress=progress)
                    keyslots.wipe(found)

                _replace_database(folder, present, key, stage=stage, progress=progress)
            finally:
                keyslots.wipe(key)

    def salvage(self, profile: Profile, secret: str, progress: Progress) -> SalvageReport:
        """Write what can still be read of a damaged profile into a new one beside it.

        The damaged one stays as it is. Raises VaultError salvage_nothing where nothing at all was
        found, vault_wrong_passphrase, vault_header_damaged, vault_newer.
        """
        lock = self.lock_of(profile)
        try:
            folder = self.folder_of(profile)
            found: list[SalvageReport] = []

            def fill(draft: Path, _label: str) -> None:
                label = f"{self._profile(profile.folder).label[:30]}-salvaged"
                found.append(salvage_into(draft, folder, secret, label=label, progress=progress))

            made = self._made(fill)
        finally:
            lock.release()
        return replace(found[0], profile=Profile(made.folder, found[0].profile.label))

    # -- parts

    @contextlib.contextmanager
    def _closed(self, profile: Profile) -> Iterator[Path]:
        """Hold a profile's own lock and the shelf's; its folder."""
        lock = self.lock_of(profile)
        try:
            with self.guarded():
                yield self.folder_of(profile)
        finally:
            lock.release()

    def _made(self, fill: Callable[[Path, str], None]) -> Profile:
        """Fill a new folder, which becomes a profile only when `fill` was done."""
        return self._drafted(fill, keep=True)

    def _drafted(self, fill: Callable[[Path, str], None], *, keep: bool = False) -> Profile:
        with self.guarded():
            self._clear_unfinished()
            label = self._free_label(unlisted=False)
            folder = secrets.token_hex(16)
            draft = self._root / f".new-{folder}"
            try:
                with translated_os_errors():
                    draft.mkdir(mode=0o700)
                fill(draft, label)
                if keep:
                    with translated_os_errors():
                        sync_folder(draft)
                        draft.rename(self._root / folder)
                        sync_folder(self._root)
            except BaseException:
                self._discard(folder)  # also where it has its name already: nobody was told of it
                raise
            finally:
                shutil.rmtree(draft, ignore_errors=True)
        return Profile(folder=folder, label=label)


def _present(folder: Path) -> Header | None:
    """The header in use, or None where it is damaged.

    Raises VaultError vault_io, vault_read_only: what cannot be read now is not called damaged.
    """
    try:
        return header_file.peeked(folder)
    except VaultError as error:
        if error.code in {"vault_io", "vault_read_only"}:
            raise
        return None


def _opener(
    folder: Path, backups: BackupFolder, name: str, secret: str
) -> tuple[Header, bytearray]:
    """The header whose slots open a backup, and its database key.

    The header in use where its key fits, so that the passphrase of now stays; else the one that
    was kept with the backup. Raises VaultError vault_wrong_passphrase, vault_damaged.
    """
    database = backups.database(name)
    present = _present(folder)
    own = _present(backups.path(name))
    headers = [header for header in (present, own) if header is not None]
    refused = VaultError("vault_header_damaged")
    for header in dict.fromkeys(headers):
        try:
            data_key = keyslots.unwrapped(header, secret)
        except VaultError as error:
            refused = error
            continue
        key = keyslots.database_key(header, data_key)
        keyslots.wipe(data_key)
        try:
            open_copy(database, key).close()
        except VaultError as error:
            keyslots.wipe(key)
            refused = error
            continue
        return header, key
    raise refused


def _is_same_key(present: Header, written: Header, secret: str) -> bool:
    """Whether a secret leads to the same database key through both headers."""
    keys = []
    for header in (present, written):
        data_key = keyslots.unwrapped(header, secret)
        keys.append(keyslots.database_key(header, data_key))
        keyslots.wipe(data_key)
    is_same = keys[0] == keys[1]
    for key in keys:
        keyslots.wipe(key)
    return is_same


def _replace_database(
    folder: Path,
    header: Header,
    key: bytearray,
    *,
    stage: Callable[[Path], None],
    progress: Progress,
) -> None:
    """Have `stage` write a database, check it, copy the present one, then exchange them.

    Killed at any moment, the old vault or the new one stands there whole.
    """
    staged = folder / _STAGED
    database = folder / profile_folder.database_name(header)
    with translated_os_errors():
        staged.unlink(missing_ok=True)
    try:
        stage(staged)
        _go_on(progress)
        check_copy(staged, key)
        _keep_present(folder, header, key, progress)
        _go_on(progress)
        with translated_os_errors():
            # A log that belongs to the old file must not be played into the new one.
            database.with_name(f"{database.name}-wal").unlink(missing_ok=True)
            sync_folder(folder)
            staged.replace(database)
        # The new one is in force: this is no failure any more. Should the disk forget the exchange,
        # the old one stands there whole.
        with contextlib.suppress(OSError):
            sync_folder(folder)
    finally:
        with contextlib.suppress(OSError):
            staged.unlink(missing_ok=True)
    try:
        is_missing = _present(folder) is None
    except VaultError:
        is_missing = False  # it was read a moment ago
    if is_missing:
        write_header(folder, header)


def _keep_present(folder: Path, header: Header, key: bytearray, progress: Progress) -> None:
    """Copy the vault that is to be replaced: checked where it is whole, else as it is."""
    backups = BackupFolder(folder)

    def go_on(_done: int, _total: int) -> None:
        _go_on(progress)

    def whole(draft: Path) -> None:
        name = profile_folder.database_name(header)
        live = open_as_is(folder / name, key)
        try:
            counts = copy_pages(live, draft / name, key, between=go_on)
        finally:
            live.close()
        check_copy(draft / name, key, counts)
        write_header(draft, _present(folder) or header)

    try:
        backups.place_now(BackupKind.BEFORE, whole)
    except VaultError as error:
        if error.code not in {"vault_damaged", "vault_missing"}:
            raise
        backups.place_now(BackupKind.DAMAGED, lambda draft: copy_files(folder, draft))


@contextlib.contextmanager
def _decrypted(
    path: Path, secret: str, draft: Path, progress: Progress
) -> Iterator[tuple[Header, bytearray]]:
    """Decrypt a .psyvault file into a folder; its header and its database key."""
    name = profile_folder.database_name(psyvault.read_header(path).vault)
    header, data_key = psyvault.read_into(path, secret, draft / name, progress=progress)
    key = keyslots.database_key(header, data_key)
    keyslots.wipe(data_key)
    try:
        yield header, key
    finally:
        keyslots.wipe(key)


def _copied(source: Path, target: Path) -> None:
    with translated_os_errors():
        copy_new(source, target)


def _go_on(progress: Progress) -> None:
    if progress.is_stopped:
        raise VaultError("cancelled")
