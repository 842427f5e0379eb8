"""The whole GPU run at toy size on a CPU: pack, three stages, a cut, resume, export, join, load."""

from __future__ import annotations

import dataclasses
import importlib.util
import itertools
import json
import time
from pathlib import Path

import pytest

from psylite_desktop.forge import packing
from psylite_desktop.forge.corpus import load_seeds
from psylite_desktop.forge.gpu import Limits, run_gpu
from psylite_desktop.forge.gpu_recipe import GpuRecipe, Stage, read_gpu_recipe
from psylite_desktop.forge.nano import build
from psylite_desktop.forge.packing import make_pack
from psylite_desktop.forge.pairs import load_pairs
from psylite_desktop.forge.parts import join_parts, split_file
from psylite_desktop.forge.pipeline import recipe_path
from psylite_desktop.forge.recipe import DataFile
from psylite_desktop.forge.schedule import rate_at
from psylite_desktop.forge.shards import PackError

FEELINGS = ("累", "慌", "烦", "闷", "酸", "空", "紧张", "委屈")
PLACES = ("公司", "学校", "家里", "宿舍", "路上", "饭桌上", "图书馆", "操场")


class CutError(Exception):
    """The machine went away."""


def silent(_line: str) -> None:
    """Takes progress lines."""


def write_data(folder: Path) -> None:
    with (folder / "toy.jsonl").open("w", encoding="utf-8") as handle:
        for number, (feeling, place) in enumerate(itertools.product(FEELINGS, PLACES)):
            texts = (
                f"今天在{place}我心里很{feeling}",
                f"在{place}心里{feeling}，这一天不容易。那时候发生了什么？",
            )
            messages = [
                {"role": role, "content": text}
                for role, text in zip(("user", "assistant"), texts, strict=True)
            ]
            handle.write(json.dumps({"id": f"toy-{number}", "messages": messages}) + "\n")


def toy() -> GpuRecipe:
    """The toy preset, smaller still; its stages end by passes, not by the clock."""
    recipe = read_gpu_recipe(recipe_path("nano-gpu-toy"))
    shape = dataclasses.replace(
        recipe.model, vocabulary=900, layers=2, feed_forward=256, context=192
    )
    data = dataclasses.replace(recipe.base.data, files=(DataFile("toy.jsonl", "zh", "support"),))
    stages = tuple(
        dataclasses.replace(stage, share=1.0, passes=passes)
        for stage, passes in zip(recipe.stages, (3, 1, 5), strict=True)
    )
    run = dataclasses.replace(
        recipe.run,
        tokens_per_step=1024,
        cpu_rows=8,
        technique_repeats=0,
        note_passes=1,
        reserve_s=0,
        say_every_s=0,
        sample_tokens=6,
        checkpoint_every_s=0,
    )
    return dataclasses.replace(
        recipe,
        validation_percent=20,
        model=shape,
        stages=stages,
        run=run,
        orpo=dataclasses.replace(recipe.orpo, beta=4.0, lr=0.003),
        pack=dataclasses.replace(recipe.pack, tokenizer_characters=20_000),
        base=dataclasses.replace(recipe.base, data=data),
    )


def test_the_rate_is_half_a_cosine_after_a_straight_rise() -> None:
    stage = Stage("sft", 0.2, 1, peak=0.5, warmup=0.1, final=0.1, user_weight=0.0)
    assert rate_at(0.0, stage) > 0
    assert rate_at(0.05, stage) == pytest.approx(0.25)
    assert rate_at(0.1, stage) == pytest.approx(0.5)
    assert rate_at(0.55, stage) == pytest.approx(0.5 * (0.1 + 0.9 * 0.5))
    assert rate_at(1.0, stage) == rate_at(1.5, stage) == pytest.approx(0.05)


def test_later_calls_lose_their_preparation_and_export() -> None:
    assert Limits(9, 9, 0.0).plan_s(45, 20.0) == pytest.approx(9 * 60 - 45 - 20)
    assert Limits(9, 18, 0.0).plan_s(45, 20.0) == pytest.approx(2 * (9 * 60 - 45 - 20))


