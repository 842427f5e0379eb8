"""What is predicted and chosen; files of full size are measured in the ci tier."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.errors import ModelFileError
from psylite_desktop.domain.model_card import GgufFacts
from psylite_desktop.engine.gguf_check import check_gguf
from psylite_desktop.engine.loading import settings_for
from psylite_desktop.engine.machine_memory import MachineMemory
from psylite_desktop.engine.memory_fit import MIN_CONTEXT, Configuration, Fit, fit, predict

GB = 1_000_000_000
WANTED = Configuration(4096)


def model(weights: float, *, layers: int, kv_heads: int, vocabulary: int = 152_000) -> GgufFacts:
    return GgufFacts(
        path=Path("m.gguf"),
        size=int(weights),
        architecture="qwen2",
        name="m",
        parameters=1,
        context_length=32768,
        embedding_length=2048,
        layers=layers,
        heads=16,
        kv_heads=kv_heads,
        head_size=128,
        vocabulary=vocabulary,
        file_type="q4_k_m",
        chat_format="chatml",
        feed_forward=8192,
        merges=vocabulary,
        weights=int(weights),
        repackable=int(weights * 0.6),
    )


SMALL = model(0.98 * GB, layers=28, kv_heads=2)
LARGE = model(4.68 * GB, layers=28, kv_heads=4)
NANO = model(0.02 * GB, layers=8, kv_heads=4, vocabulary=8000)


def on(facts: GgufFacts, total: float, available: float, wanted: Configuration = WANTED) -> Fit:
    return fit(facts, MachineMemory(int(total * GB), int(available * GB)), wanted)


def test_a_small_model_fits_five_gigabytes_as_wished() -> None:
    found = on(SMALL, 5, 3.2)
    assert (found.verdict, found.configuration) == ("fits", WANTED)


def test_seven_billion_on_five_gigabytes_is_refused_with_numbers() -> None:
    found = on(LARGE, 5, 3.5)
    assert found.verdict == "no"
    with pytest.raises(ModelFileError) as caught:
        settings_for(found)
    assert caught.value.code == "model_does_not_fit"
    assert caught.value.facts["needed"] == pytest.approx(5150, rel=0.05)
    assert caught.value.facts["available"] == 3500


def test_on_explicit_wish_it_loads_with_as_little_as_it_can() -> None:
    chosen = settings_for(on(LARGE, 5, 3.5), anyway=True).configuration
    assert chosen == Configuration(MIN_CONTEXT, kv="q8_0", ubatch=64)


def test_when_it_is_tight_the_attention_memory_gives_way_before_the_context() -> None:
    found = on(SMALL, 4, 1.35)
    assert found.verdict == "tight"
    assert found.configuration == replace(WANTED, kv="q8_0")


def test_repacked_weights_are_the_first_to_go() -> None:
    wanted = replace(WANTED, repack=True)
    assert on(SMALL, 8, 6, wanted).configuration == wanted
    assert on(SMALL, 5, 2.2, wanted).configuration == WANTED


def test_the_practice_model_is_never_refused() -> None:
    assert on(NANO, 1, 0.05).verdict == "tight"
    assert settings_for(on(NANO, 1, 0.05)).configuration


def test_where_nobody_can_tell_it_is_taken_as_wished() -> None:
    assert on(LARGE, 0, 0).configuration == WANTED
    assert settings_for(on(LARGE, 0, 0))


def test_no_more_context_than_the_model_has() -> None:
    short = replace(SMALL, context_length=1000)
    assert on(short, 16, 12).configuration.context == 1000


@given(
    st.floats(0.1, 64),
    st.floats(0.0, 1.0),
    st.sampled_from([SMALL, LARGE, NANO]),
    st.booleans(),
)
def test_more_memory_never_gives_a_worse_verdict(
    total: float, share: float, facts: GgufFacts, repack: bool
) -> None:
    wanted = Configuration(8192, repack=repack)
    found = on(facts, total, total * share, wanted)
    order = ["no", "tight", "fits"]
    better = on(facts, total, total * share + 1, wanted)
    assert order.index(better.verdict) >= order.index(found.verdict)
    if found.verdict == "fits":
        assert found.needed < found.machine.available
    assert predict(facts, found.configuration).resident <= predict(facts, wanted).resident


MEASURE = """
import json, sys
from psylite_desktop.domain.ports import Sampling, Turn
from psylite_desktop.engine.gguf_check import check_gguf
from psylite_desktop.engine.llama import EngineSettings, LlamaModel
from psylite_desktop.engine.memory_fit import Configuration
from psylite_desktop.engine.native import bindings
from psylite_desktop.engine.threads import Threads
from pathlib import Path

def resident():
    lines = dict(line.split(":") for line in open("/proc/self/status"))
    return [int(lines[name].split()[0]) * 1024 for name in ("RssFile", "RssAnon")]

facts = check_gguf(Path(sys.argv[1]))
bindings()
before = resident()
chosen = Configuration(**json.loads(sys.argv[2]))
settings = EngineSettings(threads=Threads(1, 1), configuration=chosen)
model = LlamaModel(facts, settings, lambda done: True)
list(model.generate([Turn("user", "word " * 60)], Sampling(max_tokens=2), lambda: False))
print(json.dumps([now - then for now, then in zip(resident(), before)]))
"""


@pytest.mark.ci
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("shape", ["qwen2-0.5b", "qwen2-1.5b"])
@pytest.mark.parametrize(
    "chosen",
    [
        {"context": 4096, "ubatch": 64},
        {"context": 8192, "ubatch": 64, "kv": "q8_0"},
        {"context": 4096, "ubatch": 64, "repack": True},
        {"context": 2048, "ubatch": 64, "mmap": False},
    ],
    ids=["f16", "q8_0", "repack", "read"],
)
def test_what_is_predicted_is_measured(
    tmp_path_factory: pytest.TempPathFactory, shape: str, chosen: dict[str, object]
) -> None:
    from psylite_desktop.forge.synthetic import SHAPES, write_synthetic

    path = tmp_path_factory.getbasetemp() / f"{shape}.gguf"
    if not path.exists():
        write_synthetic(SHAPES[shape], path, name=shape)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path), json.dumps(chosen)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    mapped, anonymous = json.loads(done.stdout)
    need = predict(check_gguf(path), Configuration(**chosen))  # type: ignore[arg-type]
    print(
        f"{shape} {chosen}: anonymous {need.anonymous / 1e6:.0f}/{anonymous / 1e6:.0f} MB, "
        f"resident {need.resident / 1e6:.0f}/{(mapped + anonymous) / 1e6:.0f} MB"
    )
    assert need.resident == pytest.approx(mapped + anonymous, rel=0.1)
    assert need.anonymous == pytest.approx(anonymous, rel=0.1)
