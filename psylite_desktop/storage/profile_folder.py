"""One profile's folder: how it is filled, opened, given a new passphrase and destroyed."""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
from pathlib import Path

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage import header_file, keyslots, shown_plan
from psylite_desktop.storage.database import create_database, translated_errors
from psylite_desktop.storage.database_copies import rekeyed_copy
from psylite_desktop.storage.durable_file import overwrite, sync_folder, translated_os_errors
from psylite_desktop.storage.journal_mode import LOG_ENDINGS, JournalMode
from psylite_desktop.storage.keyslots import Header, KdfCost

LOCK = "lock"


def database_name(header: Header) -> str:
    """Name of the file that the key of a header opens."""
    return header.database


def fill(
    folder: Path,
    *,
    passphrase: str,
    recovery: str,
    label: str,
    cost: KdfCost,
    journal: JournalMode = JournalMode.LOG,
) -> tuple[Header, bytearray]:
    """Make a vault in a new folder, all of it on disk on return; return header and database key.

    Raises VaultError vault_exists, vault_disk_full, vault_read_only, vault_io.
    """
    data_key = keyslots.new_data_key()
    try:
        header = keyslots.new_header(
            data_key, passphrase=passphrase, recovery=recovery, label=label, cost=cost
        )
        key = keyslots.database_key(header, data_key)
        with translated_os_errors():
            folder.mkdir(mode=0o700)
        with translated_errors():
            create_database(folder / header.database, key, journal=journal).close()
        _write(folder, header, data_key, opened_by=(passphrase, recovery))
    finally:
        keyslots.wipe(data_key)
    return header, key


def database_key(header: Header, secret: str) -> bytearray:
    """Return the key of the database, opened with a passphrase or a recovery code.

    Raises VaultError vault_wrong_passphrase, vault_newer.
    """
    data_key = keyslots.unwrapped(header, secret)
    try:
        return keyslots.database_key(header, data_key)
    finally:
        keyslots.wipe(data_key)


def keyring_key(header: Header, secret: bytes | None) -> bytearray:
    """Return the key of the database, opened with what the system's keyring gave.

    Raises VaultError keyring_unavailable.
    """
    if secret is None:
        raise VaultError("keyring_unavailable")
    data_key = keyslots.opened_by_keyring(header, secret)
    try:
        return keyslots.database_key(header, data_key)
    finally:
        keyslots.wipe(data_key)


def replace_passphrase(folder: Path, secret: str, new: str, *, cost: KdfCost) -> None:
    """Write a header whose passphrase slot opens with `new`.

    Raises VaultError vault_wrong_passphrase, vault_header_damaged, vault_newer,
    vault_disk_full, vault_read_only, vault_io; the old passphrase works on after any of them.
    """
    header = header_file.read(folder)
    data_key = keyslots.unwrapped(header, secret)
    try:
        changed = keyslots.with_passphrase(header, data_key, passphrase=new, cost=cost)
        _write(folder, changed, data_key, opened_by=(new,))
    finally:
        keyslots.wipe(data_key)


def replace_recovery(folder: Path, secret: str, new: str) -> None:
    """Write a header that opens with another recovery code. Raises as `replace_passphrase`."""
    header = header_file.read(folder)
    data_key = keyslots.unwrapped(header, secret)
    try:
        changed = keyslots.with_recovery(header, data_key, recovery=new)
        _write(folder, changed, data_key, opened_by=(new,))
    finally:
        keyslots.wipe(data_key)


def replace_key(
    folder: Path,
    secret: str,
    *,
    passphrase: str,
    recovery: str,
    cost: KdfCost,
    journal: JournalMode = JournalMode.LOG,
) -> None:
    """Encrypt the whole vault with another random key.

    `secret` opens it now; `passphrase` and `recovery` open it afterwards. A copy is written with
    the new key and checked; the header then names it, and only after that the old file goes. The
    caller holds the profile's lock. Raises as `replace_passphrase`, and vault_damaged.
    """
    header = header_file.read(folder)
    old_data = keyslots.unwrapped(header, secret)
    new_data = keyslots.new_data_key()
    name = f"vault-{secrets.token_hex(8)}.db"
    try:
        changed = keyslots.with_new_key(
            header, new_data, passphrase=passphrase, recovery=recovery, cost=cost, database=name
        )
        old_key = keyslots.database_key(header, old_data)
        new_key = keyslots.database_key(changed, new_data)
        source, target = folder / header.database, folder / name
        rekeyed_copy(source, old_key, target, new_key, journal=journal)
        _write(folder, changed, new_data, opened_by=(passphrase, recovery))
    except BaseException:
        with contextlib.suppress(VaultError):
            sweep(folder)
        raise
    finally:
        for key in (old_data, new_data):
            keyslots.wipe(key)
    # The new key is in force: what cannot be tidied now is tidied at the next unlocking.
    with contextlib.suppress(VaultError):
        sweep(folder)


def sweep(folder: Path) -> None:
    """Remove databases that no copy of the header names: what a replaced key left on the way.

    The caller holds the profile's lock. Raises VaultError vault_read_only, vault_io.
    """
    header = header_file.settled(folder)
    if header is None:
        return
    with translated_os_errors():
        for path in folder.iterdir():
            base = path.name
            for ending in (*LOG_ENDINGS, ".new"):
                base = base.removesuffix(ending)
            if re.fullmatch(keyslots.DATABASE_PATTERN, base) and base != header.database:
                path.unlink(missing_ok=True)


def allow_keyring(folder: Path, secret: str, *, random_secret: bytes) -> str:
    """Add a slot for the system's keyring and return the vault's id, its name there.

    Raises as `replace_passphrase`.
    """
    header = header_file.read(folder)
    data_key = keyslots.unwrapped(header, secret)
    try:
        changed = keyslots.with_keyring(header, data_key, secret=random_secret)
        _write(folder, changed, data_key, opened_by=())
    finally:
        keyslots.wipe(data_key)
    return header.vault


def forbid_keyring(folder: Path) -> str:
    """Remove the slot for the system's keyring, which needs no secret; return the vault's id."""
    header = header_file.read(folder)
    if keyslots.has_keyring(header):
        header_file.write(folder, keyslots.without_keyring(header), verify=lambda _back: None)
    return header.vault


def destroy(folder: Path) -> None:
    """Make a folder's keys unreadable, those of its backups too, then remove it.

    Raises VaultError.
    """
    with translated_os_errors():
        names = (*header_file.COPIES, shown_plan.NAME)
        headers = [path for name in names for path in folder.rglob(name)]
        for path in headers:
            overwrite(path)
        for path in headers:
            path.unlink(missing_ok=True)
        sync_folder(folder)
        shutil.rmtree(folder)


def _write(
    folder: Path, header: Header, data_key: bytearray, *, opened_by: tuple[str, ...]
) -> None:
    """Write the header, once each secret opened what was read back from the disk."""

    def verify(back: Header) -> None:
        for secret in opened_by:
            found = keyslots.unwrapped(back, secret)
            same = found == data_key
            keyslots.wipe(found)
            if not same:
                raise VaultError("vault_io", cause="read_back")

    header_file.write(folder, header, verify=verify)
