"""The whole chain at toy size: data, tokenizer, training, GGUF."""

from __future__ import annotations

import dataclasses
import itertools
import json
from pathlib import Path

import pytest

from psylite_desktop.forge import corpus
from psylite_desktop.forge.pipeline import run_nano
from psylite_desktop.forge.recipe import DataFile, Recipe
from psylite_desktop.forge.train import batches, rate_at

FEELINGS = ("累", "慌", "烦", "闷", "酸", "空", "紧张", "委屈")
PLACES = ("公司", "学校", "家里", "宿舍", "路上", "饭桌上", "图书馆", "操场")


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
            line = {"id": f"toy-{number}", "messages": messages}
            handle.write(json.dumps(line, ensure_ascii=False) + "\n")


def toy(recipe: Recipe) -> Recipe:
    model = dataclasses.replace(
        recipe.model, vocabulary=512, width=256, layers=2, heads=4, feed_forward=256, context=128
    )
    training = dataclasses.replace(
        recipe.training, tokens_per_step=512, warm_blocks=64, late_blocks=128
    )
    data = dataclasses.replace(
        recipe.data, seed_repeats=1, files=(DataFile("toy.jsonl", "zh", "support"),)
    )
    return dataclasses.replace(
        recipe, validation_percent=20, model=model, training=training, data=data
    )


def test_the_rate_rises_then_falls_to_its_end(recipe: Recipe) -> None:
    rates = [rate_at(step / 100, recipe.training) for step in range(101)]
    assert max(rates) == pytest.approx(1.0, abs=0.02)
    assert rates[-1] == pytest.approx(recipe.training.final_lr)
    assert rates[5:] == sorted(rates[5:], reverse=True)


def test_a_cut_off_run_goes_on_with_the_next_batch() -> None:
    whole = list(itertools.islice(batches(10, 3, "s"), 8))
    assert whole[:3] == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    assert list(itertools.islice(batches(10, 3, "s", 5), 3)) == whole[5:]


@pytest.mark.ci
@pytest.mark.filterwarnings("ignore")
def test_a_toy_model_beats_unigram_and_becomes_a_gguf(recipe: Recipe, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("tokenizers")
    gguf = pytest.importorskip("gguf")
    write_data(tmp_path)
    out = tmp_path / "out"
    result = run_nano(toy(recipe), tmp_path, out, 0.75, 1, lambda _line: None)
    figures = result.figures["training"]
    assert figures["validation_loss"] < figures["unigram_loss"] - 0.5
    assert figures["reply_loss"] < figures["unigram_reply_loss"] - 0.5
    assert result.figures["cleaning"]["toy.jsonl"]["kept"] == 64
    fields = gguf.GGUFReader(out / "psylite-nano-f16.gguf").fields
    assert fields["tokenizer.ggml.pre"].contents() == "qwen2"
    assert fields["tokenizer.ggml.eos_token_id"].contents() == 2
    assert corpus.load_clean(out)
    if result.gguf is not None:
        for parity in result.figures["parity"].values():
            assert parity["tokenizer_same"] == parity["tokenizer_lines"]
        assert result.figures["parity"]["q8_0"]["same_top"] > 0.95
        assert len(result.figures["samples"]) == 20
