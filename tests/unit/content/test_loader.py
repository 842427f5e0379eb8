"""Reading content: what is wrong and where is said; what the file says is not."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from psylite_desktop.content.loader import read_json_lines, read_toml
from psylite_desktop.domain.errors import InputError


class Item(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    size: int = 0


def written(tmp_path: Path, name: str, body: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(body)
    return path


def test_reads_toml(tmp_path: Path) -> None:
    assert read_toml(written(tmp_path, "a.toml", b'id = "x"\nsize = 3\n'), Item) == Item("x", 3)


def test_reads_json_lines_and_skips_empty_ones(tmp_path: Path) -> None:
    path = written(tmp_path, "a.jsonl", b'{"id": "x"}\n\n{"id": "y", "size": 2}\n')
    assert read_json_lines(path, Item) == [Item("x"), Item("y", 2)]


@pytest.mark.parametrize(
    ("name", "body", "where"),
    [
        ("a.toml", b"id = ", ""),
        ("a.toml", b"size = 1\n", "$"),
        ("a.toml", b'id = "x"\nsize = "hello"\n', "$.size"),
        ("a.toml", b'id = "x"\nother = 1\n', "$"),
        ("a.toml", b"\xff\xfe", ""),
        ("a.jsonl", b'{"id": "x"}\n{"id": 3}\n', "line 2 $.id"),
        ("a.jsonl", b'{"id": "x"}\n{"id"\n', "line 2"),
    ],
)
def test_names_file_and_place(tmp_path: Path, name: str, body: bytes, where: str) -> None:
    path = written(tmp_path, name, body)
    read = read_toml if name.endswith(".toml") else read_json_lines
    with pytest.raises(InputError) as caught:
        read(path, Item)
    assert caught.value.code == "content_invalid"
    assert str(caught.value.facts["file"]).endswith(name)
    assert caught.value.facts["where"] == where
    assert caught.value.facts["reason"]
    assert "hello" not in str(caught.value.facts)


def test_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_toml(tmp_path / "none.toml", Item)
    assert caught.value.code == "content_invalid"
