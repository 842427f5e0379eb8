"""Folders of tiny published-looking models with random weights, made without transformers."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from psylite_desktop.forge.adapt.shape import BaseShape
from psylite_desktop.forge.adapt.weights import write_file

FEELINGS = ("累", "慌", "烦", "闷", "酸", "空", "紧张", "委屈")
PLACES = ("公司", "学校", "家里", "宿舍", "路上", "饭桌上", "图书馆", "操场")
TALKS = [
    (f"今天在{place}我心里很{feeling}", f"在{place}心里{feeling}，这一天不容易。那时候发生了什么？")
    for feeling, place in itertools.product(FEELINGS, PLACES)
]


def tiny_shape(architecture: str, *, vocabulary: int = 400, tied: bool = True) -> BaseShape:
    return BaseShape(
        architecture=architecture,
        vocabulary=vocabulary,
        width=64,
        layers=2,
        heads=4,
        kv_heads=2,
        head_size=16,
        feed_forward=96,
        context=512,
        rope_base=10000.0,
        norm_eps=1e-5,
        tied=tied,
    )


def write_talks(folder: Path, name: str = "toy.jsonl") -> None:
    lines = []
    for number, texts in enumerate(TALKS):
        messages = [
            {"role": role, "content": text}
            for role, text in zip(("user", "assistant"), texts, strict=True)
        ]
        lines.append(json.dumps({"id": f"toy-{number}", "messages": messages}, ensure_ascii=False))
    (folder / name).write_text("\n".join(lines), "utf-8")


def write_tokenizer(folder: Path, vocabulary: int, texts: Sequence[str] = ()) -> None:
    """Byte-level BPE with Qwen2's marks and no others."""
    from psylite_desktop.forge.tokenizer import NOTE, train_tokenizer

    path = folder / "tokenizer.json"
    train_tokenizer(texts or [text for talk in TALKS for text in talk], vocabulary, path)
    path.write_text(path.read_text("utf-8").replace(NOTE, "<|spare|>"), "utf-8")


def random_weights(shape: BaseShape, seed: int = 1) -> dict[str, Any]:
    """Weights large enough that every part of the network shows in the logits."""
    import torch

    from psylite_desktop.forge.adapt.decoder import build_decoder

    chance = torch.Generator().manual_seed(seed)
    found = {}
    for name, empty in build_decoder(shape).state_dict().items():
        spread = torch.randn(empty.shape, generator=chance)
        if "norm" in name:
            found[name] = 1.0 + 0.2 * spread
        elif name.endswith(".bias"):
            found[name] = 0.5 * spread
        elif "embed" in name:
            found[name] = spread
        else:
            found[name] = spread * 1.5 / empty.shape[-1] ** 0.5
    # As files hold them, so that nothing is lost on the way into one.
    return {name: tensor.bfloat16().float() for name, tensor in found.items()}


def write_base(
    folder: Path,
    shape: BaseShape,
    weights: dict[str, Any] | None = None,
    texts: Sequence[str] = (),
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    held = random_weights(shape) if weights is None else weights
    sizes = {name: tuple(tensor.shape) for name, tensor in held.items()}
    write_file(held.__getitem__, sizes, folder / "model.safetensors", "BF16")
    (folder / "config.json").write_text(json.dumps(shape.config()), "utf-8")
    write_tokenizer(folder, shape.vocabulary, texts)
