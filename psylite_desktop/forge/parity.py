"""Whether a GGUF file still answers as its checkpoint does."""

from __future__ import annotations

import json
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
    return Parity(
        places=int(rows.size),
        same_top=float((first.argmax(axis=-1) == second.argmax(axis=-1)).mean()),
        perplexity_checkpoint=perplexity(first, rows),
        perplexity_gguf=perplexity(second, rows),
        tokenizer_lines=len(lines),
        tokenizer_same=len(lines) - len(same_tokens(model, tokenizer, lines)),
    )


def perplexity(logits: Any, rows: Any) -> float:
    """Perplexity of ids [rows, length] under logits [rows, length, vocabulary]."""
    import numpy as np

    scores = logits[:, :-1].astype(np.float64)
    top = scores.max(axis=-1, keepdims=True)
    log_sum = np.log(np.exp(scores - top).sum(axis=-1)) + top[..., 0]
    chosen = np.take_along_axis(scores, rows[:, 1:][..., None], axis=-1)[..., 0]
    return math.exp(float((log_sum - chosen).mean()))


def write_reference(logits: Any, rows: Any, encoder: Any, lines: Sequence[str], path: Path) -> None:
    """Write what `check_reference` compares with: a checkpoint is too big to be carried about.

    `logits` [rows, length, vocabulary] are the checkpoint's for ids `rows` [rows, length].
    """
    reference = {
        "rows": rows.tolist(),
        "top": logits.argmax(axis=-1).tolist(),
        "perplexity": perplexity(logits, rows),
        "lines": [{"text": line, "ids": encoder.text(line)} for line in lines],
    }
    path.write_text(json.dumps(reference, ensure_ascii=False), "utf-8")


def check_reference(gguf_path: Path, path: Path) -> Parity:
    """Compare a GGUF file with what its checkpoint said; raises OSError, ValueError, KeyError."""
    import numpy as np

    reference = json.loads(path.read_text("utf-8"))
    rows = np.asarray(reference["rows"], dtype=np.int64)
    model = open_wrapper(gguf_path, context=rows.shape[1], all_logits=True)
    logits = gguf_logits(model, rows)
    lines = reference["lines"]
    same = [
        model.tokenize(line["text"].encode(), add_bos=False, special=True) == line["ids"]
        for line in lines
    ]
    return Parity(
        places=int(rows.size),
        same_top=float((logits.argmax(axis=-1) == np.asarray(reference["top"])).mean()),
        perplexity_checkpoint=float(reference["perplexity"]),
        perplexity_gguf=perplexity(logits, rows),
        tokenizer_lines=len(lines),
        tokenizer_same=sum(same),
    )
