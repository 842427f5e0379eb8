"""Memo2Demo through a real file: a tiny model that has learnt one report's answers by heart."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from psylite_desktop.domain.ports import Turn
from psylite_desktop.forge.memo2demo import make_dialogues, parse_report
from tests.fakes.scripted_model import ScriptedModel
from tests.fakes.tiny_bases import tiny_shape, write_base
from tests.forge.test_memo2demo import GOOD, LINES, REPORT

pytestmark = [pytest.mark.ci, pytest.mark.filterwarnings("ignore")]
STEPS = 150


def questions(folder: Path) -> list[list[Turn]]:
    """What a model is asked for this report when it answers well."""
    model = ScriptedModel(*GOOD)
    found = make_dialogues([parse_report(REPORT)], model, folder / "x.jsonl", say=lambda _l: None)
    assert found["made"] == 1
    return model.asked


def learnt_by_heart(folder: Path) -> Path:
    """A GGUF file of a tiny model that was adapted to answer these questions."""
    import torch

    from psylite_desktop.forge.adapt.base_model import open_base, write_folder
    from psylite_desktop.forge.adapt.decoder import build_decoder, load_decoder
    from psylite_desktop.forge.adapt.documents import ChatWriter
    from psylite_desktop.forge.adapt.export import write_base_gguf
    from psylite_desktop.forge.adapt.lora import (
        LoraSettings,
        Merged,
        adapter_state,
        add_adapters,
        save_adapter,
    )
    from psylite_desktop.forge.adapt.trainer import row_loss
    from psylite_desktop.forge.adapt.vocabulary import read_vocabulary

    torch.manual_seed(1)
    asked = questions(folder)
    shape = dataclasses.replace(tiny_shape("qwen2", vocabulary=1400), context=4096)
    texts = [turn.text for turns in asked for turn in turns] + GOOD
    write_base(folder / "base", shape, texts=texts)
    base = open_base(folder / "base")
    vocabulary = read_vocabulary(folder / "base", shape.vocabulary)
    writer = ChatWriter(vocabulary, "qwen2", "tiny")
    rows = []
    for (system, user), answer in zip(asked, GOOD, strict=True):
        ids, parts = writer.turns([system, user, Turn("assistant", answer)])
        held = {"ids": ids, "parts": parts, "documents": [0] * len(ids)}
        rows.append({key: torch.tensor([value]) for key, value in held.items()})
    model = build_decoder(shape)
    load_decoder(model, base.weights, dtype=torch.float32, device="cpu")
    settings = LoraSettings(
        32, 32.0, 0.0, ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
    )
    optimiser = torch.optim.AdamW(add_adapters(model, settings), lr=5e-3, weight_decay=0.0)
    for _ in range(STEPS):
        for row in rows:
            row_loss(model, row).backward()
        torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
        optimiser.step()
        optimiser.zero_grad()
    save_adapter(adapter_state(model), settings, folder / "adapter", base_name="base")
    merged = Merged(base.weights, folder / "adapter")
    write_folder(base, merged, folder / "merged")
    whole = open_base(folder / "merged")
    target = folder / "tiny.gguf"
    write_base_gguf(whole.shape, whole.weights, vocabulary, target, name="by heart")
    return target


def test_a_dialogue_comes_out_of_a_model_file(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("llama_cpp")
    from psylite_desktop.host.client import EngineHost

    gguf = learnt_by_heart(tmp_path)
    host = EngineHost(assets=tmp_path / "none", models=tmp_path / "none")
    try:
        host.use_model(gguf)
        target = tmp_path / "out.jsonl"
        said: list[Any] = []
        found = make_dialogues([parse_report(REPORT)], host, target, tries=8, say=said.append)
    finally:
        host.close()
    assert (found["made"], found["rejected"]) == (1, 0), found
    (row,) = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [one["content"] for one in row["messages"]] == [said for one in LINES for said in one]
    assert row["model"] == "by heart"
