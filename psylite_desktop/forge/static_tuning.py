"""Tunes static token vectors on what people say in the situations that our passages are about.

A message is to lie nearer to its own passage than to every other one of its language, and, more
softly, to that passage's twin in the other language. Only tokens move that occur there. What is
learnt is which everyday words go with which trouble. Needs the extra `forge`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psylite_desktop.forge.curves import Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from psylite_desktop.forge.static_vectors import EmbedderRecipe

    Floats = NDArray[np.float32]
    Ids = NDArray[np.int32]

Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A passage: its shelf (corpus and language), its twin's place or -1, its text, its asks."""

    shelf: tuple[str, str]
    twin: int
    text: Ids
    asks: tuple[Ids, ...]


def tune(
    vectors: Floats, lessons: Sequence[Lesson], recipe: EmbedderRecipe, log: Log
) -> tuple[Floats, Record]:
    """The vectors after `recipe.tuning_steps` steps, and the loss on the way.

    A passage's direction is that of its text and of those of its asks that are not in the batch:
    no message is ever compared with itself.
    """
    import numpy as np
    import torch
    from torch.nn import functional

    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    scale = float(np.linalg.norm(vectors, axis=1).mean())
    start = torch.from_numpy(vectors / scale)
    moved = torch.zeros_like(start, requires_grad=True)
    messages = [(place, ask) for place, one in enumerate(lessons) for ask in one.asks if len(ask)]
    texts = [(place, one.text) for place, one in enumerate(lessons)]
    own, others = _masks(lessons)
    optimiser = torch.optim.Adam([moved], lr=recipe.tuning_rate)
    record = Record("steps")
    for step in range(recipe.tuning_steps):
        optimiser.param_groups[0]["lr"] = recipe.tuning_rate * (1 - step / recipe.tuning_steps)
        chance.shuffle(messages)
        asked, rest = messages[: recipe.tuning_batch], messages[recipe.tuning_batch :]
        table = start + moved
        known = texts + rest
        parts = _directions(table, [ids for _, ids in known])
        owners = torch.tensor([place for place, _ in known])
        sums = torch.zeros(len(lessons), table.shape[1]).index_add(0, owners, parts)
        heard = [_thinned(ids, recipe.tuning_dropped, chance) for _, ids in asked]
        likeness = _directions(table, heard) @ functional.normalize(sums, dim=1).T
        scores = likeness / recipe.tuning_temperature
        target = torch.tensor([place for place, _ in asked])
        loss = functional.cross_entropy(scores.masked_fill(~own[target], -1e4), target)
        loss = loss + recipe.tuning_twins * _twin_loss(scores, target, lessons, others)
        kept = recipe.tuning_kept * moved.square().sum() / len(asked)
        optimiser.zero_grad()
        (loss + kept).backward()
        optimiser.step()
        if step % 20 == 0:
            record.add("loss", step, float(loss.detach()))
        if step % 100 == 0:
            log(f"tuning {step}/{recipe.tuning_steps}, loss {float(loss.detach()):.3f}")
    tuned: Floats = (start + moved).detach().numpy() * scale
    return tuned.astype(np.float32), record


def _masks(lessons: Sequence[Lesson]) -> tuple[Any, Any]:
    """Of each passage, which others share its shelf, and which stand on its twin's."""
    import torch

    shelves = [one.shelf for one in lessons]
    own = torch.tensor([[there == here for there in shelves] for here in shelves])
    others = torch.tensor(
        [[there[0] == here[0] and there != here for there in shelves] for here in shelves]
    )
    return own, others


def _twin_loss(scores: Any, target: Any, lessons: Sequence[Lesson], others: Any) -> Any:
    import torch
    from torch.nn import functional

    rows = [row for row, place in enumerate(target.tolist()) if lessons[place].twin >= 0]
    if not rows:
        return torch.zeros(())
    twins = torch.tensor([lessons[int(target[row])].twin for row in rows])
    return functional.cross_entropy(scores[rows].masked_fill(~others[target[rows]], -1e4), twins)


def _directions(table: Any, messages: Sequence[Ids]) -> Any:
    """Unit vectors [messages, dimensions]: the mean of each one's token vectors."""
    import numpy as np
    import torch

    flat = torch.from_numpy(np.concatenate(messages).astype(np.int64))
    offsets = torch.from_numpy(np.cumsum([0, *map(len, messages[:-1])]))
    summed = torch.nn.functional.embedding_bag(flat, table, offsets, mode="sum")
    return torch.nn.functional.normalize(summed, dim=1)


def _thinned(ids: Ids, share: float, chance: random.Random) -> Ids:
    """Some words left out, so that no single one decides."""
    kept = [place for place in range(len(ids)) if chance.random() > share]
    return ids[kept] if kept else ids
