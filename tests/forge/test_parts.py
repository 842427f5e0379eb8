"""Files in parts: what was split is what is joined, and nothing else is let through."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psylite_desktop.forge.__main__ import main
from psylite_desktop.forge.parts import INDEX, PART_BYTES, PartsError, join_parts, split_file


def split(folder: Path, data: bytes, size: int = 7) -> Path:
    source = folder / "model.gguf"
    source.write_bytes(data)
    split_file(source, folder / "parts", part_bytes=size)
    return folder / "parts"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.binary(max_size=200), size=st.integers(1, 64))
def test_any_bytes_survive(tmp_path: Path, data: bytes, size: int) -> None:
    parts = split(tmp_path, data, size)
    assert join_parts(parts, tmp_path / "joined") == len(data)
    assert (tmp_path / "joined").read_bytes() == data
    assert all(path.stat().st_size <= size for path in parts.glob("part-*.bin"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(data=st.binary(min_size=1, max_size=60), place=st.integers(0, 59))
def test_a_changed_byte_is_found(tmp_path: Path, data: bytes, place: int) -> None:
    parts = split(tmp_path, data)
    place %= len(data)
    victim = parts / f"part-{place // 7:02d}.bin"
    damaged = bytearray(victim.read_bytes())
    damaged[place % 7] ^= 1
    victim.write_bytes(bytes(damaged))
    with pytest.raises(PartsError):
        join_parts(parts, tmp_path / "broken")
    assert not list(tmp_path.glob("broken*"))


def test_missing_and_foreign_parts_are_refused(tmp_path: Path) -> None:
    parts = split(tmp_path, b"twenty bytes or so..")
    target = tmp_path / "joined"
    index = json.loads((parts / INDEX).read_text("utf-8"))
    for changed in (
        index | {"parts": index["parts"][:-1]},
        index | {"parts": index["parts"][::-1]},
        index | {"parts": [{"name": "../model.gguf", "sha256": index["sha256"]}]},
        {"parts": "none"},
        [],
    ):
        (parts / INDEX).write_text(json.dumps(changed), "utf-8")
        with pytest.raises(PartsError):
            join_parts(parts, target)
    (parts / INDEX).unlink()
    with pytest.raises(PartsError):
        join_parts(parts, target)
    assert not target.exists()


def test_a_shorter_file_leaves_no_parts_of_the_one_before(tmp_path: Path) -> None:
    split(tmp_path, b"x" * 30)
    parts = split(tmp_path, b"y" * 10)
    assert len(list(parts.glob("part-*.bin"))) == 2


def test_the_command_joins_and_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = split(tmp_path, b"a model")
    assert main(["join", str(parts), "--out", str(tmp_path / "joined")]) == 0
    (parts / "part-00.bin").unlink()
    assert main(["join", str(parts), "--out", str(tmp_path / "again")]) == 2
    assert "part-00.bin is missing" in capsys.readouterr().err


def test_a_part_may_be_carried_back_where_16_mb_may() -> None:
    assert PART_BYTES < 16_000_000
