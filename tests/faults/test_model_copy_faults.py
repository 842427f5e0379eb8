"""Bringing a model while things go wrong: killed, out of room, the stick pulled out."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from psylite_desktop.domain.errors import ModelFileError
from psylite_desktop.domain.model_files import CopyPhase, CopyStep
from psylite_desktop.engine.fingerprint import model_fingerprint
from psylite_desktop.storage import model_copy
from psylite_desktop.storage.model_copy import INCOMING, ModelCopy, unfinished
from tests.faults.test_disk_full import small_disk

BLOCK = 64 * 1024
SIZE = 20 * BLOCK + 77
STEPS = 2 * SIZE // (BLOCK // 8)
"""What a copy tells: every eighth of a block when it is written and when it is read back."""
ROUNDS = 8
LONG_ROUNDS = 150


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "stick" / "qwen 小.gguf"
    path.parent.mkdir()
    path.write_bytes(random.Random(7).randbytes(SIZE))
    return path


def copier(shelf: Path) -> ModelCopy:
    return ModelCopy(shelf, model_fingerprint, block=BLOCK, margin=0)


def nothing(_step: CopyStep) -> None:
    """Nobody looks."""


def killed_at(source: Path, shelf: Path, steps: int) -> dict[str, Any]:
    """Run a copy in a process of its own and kill it after so many steps; its last words."""
    command = [sys.executable, "-m", "tests.faults.model_copier", str(source), str(shelf)]
    last: dict[str, Any] = {}
    with subprocess.Popen([*command, str(BLOCK)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for number, line in enumerate(process.stdout):
            with contextlib.suppress(json.JSONDecodeError):
                last = json.loads(line)
            if number == steps:
                process.kill()
                break
    return last


def killed_again_and_again(source: Path, shelf: Path, *, seed: int, rounds: int) -> int:
    """Kill copies at random steps; whatever happens, the shelf holds a whole model or none."""
    rng = random.Random(seed)
    wanted = hashlib.sha256(source.read_bytes()).hexdigest()
    done = 0
    for _ in range(rounds):
        last = killed_at(source, shelf, rng.randrange(1, STEPS + 10))
        for model in shelf.glob("*.gguf"):
            assert hashlib.sha256(model.read_bytes()).hexdigest() == wanted
            if last["phase"] == "done":
                done += 1
            model.unlink()
        assert len(unfinished(shelf)) <= 1
    copied = copier(shelf).copy(source, nothing)
    assert copied.sha256 == wanted
    assert copied.path.read_bytes() == source.read_bytes()
    assert unfinished(shelf) == []
    assert {one.name for one in (shelf / INCOMING).iterdir()} <= {"lock"}
    return done


@pytest.mark.parametrize("seed", range(2))
def test_killed_while_copying_a_model(source: Path, tmp_path: Path, seed: int) -> None:
    killed_again_and_again(source, tmp_path / "shelf", seed=seed, rounds=ROUNDS)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_killed_for_a_long_time_while_copying_a_model(source: Path, tmp_path: Path) -> None:
    assert killed_again_and_again(source, tmp_path / "shelf", seed=9, rounds=LONG_ROUNDS) > 0


def test_what_a_killed_copy_left_is_gone_on_with(source: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    last = killed_at(source, shelf, 60)
    assert last["phase"] == "copying"
    copied = copier(shelf).copy(source, nothing)
    assert copied.resumed_at >= last["done"] - 2 * BLOCK
    assert copied.resumed_at > 0


@pytest.mark.skipif(sys.platform != "linux", reason="needs tmpfs")
def test_a_disk_without_room_is_told_before_anything_is_written(
    source: Path, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", kib=1000) as disk:
        with pytest.raises(ModelFileError) as caught:
            copier(disk / "shelf").copy(source, nothing)
        assert caught.value.code == "model_disk_full"
        assert caught.value.facts["needed"] == 2
        left = [one for one in disk.rglob("*.part") if one.stat().st_size]
        assert left == []


@pytest.mark.skipif(sys.platform != "linux", reason="needs tmpfs")
def test_a_disk_that_fills_up_meanwhile_keeps_what_is_there(source: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", kib=2000) as disk:
        shelf, filler = disk / "shelf", disk / "filler"

        def fill(step: CopyStep) -> None:
            if step.phase is CopyPhase.COPYING and step.done > SIZE // 2 and not filler.exists():
                room = os.statvfs(disk)
                with filler.open("wb", buffering=0) as file:
                    os.posix_fallocate(file.fileno(), 0, room.f_bavail * room.f_frsize)

        small = pytest.MonkeyPatch()
        small.setattr(model_copy, "STEP", 10_000)
        with pytest.raises(ModelFileError) as caught:
            copier(shelf).copy(source, fill)
        assert caught.value.code == "model_disk_full"
        assert not list(shelf.glob("*.gguf"))
        filler.unlink()
        copied = copier(shelf).copy(source, nothing)
        small.undo()
        assert copied.resumed_at >= SIZE // 2 - 2 * BLOCK
        assert copied.path.read_bytes() == source.read_bytes()


class PulledOut:
    """A file on a stick that is pulled out after so many bytes."""

    def __init__(self, file: BinaryIO, left: int) -> None:
        self._file = file
        self._left = left

    def read(self, count: int) -> bytes:
        if self._left <= 0:
            raise OSError(errno.EIO, "Input/output error")
        data = self._file.read(min(count, self._left))
        self._left -= len(data)
        return data

    def seek(self, place: int) -> int:
        return self._file.seek(place)

    def fileno(self) -> int:
        return self._file.fileno()


@pytest.mark.parametrize("after", [0, 1, BLOCK - 1, BLOCK, 5 * BLOCK + 3, SIZE - 1])
def test_a_stick_that_is_pulled_out_goes_on_later(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    shelf = tmp_path / "shelf"
    real: Callable[[Path], Any] = model_copy._opened_source

    @contextlib.contextmanager
    def opened(path: Path) -> Iterator[PulledOut]:
        with real(path) as file:
            yield PulledOut(file, after)

    monkeypatch.setattr(model_copy, "_opened_source", opened)
    with pytest.raises(ModelFileError) as caught:
        copier(shelf).copy(source, nothing)
    assert caught.value.code == "model_source_gone"
    assert not list(shelf.glob("*.gguf"))
    monkeypatch.undo()
    moved = source.rename(source.with_name("away"))
    with pytest.raises(ModelFileError) as caught:
        copier(shelf).copy(source, nothing)
    assert caught.value.code == "model_source_gone"
    assert [one.name for one in unfinished(shelf)] == [source.name]
    moved.rename(source)
    copied = copier(shelf).copy(source, nothing)
    assert copied.resumed_at == after // BLOCK * BLOCK
    assert copied.path.read_bytes() == source.read_bytes()


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs RLIMIT_FSIZE")
def test_a_file_system_that_takes_no_large_files_is_named(source: Path, tmp_path: Path) -> None:
    code = (
        "import resource, signal, runpy, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({SIZE // 2},) * 2);"
        "runpy.run_module('tests.faults.model_copier', run_name='__main__')"
    )
    arguments = [str(source), str(tmp_path / "shelf"), str(BLOCK)]
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    last = json.loads(ran.stdout.splitlines()[-1])
    assert last["code"] == "model_too_big_for_disk"
    assert not list((tmp_path / "shelf").glob("*.gguf"))
