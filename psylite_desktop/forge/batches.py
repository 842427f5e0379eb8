"""Rows of a stage in the order of training, and how many fit into memory at once."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from psylite_desktop.forge.orpo import REPLY
from psylite_desktop.forge.rows import load_saved

PROBE_ROWS = 2


class RowSource:
    """Rows of a stage on a device; batch `number` is the same in every run."""

    def __init__(self, work: Path, names: list[str], size: int, seed: str, device: Any) -> None:
        """`names` are read in turn, one a pass; raises OSError."""
        self.work, self.names, self.seed, self.device = work, names, seed, device
        self._name = ""
        self._order: tuple[int, list[int]] = (-1, [])
        self._open(names[0])
        self.size = min(size, self.ids.shape[0])
        self.per_pass = max(1, self.ids.shape[0] // self.size)

    def batch(self, number: int) -> tuple[Any, Any]:
        """Ids and parts [size, block + 1] of a batch, counted from 0 over all passes."""
        turn, place = divmod(number, self.per_pass)
        self._open(self.names[turn % len(self.names)])
        if self._order[0] != turn:
            order = list(range(self.ids.shape[0]))
            random.Random(f"{self.seed}-{turn}").shuffle(order)
            self._order = (turn, order)
        start = place * self.size
        chosen = self._order[1][start : start + self.size]
        # A pass with notes of its own may have a few rows less than the first one had.
        chosen += self._order[1][: self.size - len(chosen)]
        return self.ids[chosen], self.parts[chosen]

    def _open(self, name: str) -> None:
        import numpy as np
        import torch

        if name == self._name:
            return
        ids, parts = load_saved(self.work, name)
        self.ids = torch.from_numpy(ids.astype(np.int32)).to(self.device)
        self.parts = torch.from_numpy(parts).to(self.device)
        self._name = name


def loss_weights(parts: Any, user_weight: float) -> Any:
    """Weights of the loss [rows, block]: 1 on replies, `user_weight` on the person."""
    import torch

    marks = parts[:, 1:]
    weights = torch.zeros(marks.shape, device=marks.device)
    weights[marks == REPLY] = 1.0
    weights[marks == 1] = user_weight
    return weights


def token_losses(model: Any, ids: Any) -> Any:
    """Loss at every place [rows, block] of ids [rows, block + 1]."""
    from torch.nn import functional

    whole = ids.long()
    logits = model.logits(model(whole[:, :-1]))
    targets = whole[:, 1:].reshape(-1)
    losses = functional.cross_entropy(logits.flatten(0, 1).float(), targets, reduction="none")
    return losses.view(ids.shape[0], -1)


def rows_at_once(
    most: int, share: float, cpu_rows: int, device: Any, probe: Callable[[int], None]
) -> int:
    """How many of `most` rows go through the network together: a divisor of it, a power of two.

    On a GPU `probe(rows)` runs forwards and backwards once, and the memory that it took is scaled
    up to `share` of what is free. Elsewhere it is `cpu_rows`.
    """
    import torch

    limit = cpu_rows
    if device.type == "cuda":
        torch.cuda.synchronize()
        torch.cuda.reset_peak_memory_stats()
        before = torch.cuda.memory_allocated()
        probe(PROBE_ROWS)
        torch.cuda.synchronize()
        each = max(1, (torch.cuda.max_memory_allocated() - before) // PROBE_ROWS)
        torch.cuda.empty_cache()
        limit = int(torch.cuda.mem_get_info()[0] * share) // each
    rows = 1
    while rows * 2 <= min(limit, most) and most % (rows * 2) == 0:
        rows *= 2
    return rows
