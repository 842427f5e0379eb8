"""Whether a GGUF file still answers as its checkpoint does."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.engine.quantization import open_wrapper


@dataclass(frozen=True, slots=True)
class Parity:
    """Checkpoint against GGUF on the same tokens, the true text given at every place."""

    places: int
    same_top: float
    perplexity_checkpoint: float
    perplexity_gguf: float
    tokenizer_lines: int
    tokenizer_same: int

    @property
    def perplexity_change(self) -> float:
        """Relative change of perplexity; 0.01 is one per cent worse."""
        return self.perplexity_gguf / self.perplexity_checkpoint - 1.0


def same_tokens(model: Any, tokenizer: Any, lines: Sequence[str]) -> list[str]:
    """The lines that llama.cpp cuts differently from the tokenizers package; empty is right."""
    return [
        line
        for line in lines
        if model.tokenize(line.encode(), add_bos=False, special=True)
        != tokenizer.encode(line, add_special_tokens=False).ids
    ]


def checkpoint_logits(model_path: Path, rows: Any) -> Any:
    """Float32 logits [rows, length, vocabulary] of a model.pt for ids [rows, length]."""
    import torch

    from psylite_desktop.forge.nano import build
    from psylite_desktop.forge.recipe import ModelShape

    saved = torch.load(model_path, weights_only=True)
    model = build(ModelShape(**saved["shape"]))
    model.load_state_dict(saved["model"])
    with torch.no_grad():
        return model.logits(model(torch.as_tensor(rows))).numpy()


def gguf_logits(model: Any, rows: Any) -> Any:
    """Float32 logits [rows, length, vocabulary] of a model loaded with all_logits=True."""
    import numpy as np

    found = []
    for row in rows:
        model.reset()
        model.eval([int(number) for number in row])
        found.append(np.array(model.scores[: len(row)], dtype=np.float32))
    return np.stack(found)


def check_parity(
    model_path: Path, gguf_path: Path, tokenizer: Any, rows: Any, lines: Sequence[str]
) -> Parity:
    """Compare checkpoint and GGUF on ids [rows, length] and on the cutting of `lines`.

    Top-1 agreement and perplexity are taken over every place but the last; padding rows must
    have been left out by the caller.
    """
    import numpy as np

    rows = np.asarray(rows, dtype=np.int64)
    model = open_wrapper(gguf_path, context=rows.shape[1], all_logits=True)
    first, second = checkpoint_logits(model_path, rows), gguf_logits(model, rows)
    targets = rows[:, 1:]

    def perplexity(logits: Any) -> float:
        scores = logits[:, :-1].astype(np.float64)
        top = scores.max(axis=-1, keepdims=True)
        log_sum = np.log(np.exp(scores - top).sum(axis=-1)) + top[..., 0]
        chosen = np.take_along_axis(scores, targets[..., None], axis=-1)[..., 0]
        return math.exp(float((log_sum - chosen).mean()))

    same = first.argmax(axis=-1) == second.argmax(axis=-1)
    different = same_tokens(model, tokenizer, lines)
    return Parity(
        places=int(same.size),
        same_top=float(same.mean()),
        perplexity_checkpoint=perplexity(first),
        perplexity_gguf=perplexity(second),
        tokenizer_lines=len(lines),
        tokenizer_same=len(lines) - len(different),
    )
