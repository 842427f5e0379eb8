"""The mark of the embedder changes with its files and with nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.host.embedder_mark import embedder_mark


def _folder(place: Path, model: bytes) -> Path:
    place.mkdir()
    (place / "model.safetensors").write_bytes(model)
    (place / "tokenizer.json").write_bytes(b"{}")
    return place


def test_it_names_the_files(tmp_path: Path) -> None:
    one, same, other = (
        embedder_mark(_folder(tmp_path / name, body))
        for name, body in (("a", b"1"), ("b", b"1"), ("c", b"2"))
    )
    assert one == same != other


def test_without_an_embedder_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(EngineError) as caught:
        embedder_mark(tmp_path)
    assert caught.value.code == "retrieval_failed"
