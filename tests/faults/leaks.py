"""Looks for marker phrases in files, however they may have been written down."""

from __future__ import annotations

import base64
import codecs
import contextlib
import json
import os
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from tests.faults.steps import CANARY, CANARY_HAN


def _utf8(text: str) -> bytes:
    return text.encode()


def _in(coding: str) -> Callable[[str], bytes]:
    return lambda text: codecs.encode(text, coding)


WRITTEN: dict[str, Callable[[str], bytes]] = {
    "utf-8": _utf8,
    "utf-16-le": _in("utf-16-le"),
    "utf-16-be": _in("utf-16-be"),
    "utf-32-le": _in("utf-32-le"),
    "utf-32-be": _in("utf-32-be"),
    "gb18030": _in("gb18030"),
    "utf-7": _in("utf-7"),
    "json": lambda text: json.dumps(text)[1:-1].encode(),
    "url": lambda text: quote(text).encode(),
    "hex": lambda text: text.encode().hex().encode(),
    "base64": lambda text: _inner_base64(text.encode(), 0),
    "backwards": lambda text: text[::-1].encode(),
}
"""Twelve ways in which words can stand in a file."""


def _inner_base64(data: bytes, shift: int) -> bytes:
    """What all of these bytes look like in base64 that begins `shift` bytes before them."""
    padded = base64.b64encode(b"\0" * shift + data + b"\0" * 3)
    return padded[4:-8] if shift else padded[:-8]


LEAKS = sorted(
    {write(phrase) for phrase in (CANARY, CANARY_HAN) for write in WRITTEN.values()}
    | {_inner_base64(phrase.encode(), shift) for phrase in (CANARY, CANARY_HAN) for shift in (1, 2)}
    | {CANARY.title().encode(), CANARY.upper().encode(), CANARY.encode().hex().upper().encode()}
)


def leaks_in(paths: Iterable[Path]) -> list[str]:
    """Paths whose name or content holds a marker phrase."""
    found = []
    for path in paths:
        try:
            content = path.read_bytes() if path.is_file() else b""
        except OSError:
            continue  # gone meanwhile, or another user's
        name = str(path).encode("utf-8", "surrogateescape")
        held = [name, content, *_unpacked(content)]
        if any(leak in each for leak in LEAKS for each in held):
            found.append(str(path))
    return found


_PACKED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|PK\x03\x04")
_MOST_UNPACKED = 1 << 20


def _unpacked(content: bytes) -> Iterator[bytes]:
    """What may stand packed in a file: by zlib, gzip, or in a zip archive."""
    for begin in _PACKED.finditer(content):
        at, bits = begin.start(), zlib.MAX_WBITS | 32
        if begin[0].startswith(b"PK"):
            names, extra = struct.unpack_from("<HH", content[at : at + 30].ljust(30, b"\0"), 26)
            at, bits = at + 30 + names + extra, -zlib.MAX_WBITS
        unpacker = zlib.decompressobj(bits)
        with contextlib.suppress(zlib.error):
            yield unpacker.decompress(content[at:], _MOST_UNPACKED)


def scan(root: Path) -> None:
    """Assert that no file below a folder holds a marker phrase in clear."""
    assert leaks_in(files_below(root)) == []


def files_below(root: Path) -> Iterator[Path]:
    """All files below a folder; what a running writer takes away meanwhile is passed over."""
    for folder, _folders, names in os.walk(root):
        yield from (Path(folder, name) for name in names)
