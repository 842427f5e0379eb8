"""The shipped catalogue against what the code knows."""

import tomllib
from pathlib import Path

import pytest

from psylite_desktop.domain.model_card import CatalogueEntry
from psylite_desktop.engine.gguf_check import check_gguf
from psylite_desktop.engine.prompt_format import prompt_format

STORE = Path(__file__).parents[3] / "model_store"


def entries() -> list[CatalogueEntry]:
    raw = tomllib.loads((STORE / "catalogue.toml").read_text(encoding="utf-8"))
    return [CatalogueEntry(**item) for item in raw["model"]]


def test_entries_are_whole() -> None:
    ids = [entry.id for entry in entries()]
    assert len(set(ids)) == len(ids)
    assert [entry.id for entry in entries() if entry.practice] == ["psylite-nano"]


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.id)
def test_every_entry_makes_sense(entry: CatalogueEntry) -> None:
    assert set(entry.name) == {"zh", "en"}
    assert all(entry.name.values())
    assert entry.licence
    assert entry.file.endswith(".gguf")
    assert prompt_format(entry.chat_format).name == entry.chat_format
    assert 0 < entry.min_ram_gb <= entry.comfortable_ram_gb
    assert entry.size < entry.min_ram_gb * 1e9
    assert entry.context >= 256


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.id)
def test_shipped_files_are_what_the_catalogue_says(entry: CatalogueEntry) -> None:
    path = STORE / entry.file
    if not path.is_file():
        pytest.skip("not shipped")
    facts = check_gguf(path)
    assert facts.chat_format == entry.chat_format
    assert facts.context_length == entry.context
