"""Copying a model: whole or not under its name, gone on with, and never over another file."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.errors import ModelFileError
from psylite_desktop.domain.model_files import CopyPhase, CopyStep
from psylite_desktop.engine.fingerprint import model_fingerprint
from psylite_desktop.storage import model_copy
from psylite_desktop.storage.durable_file import FileLock
from psylite_desktop.storage.model_copy import INCOMING, ModelCopy, unfinished
from psylite_desktop.storage.model_names import MOST_BYTES, free_name, shelf_name

BLOCK = 4096
SIZE = 10 * BLOCK + 123


class PulledOutError(Exception):
    """Stands for the end of the process."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "stick" / "小模型 é.gguf"
    path.parent.mkdir()
    path.write_bytes(os.urandom(SIZE))
    return path


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "shelf"


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_copy, "STEP", 1000)


def copier(shelf: Path) -> ModelCopy:
    return ModelCopy(shelf, model_fingerprint, block=BLOCK, margin=0)


def nothing(_step: CopyStep) -> None:
    """Nobody looks."""


def ends_at(done: int) -> Callable[[CopyStep], None]:
    def tell(step: CopyStep) -> None:
        if step.phase is CopyPhase.COPYING and step.done >= done:
            raise PulledOutError

    return tell


def test_a_copy_is_whole_and_alone(source: Path, shelf: Path) -> None:
    steps: list[CopyStep] = []
    copied = copier(shelf).copy(source, steps.append)
    assert copied.path == shelf / "小模型 é.gguf"
    assert copied.path.read_bytes() == source.read_bytes()
    assert copied.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert [one.name for one in (shelf / INCOMING).iterdir()] == ["lock"]
    assert {step.phase for step in steps} == {CopyPhase.COPYING, CopyPhase.VERIFYING}
    assert all(0 < step.done <= step.total == SIZE for step in steps)


def test_a_second_attempt_goes_on(source: Path, shelf: Path) -> None:
    with pytest.raises(PulledOutError):
        copier(shelf).copy(source, ends_at(5 * BLOCK + 10))
    assert not list(shelf.glob("*.gguf"))
    [left] = unfinished(shelf)
    assert (left.name, left.total, left.source) == (source.name, SIZE, source)
    steps: list[CopyStep] = []
    copied = copier(shelf).copy(source, steps.append)
    assert copied.resumed_at == 5 * BLOCK
    assert copied.path.read_bytes() == source.read_bytes()
    first = next(step for step in steps if step.phase is CopyPhase.COPYING)
    assert first.done > 5 * BLOCK
    assert unfinished(shelf) == []


def test_what_was_damaged_meanwhile_is_copied_again(source: Path, shelf: Path) -> None:
    with pytest.raises(PulledOutError):
        copier(shelf).copy(source, ends_at(6 * BLOCK + 10))
    [part] = (shelf / INCOMING).glob("*.part")
    data = bytearray(part.read_bytes())
    data[2 * BLOCK + 7] ^= 1
    part.write_bytes(data)
    copied = copier(shelf).copy(source, nothing)
    assert copied.resumed_at == 2 * BLOCK
    assert copied.path.read_bytes() == source.read_bytes()


@pytest.mark.parametrize("cut", [1, 30, 64, 65, 66, 200])
def test_a_torn_log_costs_blocks_and_nothing_else(source: Path, shelf: Path, cut: int) -> None:
    with pytest.raises(PulledOutError):
        copier(shelf).copy(source, ends_at(6 * BLOCK + 10))
    [log] = (shelf / INCOMING).glob("*.log")
    log.write_bytes(log.read_bytes()[:-cut])
    copied = copier(shelf).copy(source, nothing)
    assert copied.path.read_bytes() == source.read_bytes()


