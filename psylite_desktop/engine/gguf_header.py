"""Reading of a GGUF header in pure Python, with a bound on everything that a file can ask for.

The format: github.com/ggml-org/ggml/blob/master/docs/gguf.md (versions 2 and 3, little-endian).
The bounds: published heap overflows of native readers (CVE-2024-21802, CVE-2024-23605,
CVE-2025-53630, CVE-2026-33298) start with counts, lengths or shapes that this module refuses.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

from psylite_desktop.domain.errors import ModelFileError

MAX_KEYS = 10_000
MAX_TENSORS = 100_000
MAX_STRING = 1 << 20
MAX_HEADER = 64 << 20
"""Bytes; the largest published vocabulary (262 k words with merges) needs about 15 MB."""
MAX_NAME = 63
"""Bytes of a tensor name; llama.cpp keeps 64 with the closing zero."""

_READ_STEP = 1 << 20
_SCALARS = {
    0: "<B",
    1: "<b",
    2: "<H",
    3: "<h",
    4: "<I",
    5: "<i",
    6: "<f",
    7: "<?",
    10: "<Q",
    11: "<q",
    12: "<d",
}
_STRING, _ARRAY = 8, 9

_BLOCKS = {
    0: (1, 4, "F32"),
    1: (1, 2, "F16"),
    2: (32, 18, "Q4_0"),
    3: (32, 20, "Q4_1"),
    6: (32, 22, "Q5_0"),
    7: (32, 24, "Q5_1"),
    8: (32, 34, "Q8_0"),
    9: (32, 36, "Q8_1"),
    10: (256, 84, "Q2_K"),
    11: (256, 110, "Q3_K"),
    12: (256, 144, "Q4_K"),
    13: (256, 176, "Q5_K"),
    14: (256, 210, "Q6_K"),
    15: (256, 292, "Q8_K"),
    16: (256, 66, "IQ2_XXS"),
    17: (256, 74, "IQ2_XS"),
    18: (256, 98, "IQ3_XXS"),
    19: (256, 50, "IQ1_S"),
    20: (32, 18, "IQ4_NL"),
    21: (256, 110, "IQ3_S"),
    22: (256, 82, "IQ2_S"),
    23: (256, 136, "IQ4_XS"),
    24: (1, 1, "I8"),
    25: (1, 2, "I16"),
    26: (1, 4, "I32"),
    27: (1, 8, "I64"),
    28: (1, 8, "F64"),
    29: (256, 56, "IQ1_M"),
    30: (1, 2, "BF16"),
    34: (256, 54, "TQ1_0"),
    35: (256, 66, "TQ2_0"),
    39: (32, 17, "MXFP4"),
}
"""Number of a tensor type -> elements a block, bytes a block, name (ggml type traits)."""


@dataclass(frozen=True, slots=True)
class ArrayValue:
    """An array of the header, skipped: `kind` is the GGUF type of its `count` elements.

    `marked` holds those of the sought words that stand in an array of strings.
    """

    kind: int
    count: int
    marked: frozenset[bytes] = frozenset()


Value = str | int | float | bool | ArrayValue


@dataclass(frozen=True, slots=True)
class TensorShape:
    """One tensor: its element count, its size in bytes and where it starts in the data part."""

    name: str
    type_name: str
    elements: int
    size: int
    offset: int


@dataclass(frozen=True, slots=True)
class Header:
    """Everything before the tensor data; `data_start` and `file_size` in bytes."""

    version: int
    values: dict[str, Value]
    tensors: tuple[TensorShape, ...]
    data_start: int
    file_size: int


class _Cursor:
    """Reads forward through a file in large steps; every read is checked against its end."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size
        self._data = bytearray()
        self.at = 0

    def need(self, count: int) -> int:
        """Make `count` more bytes available; return where they start in `data`."""
        start = self.at
        end = start + count
        if end > len(self._data):
            if end > self._size:
                raise ModelFileError("model_truncated", size=self._size)
            if end > MAX_HEADER:
                raise ModelFileError("model_malformed", reason="header_size")
            wanted = min(max(end, len(self._data) + _READ_STEP), self._size)
            self._data += self._file.read(wanted - len(self._data))
            if end > len(self._data):  # the file shrank while it was read
                raise ModelFileError("model_truncated", size=self._size)
        self.at = end
        return start

    def scalar(self, code: str) -> int | float | bool:
        start = self.need(struct.calcsize(code))
        value: int | float | bool = struct.unpack_from(code, self._data, start)[0]
        return value

    def integer(self, code: str) -> int:
        return int(self.scalar(code))

    def raw_string(self, limit: int = MAX_STRING) -> bytes:
        length = self.integer("<Q")
        if length > limit:
            raise ModelFileError("model_malformed", reason="string_length")
        start = self.need(length)
        return bytes(self._data[start : start + length])

    def string(self, limit: int = MAX_STRING) -> str:
        try:
            return self.raw_string(limit).decode("utf-8")
        except UnicodeDecodeError:
            raise ModelFileError("model_malformed", reason="string_encoding") from None

    def remaining(self) -> int:
        return self._size - self.at

    def skip_strings(self, count: int, sought: frozenset[bytes]) -> frozenset[bytes]:
        """Walk over `count` strings; return the sought ones among them."""
        lengths = {len(word) for word in sought}
        found = set()
        for _ in range(count):
            start = self.need(8)
            length = int.from_bytes(self._data[start : start + 8], "little")
            if length > MAX_STRING:
                raise ModelFileError("model_malformed", reason="string_length")
            start = self.need(length)
            if length in lengths:
                word = bytes(self._data[start : start + length])
                if word in sought:
                    found.add(word)
        return frozenset(found)


