"""What training minimises and what it is judged by, in nats a token."""

from __future__ import annotations

from pathlib import Path
from typing import Any

REPLY = 2  # a part mark, see corpus.encode_dialogue
BATCH_ROWS = 8


def load_rows(out_dir: Path, stage: str) -> tuple[Any, Any]:
    """The ids (int64) and parts (int8) of a stage as tensors [rows, length + 1]; raises OSError."""
    import numpy as np
    import torch

    with np.load(out_dir / f"{stage}.npz") as stored:
        ids = torch.from_numpy(stored["ids"].astype(np.int64))
        return ids, torch.from_numpy(stored["parts"])


def batch_loss(model: Any, ids: Any, parts: Any, user_weight: float) -> Any:
    """Mean loss of rows [batch, length + 1]: weight 1 on replies, `user_weight` on the person.

    The output layer, a third of the cost, is computed only where a loss counts.
    """
    import torch
    from torch.nn import functional

    marks = parts[:, 1:]
    wanted = (marks == REPLY) if user_weight == 0 else (marks > 0)
    hidden = model(ids[:, :-1])[wanted]
    losses = functional.cross_entropy(model.logits(hidden), ids[:, 1:][wanted], reduction="none")
    weights = torch.where(marks[wanted] == REPLY, 1.0, user_weight)
    return (losses * weights).sum() / weights.sum().clamp(min=1.0)


def validate(model: Any, ids: Any, parts: Any) -> tuple[float, float]:
    """Loss over all words, and over replies only; notes and scaffolding do not count."""
    import torch
    from torch.nn import functional

    sums = [0.0, 0.0]
    counts = [0, 0]
    with torch.no_grad():
        for start in range(0, ids.shape[0], BATCH_ROWS):
            rows = ids[start : start + BATCH_ROWS]
            marks = parts[start : start + BATCH_ROWS, 1:]
            wanted = marks > 0
            logits = model.logits(model(rows[:, :-1])[wanted])
            losses = functional.cross_entropy(logits, rows[:, 1:][wanted], reduction="none")
            replies = marks[wanted] == REPLY
            sums[0] += float(losses.sum())
            sums[1] += float(losses[replies].sum())
            counts[0] += losses.numel()
            counts[1] += int(replies.sum())
    return sums[0] / max(counts[0], 1), sums[1] / max(counts[1], 1)


def unigram_loss(train_ids: Any, held_out_ids: Any, vocabulary: int) -> float:
    """Loss of a model that knows only how frequent tokens are (arrays [n], add-one smoothed)."""
    import numpy as np

    counts = np.bincount(train_ids, minlength=vocabulary) + 1.0
    return float(-np.log(counts / counts.sum())[held_out_ids].mean())


def unigram_losses(out_dir: Path, vocabulary: int) -> tuple[float, float]:
    """Unigram losses of the held-out dialogues: all words, and replies only; raises OSError."""
    ids, parts = load_rows(out_dir, "warm")
    check, marks = load_rows(out_dir, "validation")
    # The first place of a row is never predicted, so it does not count here either.
    ids, parts, check, marks = ids[:, 1:], parts[:, 1:], check[:, 1:], marks[:, 1:]
    whole = unigram_loss(ids[parts > 0].numpy(), check[marks > 0].numpy(), vocabulary)
    replies = unigram_loss(ids[parts == REPLY].numpy(), check[marks == REPLY].numpy(), vocabulary)
    return whole, replies
