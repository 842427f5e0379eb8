"""Safetensors files: read as written, in shards, damage named."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest

from psylite_desktop.forge.adapt.weights import INDEX, SafeTensors, write_file, write_weights

pytestmark = [pytest.mark.ci, pytest.mark.filterwarnings("ignore")]


class Held:
    def __init__(self, tensors: dict[str, Any]) -> None:
        self.tensors = tensors

    def shapes(self) -> dict[str, tuple[int, ...]]:
        return {name: tuple(tensor.shape) for name, tensor in self.tensors.items()}

    def tensor(self, name: str) -> Any:
        return self.tensors[name]


def some() -> Held:
    torch = pytest.importorskip("torch")
    chance = torch.Generator().manual_seed(1)
    sizes = {"a": (3, 5), "b": (7,), "c": (2, 2, 2), "none": (0, 4)}
    return Held({name: torch.randn(size, generator=chance) for name, size in sizes.items()})


@pytest.mark.parametrize("kind", ["F32", "F16", "BF16"])
def test_tensors_come_back(kind: str, tmp_path: Path) -> None:
    held = some()
    import torch

    kinds = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
    write_weights(held, tmp_path, kind=kind)
    found = SafeTensors(tmp_path)
    assert found.shapes() == held.shapes()
    for name, tensor in held.tensors.items():
        assert torch.equal(found.tensor(name), tensor.to(kinds[kind]))


def test_the_public_library_reads_and_writes_the_same(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    library = pytest.importorskip("safetensors.torch")
    held = some()
    write_weights(held, tmp_path, kind="F32")
    theirs = library.load_file(tmp_path / "model.safetensors")
    assert all(torch.equal(theirs[name], tensor) for name, tensor in held.tensors.items())
    library.save_file(held.tensors, tmp_path / "theirs.safetensors")
    ours = SafeTensors(tmp_path / "theirs.safetensors")
    assert all(torch.equal(ours.tensor(name), tensor) for name, tensor in held.tensors.items())


def test_large_ones_are_written_in_shards(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    held = some()
    total = write_weights(held, tmp_path, kind="F32", shard_bytes=64)
    index = json.loads((tmp_path / INDEX).read_text("utf-8"))
    assert index["metadata"]["total_size"] == total == 4 * (15 + 7 + 8)
    assert len(list(tmp_path.glob("*.safetensors"))) == len(set(index["weight_map"].values())) > 1
    found = SafeTensors(tmp_path)
    assert all(torch.equal(found.tensor(name), tensor) for name, tensor in held.tensors.items())


def test_damage_is_named(tmp_path: Path) -> None:
    held = some()
    path = tmp_path / "model.safetensors"
    write_file(held.tensor, held.shapes(), path, "F32")
    whole = path.read_bytes()
    for data, words in (
        (whole[:-8], "does not fit"),
        (whole[:20], "cut off"),
        (b"GGUF", "cut off"),
        (whole.replace(b'"F32"', b'"I64"'), "not a float"),
        (struct.pack("<Q", 1 << 60) + whole[8:], "cut off"),
    ):
        path.write_bytes(data)
        with pytest.raises(ValueError, match=words):
            SafeTensors(tmp_path)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        SafeTensors(tmp_path)
