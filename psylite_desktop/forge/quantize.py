"""Quantising a GGUF file and checking that it still answers as the checkpoint does."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

KINDS = ("q8_0", "q4_k_m", "f16")


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


def quantize(source: Path, target: Path, kind: str) -> int:
    """Quantise `source` into `target` and return its size in bytes.

    Raises ValueError for an unknown kind and OSError if llama.cpp reports a failure.
    """
    import llama_cpp

    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}, expected one of {KINDS}")
    types = {
        "q8_0": llama_cpp.LLAMA_FTYPE_MOSTLY_Q8_0,
        "q4_k_m": llama_cpp.LLAMA_FTYPE_MOSTLY_Q4_K_M,
        "f16": llama_cpp.LLAMA_FTYPE_MOSTLY_F16,
    }
    _silence()
    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype = types[kind]
    target.parent.mkdir(parents=True, exist_ok=True)
    failed = llama_cpp.llama_model_quantize(
        str(source).encode(), str(target).encode(), ctypes.byref(params)
    )
    if failed:
        raise OSError(f"llama.cpp could not quantise {source.name} to {kind} (code {failed})")
    return target.stat().st_size


@lru_cache(maxsize=1)
def _silence() -> Any:
    """Turn llama.cpp's own log off; the callback is kept, since C holds only its address."""
    import llama_cpp

    callback = llama_cpp.llama_log_callback(lambda _level, _text, _data: None)
    llama_cpp.llama_log_set(callback, ctypes.c_void_p(0))
    return callback


def load(path: Path, *, context: int = 512, threads: int = 2, all_logits: bool = False) -> Any:
    """A llama_cpp.Llama over `path`; raises ValueError if it cannot be loaded."""
    import llama_cpp

    return llama_cpp.Llama(
        str(path),
        n_ctx=context,
        n_batch=context,
        n_threads=threads,
        logits_all=all_logits,
        verbose=False,
    )


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
    model = load(gguf_path, context=rows.shape[1], all_logits=True)
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
