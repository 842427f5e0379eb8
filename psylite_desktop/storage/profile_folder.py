"""One profile's folder: how it is filled, opened, given a new passphrase and destroyed."""

from __future__ import annotations

import shutil
from pathlib import Path

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage import header_file, keyslots
from psylite_desktop.storage.database import create_database, translated_errors
from psylite_desktop.storage.durable_file import overwrite, sync_folder, translated_os_errors
from psylite_desktop.storage.keyslots import Header, KdfCost

DATABASE = "vault.db"
LOCK = "lock"


def database_name(header: Header) -> str:
    """Name of the file that the key of a header opens."""
    del header  # every header names the same file so far
    return DATABASE


def fill(folder: Path, *, passphrase: str, recovery: str, label: str, cost: KdfCost) -> bytearray:
    """Make a vault in a new folder, all of it on disk on return; return its database key.

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
            create_database(folder / DATABASE, key).close()
        _write(folder, header, data_key, opened_by=(passphrase, recovery))
    finally:
        keyslots.wipe(data_key)
    return key


def database_key(header: Header, secret: str) -> bytearray:
    """Return the key of the database, opened with a passphrase or a recovery code.

    Raises VaultError vault_wrong_passphrase, vault_newer.
    """
    data_key = keyslots.unwrapped(header, secret)
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


def destroy(folder: Path) -> None:
    """Make a folder's keys unreadable, those of its backups too, then remove it.

    Raises VaultError.
    """
    with translated_os_errors():
        headers = [path for name in header_file.COPIES for path in folder.rglob(name)]
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
