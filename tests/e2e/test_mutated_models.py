"""Damaged model files: named errors, at worst a dead engine process; who asks lives on."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from psylite_desktop.domain.errors import EngineError, ModelFileError
from psylite_desktop.domain.ports import Sampling, Turn
from psylite_desktop.engine.gguf_check import check_gguf
from psylite_desktop.host.client import EngineHost
from tests.fakes.mutated_gguf import MUTATIONS, Base, make_base, mutated

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("engine_process")]

ALL = 2_000
FEW = 65
LOADED = 10
ROOT = Path(__file__).parents[2]
HELLO = [Turn("user", "hello there 你好")]
SHORT = Sampling(max_tokens=4, seed=1)
SILENCE_S = 20.0
OF_HEADERS = {
    "model_empty",
    "model_not_gguf",
    "model_truncated",
    "model_version",
    "model_malformed",
    "model_unsupported",
}
OF_ENGINES = {
    "model_load_failed",
    "model_no_memory",
    "model_does_not_fit",
    "engine_crashed",
    "engine_failed",
    "engine_context_full",
    "engine_timeout",
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return make_base(tmp_path_factory.mktemp("base") / "base.gguf")


@pytest.fixture(scope="module")
def sentences() -> dict[str, str]:
    texts = tomllib.loads((ROOT / "assets/content/en/terminal.toml").read_text("utf-8"))
    return dict(texts["texts"]["error"])


@pytest.fixture
def host(tmp_path: Path) -> Iterator[EngineHost]:
    host = EngineHost(assets=tmp_path, models=tmp_path, silence_s=SILENCE_S)
    yield host
    host.close()


def accepted(base: Base, numbers: Iterable[int], folder: Path) -> Iterator[tuple[str, Path]]:
    """Mutations that the header check lets through; every other one has a named error."""
    for number in numbers:
        name, data = mutated(base, number)
        path = folder / f"{number}-{name}.gguf"
        path.write_bytes(data)
        try:
            check_gguf(path)
        except ModelFileError as error:
            path.unlink()
            if error.code not in OF_HEADERS:
                pytest.fail(f"{number} {name}: {error.code}")
        else:
            yield name, path


def outcome(host: EngineHost, path: Path) -> str:
    """Load a file and write a few tokens with it; the code of what went wrong, or "answered"."""
    host.use_model(path)
    try:
        host.info()
        list(host.generate(HELLO, SHORT, lambda: False))
    except (EngineError, ModelFileError) as error:
        return error.code
    finally:
        path.unlink()
    return "answered"


def still_well(host: EngineHost, base: Base, folder: Path) -> None:
    """After all of it, a sound file is loaded and answers."""
    path = folder / "sound.gguf"
    path.write_bytes(base.data)
    assert outcome(host, path) == "answered"


def test_damaged_headers_have_names(base: Base, tmp_path: Path) -> None:
    sound = list(accepted(base, range(FEW), tmp_path))
    assert 0 < len(sound) < FEW
    assert {mutated(base, number)[0] for number in range(FEW)} == {name for name, _ in MUTATIONS}


def test_the_same_number_is_the_same_file(base: Base) -> None:
    for number in range(len(MUTATIONS)):
        assert mutated(base, number) == mutated(base, number)


@pytest.mark.timeout(300)
def test_what_looks_sound_is_loaded_or_refused_in_words(
    base: Base, tmp_path: Path, host: EngineHost, sentences: dict[str, str]
) -> None:
    codes = []
    for _, (_, path) in zip(range(LOADED), accepted(base, range(ALL), tmp_path), strict=False):
        codes.append(outcome(host, path))
    assert len(codes) == LOADED
    assert set(codes) <= {"answered", *OF_ENGINES}
    assert all(sentences[code] for code in set(codes) - {"answered"})
    still_well(host, base, tmp_path)


@pytest.mark.long
@pytest.mark.timeout(7_200)
def test_two_thousand_damaged_headers(
    base: Base, tmp_path: Path, host: EngineHost, sentences: dict[str, str]
) -> None:
    """Five minutes on two busy cores: 638 of the 2,000 are loaded, two end the process."""
    found: Counter[tuple[str, str]] = Counter()
    pids = set()
    for name, path in accepted(base, range(ALL), tmp_path):
        found[name, outcome(host, path)] += 1
        pids.add(host.pid)
    codes = {code for _, code in found}
    assert codes <= {"answered", *OF_ENGINES}
    assert all(sentences[code] for code in codes - {"answered"})
    still_well(host, base, tmp_path)
    print(f"\n{sum(found.values())} loaded in {len(pids)} processes")
    for (name, code), count in sorted(found.items()):
        print(f"{name:<14}{code:<20}{count:>5}")
