"""A file that leaves the vault: whole or not at all, and readable by its owner alone.

It is written under another name in the same folder and takes its own name once it is on disk.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from psylite_desktop.domain.errors import ExportError

CHUNK = 256 * 1024
"""Bytes between two looks at whether to stop."""

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DENIED = {errno.EROFS, errno.EACCES, errno.EPERM}
_NO_FOLDER = {errno.ENOENT, errno.ENOTDIR}
_MB = 1_000_000


def write_whole(target: Path, data: bytes, *, stopped: Callable[[], bool] = lambda: False) -> bool:
    """Write `data` to `target`; False where `stopped()` turned true, and then nothing is left.

    Raises ExportError (export_disk_full, export_denied, export_no_folder, export_failed); what
    stood under this name before stays as it was then.
    """
    temporary = target.with_name(f".{secrets.token_hex(6)}.part")
    try:
        if not _written(temporary, data, stopped):
            return False
        temporary.replace(target)
    except OSError as error:
        raise _explained(error, target, len(data)) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return True


def _written(path: Path, data: bytes, stopped: Callable[[], bool]) -> bool:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    view = memoryview(data)
    with os.fdopen(os.open(path, flags, 0o600), "wb", buffering=0) as file:
        place = 0
        while place < len(view):
            if stopped():
                return False
            place += file.write(view[place : place + CHUNK]) or 0
        os.fsync(file.fileno())
    return not stopped()


def _explained(error: OSError, target: Path, size: int) -> ExportError:
    number = error.errno or 0
    path = str(target)
    if number in _FULL:
        return ExportError("export_disk_full", path=path, missing=_missing_mb(target, size))
    if number in _DENIED:
        return ExportError("export_denied", path=path)
    if number in _NO_FOLDER:
        return ExportError("export_no_folder", path=str(target.parent))
    return ExportError("export_failed", path=path)


def _missing_mb(target: Path, size: int) -> int:
    """Megabytes to free, at least one; the half-written file is still counted as used."""
    try:
        free = shutil.disk_usage(target.parent).free
    except OSError:
        free = 0
    return max(1, -(-(size - free) // _MB))
