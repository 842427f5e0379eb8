"""A writer of GGUF files, version 3, without any library but NumPy; float16, float32 and q8_0.

Machines that train have torch and little else: the public `gguf` package is only the tests' judge.
Source: ggml/docs/gguf.md; block_q8_0 in ggml-common.h, quantize_row_q8_0_ref in ggml-quants.c.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAGIC = b"GGUF"
VERSION = 3
ALIGNMENT = 32
Q8_0_BLOCK = 32
QUANTIZATION_VERSION = 2  # of the layouts of quantised blocks
FILE_TYPES = {"f16": 1, "q8_0": 7}  # llama_ftype
TENSOR_TYPES = {"f32": 0, "f16": 1, "q5_0": 6, "q8_0": 8, "q4_k": 12, "q6_k": 14}  # ggml_type

# gguf_metadata_value_type
_UINT32, _INT32, _FLOAT32, _BOOL, _STRING, _ARRAY = 4, 5, 6, 7, 8, 9
_PLAIN = {_UINT32: "<I", _INT32: "<i", _FLOAT32: "<f", _BOOL: "<?"}


def quantise_q8_0(weight: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Bytes of q8_0 blocks [rows, columns / 32 * 34]: a float16 scale and 32 int8 each.

    Raises ValueError if the rows are no multiple of 32 long.
    """
    import numpy as np

    rows, columns = weight.shape
    if columns % Q8_0_BLOCK:
        raise ValueError(f"rows of {columns} cannot be cut into blocks of {Q8_0_BLOCK}")
    blocks = weight.astype(np.float32).reshape(-1, Q8_0_BLOCK)
    scale = np.abs(blocks).max(axis=1, keepdims=True) / 127.0
    inverse = np.divide(1.0, scale, out=np.zeros_like(scale), where=scale > 0)
    scaled = blocks * inverse
    # C's roundf: halves go away from zero, where NumPy's round goes to even.
    whole = np.trunc(scaled + np.copysign(np.float32(0.5), scaled)).astype(np.int8)
    packed = np.concatenate([scale.astype("<f2").view(np.uint8), whole.view(np.uint8)], axis=1)
    return packed.reshape(rows, -1)


Pieces = Callable[[], Iterable[bytes]]
"""Makes the bytes of a tensor when they are written, piece by piece."""


class GgufFile:
    """Collects metadata and tensors; `write` makes the file."""

    def __init__(self, architecture: str) -> None:
        self._architecture = architecture
        self._values: list[bytes] = []
        self._tensors: list[tuple[str, tuple[int, ...], str, int, Pieces]] = []
        self.text("general.architecture", architecture)

    def text(self, key: str, value: str) -> None:
        """Add a string."""
        self._add(key, _STRING, _string(value))

    def number(self, key: str, value: int | float) -> None:
        """Add a uint32, or a float32 for a Python float; `{arch}` stands for the architecture."""
        kind = _FLOAT32 if isinstance(value, float) else _UINT32
        self._add(key, kind, struct.pack(_PLAIN[kind], value))

    def switch(self, key: str, *, value: bool) -> None:
        """Add a truth value."""
        self._add(key, _BOOL, struct.pack("<?", value))

    def texts(self, key: str, values: list[str]) -> None:
        """Add an array of strings."""
        self._add(key, _ARRAY, _array(_STRING, [_string(value) for value in values]))

    def integers(self, key: str, values: list[int]) -> None:
        """Add an array of int32."""
        self._add(key, _ARRAY, _array(_INT32, [struct.pack("<i", value) for value in values]))

    def floats(self, key: str, values: list[float]) -> None:
        """Add an array of float32."""
        self._add(key, _ARRAY, _array(_FLOAT32, [struct.pack("<f", value) for value in values]))

    def tensor(self, name: str, weight: NDArray[np.float32], kind: str) -> None:
        """Add a tensor [rows, columns] or [columns] as "f32", "f16" or "q8_0"."""
        import numpy as np

        data: Any = weight
        if kind == "q8_0":
            data = quantise_q8_0(weight)
        else:
            data = weight.astype("<f2" if kind == "f16" else "<f4")
        held = np.ascontiguousarray(data).tobytes()
        self.later(name, weight.shape, kind, size=len(held), pieces=lambda: (held,))

    def later(
        self, name: str, shape: tuple[int, ...], kind: str, *, size: int, pieces: Pieces
    ) -> None:
        """Add a tensor of `size` bytes that are made only while the file is written."""
        self._tensors.append((name, shape, kind, size, pieces))

    def write(self, target: Path) -> int:
        """Write the file and return its size in bytes.

        Raises OSError, and ValueError if a tensor's pieces are not of the size that was said.
        """
        head = [MAGIC, struct.pack("<IQQ", VERSION, len(self._tensors), len(self._values))]
        head += self._values
        offset = 0
        for name, shape, kind, size, _ in self._tensors:
            # GGUF counts the fastest dimension first.
            sizes = b"".join(struct.pack("<Q", length) for length in reversed(shape))
            head += [_string(name), struct.pack("<I", len(shape)), sizes]
            head.append(struct.pack("<IQ", TENSOR_TYPES[kind], offset))
            offset += size + _gap(size)
        header = b"".join(head)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as handle:
            handle.write(header + bytes(_gap(len(header))))
            for name, _, _, size, pieces in self._tensors:
                if sum(handle.write(piece) for piece in pieces()) != size:
                    raise ValueError(f"tensor {name} is not of {size} bytes")
                handle.write(bytes(_gap(size)))
        return target.stat().st_size

    def _add(self, key: str, kind: int, value: bytes) -> None:
        name = key.replace("{arch}", self._architecture)
        self._values.append(_string(name) + struct.pack("<I", kind) + value)


def _gap(size: int) -> int:
    """Bytes to the next aligned place."""
    return -size % ALIGNMENT


def _string(text: str) -> bytes:
    data = text.encode("utf-8")
    return struct.pack("<Q", len(data)) + data


def _array(kind: int, items: list[bytes]) -> bytes:
    return struct.pack("<IQ", kind, len(items)) + b"".join(items)