@pytest.mark.parametrize("text", ["", "{", "[]\n", '{"path": 1}\n', "\x00" * 50])
def test_a_log_without_sense_counts_as_none(source: Path, shelf: Path, text: str) -> None:
    with pytest.raises(PulledOutError):
        copier(shelf).copy(source, ends_at(6 * BLOCK + 10))
    [log] = (shelf / INCOMING).glob("*.log")
    log.write_text(text)
    assert unfinished(shelf) == []
    copied = copier(shelf).copy(source, nothing)
    assert copied.resumed_at == 0
    assert copied.path.read_bytes() == source.read_bytes()


def test_a_source_that_changed_between_attempts_starts_anew(source: Path, shelf: Path) -> None:
    with pytest.raises(PulledOutError):
        copier(shelf).copy(source, ends_at(6 * BLOCK + 10))
    source.write_bytes(os.urandom(SIZE))
    copied = copier(shelf).copy(source, nothing)
    assert copied.restarted
    assert copied.resumed_at == 0
    assert copied.path.read_bytes() == source.read_bytes()
    assert unfinished(shelf) == []


def test_one_changed_byte_between_two_samples_starts_anew(source: Path, shelf: Path) -> None:
    with pytest.raises(PulledOutError):
        copier(shelf).copy(source, ends_at(6 * BLOCK + 10))
    data = bytearray(source.read_bytes())
    data[100] ^= 1
    source.write_bytes(data)
    copied = copier(shelf).copy(source, nothing)
    assert copied.path.read_bytes() == bytes(data)


def test_a_stick_that_comes_back_elsewhere_goes_on(
    source: Path, shelf: Path, tmp_path: Path
) -> None:
    with pytest.raises(PulledOutError):
        copier(shelf).copy(source, ends_at(6 * BLOCK + 10))
    elsewhere = tmp_path / "other" / source.name
    elsewhere.parent.mkdir()
    shutil.copy2(source, elsewhere)
    copied = copier(shelf).copy(elsewhere, nothing)
    assert copied.resumed_at == 6 * BLOCK


def test_a_source_that_changes_meanwhile_is_refused(source: Path, shelf: Path) -> None:
    def change(step: CopyStep) -> None:
        if step.phase is CopyPhase.COPYING and step.done > 5 * BLOCK:
            os.utime(source, ns=(1, 1))

    with pytest.raises(ModelFileError) as caught:
        copier(shelf).copy(source, change)
    assert caught.value.code == "model_source_changed"
    assert unfinished(shelf) == []
    assert not list(shelf.glob("*.gguf"))


def test_a_source_that_is_cut_off_meanwhile_is_told(source: Path, shelf: Path) -> None:
    def cut(step: CopyStep) -> None:
        if step.phase is CopyPhase.COPYING and step.done > 5 * BLOCK:
            os.truncate(source, 5 * BLOCK)

    with pytest.raises(ModelFileError) as caught:
        copier(shelf).copy(source, cut)
    assert caught.value.code == "model_source_changed"
    assert not list(shelf.glob("*.gguf"))


def test_a_source_that_is_not_there(shelf: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelFileError) as caught:
        copier(shelf).copy(tmp_path / "gone.gguf", nothing)
    assert (caught.value.code, caught.value.facts["file"]) == ("model_source_gone", "gone.gguf")


def test_a_path_that_is_too_long_is_named(shelf: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelFileError) as caught:
        copier(shelf).copy(tmp_path / ("x" * 300 + ".gguf"), nothing)
    assert caught.value.code == "model_path_too_long"


def test_another_file_of_that_name_stays(source: Path, shelf: Path) -> None:
    shelf.mkdir()
    (shelf / source.name).write_bytes(b"another one")
    copied = copier(shelf).copy(source, nothing)
    assert copied.path.name == "小模型 é (2).gguf"
    assert (shelf / source.name).read_bytes() == b"another one"


def test_the_same_file_is_not_copied_twice(source: Path, shelf: Path) -> None:
    first = copier(shelf).copy(source, nothing)
    again = copier(shelf).copy(source, nothing)
    assert again.was_there
    assert again.path == first.path
    assert len(list(shelf.glob("*.gguf"))) == 1