def read_header(file: BinaryIO, size: int, *, sought: frozenset[bytes] = frozenset()) -> Header:
    """Read and check the header of an open GGUF file of `size` bytes.

    `sought` are words looked for in arrays of strings (special tokens of a vocabulary).
    Raises ModelFileError; never reads more than `MAX_HEADER` bytes.
    """
    if size == 0:
        raise ModelFileError("model_empty")
    cursor = _Cursor(file, size)
    if size < 4 or bytes(file.read(4)) != b"GGUF":
        raise ModelFileError("model_not_gguf")
    file.seek(0)
    cursor.need(4)
    version = cursor.integer("<I")
    if version not in (2, 3):
        raise ModelFileError("model_version", version=version)
    tensor_count = cursor.integer("<Q")
    key_count = cursor.integer("<Q")
    if key_count > MAX_KEYS or tensor_count > MAX_TENSORS:
        raise ModelFileError("model_malformed", reason="counts")
    values = _read_values(cursor, key_count, sought)
    tensors = tuple(_read_tensor(cursor) for _ in range(tensor_count))
    if len({tensor.name for tensor in tensors}) != tensor_count:
        raise ModelFileError("model_malformed", reason="duplicate_tensor")
    data_start = _check_layout(values, tensors, header_end=cursor.at, size=size)
    return Header(version, values, tensors, data_start, size)


def _read_values(cursor: _Cursor, count: int, sought: frozenset[bytes]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for _ in range(count):
        key = cursor.string()
        if not key or key in values:
            raise ModelFileError("model_malformed", reason="key")
        values[key] = _read_value(cursor, cursor.integer("<I"), sought)
    return values


def _read_value(cursor: _Cursor, kind: int, sought: frozenset[bytes]) -> Value:
    if kind == _STRING:
        return cursor.string()
    if kind == _ARRAY:
        return _read_array(cursor, sought)
    if kind not in _SCALARS:
        raise ModelFileError("model_malformed", reason="value_type")
    return cursor.scalar(_SCALARS[kind])


def _read_array(cursor: _Cursor, sought: frozenset[bytes]) -> ArrayValue:
    kind = cursor.integer("<I")
    count = cursor.integer("<Q")
    if kind == _STRING:
        if count > cursor.remaining() // 8:
            raise ModelFileError("model_truncated", size=cursor.at + cursor.remaining())
        return ArrayValue(kind, count, cursor.skip_strings(count, sought))
    if kind not in _SCALARS:  # arrays of arrays are in the format, but no model needs them
        raise ModelFileError("model_malformed", reason="value_type")
    cursor.need(count * struct.calcsize(_SCALARS[kind]))
    return ArrayValue(kind, count)


def _read_tensor(cursor: _Cursor) -> TensorShape:
    name = cursor.string(MAX_NAME)
    dimensions = cursor.integer("<I")
    if dimensions > 4:
        raise ModelFileError("model_malformed", reason="dimensions")
    shape = [cursor.integer("<Q") for _ in range(dimensions)]
    kind = cursor.integer("<I")
    offset = cursor.integer("<Q")
    if kind not in _BLOCKS:
        raise ModelFileError("model_unsupported", reason="tensor_type")
    elements = 1
    for length in shape:
        elements *= length
    if elements == 0 or elements >= 1 << 63 or max(shape, default=1) >= 1 << 63:
        raise ModelFileError("model_malformed", reason="shape")
    block, block_size, type_name = _BLOCKS[kind]
    if (shape[0] if shape else 1) % block:
        raise ModelFileError("model_malformed", reason="shape")
    return TensorShape(name, type_name, elements, elements // block * block_size, offset)


def _check_layout(
    values: dict[str, Value], tensors: tuple[TensorShape, ...], *, header_end: int, size: int
) -> int:
    """Check alignment, offsets and sizes; return where the tensor data start."""
    alignment = values.get("general.alignment", 32)
    if isinstance(alignment, bool) or not isinstance(alignment, int):
        raise ModelFileError("model_malformed", reason="alignment")
    if not 8 <= alignment <= 4096 or alignment & (alignment - 1):
        raise ModelFileError("model_malformed", reason="alignment")

    def padded(count: int) -> int:
        return -(-count // alignment) * alignment

    data_start = padded(header_end)
    expected = 0
    for tensor in tensors:  # llama.cpp asks for the same: each tensor right after the last
        if tensor.offset != expected:
            raise ModelFileError("model_malformed", reason="offsets")
        expected += padded(tensor.size)
    if tensors and data_start + tensors[-1].offset + tensors[-1].size > size:
        needed = data_start + tensors[-1].offset + tensors[-1].size
        raise ModelFileError("model_truncated", size=size, needed=needed)
    return data_start