@pytest.mark.ci
@pytest.mark.filterwarnings("ignore")
def test_a_run_that_was_cut_off_goes_on_and_becomes_a_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("tokenizers")
    write_data(tmp_path)
    recipe, pack = toy(), tmp_path / "pack"
    own, pairs = load_seeds()[::8], load_pairs()[::3]
    monkeypatch.setattr(packing, "load_seeds", lambda: own)
    monkeypatch.setattr(packing, "load_pairs", lambda: pairs)
    (tmp_path / "assets").mkdir()
    make_pack(recipe, tmp_path, pack, silent, tmp_path / "assets")
    out, work = tmp_path / "out", tmp_path / "work"
    lines: list[str] = []

    def die_in_pretraining(line: str) -> None:
        lines.append(line)
        if line.startswith("pretrain") and "step 3 " in line:
            raise CutError

    limits = Limits(10.0, 10.0, time.monotonic())
    with pytest.raises(CutError):
        run_gpu(recipe, pack, out, work, limits=limits, say=die_in_pretraining)
    over = Limits(10.0, 10.0, time.monotonic() - 6000)
    short = run_gpu(recipe, pack, out, work, limits=over, resume=True, say=silent)
    assert short["complete"] is False
    assert short["stages"]["pretrain"]["batches"] == 2
    assert join_parts(out, tmp_path / "early.gguf") == short["gguf"]["bytes"]
    done = run_gpu(recipe, pack, out, work, limits=limits, resume=True, say=lines.append)
    assert done["complete"] is True
    assert any("going on" in line for line in lines)
    assert done["plan_s"] == short["plan_s"]
    stages = done["stages"]
    assert all(stage["done"] and stage["batches"] > 0 for stage in stages.values())
    assert stages["pretrain"]["last_loss"] < stages["pretrain"]["first_loss"] - 0.5
    assert done["notes"]["validation_after_sft"][0] < done["unigram"][0]
    before, after = done["pairs"]["before"], done["pairs"]["after"]
    assert before["held_out"]["pairs"] == after["held_out"]["pairs"] >= 8
    # At this size nothing carries over to unseen pairs; those that were learnt from must move.
    assert after["learnt_from"]["margin"] > before["learnt_from"]["margin"] + 0.1
    assert len(done["samples"]) == 20
    check_files(out, work, tmp_path / "joined.gguf", done)
    other = dataclasses.replace(recipe, sha256="other")
    with pytest.raises(PackError):
        run_gpu(other, pack, out, work, limits=limits, resume=True, say=silent)


def check_files(out: Path, work: Path, joined: Path, report: dict) -> None:
    """The parts are the model, and where llama.cpp is at hand it answers as the checkpoint does."""
    assert json.loads((out / "report.json").read_text("utf-8")) == report
    assert len(list(out.iterdir())) <= 8
    split_file(work / "psylite-nano.gguf", out, part_bytes=100_000)
    assert join_parts(out, joined) == report["gguf"]["bytes"]
    assert joined.read_bytes() == (work / "psylite-nano.gguf").read_bytes()
    if importlib.util.find_spec("gguf"):
        import gguf

        fields = gguf.GGUFReader(joined).fields
        assert fields["tokenizer.ggml.pre"].contents() == "qwen2"
        assert fields["general.file_type"].contents() == gguf.LlamaFileType.MOSTLY_Q8_0
    if importlib.util.find_spec("llama_cpp"):
        from psylite_desktop.forge.parity import check_reference

        found = check_reference(joined, out / "reference.json")
        assert abs(found.perplexity_change) < 0.01
        assert found.tokenizer_same == found.tokenizer_lines == 20
        assert found.same_top > 0.95


@pytest.mark.ci
@pytest.mark.filterwarnings("ignore")
def test_all_layers_are_of_one_class() -> None:
    """A compiler gives up after eight different ones, and the rest would run at half the speed."""
    pytest.importorskip("torch")
    assert len({type(layer) for layer in build(toy().model).blk}) == 1