def test_a_file_that_appears_meanwhile_is_not_replaced(source: Path, shelf: Path) -> None:
    def appear(step: CopyStep) -> None:
        if step.phase is CopyPhase.VERIFYING:
            (shelf / source.name).write_bytes(b"from another program")

    copied = copier(shelf).copy(source, appear)
    assert copied.path.name == "小模型 é (2).gguf"
    assert (shelf / source.name).read_bytes() == b"from another program"


def test_another_hash_than_expected_is_refused_until_it_is_wished(
    source: Path, shelf: Path
) -> None:
    with pytest.raises(ModelFileError) as caught:
        copier(shelf).copy(source, nothing, expected="00" * 32)
    assert caught.value.code == "model_hash_differs"
    assert caught.value.facts["found"] == hashlib.sha256(source.read_bytes()).hexdigest()
    assert not list(shelf.glob("*.gguf"))
    steps: list[CopyStep] = []
    copier(shelf).copy(source, steps.append, expected="00" * 32, accept_other=True)
    assert all(step.phase is not CopyPhase.COPYING for step in steps)


def test_the_right_hash_is_taken(source: Path, shelf: Path) -> None:
    wanted = hashlib.sha256(source.read_bytes()).hexdigest().upper()
    assert copier(shelf).copy(source, nothing, expected=wanted).sha256 == wanted.lower()


def test_room_is_looked_for_beforehand(
    source: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(source)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=SIZE - 1))
    steps: list[CopyStep] = []
    with pytest.raises(ModelFileError) as caught:
        copier(shelf).copy(source, steps.append)
    assert caught.value.code == "model_disk_full"
    assert steps == []


def test_two_copies_at_once_are_not_made(source: Path, shelf: Path) -> None:
    (shelf / INCOMING).mkdir(parents=True)
    lock = FileLock(shelf / INCOMING / "lock")
    assert lock.acquire()
    with pytest.raises(ModelFileError) as caught:
        copier(shelf).copy(source, nothing)
    lock.release()
    assert caught.value.code == "model_copy_running"


def test_a_copy_that_the_disk_spoils_is_refused(
    source: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(step: CopyStep) -> None:
        if step == CopyStep(CopyPhase.COPYING, SIZE, SIZE):
            [part] = (shelf / INCOMING).glob("*.part")
            with part.open("r+b") as file:
                file.seek(BLOCK)
                file.write(b"spoilt")

    with pytest.raises(ModelFileError) as caught:
        copier(shelf).copy(source, spoil)
    assert caught.value.code == "model_copy_failed"
    assert unfinished(shelf) == []
    assert not list(shelf.glob("*.gguf"))


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_not_text_is_copied(shelf: Path, tmp_path: Path) -> None:
    source = tmp_path / os.fsdecode(b"bad\xff name.gguf")
    source.write_bytes(os.urandom(SIZE))
    with pytest.raises(PulledOutError):
        copier(shelf).copy(source, ends_at(3 * BLOCK))
    copied = copier(shelf).copy(source, nothing)
    assert copied.path.name == "bad? name.gguf".replace("?", "_")
    assert copied.resumed_at


@given(st.text(st.characters(exclude_categories=())))
def test_every_name_finds_a_place(name: str) -> None:
    made = shelf_name(name)
    assert made.endswith(".gguf")
    assert len(made.encode()) <= MOST_BYTES
    assert not set(made) & set('<>:"/\\|?*\0\n')
    assert made.strip(" .") == made
    assert shelf_name(made) == made
    taken = {made}
    other = free_name(made, lambda one: one not in taken)
    assert other != made
    assert other.endswith(" (2).gguf")


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("qwen.gguf", "qwen.gguf"),
        ("qwen.GGUF", "qwen.gguf"),
        ("nul.gguf", "model nul.gguf"),
        ("a/b\\c:d.gguf", "a_b_c_d.gguf"),
        ("...", "model.gguf"),
        ("模" * 100 + ".gguf", "模" * 56 + ".gguf"),
    ],
)
def test_names_stay_readable(name: str, made: str) -> None:
    assert shelf_name(name) == made
