"""Small files that survive a crash, and locks that tell a second process to stay out."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from psylite_desktop.domain.errors import VaultError

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


@contextlib.contextmanager
def translated_os_errors() -> Iterator[None]:
    """Turn OSError into VaultError.

    Codes: vault_disk_full, vault_read_only, vault_path_too_long, vault_io.
    """
    try:
        yield
    except OSError as error:
        number = error.errno or 0
        raise VaultError(_code_of(number), errno=number) from None


def _code_of(number: int) -> str:
    if number in _FULL:
        return "vault_disk_full"
    if number in _READ_ONLY:
        return "vault_read_only"
    if number == errno.ENAMETOOLONG:
        return "vault_path_too_long"
    return "vault_io"


@contextlib.contextmanager
def create_private(path: Path) -> Iterator[BinaryIO]:
    """Create a file that only its owner can read, and write to it.

    Raises FileExistsError where the path is taken.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file


def write_new(path: Path, data: bytes) -> None:
    """Create a file that only its owner can read, and wait until it is on disk.

    Raises FileExistsError where the path is taken: nothing is ever written over.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def copy_new(source: Path, target: Path) -> None:
    """Copy a file to a new one that only its owner can read, and wait until it is on disk.

    Raises FileExistsError where the target is taken.
    """
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    with os.fdopen(descriptor, "wb") as copy, source.open("rb") as original:
        shutil.copyfileobj(original, copy)
        copy.flush()
        os.fsync(copy.fileno())


def sync_file(path: Path) -> None:
    """Wait until what was written to a closed file is on disk."""
    with path.open("r+b", buffering=0) as file:
        os.fsync(file.fileno())


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in its place whole, over an older one too; whatever happens, no half is left.

    Raises VaultError vault_disk_full, vault_read_only, vault_io.
    """
    temporary = path.with_name(f".psylite-{os.getpid()}.tmp")
    with translated_os_errors():
        temporary.unlink(missing_ok=True)
        try:
            write_new(temporary, data)
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def overwrite(path: Path) -> None:
    """Put random bytes over a file's content in place, on disk; a missing file is fine."""
    with contextlib.suppress(FileNotFoundError), path.open("r+b", buffering=0) as file:
        file.write(os.urandom(os.fstat(file.fileno()).st_size))
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make new names and renames in a folder durable (Windows does this by itself)."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class FileLock:
    """A lock on a file, freed by the system when its process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Take the lock; False where somebody holds it. Raises OSError."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | _BINARY, 0o600)
        if not _locked(descriptor):
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Free the lock; does nothing where it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":
    import msvcrt

    _BINARY = os.O_BINARY

    def _locked(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    _BINARY = 0

    def _locked(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
