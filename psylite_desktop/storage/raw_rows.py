"""Rows from the pages of a SQLite file, without SQLite (https://www.sqlite.org/fileformat2.html).

Only what our tables use: tables with rowids, in trees of pages of types 5 (branches) and 13
(leaves), with payloads that run over into further pages.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from psylite_desktop.storage.raw_pages import USABLE, RawPages

LEAF = 13
BRANCH = 5
LOWEST = -(2**63)
HIGHEST = 2**63 - 1
Value = None | int | float | str | bytes
Row = tuple[Value, ...]


@dataclass(slots=True)
class Tree:
    """What was found of one table: rows by rowid, pages looked at, rowids that may be missing.

    `gaps` are ranges of rowids (first excluded, last included) whose pages are unreadable;
    `broken` are rowids that are there, but whose rows are not whole.
    """

    rows: dict[int, Row] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    broken: set[int] = field(default_factory=set)


def read_tree(raw: RawPages, root: int) -> Tree:
    """Walk a table from its root page as far as pages are readable."""
    tree = Tree()
    waiting = [(root, LOWEST, HIGHEST)]
    while waiting:
        number, low, high = waiting.pop()
        page = raw.pages.get(number)
        kind = page_type(number, page)
        if number in tree.seen or page is None or kind not in {LEAF, BRANCH}:
            tree.gaps.append((low, high))
            continue
        tree.seen.add(number)
        if kind == BRANCH:
            waiting.extend(_children(number, page, low, high))
        else:
            add_leaf(raw, number, tree)
    return tree


def page_type(number: int, page: bytes | None) -> int:
    """First byte of a page's own part; 0 where there is no page."""
    return page[_start(number)] if page is not None else 0


def add_leaf(raw: RawPages, number: int, tree: Tree) -> None:
    """Add the rows of a leaf page to a tree; rows that are known already stay as they are."""
    for rowid, row in leaf_rows(raw, number, tree.seen):
        if rowid in tree.rows:
            continue
        if row is None:
            tree.broken.add(rowid)
        else:
            tree.rows[rowid] = row


def leaf_rows(
    raw: RawPages, number: int, seen: set[int] | None = None
) -> Iterator[tuple[int, Row | None]]:
    """Rowids and rows of a leaf page; None for a row that is not whole."""
    page = raw.pages[number]
    start = _start(number)
    for cell in _cells(page, start, start + 8):
        try:
            size, at = _varint(page, cell)
            rowid, at = _varint(page, at)
        except IndexError:
            continue
        rowid = rowid - 2**64 if rowid > HIGHEST else rowid
        payload = _payload(raw, page, at, size, seen if seen is not None else set())
        row = None
        if payload is not None:
            try:
                row = _record(payload)
            except (IndexError, struct.error, UnicodeDecodeError):
                row = None
        yield rowid, row


def _children(number: int, page: bytes, low: int, high: int) -> list[tuple[int, int, int]]:
    start = _start(number)
    children = []
    for at in _cells(page, start, start + 12):
        try:
            key, _ = _varint(page, at + 4)
        except IndexError:
            continue
        key = key - 2**64 if key > HIGHEST else key
        children.append((int.from_bytes(page[at : at + 4], "big"), low, key))
        low = key
    children.append((int.from_bytes(page[start + 8 : start + 12], "big"), low, high))
    return children


def _start(number: int) -> int:
    return 100 if number == 1 else 0


def _cells(page: bytes, start: int, pointers: int) -> list[int]:
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    count = min(count, (len(page) - pointers) // 2)
    offsets = (pointers + 2 * index for index in range(count))
    found = (int.from_bytes(page[offset : offset + 2], "big") for offset in offsets)
    return [at for at in found if pointers <= at < len(page)]


def _payload(raw: RawPages, page: bytes, at: int, size: int, seen: set[int]) -> bytes | None:
    """A payload put together from its page and those it runs over into; None with a gap."""
    if size > raw.count * USABLE:
        return None
    most = USABLE - 35
    if size <= most:
        found = page[at : at + size]
        return found if len(found) == size else None
    least = (USABLE - 12) * 32 // 255 - 23
    local = least + (size - least) % (USABLE - 4)
    local = local if local <= most else least
    parts = [page[at : at + local]]
    following = int.from_bytes(page[at + local : at + local + 4], "big")
    left = size - local
    while left > 0:
        more = raw.pages.get(following)
        if more is None:
            return None
        seen.add(following)
        parts.append(more[4 : 4 + left])
        left -= USABLE - 4
        following = int.from_bytes(more[:4], "big")
    return b"".join(parts)


def _record(payload: bytes) -> Row:
    head, at = _varint(payload, 0)
    types = []
    while at < head:
        kind, at = _varint(payload, at)
        types.append(kind)
    values: list[Value] = []
    for kind in types:
        value, at = _value(payload, at, kind)
        values.append(value)
    return tuple(values)


_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind in _INTEGERS:
        size = _INTEGERS[kind]
        return int.from_bytes(_exactly(payload, at, size), "big", signed=True), at + size
    if kind == 7:
        return float(struct.unpack(">d", payload[at : at + 8])[0]), at + 8
    if kind in {8, 9}:
        return kind - 8, at
    if kind >= 12:
        size = (kind - 12) // 2
        data = _exactly(payload, at, size)
        return (data.decode("utf-8") if kind % 2 else data), at + size
    return None, at


def _exactly(payload: bytes, at: int, size: int) -> bytes:
    data = payload[at : at + size]
    if len(data) != size:
        raise IndexError
    return data


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for index in range(8):
        byte = data[at + index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    return value << 8 | data[at + 8], at + 9
