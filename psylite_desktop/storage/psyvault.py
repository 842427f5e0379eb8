"""`.psyvault`: a whole vault in one encrypted file, to be carried somewhere else.

    offset  0   8 bytes   magic `PSYVAULT`
    offset  8   2 bytes   version of this layout, big endian
    offset 10   4 bytes   length of the header, big endian
    offset 14             header: JSON `{"header": {…}, "sha256": "…"}`, the digest of the exact
                          bytes of the inner object, which tells a damaged file from a wrong
                          passphrase
    then                  chunks: AES-256-GCM of 64 KiB of the database each, the last one shorter
                          (perhaps empty), each followed by its 16 bytes of tag

The inner object holds `format`, `vault` (the header of the vault: its key slots), `salt` (base64),
`size` (bytes of the database) and `chunk` (65536). The key of the chunks is HKDF-SHA256 of the data
key that the slots hold, with `salt` and the label below. A chunk's nonce is its index (11 bytes,
big endian) and one byte that is 1 for the last chunk; its associated data is the SHA-256 of all
that stands before the first chunk. So nothing can be cut off, put in, doubled, moved or changed
unnoticed, and no byte is used before its tag was checked. What comes out is the SQLCipher database
of the vault, whose key is derived from the same data key.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec

from psylite_desktop.domain.backup import Progress
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage import keyslots
from psylite_desktop.storage.durable_file import (
    create_private,
    sync_folder,
    translated_os_errors,
)
from psylite_desktop.storage.keyslots import Header

MAGIC = b"PSYVAULT"
VERSION = 1
CHUNK = 64 * 1024
ENDING = ".psyvault"
_TAG = 16
_LABEL = b"psylite-desktop/export/1"
_MAX_HEADER = 64 * 1024
_START = struct.Struct(">8sHI")


class FileHeader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in clear at the beginning: how to open the rest, and nothing personal."""

    format: Annotated[int, msgspec.Meta(ge=1)]
    vault: Header
    salt: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
    size: Annotated[int, msgspec.Meta(ge=0, le=2**50)]
    chunk: Annotated[int, msgspec.Meta(ge=CHUNK, le=CHUNK)]


class _Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    header: msgspec.Raw
    sha256: str


