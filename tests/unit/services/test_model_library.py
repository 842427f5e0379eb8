"""The library: what is here, what is trusted, how the catalogue would fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from psylite_desktop.domain.errors import ModelFileError
from psylite_desktop.domain.model_card import MemoryView
from psylite_desktop.domain.model_files import TrialResult
from psylite_desktop.engine.gguf_check import check_gguf
from psylite_desktop.engine.machine_memory import MachineMemory
from psylite_desktop.engine.memory_fit import Configuration, fit
from psylite_desktop.services.model_library import ModelLibrary, facts_of
from psylite_desktop.services.models import PRACTICE_ID, ModelService, read_catalogue
from psylite_desktop.storage.model_shelf import ModelShelf
from tests.fakes.tiny_gguf import write_tiny_gguf

STORE = Path(__file__).parents[3] / "model_store"
TRIAL = TrialResult("hi", 1.0, 1.0, 1.0, 1, 1, 1)
VIEW = MemoryView("fits", 1, 1, 1, 10, 20, 512)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store" / "psylite-nano"
    folder.mkdir(parents=True)
    write_tiny_gguf(folder / "psylite-nano.gguf")
    return folder.parent


@pytest.fixture
def library(tmp_path: Path, store: Path) -> ModelLibrary:
    shelf = ModelShelf(tmp_path / "models")
    models = ModelService(
        read_catalogue(STORE / "catalogue.toml"),
        (store, shelf.folder),
        check_gguf,
        references=shelf.references,
    )
    return ModelLibrary(models, shelf, lambda _facts: VIEW, shipped=store, tuning=tmp_path / "t")


def test_the_shipped_model_is_trusted_and_stays(library: ModelLibrary) -> None:
    [nano] = [library.look(path) for path in library.paths()]
    assert nano.is_shipped
    assert nano.is_trusted
    assert nano.setting == PRACTICE_ID
    with pytest.raises(ModelFileError):
        library.set_aside(nano.path)
    assert nano.path.exists()


def test_a_brought_one_is_trusted_after_its_trial(library: ModelLibrary, tmp_path: Path) -> None:
    path = write_tiny_gguf(tmp_path / "here.gguf")
    model = library.refer(path)
    assert not model.is_trusted
    assert not model.is_own
    assert model.setting == str(path)
    assert library.note(path, trial=TRIAL).is_trusted
    path.write_bytes(path.read_bytes() + bytes(32))
    assert not library.look(path).is_trusted


def test_only_models_are_referred_to(library: ModelLibrary, tmp_path: Path) -> None:
    (tmp_path / "x.gguf").write_bytes(b"hello")
    with pytest.raises(ModelFileError) as caught:
        library.refer(tmp_path / "x.gguf")
    assert caught.value.code == "model_not_gguf"
    assert len(library.paths()) == 1


def test_the_shipped_one_is_not_listed_twice(library: ModelLibrary) -> None:
    [path] = library.paths()
    library.refer(path)
    assert library.paths() == [path]


def test_files_in_the_making_are_no_models(library: ModelLibrary) -> None:
    for name in (".incoming/a.gguf", ".set-aside/b.gguf"):
        path = library.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_tiny_gguf(path)
    assert len(library.paths()) == 1


def test_a_file_of_the_catalogue_is_known_by_name_in_any_case(library: ModelLibrary) -> None:
    library.folder.mkdir()
    path = write_tiny_gguf(library.folder / "Qwen2.5-1.5B-Instruct-Q4_K_M.GGUF")
    model = library.look(path)
    assert model.found.entry is not None
    assert model.found.entry.id == "qwen2.5-1.5b-instruct"
    assert path in library.paths()
    assert model.setting == str(path)
    here = [library.look(one) for one in library.paths()]
    assert {o.entry.id for o in library.offers(here) if o.is_here} == {"qwen2.5-1.5b-instruct"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AB" * 32 + "  x.gguf\n", "ab" * 32),
        ("ab" * 32, "ab" * 32),
        ("no hash here", ""),
        ("", ""),
        ("zz" * 32, ""),
    ],
)
def test_a_hash_beside_the_file_is_expected(
    library: ModelLibrary, tmp_path: Path, text: str, expected: str
) -> None:
    path = write_tiny_gguf(tmp_path / "x.gguf")
    (tmp_path / "x.gguf.sha256").write_text(text)
    assert library.examine(path).expected == expected


def test_a_wish_is_remembered(library: ModelLibrary, tmp_path: Path) -> None:
    path = write_tiny_gguf(tmp_path / "x.gguf")
    assert not library.may_load_anyway(path)
    library.note(path, anyway=True)
    assert library.may_load_anyway(path)
    library.note(path, anyway=False)
    assert not library.may_load_anyway(path)


def test_a_model_on_a_stick_is_found_under_another_letter(
    library: ModelLibrary, tmp_path: Path
) -> None:
    library.folder.mkdir()
    path = write_tiny_gguf(library.folder / "mine.gguf")
    models = library._models
    assert models.resolve(str(tmp_path / "E" / "models" / "mine.gguf")) == path


# Resident megabytes of these shapes with a context of 4096, computed from published
# configurations for a tuned loading (no repacked copy, q8 attention memory), without the app.
@pytest.mark.parametrize(
    ("id_", "megabytes"),
    [
        ("qwen2.5-0.5b-instruct", 486),
        ("qwen2.5-1.5b-instruct", 1081),
        ("qwen3-1.7b", 1375),
        ("qwen3-4b-instruct-2507", 2768),
        ("internlm2.5-7b-chat", 4851),
        ("qwen3-8b", 5182),
    ],
)
def test_the_catalogue_knows_what_its_models_need(id_: str, megabytes: int) -> None:
    entries = {entry.id: entry for entry in read_catalogue(STORE / "catalogue.toml")}
    facts = facts_of(entries[id_])
    assert facts is not None
    machine = MachineMemory(total=64 << 30, available=60 << 30)
    found = fit(facts, machine, Configuration(4096, kv="q8_0"))
    assert found.need.resident / (1 << 20) == pytest.approx(megabytes, rel=0.15)


def test_a_small_machine_is_told_so() -> None:
    entries = {entry.id: entry for entry in read_catalogue(STORE / "catalogue.toml")}
    machine = MachineMemory(total=5 << 30, available=3_500_000_000)
    verdicts = {}
    for id_, entry in entries.items():
        facts = facts_of(entry)
        if facts is not None:
            verdicts[id_] = fit(facts, machine, Configuration(4096)).verdict
    assert verdicts["qwen2.5-0.5b-instruct"] == "fits"
    assert verdicts["qwen2.5-1.5b-instruct"] == "fits"
    assert verdicts["internlm2.5-7b-chat"] == "no"
    assert verdicts["qwen3-8b"] == "no"
