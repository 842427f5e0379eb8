"""Adapting tiny bases from folder to talk: train, stop, go on, merge, export, load, answer."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from psylite_desktop.domain.ports import Sampling, Turn
from psylite_desktop.forge.adapt.recipe import AdaptRecipe, read_adapt_recipe
from psylite_desktop.forge.pipeline import RECIPES
from psylite_desktop.forge.recipe import DataFile
from tests.fakes.tiny_bases import tiny_shape, write_base, write_talks

PRESETS = sorted(path.stem for path in RECIPES.glob("adapt-*.toml"))
SYSTEM = "你是一个会听的程序。"


def toy(architecture: str, **changes: Any) -> AdaptRecipe:
    recipe = read_adapt_recipe(RECIPES / "adapt-internlm2.5-7b.toml")
    files = (DataFile("toy.jsonl", "zh", "counseling"),)
    return dataclasses.replace(
        recipe,
        name=f"tiny-{architecture}",
        validation_percent=20,
        base=dataclasses.replace(recipe.base, architecture=architecture, checkpointing=False),
        lora=dataclasses.replace(recipe.lora, rank=8, dropout=0.0),
        sft=dataclasses.replace(
            recipe.sft, lr=1e-2, epochs=1e9, block=256, accumulate=2, time_share=0.999
        ),
        orpo=dataclasses.replace(recipe.orpo, epochs=0.0, length=200),
        mix=dataclasses.replace(recipe.mix, files=files, own_repeats=0),
        **changes,
    )


def steps(recipe: AdaptRecipe, rows: int, count: int) -> AdaptRecipe:
    """The recipe with that many steps of fine-tuning."""
    epochs = count * recipe.sft.accumulate / rows
    return dataclasses.replace(recipe, sft=dataclasses.replace(recipe.sft, epochs=epochs))


@pytest.mark.parametrize("preset", PRESETS)
def test_recipes_are_read(preset: str) -> None:
    recipe = read_adapt_recipe(RECIPES / f"{preset}.toml")
    assert recipe.preset == preset
    assert (recipe.lora.rank, recipe.lora.alpha, recipe.lora.dropout) == (64, 16.0, 0.1)
    assert (recipe.sft.lr, recipe.sft.block, recipe.sft.accumulate) == (1e-4, 4096, 4)
    assert (recipe.orpo.beta, recipe.orpo.lr, recipe.orpo.length) == (0.2, 5e-6, 2048)
    assert (recipe.mix.general, recipe.mix.counseling) == (10, 3)
    # The name in the GGUF file decides how the engine asks a Qwen3 model.
    assert ("Instruct-2507" in recipe.base.folder) == ("instruct" in recipe.name)


def test_there_is_a_recipe_for_every_size_that_was_asked_for() -> None:
    bases = {read_adapt_recipe(RECIPES / f"{preset}.toml").base.folder for preset in PRESETS}
    assert {"internlm/internlm2_5-7b-chat", "Qwen/Qwen2.5-1.5B-Instruct", "Qwen/Qwen3-8B"} <= bases


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Threads that wait for each other cost more than these tiny products."""
    if importlib.util.find_spec("torch") is None:
        yield
        return
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def prepare(folder: Path, architecture: str) -> Path:
    pytest.importorskip("torch")
    pytest.importorskip("tokenizers")
    write_base(folder / "base", tiny_shape(architecture))
    (folder / "data").mkdir()
    write_talks(folder / "data")
    return folder / "out"


def run(recipe: AdaptRecipe, folder: Path, said: list[str], minutes: float = 30.0) -> Any:
    from psylite_desktop.forge.adapt.run import Order, run_adapt

    order = Order(minutes, systems=(("zh", SYSTEM),), device="cpu")
    base, data, out = folder / "base", folder / "data", folder / "out"
    return run_adapt(recipe, base, data, out, order, said.append)


