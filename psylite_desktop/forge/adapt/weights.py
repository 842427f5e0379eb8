"""Weights in safetensors files, read a tensor at a time and written in shards, with torch alone.

Format: https://github.com/huggingface/safetensors#format - the length of a JSON header (8 bytes,
little end first), the header, the tensors without gaps.
"""

from __future__ import annotations

import json
import math
import mmap
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

SHARD_BYTES = 4_000_000_000
INDEX = "model.safetensors.index.json"
WHOLE = "model.safetensors"
_WIDTHS = {"F32": 4, "F16": 2, "BF16": 2}
_LONGEST_HEADER = 100_000_000


class Weights(Protocol):
    """Named tensors that are read when they are asked for."""

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Sizes by name, in the order in which they are best read."""
        ...

    def tensor(self, name: str) -> Any:
        """One tensor, a copy on the CPU. Raises KeyError."""
        ...


class SafeTensors:
    """The safetensors files of a folder, or one such file."""

    def __init__(self, path: Path) -> None:
        """Read the headers. Raises OSError, and ValueError if a file is damaged."""
        self._places: dict[str, tuple[Any, int, str, tuple[int, ...]]] = {}
        for file in [path] if path.is_file() else _files(path):
            self._read_header(file)

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Sizes by name."""
        return {name: place[3] for name, place in self._places.items()}

    def tensor(self, name: str) -> Any:
        """One tensor in the file's own number format. Raises KeyError."""
        import torch

        held, start, kind, sizes = self._places[name]
        kinds = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
        count = math.prod(sizes)
        if count == 0:
            return torch.empty(sizes, dtype=kinds[kind])
        flat = torch.frombuffer(held, dtype=kinds[kind], count=count, offset=start)
        return flat.reshape(sizes).clone()

    def _read_header(self, file: Path) -> None:
        size = file.stat().st_size
        with file.open("rb") as handle:
            start = handle.read(8)
            length = struct.unpack("<Q", start)[0] if len(start) == 8 else size
            if length > min(size - 8, _LONGEST_HEADER):
                raise ValueError(f"{file.name} is no safetensors file, or cut off")
            header = json.loads(handle.read(length))
            # Copy on write: torch wants memory that it might write to.
            held = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_COPY)
        for name, entry in header.items():
            if name == "__metadata__":
                continue
            first, last = entry["data_offsets"]
            sizes = tuple(int(number) for number in entry["shape"])
            width = _WIDTHS.get(entry["dtype"])
            if width is None:
                raise ValueError(f"{name} in {file.name} is {entry['dtype']}, not a float format")
            if last - first != width * math.prod(sizes) or 8 + length + last > size:
                raise ValueError(f"{name} in {file.name} does not fit its file")
            self._places[name] = (held, 8 + length + first, entry["dtype"], sizes)


def _files(folder: Path) -> list[Path]:
    index = folder / INDEX
    if index.exists():
        names = json.loads(index.read_text("utf-8"))["weight_map"].values()
        return [folder / name for name in sorted(set(names))]
    if (folder / WHOLE).exists():
        return [folder / WHOLE]
    raise FileNotFoundError(f"no {WHOLE} and no {INDEX} in {folder.name}")


def write_weights(
    weights: Weights,
    folder: Path,
    *,
    kind: str = "BF16",
    shard_bytes: int = SHARD_BYTES,
    progress: Callable[[float], None] = lambda _done: None,
) -> int:
    """Write all tensors as `kind` (F32, F16, BF16) into shards; returns the bytes of the tensors.

    A shard gets its name when it is whole. Raises OSError.
    """
    shards: list[dict[str, tuple[int, ...]]] = [{}]
    filled = total = 0
    for name, sizes in weights.shapes().items():
        size = math.prod(sizes) * _WIDTHS[kind]
        if filled and filled + size > shard_bytes:
            shards.append({})
            filled = 0
        shards[-1][name] = sizes
        filled, total = filled + size, total + size
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    placed: dict[str, str] = {}
    for number, shard in enumerate(shards, start=1):
        name = WHOLE if len(shards) == 1 else f"model-{number:05}-of-{len(shards):05}.safetensors"
        written += write_file(weights.tensor, shard, folder / name, kind)
        placed |= dict.fromkeys(shard, name)
        progress(written / max(total, 1))
    if len(shards) > 1:
        index = {"metadata": {"total_size": total}, "weight_map": placed}
        (folder / INDEX).write_text(json.dumps(index, indent=1), "utf-8")
    return total


def write_file(
    read: Callable[[str], Any], sizes: dict[str, tuple[int, ...]], target: Path, kind: str
) -> int:
    """Write one safetensors file, tensor by tensor; returns the bytes of the tensors."""
    import torch

    kinds = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    offset = 0
    for name, size in sizes.items():
        end = offset + math.prod(size) * _WIDTHS[kind]
        header[name] = {"dtype": kind, "shape": list(size), "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    unfinished = target.with_suffix(".new")
    with unfinished.open("wb") as handle:
        handle.write(struct.pack("<Q", len(text)) + text)
        for name in sizes:
            tensor = read(name).to(kinds[kind]).contiguous()
            handle.write(tensor.view(torch.uint8).numpy().tobytes() if tensor.numel() else b"")
    unfinished.replace(target)
    return offset
