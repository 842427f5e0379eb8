"""A base: the folder of a published model, as people download it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.forge.adapt.internlm2 import InternLM2AsLlama
from psylite_desktop.forge.adapt.shape import BaseShape, is_internlm2, read_config, shape_of
from psylite_desktop.forge.adapt.weights import SafeTensors, Weights, write_weights

BESIDE = (
    "tokenizer.json",
    "tokenizer_config.json",
    "tokenizer.model",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.json",
    "merges.txt",
    "generation_config.json",
    "chat_template.jinja",
    "LICENSE",
)
"""Files of a base that go along with its weights."""


@dataclass(frozen=True, slots=True)
class Base:
    """A base that is open: sizes, and weights under Llama's names (also those of InternLM2)."""

    folder: Path
    shape: BaseShape
    weights: Weights


def open_base(folder: Path) -> Base:
    """Open a model folder: config.json and safetensors files.

    Raises OSError if one is missing, ValueError if the model is of another kind.
    """
    config = read_config(folder)
    shape = shape_of(config)
    stored = SafeTensors(folder)
    weights = InternLM2AsLlama(stored, shape) if is_internlm2(config) else stored
    return Base(folder, shape, weights)


def write_folder(
    base: Base,
    weights: Weights,
    target: Path,
    *,
    kind: str = "BF16",
    progress: Callable[[float], None] = lambda _done: None,
) -> None:
    """Write a model folder with other weights of the base's shape. Raises OSError, ValueError.

    What transformers and llama.cpp's converter read; an InternLM2 base becomes a Llama folder.
    """
    if target.resolve() == base.folder.resolve():
        raise ValueError("the result cannot take the place of its base")
    target.mkdir(parents=True, exist_ok=True)
    config = base.shape.config()
    tokenizer = base.folder / "tokenizer_config.json"
    for key in ("bos_token_id", "eos_token_id", "pad_token_id"):
        value = read_config(base.folder).get(key)
        if value is not None:
            config[key] = value
    (target / "config.json").write_text(json.dumps(config, indent=1), "utf-8")
    for name in BESIDE:
        if (base.folder / name).exists():
            shutil.copyfile(base.folder / name, target / name)
    if is_internlm2(read_config(base.folder)) and tokenizer.exists():
        _name_llamas_tokenizer(target / "tokenizer_config.json")
    write_weights(weights, target, kind=kind, progress=progress)


def _name_llamas_tokenizer(path: Path) -> None:
    """Without the code that came with InternLM2, transformers reads its tokenizer as Llama's."""
    said = json.loads(path.read_text("utf-8"))
    said.pop("auto_map", None)
    said["tokenizer_class"] = "LlamaTokenizer"
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1), "utf-8")


def convert_folder(
    source: Path, target: Path, *, progress: Callable[[float], None] = lambda _done: None
) -> BaseShape:
    """Write an InternLM2 folder as a Llama folder; returns the shape.

    Raises OSError, and ValueError if the source is not InternLM2.
    """
    if not is_internlm2(read_config(source)):
        raise ValueError(f"{source.name} is not an InternLM2 model")
    base = open_base(source)
    write_folder(base, base.weights, target, progress=progress)
    return base.shape