@pytest.mark.ci
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("architecture", ["llama", "qwen2", "qwen3"])
def test_a_tiny_base_is_adapted_and_talks(architecture: str, tmp_path: Path) -> None:
    out = prepare(tmp_path, architecture)
    pytest.importorskip("llama_cpp")
    from psylite_desktop.engine.llama import EngineSettings, open_model
    from psylite_desktop.engine.threads import Threads

    said: list[str] = []
    recipe = dataclasses.replace(steps(toy(architecture), 12, 20), quantise=("q8_0",))
    report = run(recipe, tmp_path, said)
    assert report["complete"]
    assert report["stages"]["sft"]["step"] >= 20
    notes = report["notes"]
    assert notes["reply_loss_after"] < notes["reply_loss_before"] - 0.5
    assert any("left" in line for line in said)
    for kind in ("f16", "q8_0"):
        file = out / f"tiny-{architecture}-{kind}.gguf"
        assert file.stat().st_size == report["bytes"][kind]
        model = open_model(file, EngineSettings(threads=Threads(1, 1)))
        try:
            sampling = Sampling(temperature=0.0, top_k=1, max_tokens=24, seed=1)
            turns = [Turn("system", SYSTEM), Turn("user", "今天在公司我心里很累")]
            steps_ = list(model.generate(turns, sampling, lambda: False))
            assert model.info.chat_format == "chatml"
        finally:
            model.close()
        assert steps_[-1].done
        assert "".join(step.text for step in steps_).strip()


@pytest.mark.ci
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("architecture", ["qwen2", "qwen3"])
def test_training_asks_as_the_engine_will(architecture: str, tmp_path: Path) -> None:
    prepare(tmp_path, architecture)
    pytest.importorskip("llama_cpp")
    from psylite_desktop.engine.llama import EngineSettings, open_model
    from psylite_desktop.engine.threads import Threads
    from psylite_desktop.forge.adapt.base_model import open_base
    from psylite_desktop.forge.adapt.documents import ChatWriter
    from psylite_desktop.forge.adapt.export import write_base_gguf
    from psylite_desktop.forge.adapt.vocabulary import read_vocabulary
    from psylite_desktop.forge.datasets import Dialogue
    from psylite_desktop.forge.datasets import Turn as Pair
    from psylite_desktop.forge.losses import REPLY
    from psylite_desktop.forge.reasoning import Reasoned

    base = open_base(tmp_path / "base")
    vocabulary = read_vocabulary(tmp_path / "base", base.shape.vocabulary)
    writer = ChatWriter(vocabulary, architecture, "tiny")
    talk = Dialogue("a", "zh", "counseling", (Pair("我很累", "听起来很累。"), Pair("嗯", "我在。")))
    ids, parts = writer.dialogue(Reasoned(talk), SYSTEM, 500)
    file = tmp_path / "tiny.gguf"
    write_base_gguf(base.shape, base.weights, vocabulary, file, name="tiny")
    model = open_model(file, EngineSettings(threads=Threads(1, 1)))
    turns = [Turn("system", SYSTEM), Turn("user", "我很累"), Turn("assistant", "听起来很累。")]
    try:
        prompt = [token for part in model._render([*turns, Turn("user", "嗯")]) for token in part]
    finally:
        model.close()
    assert ids[: len(prompt)] == prompt
    learnt = [token for token, part in zip(ids, parts, strict=True) if part == REPLY]
    end = vocabulary.id_of("<|im_end|>")
    assert learnt == [*writer.text("听起来很累。"), end, *writer.text("我在。"), end]


@pytest.mark.ci
@pytest.mark.filterwarnings("ignore")
def test_a_run_that_was_stopped_goes_on(tmp_path: Path) -> None:
    out = prepare(tmp_path, "qwen2")
    from psylite_desktop.forge.adapt import trainer

    said: list[str] = []
    recipe = dataclasses.replace(steps(toy("qwen2"), 12, 8), quantise=())
    real, count = trainer.row_loss, 0

    def interrupted(model: Any, rows: Any) -> Any:
        nonlocal count
        if model.training:
            count += 1
            if count == 9:
                raise KeyboardInterrupt
        return real(model, rows)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trainer, "row_loss", interrupted)
        first = run(recipe, tmp_path, said)
    assert not first["complete"]
    assert first["stages"]["sft"]["step"] == 4
    assert not list(out.glob("*.gguf"))
    second = run(recipe, tmp_path, said)
    assert second["complete"]
    assert "going on from the checkpoint" in said
    rows = second["data"]["rows_kept"]["rows"]
    assert second["stages"]["sft"]["step"] == math.ceil(rows * recipe.sft.epochs / 2)
    assert second["notes"]["reply_loss_before"] == first["notes"]["reply_loss_before"]
    with pytest.raises(ValueError, match="another recipe"):
        run(dataclasses.replace(recipe, sha256="other"), tmp_path, said)