class _Version(msgspec.Struct, frozen=True):
    format: int


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file whose beginning was read: where chunks begin, and what they are bound to."""

    header: FileHeader
    start: int
    digest: bytes


def write(
    target: Path, database: Path, header: Header, data_key: bytearray, *, progress: Progress
) -> None:
    """Write a closed database to a new file beside `target`, check it, put it in that place.

    A file that was there stays until the new one is whole.
    Raises VaultError cancelled, vault_disk_full, vault_read_only, vault_io.
    """
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with translated_os_errors():
            size = database.stat().st_size
            progress.done, progress.total = 0, 2 * size
            with create_private(part) as file, database.open("rb") as source:
                _write(file, source, header, data_key, size=size, progress=progress)
                file.flush()
                os.fsync(file.fileno())
            _check(part, database, data_key, progress=progress)
            part.replace(target)
            sync_folder(target.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def read_header(path: Path) -> FileHeader:
    """Read the beginning of a file.

    Raises VaultError psyvault_unknown (not such a file), psyvault_damaged, psyvault_truncated,
    vault_newer, vault_missing, vault_io.
    """
    with _opened(path) as (_file, opened):
        return opened.header


def read_into(
    path: Path, secret: str, target: Path, *, progress: Progress
) -> tuple[Header, bytearray]:
    """Decrypt a file to a new database file, on disk on return; return its header and data key.

    Raises as `read_header`, VaultError vault_wrong_passphrase, cancelled, vault_disk_full; nothing
    stays at `target` then.
    """
    with _opened(path) as (file, opened):
        data_key = keyslots.unwrapped(opened.header.vault, secret)
        progress.done, progress.total = 0, opened.header.size
        try:
            with translated_os_errors(), create_private(target) as out:
                for plain in _chunks(file, opened, data_key):
                    out.write(plain)
                    _step(progress, len(plain))
                out.flush()
                os.fsync(out.fileno())
        except BaseException:
            keyslots.wipe(data_key)
            with contextlib.suppress(OSError):
                target.unlink(missing_ok=True)
            raise
    return opened.header.vault, data_key


def _write(
    file: BinaryIO,
    source: BinaryIO,
    vault: Header,
    data_key: bytearray,
    *,
    size: int,
    progress: Progress,
) -> None:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header = FileHeader(
        format=VERSION, vault=vault, salt=secrets.token_bytes(32), size=size, chunk=CHUNK
    )
    content = msgspec.json.encode(header)
    digest = hashlib.sha256(content).hexdigest()
    encoded = msgspec.json.encode(_Envelope(header=msgspec.Raw(content), sha256=digest))
    prefix = _START.pack(MAGIC, VERSION, len(encoded)) + encoded
    file.write(prefix)
    cipher = AESGCM(_key(data_key, header.salt))
    bound = hashlib.sha256(prefix).digest()
    for index, (length, is_last) in enumerate(_lengths(size)):
        plain = source.read(length)
        if len(plain) != length:
            raise VaultError("vault_io", cause="short")
        file.write(cipher.encrypt(_nonce(index, is_last=is_last), plain, bound))
        _step(progress, length)


def _check(part: Path, database: Path, data_key: bytearray, *, progress: Progress) -> None:
    """Read back what was written and compare it with the database."""
    with _opened(part) as (file, opened), database.open("rb") as source:
        for plain in _chunks(file, opened, data_key):
            if source.read(len(plain)) != plain:
                raise VaultError("vault_io", cause="read_back")
            _step(progress, len(plain))
        if source.read(1):
            raise VaultError("vault_io", cause="read_back")


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, _Opened]]:
    with translated_os_errors():
        try:
            file = path.open("rb")
        except FileNotFoundError:
            raise VaultError("vault_missing") from None
        with file:
            yield file, _begun(file)


def _begun(file: BinaryIO) -> _Opened:
    start = file.read(_START.size)
    if start[: len(MAGIC)] != MAGIC[: len(start)] or not start:
        raise VaultError("psyvault_unknown")
    if len(start) < _START.size:
        raise VaultError("psyvault_truncated")
    _magic, version, length = _START.unpack(start)
    if version > VERSION:
        raise VaultError("vault_newer")
    if version < 1 or not 0 < length <= _MAX_HEADER:
        raise VaultError("psyvault_damaged", cause="start")
    encoded = file.read(length)
    if len(encoded) < length:
        raise VaultError("psyvault_truncated")
    header = _decoded(encoded)
    here = len(start) + length
    expected = here + sum(plain + _TAG for plain, _last in _lengths(header.size))
    actual = os.fstat(file.fileno()).st_size
    if actual != expected:
        raise VaultError("psyvault_truncated" if actual < expected else "psyvault_damaged")
    return _Opened(header, here, hashlib.sha256(start + encoded).digest())


def _decoded(encoded: bytes) -> FileHeader:
    try:
        envelope = msgspec.json.decode(encoded, type=_Envelope)
        content = bytes(envelope.header)
        if hashlib.sha256(content).hexdigest() != envelope.sha256:
            raise VaultError("psyvault_damaged", cause="header")
        later = msgspec.json.decode(content, type=_Version).format > VERSION
        if later:
            raise VaultError("vault_newer")
        return msgspec.json.decode(content, type=FileHeader)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise VaultError("psyvault_damaged", cause="header") from None


def _chunks(file: BinaryIO, opened: _Opened, data_key: bytearray) -> Iterator[bytes]:
    """Yield checked pieces of the database; nothing is yielded before its tag was right."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher = AESGCM(_key(data_key, opened.header.salt))
    file.seek(opened.start)
    for index, (length, is_last) in enumerate(_lengths(opened.header.size)):
        sealed = file.read(length + _TAG)
        if len(sealed) != length + _TAG:
            raise VaultError("psyvault_truncated")
        try:
            yield cipher.decrypt(_nonce(index, is_last=is_last), sealed, opened.digest)
        except InvalidTag:
            raise VaultError("psyvault_damaged", chunk=index) from None


def _lengths(size: int) -> Iterator[tuple[int, bool]]:
    """Bytes of each chunk of a database, and whether it is the last one; never none at all."""
    whole, rest = divmod(size, CHUNK)
    if whole and not rest:
        whole, rest = whole - 1, CHUNK
    for _ in range(whole):
        yield CHUNK, False
    yield rest, True


def _nonce(index: int, *, is_last: bool) -> bytes:
    return index.to_bytes(11, "big") + bytes([is_last])


def _key(data_key: bytearray, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derivation = HKDF(algorithm=SHA256(), length=keyslots.KEY_BYTES, salt=salt, info=_LABEL)
    return derivation.derive(bytes(data_key))


def _step(progress: Progress, count: int) -> None:
    if progress.is_stopped:
        raise VaultError("cancelled")
    progress.done += count
