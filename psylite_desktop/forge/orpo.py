"""Odds-ratio preference optimisation (Hong, Lee and Thorne 2024, arXiv 2403.07691), torch alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from psylite_desktop.forge.corpus import IGNORED
from psylite_desktop.forge.pairs import Pair

REPLY = 2  # a part mark, see corpus.encode_dialogue
NEARLY_SURE = -1e-6  # a mean log-probability of 0 has infinite odds
ROWS_AT_ONCE = 32


class TurnEncoder(Protocol):
    """What is needed of a model's encoder."""

    end_of_document: int

    def turn(self, user: str, note: str | None, reply: str) -> tuple[list[int], list[int]]:
        """Ids and parts of a message and its reply."""
        ...


@dataclass(frozen=True, slots=True)
class Preference:
    """How a model ranks pairs; `margin` is the mean of chosen minus rejected, in nats a token."""

    pairs: int
    accuracy: float
    margin: float
    chosen: float
    rejected: float


def odds_ratio_loss(chosen: Any, rejected: Any, nll: Any, beta: float) -> tuple[Any, Any]:
    """The loss, and the log odds ratios [pairs].

    `chosen` and `rejected` are mean log-probabilities a token of the two replies [pairs]; `nll`
    is the negative log-likelihood of the chosen replies. Loss: mean(nll) - beta * mean(log
    sigmoid(log odds(chosen) - log odds(rejected))), odds(p) = p / (1 - p).
    """
    import torch
    from torch.nn import functional

    def log_odds(mean: Any) -> Any:
        mean = mean.clamp(max=NEARLY_SURE)
        return mean - torch.log1p(-torch.exp(mean))

    ratio = log_odds(chosen) - log_odds(rejected)
    return nll.mean() - beta * functional.logsigmoid(ratio).mean(), ratio


def mean_log_probability(model: Any, ids: Any, parts: Any) -> Any:
    """Mean log-probability a token of each row's reply [rows]; ids, parts [rows, length + 1]."""
    from torch.nn import functional

    wanted = (parts[:, 1:] == REPLY).float()
    logits = model.logits(model(ids[:, :-1])).float()
    targets = ids[:, 1:].reshape(-1)
    losses = functional.cross_entropy(logits.flatten(0, 1), targets, reduction="none")
    losses = losses.view(wanted.shape)
    return -(losses * wanted).sum(dim=1) / wanted.sum(dim=1).clamp(min=1.0)


def encode_pairs(
    pairs: Sequence[Pair], encoder: TurnEncoder, length: int
) -> tuple[Any, Any, list[str]]:
    """Ids and parts [2 * pairs, length + 1], chosen first and rejected in the second half.

    Returns also the ids of pairs that are too long, which are left out.
    """
    import numpy as np

    rows: list[list[tuple[list[int], list[int]]]] = [[], []]
    left_out = []
    for pair in pairs:
        both = [encoder.turn(pair.user, None, reply) for reply in (pair.chosen, pair.rejected)]
        if any(len(ids) > length + 1 for ids, _ in both):
            left_out.append(pair.id)
            continue
        for half, row in zip(rows, both, strict=True):
            half.append(row)
    flat = rows[0] + rows[1]
    ids = np.full((len(flat), length + 1), encoder.end_of_document, dtype=np.int64)
    parts = np.full((len(flat), length + 1), IGNORED, dtype=np.int8)
    for number, (row_ids, row_parts) in enumerate(flat):
        ids[number, : len(row_ids)], parts[number, : len(row_parts)] = row_ids, row_parts
    return ids, parts, left_out


def judge(model: Any, ids: Any, parts: Any) -> Preference:
    """How often and by how much the model prefers the chosen replies (tensors of encode_pairs)."""
    import torch

    half = ids.shape[0] // 2
    if half == 0:
        return Preference(0, 0.0, 0.0, 0.0, 0.0)
    with torch.no_grad():
        means = torch.cat(
            [
                mean_log_probability(
                    model, ids[at : at + ROWS_AT_ONCE], parts[at : at + ROWS_AT_ONCE]
                )
                for at in range(0, 2 * half, ROWS_AT_ONCE)
            ]
        )
    chosen, rejected = means[:half], means[half:]
    return Preference(
        pairs=half,
        accuracy=float((chosen > rejected).float().mean()),
        margin=float((chosen - rejected).mean()),
        chosen=float(chosen.mean()),
        rejected=float(rejected.mean()),
    )
