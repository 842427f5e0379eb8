import sys
from pathlib import Path

import pytest

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.engine import cpu, variants

TAGS = ("sse42", "sandybridge", "haswell", "skylakex")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the bundle has it, with empty files in place of libraries."""
    for tag in TAGS:
        variants.library(tmp_path, f"ggml-cpu-{tag}").touch()
    monkeypatch.setenv(variants.FOLDER, str(tmp_path))
    monkeypatch.delenv(variants.CHOICE, raising=False)
    return tmp_path


def tags(found: tuple[variants.Variant, ...]) -> list[str]:
    return [one.tag for one in found]


@pytest.mark.parametrize(
    ("features", "best"),
    [
        (cpu.AVX512, "skylakex"),
        (cpu.AVX512 - {"avx512vl"}, "haswell"),
        (cpu.AVX2, "haswell"),
        (cpu.AVX2 - {"fma"}, "sandybridge"),
        (cpu.AVX | {"f16c"}, "sandybridge"),
        (cpu.SSE42, "sse42"),
        (None, "skylakex"),
    ],
)
def test_the_best_that_the_processor_can_run_comes_first(
    folder: Path, features: frozenset[str] | None, best: str
) -> None:
    found = variants.usable(folder, features)
    assert found[0].tag == best
    assert found[-1].tag == "sse42"


def test_nothing_runs_without_sse42(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpu, "features", lambda: frozenset({"ssse3"}))
    assert variants.usable(folder, frozenset({"ssse3"})) == ()
    with pytest.raises(EngineError) as caught:
        variants.require_processor()
    assert caught.value.code == "engine_cpu_unsupported"
    assert caught.value.facts == {"features": "SSE4.2"}


def test_an_old_processor_is_enough_for_the_bundle(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cpu, "features", lambda: cpu.SSE42)
    variants.require_processor()


def test_a_library_of_one_kind_needs_avx2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    variants.library(tmp_path, "ggml-cpu").touch()
    monkeypatch.setenv(variants.FOLDER, str(tmp_path))
    monkeypatch.setattr(cpu, "features", lambda: cpu.AVX)
    assert variants.on_disk(tmp_path) == ()
    assert "avx2" in variants.missing_features()
    assert variants.load_best() == variants.NATIVE


def test_one_variant_can_be_chosen_and_none_that_would_crash(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variants.CHOICE, "sse42")
    assert tags(variants.usable(folder, cpu.AVX512)) == ["sse42"]
    monkeypatch.setenv(variants.CHOICE, "skylakex")
    assert variants.usable(folder, cpu.AVX2) == ()


def test_libraries_that_do_not_load_are_a_code(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(EngineError) as caught:
        variants.load_best()
    assert caught.value.code == "engine_unavailable"


def test_the_folder_is_found_without_loading_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(variants.FOLDER, raising=False)
    folder = variants.library_folder()
    assert folder is not None
    assert folder.name == "lib"
    assert "llama_cpp.llama_cpp" not in sys.modules or folder.is_dir()
