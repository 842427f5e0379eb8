"""Reads of a Linux library what it is linked against and which system it wants."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from pathlib import Path

MAGIC = b"\x7fELF"
_DYNAMIC, _NEEDED, _STRINGS = 2, 1, 5
_LOAD = 1
_GLIBC = re.compile(rb"GLIBC_(\d+)\.(\d+)(?:\.\d+)?\x00")


@dataclass(frozen=True)
class Library:
    """A 64-bit little-endian library or program."""

    needed: tuple[str, ...]
    glibc: tuple[int, int]


def is_elf(path: Path) -> bool:
    """Whether a file begins like a Linux library."""
    with path.open("rb") as stream:
        return stream.read(4) == MAGIC


def read(path: Path) -> Library:
    """Read a library. Raises ValueError for another kind of file."""
    body = path.read_bytes()
    if body[:6] != MAGIC + b"\x02\x01":
        raise ValueError("not a 64-bit little-endian library")
    versions = [(int(high), int(low)) for high, low in _GLIBC.findall(body)]
    return Library(_needed(body), max(versions, default=(2, 0)))


def _needed(body: bytes) -> tuple[str, ...]:
    (start,) = struct.unpack_from("<Q", body, 32)
    size, count = struct.unpack_from("<HH", body, 54)
    loads, dynamic = [], None
    for number in range(count):
        kind, _, offset, address, _, length = struct.unpack_from(
            "<IIQQQQ", body, start + number * size
        )
        if kind == _LOAD:
            loads.append((address, offset, length))
        elif kind == _DYNAMIC:
            dynamic = (offset, length)
    if dynamic is None:
        return ()
    entries = [
        struct.unpack_from("<qQ", body, at) for at in range(dynamic[0], dynamic[0] + dynamic[1], 16)
    ]
    strings = next((value for tag, value in entries if tag == _STRINGS), None)
    if strings is None:
        return ()
    base = next(
        offset + strings - at for at, offset, length in loads if at <= strings < at + length
    )
    return tuple(_text(body, base + value) for tag, value in entries if tag == _NEEDED)


def _text(body: bytes, start: int) -> str:
    return body[start : body.index(b"\x00", start)].decode("utf-8", "replace")
