"""What is known of model files: kept while they stay as they are, and only then."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from psylite_desktop.domain.errors import ModelFileError
from psylite_desktop.domain.model_files import FileRecord, TrialResult
from psylite_desktop.storage.model_shelf import FILE, ModelShelf

TRIAL = TrialResult("你好", 120.0, 12.5, 0.5, 700, 100, 690)


@pytest.fixture
def shelf(tmp_path: Path) -> ModelShelf:
    return ModelShelf(tmp_path / "models")


@pytest.fixture
def model(shelf: ModelShelf) -> Path:
    shelf.folder.mkdir()
    path = shelf.folder / "模型.gguf"
    path.write_bytes(b"GGUF")
    return path


def test_what_is_noted_is_there_after_a_restart(shelf: ModelShelf, model: Path) -> None:
    shelf.note(model, sha256="ab" * 32)
    shelf.note(model, trial=TRIAL)
    shelf.note(model, anyway=True)
    again = ModelShelf(shelf.folder).record(model)
    assert again == FileRecord("ab" * 32, anyway=True, trial=TRIAL)


def test_a_file_that_changed_is_unknown(shelf: ModelShelf, model: Path) -> None:
    shelf.note(model, sha256="ab" * 32, trial=TRIAL, anyway=True)
    model.write_bytes(b"GGUF changed")
    assert shelf.record(model) == FileRecord(changed=True)
    shelf.note(model, sha256="cd" * 32)
    assert shelf.record(model) == FileRecord(sha256="cd" * 32, changed=True)
    shelf.note(model, trial=TRIAL)
    assert shelf.record(model) == FileRecord(sha256="cd" * 32, trial=TRIAL)


def test_a_trial_of_a_file_that_was_replaced_meanwhile_is_not_kept(
    shelf: ModelShelf, model: Path
) -> None:
    before = model.stat()
    seen = before.st_size, before.st_mtime_ns
    model.write_bytes(b"GGUF changed")
    with pytest.raises(ModelFileError, match="model_untried"):
        shelf.note(model, trial=TRIAL, seen=seen)
    assert shelf.record(model).trial is None


def test_a_file_that_was_never_tried_did_not_change_since(shelf: ModelShelf, model: Path) -> None:
    shelf.note(model, sha256="ab" * 32)
    model.write_bytes(b"GGUF changed")
    assert shelf.record(model) == FileRecord()


def test_notes_travel_with_the_folder(shelf: ModelShelf, model: Path, tmp_path: Path) -> None:
    shelf.note(model, trial=TRIAL)
    moved = shelf.folder.rename(tmp_path / "other letter")
    assert ModelShelf(moved).record(moved / model.name).trial == TRIAL


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"files": 3, "references": "x"}',
        '{"files": {"模型.gguf": {"is": [4], "trial": {"x": 1}}}}',
        '{"files": {"m": []}, "references": [1, null, "/a"]}',
        "\x00\xff",
    ],
)
def test_damaged_notes_count_as_none(shelf: ModelShelf, model: Path, content: str) -> None:
    (shelf.folder / FILE).write_text(content, encoding="utf-8")
    assert shelf.record(model) == FileRecord()
    assert all(isinstance(one, Path) for one in shelf.references())
    shelf.note(model, sha256="ab" * 32)
    assert shelf.record(model).sha256 == "ab" * 32


def test_references_are_kept_and_forgotten(shelf: ModelShelf, tmp_path: Path) -> None:
    elsewhere = tmp_path / "stick.gguf"
    elsewhere.write_bytes(b"x")
    shelf.refer(elsewhere)
    shelf.refer(elsewhere)
    assert ModelShelf(shelf.folder).references() == [elsewhere]
    aside = shelf.set_aside(elsewhere)
    assert shelf.references() == []
    assert elsewhere.exists()
    shelf.bring_back(aside)
    assert shelf.references() == [elsewhere]
    shelf.set_aside(elsewhere)
    shelf.clear_aside()
    assert elsewhere.exists()


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_not_text_is_kept(shelf: ModelShelf, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff\xfe.gguf")
    path.write_bytes(b"x")
    shelf.refer(path)
    shelf.note(path, trial=TRIAL)
    again = ModelShelf(shelf.folder)
    assert again.references() == [path]
    assert again.record(path).trial == TRIAL
    json.loads((shelf.folder / FILE).read_text(encoding="ascii"))


def test_what_is_set_aside_comes_back_with_what_is_known(shelf: ModelShelf, model: Path) -> None:
    shelf.note(model, sha256="ab" * 32, trial=TRIAL)
    aside = shelf.set_aside(model)
    assert not model.exists()
    assert not list(shelf.folder.rglob("*.gguf"))
    shelf.bring_back(aside)
    assert model.read_bytes() == b"GGUF"
    assert shelf.record(model).trial == TRIAL


def test_what_is_cleared_is_gone(shelf: ModelShelf, model: Path) -> None:
    aside = shelf.set_aside(model)
    shelf.clear_aside()
    with pytest.raises(ModelFileError):
        shelf.bring_back(aside)
    shelf.clear_aside()


def test_nothing_is_replaced_by_what_comes_back(shelf: ModelShelf, model: Path) -> None:
    aside = shelf.set_aside(model)
    model.write_bytes(b"a new one")
    with pytest.raises(ModelFileError):
        shelf.bring_back(aside)
    assert model.read_bytes() == b"a new one"
