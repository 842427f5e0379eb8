"""Model files that are wrong on purpose: one synthetic file and any number of mutations of it.

The same number always gives the same file.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from psylite_desktop.forge.synthetic import SHAPES, write_synthetic

WIDTHS = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
_STRING, _ARRAY = 8, 9
GIANTS = (1 << 31, 1 << 32, 1 << 40, (1 << 63) - 1, 1 << 63, (1 << 64) - 1, 0xFFFFFFFF)
EXTREMES = (0, 1, 2, 3, 7, 255, 4097, 65535, 1 << 20, (1 << 31) - 1, 1 << 31, (1 << 32) - 1)


@dataclass(frozen=True, slots=True)
class Spot:
    """A number in a header: where it stands, how wide it is, what it means."""

    kind: str
    at: int
    width: int


@dataclass(frozen=True, slots=True)
class Base:
    """A sound file with the places of all its numbers, of its entries and its data."""

    data: bytes
    spots: tuple[Spot, ...]
    entries: tuple[tuple[int, int], ...]
    """Begin and end of each key with its value."""
    data_start: int

    def of(self, *kinds: str) -> list[Spot]:
        """Spots of these kinds."""
        return [spot for spot in self.spots if spot.kind in kinds]


def make_base(path: Path) -> Base:
    """Write the sound file to `path` and take it apart."""
    shape = replace(SHAPES["mini"], layers=1, feed_forward=256, vocabulary=600, context=256)
    write_synthetic(shape, path, name="base")
    return _taken_apart(path.read_bytes())


def mutated(base: Base, number: int) -> tuple[str, bytes]:
    """Mutation `number`: its name and the file."""
    rng = random.Random(f"gguf-{number}")
    name, mutate = MUTATIONS[number % len(MUTATIONS)]
    return name, mutate(base, rng)


def _taken_apart(data: bytes) -> Base:
    walk = _Walk(data)
    walk.spot("tensor_count", 8, 8)
    keys = walk.spot("key_count", 16, 8)
    tensors = struct.unpack_from("<Q", data, 8)[0]
    walk.at = 24
    entries = [walk.entry() for _ in range(keys)]
    for _ in range(tensors):
        walk.tensor()
    return Base(data, tuple(walk.spots), tuple(entries), -(-walk.at // 32) * 32)


class _Walk:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.spots: list[Spot] = []

    def spot(self, kind: str, at: int, width: int) -> int:
        self.spots.append(Spot(kind, at, width))
        return int.from_bytes(self.data[at : at + width], "little")

    def number(self, kind: str, width: int) -> int:
        value = self.spot(kind, self.at, width)
        self.at += width
        return value

    def text(self, kind: str) -> None:
        length = self.number("length", 8)
        self.spots.append(Spot(kind, self.at, length))
        self.at += length

    def entry(self) -> tuple[int, int]:
        begin = self.at
        self.text("key")
        kind = self.number("type", 4)
        if kind == _STRING:
            self.text("text")
        elif kind == _ARRAY:
            inner = self.number("type", 4)
            count = self.number("count", 8)
            for _ in range(count):
                if inner == _STRING:
                    self.text("word")
                else:
                    self.number("element", WIDTHS[inner])
        else:
            self.number("value", WIDTHS[kind])
        return begin, self.at

    def tensor(self) -> None:
        self.text("tensor_name")
        for _ in range(self.number("dimensions", 4)):
            self.number("dimension", 8)
        self.number("tensor_type", 4)
        self.number("offset", 8)


def _put(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


def _number(base: Base, spot: Spot, value: int) -> bytes:
    mask = (1 << 8 * spot.width) - 1
    return _put(base.data, spot.at, (value & mask).to_bytes(spot.width, "little"))


def _flips(base: Base, rng: random.Random) -> bytes:
    data = bytearray(base.data)
    for _ in range(rng.randint(1, 8)):
        data[rng.randrange(base.data_start)] ^= 1 << rng.randrange(8)
    return bytes(data)


def _truncated(base: Base, rng: random.Random) -> bytes:
    most = base.data_start if rng.random() < 0.7 else len(base.data)
    return base.data[: rng.randrange(most)]


def _giant_length(base: Base, rng: random.Random) -> bytes:
    return _number(base, rng.choice(base.of("length", "count")), rng.choice(GIANTS))


def _wrong_type(base: Base, rng: random.Random) -> bytes:
    return _number(base, rng.choice(base.of("type")), rng.randrange(16))


def _counts(base: Base, rng: random.Random) -> bytes:
    value = rng.choice((*GIANTS, *EXTREMES))
    return _number(base, rng.choice(base.of("tensor_count", "key_count", "dimensions")), value)


def _duplicated(base: Base, rng: random.Random) -> bytes:
    begin, end = rng.choice(base.entries)
    keys = struct.unpack_from("<Q", base.data, 16)[0]
    data = _put(base.data, 16, struct.pack("<Q", keys + 1))
    longer = data[:end] + data[begin:end] + data[end : base.data_start].rstrip(b"\0")
    return longer.ljust(-(-len(longer) // 32) * 32, b"\0") + data[base.data_start :]


def _offsets(base: Base, rng: random.Random) -> bytes:
    value = rng.choice((*GIANTS, 1, 31, 32, 64, 4096, rng.randrange(len(base.data))))
    return _number(base, rng.choice(base.of("offset")), value)


def _shapes(base: Base, rng: random.Random) -> bytes:
    spot = rng.choice(base.of("dimension", "tensor_type"))
    if spot.kind == "tensor_type":
        return _number(base, spot, rng.randrange(42))
    now = int.from_bytes(base.data[spot.at : spot.at + 8], "little")
    return _number(base, spot, rng.choice((*GIANTS, 0, now * 2, now // 2, now + 32, now - 1)))


def _values(base: Base, rng: random.Random) -> bytes:
    spot = rng.choice(base.of("value"))
    return _number(base, spot, rng.choice((*EXTREMES, rng.randrange(1 << 32), 0x7FC00000)))


def _elements(base: Base, rng: random.Random) -> bytes:
    return _number(base, rng.choice(base.of("element")), rng.choice((*EXTREMES, 4, 5, 6)))


def _words(base: Base, rng: random.Random) -> bytes:
    spots = [spot for spot in base.of("word", "text", "key", "tensor_name") if spot.width]
    spot = rng.choice(spots if rng.random() < 0.3 else [s for s in spots if s.kind == "word"])
    new = rng.choice((b"a", b"\0", b"\xff", b" ", b"\xe6")) * spot.width
    return _put(base.data, spot.at, new)


def _garbage(base: Base, rng: random.Random) -> bytes:
    at = rng.randrange(base.data_start if rng.random() < 0.5 else len(base.data))
    return _put(base.data, at, rng.randbytes(rng.randint(1, 64)))[: len(base.data)]


def _weights(base: Base, rng: random.Random) -> bytes:
    at = rng.randrange(base.data_start, len(base.data) - 4096)
    return _put(base.data, at, rng.choice((b"\xff", b"\x7c", b"\0")) * rng.randint(1, 4096))


MUTATIONS: tuple[tuple[str, Callable[[Base, random.Random], bytes]], ...] = (
    ("flips", _flips),
    ("truncated", _truncated),
    ("giant_length", _giant_length),
    ("wrong_type", _wrong_type),
    ("counts", _counts),
    ("duplicated", _duplicated),
    ("offsets", _offsets),
    ("shapes", _shapes),
    ("values", _values),
    ("elements", _elements),
    ("words", _words),
    ("garbage", _garbage),
    ("weights", _weights),
)
