"""The pages of a SQLCipher file, read one by one where SQLite would give up.

Each page of 4096 bytes ends with 16 bytes of initial vector and 64 bytes of HMAC-SHA512 over the
encrypted part, the vector and the page's number (four bytes, little endian). The first 16 bytes of
the first page are the salt of the HMAC's key (https://www.zetetic.net/sqlcipher/design/). A page
counts only where its HMAC is right, so nothing damaged is ever taken for truth.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from psylite_desktop.storage.durable_file import translated_os_errors

PAGE = 4096
USABLE = PAGE - 80
_SALT = 16
_MASK = 0x3A
_FRAME_HEAD = 24
_WAL_HEAD = 32
_WAL_MAGICS = (0x377F0682, 0x377F0683)
_HEAD = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class RawPages:
    """Decrypted pages by number (from 1), each `USABLE` bytes long, and the unreadable ones."""

    pages: dict[int, bytes]
    bad: frozenset[int]
    count: int


@dataclass(frozen=True, slots=True)
class _Cipher:
    key: bytes
    hmac_key: bytes = field(repr=False)

    def opened(self, number: int, page: bytes) -> bytes | None:
        """The content of a page, or None where it is not what was written."""
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        start = _SALT if number == 1 else 0
        sealed, vector, tag = page[start:USABLE], page[USABLE : USABLE + 16], page[USABLE + 16 :]
        if not _is_right(self.hmac_key, number, sealed + vector, tag):
            return None
        decryptor = Cipher(algorithms.AES(self.key), modes.CBC(vector)).decryptor()
        plain = decryptor.update(sealed) + decryptor.finalize()
        return _HEAD + plain if number == 1 else plain


def read_pages(
    database: Path, key: bytearray, *, step: Callable[[int, int], None] = lambda _d, _t: None
) -> RawPages:
    """Read all pages of a closed database, with what its log holds in the place of older ones.

    `step` gets pages done and pages in all; what it raises ends the reading. Raises VaultError
    vault_missing, vault_io, vault_read_only.
    """
    with translated_os_errors():
        content = database.read_bytes() if database.exists() else b""
        log = b""
        with contextlib.suppress(FileNotFoundError):
            log = database.with_name(f"{database.name}-wal").read_bytes()
    raw = {
        number + 1: content[number * PAGE : (number + 1) * PAGE]
        for number in range(-(-len(content) // PAGE))
    }
    cipher = _cipher(bytes(key), raw, log)
    count = len(raw)
    if cipher is None:
        return RawPages({}, frozenset(raw), count)
    newer, count = _logged(log, cipher, count)
    pages: dict[int, bytes] = {}
    bad = set()
    for number in range(1, count + 1):
        step(number, count)
        plain = newer.get(number) or cipher.opened(number, raw.get(number, b"").ljust(PAGE, b"\0"))
        if plain is None:
            bad.add(number)
        else:
            pages[number] = plain
    return RawPages(pages, frozenset(bad), count)


def _logged(log: bytes, cipher: _Cipher, count: int) -> tuple[dict[int, bytes], int]:
    """Pages that stand in the log up to its last commit, and the size of the database then."""
    if len(log) < _WAL_HEAD or int.from_bytes(log[:4], "big") not in _WAL_MAGICS:
        return {}, count
    committed: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    for number, size, page in _frames(log):
        plain = cipher.opened(number, page)
        if plain is None:
            break
        waiting[number] = plain
        if size:
            committed.update(waiting)
            waiting, count = {}, size
    return committed, count


def _frames(log: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Number, size of the database after a commit (else 0), and page of each frame of a log."""
    salts = log[16:24]
    start = _WAL_HEAD
    while start + _FRAME_HEAD + PAGE <= len(log):
        head = log[start : start + _FRAME_HEAD]
        if head[8:16] != salts:
            return  # left over from an earlier round of the log
        page = log[start + _FRAME_HEAD : start + _FRAME_HEAD + PAGE]
        yield int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big"), page
        start += _FRAME_HEAD + PAGE


def _cipher(key: bytes, raw: dict[int, bytes], log: bytes) -> _Cipher | None:
    """Find the salt under which some page is right: the one in the file, or one byte beside it."""
    logged = list(_frames(log))[:4]
    tries = [(number, page) for number, _size, page in logged if number != 1]
    tries += [(number, raw[number]) for number in sorted(raw)[:12] if len(raw[number]) == PAGE]
    for salt in _salts(raw.get(1, b""), [page for number, _size, page in logged if number == 1]):
        masked = bytes(byte ^ _MASK for byte in salt)
        hmac_key = hashlib.pbkdf2_hmac("sha512", key, masked, 2, len(key))
        for number, page in tries:
            start = _SALT if number == 1 else 0
            if _is_right(hmac_key, number, page[start : USABLE + 16], page[USABLE + 16 :]):
                return _Cipher(key, hmac_key)
    return None


def _salts(first: bytes, logged: list[bytes]) -> Iterator[bytes]:
    for page in (first, *logged):
        if len(page) >= _SALT:
            yield page[:_SALT]
    if len(first) >= _SALT:
        for place in range(_SALT):
            for value in range(256):
                yield first[:place] + bytes([value]) + first[place + 1 : _SALT]


def _is_right(hmac_key: bytes, number: int, sealed: bytes, tag: bytes) -> bool:
    found = hmac.new(hmac_key, sealed + number.to_bytes(4, "little"), "sha512").digest()
    return hmac.compare_digest(found, tag)
