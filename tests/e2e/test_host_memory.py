"""The real engine process: what does not fit is refused with numbers, prefixes outlive it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from psylite_desktop.content.prompts import Prompts
from psylite_desktop.domain.errors import ModelFileError
from psylite_desktop.domain.ports import Generated, Sampling, Turn
from psylite_desktop.forge.gguf_file import GgufFile
from psylite_desktop.forge.synthetic import SHAPES, write_synthetic
from psylite_desktop.host.client import EngineHost
from tests.fakes.tiny_gguf import TinyShape, write_tiny_gguf

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("engine_process")]

ROOT = Path(__file__).parents[2]
CHATML = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
SHORT = Sampling(max_tokens=4, seed=1)


@pytest.fixture
def too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound header over more weights than this machine has memory; the file has holes."""
    vocabulary = 4096
    width = 65536
    layers = 2 + psutil.virtual_memory().total // (width * width // 2)
    shape = replace(
        SHAPES["mini"], layers=layers, width=width, feed_forward=256, vocabulary=vocabulary
    )
    shape = replace(shape, heads=256, kv_heads=2, head_size=256)
    sizes: list[int] = []
    later = GgufFile.later

    def counted(self: GgufFile, *args: object, **how: object) -> None:
        sizes.append(int(str(how["size"])))
        later(self, *args, **(how | {"pieces": lambda: ()}))  # type: ignore[arg-type]

    monkeypatch.setattr(GgufFile, "later", counted)
    path = tmp_path / "large.gguf"
    with pytest.raises(ValueError, match="is not of"):
        write_synthetic(shape, path, name="large")
    os.truncate(path, path.stat().st_size + sum(sizes) + layers * width * 64)
    return path


def test_what_does_not_fit_is_refused_with_numbers(tmp_path: Path, too_large: Path) -> None:
    host = EngineHost(assets=tmp_path, models=tmp_path)
    host.use_model(too_large)
    with pytest.raises(ModelFileError) as caught:
        host.info()
    assert caught.value.code == "model_does_not_fit"
    total = psutil.virtual_memory().total / 1_000_000
    assert caught.value.facts["needed"] > total  # type: ignore[operator]
    assert 0 < caught.value.facts["available"] < total  # type: ignore[operator]
    host.use_model(write_tiny_gguf(tmp_path / "tiny.gguf"))
    assert host.info().name == "tiny"
    host.close()


def test_a_new_process_does_not_read_the_system_prompt_again(tmp_path: Path) -> None:
    path = write_tiny_gguf(tmp_path / "m.gguf", TinyShape(control=CHATML, context=16384))
    system = Prompts.load(ROOT / "assets").system("zh")
    tuning = tmp_path / "tuning"
    evaluated = []
    for text in ("你好", "我昨晚没睡好"):
        host = EngineHost(assets=ROOT / "assets", models=tmp_path, tuning=tuning)
        host.use_model(path, context_length=16384)
        turns = [Turn("system", system), Turn("user", text)]
        counts = host.count_tokens(turns)
        last = _last(host, turns)
        evaluated.append((last.prompt_tokens_evaluated, counts))
        host.close()
    assert evaluated[0][0] == sum(evaluated[0][1])
    assert evaluated[1][0] == evaluated[1][1][1]
    kept = [one for one in tuning.rglob("*") if one.is_file()]
    assert len(kept) == 2
    assert all("睡".encode() not in one.read_bytes() for one in kept)


def _last(host: EngineHost, turns: list[Turn]) -> Generated:
    return list(host.generate(turns, SHORT, lambda: False))[-1]
