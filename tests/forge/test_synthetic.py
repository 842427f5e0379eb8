"""Files with a published model's shape: sizes as published, readable, and usable by the engine."""

import tracemalloc
from pathlib import Path

import pytest

from psylite_desktop.domain.ports import Sampling, Turn
from psylite_desktop.engine.gguf_check import check_gguf
from psylite_desktop.engine.llama import EngineSettings, open_model
from psylite_desktop.engine.threads import Threads
from psylite_desktop.forge import synthetic
from psylite_desktop.forge.synthetic import SHAPES, SyntheticShape, write_synthetic

PUBLISHED = {  # bytes of the weights (design note "Local models", 3.1) and parameters
    "qwen2-0.5b": (392e6, 0.494e9),
    "qwen2-1.5b": (980e6, 1.544e9),
    "qwen3-4b": (2491e6, 4.022e9),
    "qwen2-7b": (4677e6, 7.616e9),
    "llama-1b": (800e6, 1.236e9),
    "llama-3b": (2012e6, 3.213e9),
}


@pytest.fixture(scope="module")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("synthetic") / "mini.gguf"
    write_synthetic(SHAPES["mini"], path, name="synthetic mini")
    return path


@pytest.mark.parametrize("name", PUBLISHED)
def test_weights_are_as_large_as_those_of_the_published_model(name: str) -> None:
    size = elements = 0
    for _, sizes, kind in synthetic._tensors(SHAPES[name]):
        count = sizes[0] * (sizes[1] if len(sizes) > 1 else 1)
        elements += count
        form = synthetic._FORMATS.get(kind)
        size += count // form.elements * form.size if form else count * 4
    expected_size, expected_elements = PUBLISHED[name]
    assert size == pytest.approx(expected_size, rel=0.01)
    assert elements == pytest.approx(expected_elements, rel=0.002)


def test_the_header_says_the_shape(mini: Path) -> None:
    facts = check_gguf(mini)
    shape = SHAPES["mini"]
    assert (facts.architecture, facts.layers, facts.vocabulary) == ("qwen2", 2, shape.vocabulary)
    assert (facts.heads, facts.kv_heads, facts.head_size) == (4, 2, 64)
    assert (facts.file_type, facts.chat_format) == ("q4_k_m", "chatml")


def test_the_same_seed_gives_the_same_file(mini: Path, tmp_path: Path) -> None:
    write_synthetic(SHAPES["mini"], tmp_path / "again.gguf", name="synthetic mini")
    assert (tmp_path / "again.gguf").read_bytes() == mini.read_bytes()


def test_replies_run_to_their_limit(mini: Path) -> None:
    model = open_model(mini, EngineSettings(threads=Threads(1, 1)))
    last = list(
        model.generate([Turn("user", "hello 你好")], Sampling(max_tokens=300), lambda: False)
    )[-1]
    model.close()
    assert last.reply_tokens == 300


def test_little_memory_is_used(tmp_path: Path) -> None:
    shape = SyntheticShape("llama", 1, 2048, 32768, 8, 8, 256, 4096)
    tracemalloc.start()
    size = write_synthetic(shape, tmp_path / "wide.gguf", name="wide")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 100e6
    assert peak < 5 * synthetic.PIECE


def test_each_turn_reads_only_what_is_new(mini: Path) -> None:
    """Ten turns up to 1,500 tokens: the message, and at most eight tokens more."""
    model = open_model(mini, EngineSettings(threads=Threads(1, 1)))
    turns = [Turn("system", "Listen well. " * 20)]
    evaluated = []
    for number in range(10):
        turns.append(Turn("user", f"This is message {number}, 我今天有点累。 " * 5, "a note " * 10))
        new = model.count_tokens(turns)[-1]
        steps = list(model.generate(turns, Sampling(max_tokens=40, seed=number), lambda: False))
        evaluated.append(steps[-1].prompt_tokens_evaluated - new)
        turns.append(Turn("assistant", "".join(step.text for step in steps)))
    assert sum(model.count_tokens(turns)) > 1500
    model.close()
    assert max(evaluated[1:]) <= 8