@pytest.mark.ci
@pytest.mark.filterwarnings("ignore")
def test_the_time_limit_ends_training_with_a_model(tmp_path: Path) -> None:
    prepare(tmp_path, "qwen2")
    said: list[str] = []
    report = run(dataclasses.replace(toy("qwen2"), quantise=()), tmp_path, said, minutes=0.05)
    assert report["complete"]
    assert any("time is up" in line for line in said)
    assert "f16" in report["bytes"]


@pytest.mark.ci
@pytest.mark.filterwarnings("ignore")
def test_pairs_are_learnt_in_the_second_stage(tmp_path: Path) -> None:
    prepare(tmp_path, "qwen2")
    recipe = steps(toy("qwen2"), 12, 2)
    orpo = dataclasses.replace(recipe.orpo, epochs=0.1, lr=5e-3, accumulate=4, length=600)
    sft = dataclasses.replace(recipe.sft, time_share=0.5)
    report = run(dataclasses.replace(recipe, orpo=orpo, sft=sft, quantise=()), tmp_path, [])
    assert report["notes"]["pairs_before"]["pairs"] > 20
    assert report["notes"]["pairs_after"]["chosen"] > report["notes"]["pairs_before"]["chosen"]


def test_a_recipe_for_another_kind_of_base_is_refused(tmp_path: Path) -> None:
    shape = tiny_shape("qwen2")
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "config.json").write_text(json.dumps(shape.config()), "utf-8")
    empty = (2).to_bytes(8, "little") + b"{}"
    (tmp_path / "base" / "model.safetensors").write_bytes(empty)
    with pytest.raises(ValueError, match="qwen2 model, the recipe is for llama"):
        run(toy("llama"), tmp_path, [])


@pytest.mark.ci
@pytest.mark.filterwarnings("ignore")
def test_the_command_does_all_of_it_with_a_shipped_recipe(tmp_path: Path) -> None:
    out = prepare(tmp_path, "qwen2")
    pytest.importorskip("llama_cpp")
    from psylite_desktop.forge.__main__ import main

    words = ["adapt", "--preset", "adapt-qwen2.5-1.5b", "--base", str(tmp_path / "base")]
    words += ["--data", str(tmp_path / "data"), "--out", str(out)]
    assert main([*words, "--minutes", "0.1", "--device", "cpu"]) == 0
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert set(report["bytes"]) == {"f16", "q8_0", "q4_k_m"}
    assert report["data"]["cpsycound.jsonl.gz"] == "not found"
    assert report["data"]["mixed"]["own"] > 400
    assert report["notes"]["pairs_after"]["pairs"] > 20
    # None of the data's dialogues was there, so none was held out.
    assert report["notes"]["reply_loss_after"] is None
    assert (out / "adapter" / "adapter_config.json").exists()
    assert (out / "merged" / "tokenizer.json").exists()
    assert sorted(path.name for path in out.glob("*.gguf")) == [
        "psylite-qwen2.5-1.5b-f16.gguf",
        "psylite-qwen2.5-1.5b-q4_k_m.gguf",
        "psylite-qwen2.5-1.5b-q8_0.gguf",
    ]


@pytest.mark.ci
@pytest.mark.filterwarnings("ignore")
def test_two_processes_train_one_model(tmp_path: Path) -> None:
    out = prepare(tmp_path, "qwen2")
    pytest.importorskip("accelerate")
    settings = (RECIPES / "adapt-fsdp.yaml").read_text("utf-8")
    # Without cards accelerate keeps whole copies instead of sharding them; the rest is the same.
    on_processors = settings.replace("use_cpu: false", "use_cpu: true")
    (tmp_path / "two.yaml").write_text(on_processors.replace(": bf16", ": 'no'"), "utf-8")
    words = ["--preset", "adapt-qwen2.5-1.5b", "--base", str(tmp_path / "base")]
    words += ["--data", str(tmp_path / "data"), "--out", str(out), "--minutes", "0.05"]
    launch = ["-m", "accelerate.commands.launch", "--config_file", str(tmp_path / "two.yaml")]
    done = subprocess.run(
        [sys.executable, *launch, "-m", "psylite_desktop.forge", "adapt", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=400,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert report["processes"] == 2
    assert report["complete"]
    assert report["stages"]["sft"]["step"] > 0
    assert done.stdout.count("merged into") == 1
