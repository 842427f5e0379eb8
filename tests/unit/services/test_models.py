from __future__ import annotations

from pathlib import Path

import pytest

from psylite_desktop.domain.errors import InputError, ModelFileError
from psylite_desktop.domain.model_card import GgufFacts
from psylite_desktop.domain.settings import WRITTEN
from psylite_desktop.services.models import PRACTICE_ID, ModelService, read_catalogue

STORE = Path(__file__).parents[3] / "model_store"


def check(path: Path) -> GgufFacts:
    if path.stat().st_size == 0:
        raise ModelFileError("model_empty")
    return GgufFacts(
        path, path.stat().st_size, "llama", "n", 1, 512, 256, 1, 1, 1, 64, 8, "Q8_0", "nano"
    )


def service(folder: Path) -> ModelService:
    return ModelService(read_catalogue(STORE / "catalogue.toml"), (folder,), check)


def test_the_practice_model_is_found_by_its_id_and_stands_for_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "psylite-nano").mkdir()
    file = tmp_path / "psylite-nano" / "psylite-nano.gguf"
    file.write_bytes(b"x")
    models = service(tmp_path)
    assert models.resolve(PRACTICE_ID) == file
    assert models.setting_of(file) == PRACTICE_ID
    with pytest.raises(ModelFileError):
        models.resolve(WRITTEN)
    [found] = models.on_disk()
    assert found.entry is not None
    assert found.entry.practice


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError) as caught:
        service(tmp_path).resolve(str(tmp_path / "gone.gguf"))
    assert caught.value.code == "model_missing"
    assert caught.value.facts["file"] == "gone.gguf"


def test_a_bad_file_is_listed_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "empty.gguf").touch()
    [found] = service(tmp_path).on_disk()
    assert found.error == "model_empty"


def test_every_entry_of_the_catalogue_is_complete() -> None:
    entries = read_catalogue(STORE / "catalogue.toml")
    assert len({entry.id for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.name.keys() == {"zh", "en"}
        assert entry.licence
        assert entry.min_ram_gb <= entry.comfortable_ram_gb


def test_a_broken_catalogue_names_the_entry(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_text('[[model]]\nid = "half"\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_catalogue(path)
    assert caught.value.facts["where"] == "half"
