"""Trains the network that `safety/reader.py` reads texts with; needs torch.

It learns from whole texts how grave they are, of what kind, and what they ask for. Words and
classes are left out at random while it learns, so that neither alone may tell.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from psylite_desktop.domain.risk import Kind, Level, Request
from psylite_desktop.forge.reading import batches, classes_in, padded, words_in
from psylite_desktop.forge.risk_fit import HARMLESS_WEIGHT
from psylite_desktop.forge.risk_texts import Example
from psylite_desktop.retrieval.risk_encoder import Vocabulary
from psylite_desktop.safety.classifier import KINDS, LEVEL_HEADS, REQUESTS
from psylite_desktop.safety.reader import (
    FORMAT,
    HEADER,
    LOUDEST,
    MAGIC,
    ONE,
    OUTPUTS,
    TAPS,
    WEIGHTS,
    Network,
    Token,
    network_of,
)

WIDTH = 64
DISTANCES = (1, 2)
EPOCHS = 4
BATCH = 64
RATE = 1.2e-3
DECAY = 0.02
SEEN = 2
"""In how many texts a word must stand to have a row."""
LONGEST = {"zh": 128, "en": 96}
"""Words of a text that are learnt at once; of longer ones another part each time."""
UNHEARD = {"words": 0.25, "classes": 0.1, "numbers": 0.2, "told": 0.3}
"""How much is left out at random while learning."""
WATCHED = 0.3
"""What a text to be watched weighs where a crisis is told from all else: it is neither."""
ASIDE = 0.3
"""What kinds and requests weigh beside levels."""
ASKS = 3.0
"""What a text weighs that asks for something, beside those that ask for nothing."""


@dataclass(frozen=True, slots=True)
class Read:
    """The words of a text, and from which to which of them each piece reaches."""

    tokens: Sequence[Token]
    spans: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class ReaderMade:
    """The network of one language, as its files hold it."""

    said: Mapping[str, Any]
    weights: bytes

    @property
    def network(self) -> Network:
        """As the app reads it."""
        return network_of(self.said, self.weights)


def write_reader(folder: Path, made: Mapping[str, ReaderMade]) -> int:
    """Write both files; returns the checksum of the first. Raises OSError."""
    weights = MAGIC + b"".join(one.weights for one in made.values())
    languages = {lang: one.said for lang, one in made.items()}
    header = {"format": FORMAT, "crc32": crc32(weights), "languages": languages}
    head = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    (folder / HEADER).write_bytes(head)
    (folder / WEIGHTS).write_bytes(weights)
    return crc32(head)


def fit_reader(
    examples: Sequence[Example], read: Sequence[Read], learnt: Sequence[int], seed: int
) -> ReaderMade:
    """Learn from some texts of one language; the same for the same seed."""
    import torch

    torch.manual_seed(seed)
    chance = random.Random(seed)
    held = [place for place in learnt if read[place].tokens]
    words = words_in((read[place].tokens for place in held), SEEN)
    classes = classes_in(read[place].tokens for place in held)
    numbers = Vocabulary.of(words, classes)
    rows = [numbers(read[place].tokens) for place in held]
    truth, weight = wanted_of([examples[place] for place in held])
    net = _network(torch, 1 + len(words), len(classes))
    steps = EPOCHS * -(-len(held) // BATCH)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    loss_of = torch.nn.BCEWithLogitsLoss(reduction="none")
    most = LONGEST[examples[0].lang]
    net.train()
    for _ in range(EPOCHS):
        for part in batches(rows, BATCH, chance):
            said = net(padded([rows[place] for place in part], most, chance))
            loss = (loss_of(said, truth[part]) * weight[part]).sum(1).mean()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            plan.step()
            net.bound()
    # The first row is that of every other word.
    return _made(net, ["", *words], classes)


def wanted_of(examples: Sequence[Example]) -> tuple[Any, Any]:
    """Truth and weight [texts, outputs] of levels, kinds and requests, in that order."""
    import torch

    truth, weight = [], []
    for one in examples:
        own = one.weight * (1.0 if one.level else HARMLESS_WEIGHT.get(one.source, 1.0))
        watched = one.level == Level.WATCH
        levels = [own, own * WATCHED if watched else own, 0.0 if watched else own]
        if not one.level:
            levels[2] *= 0.5
        known = not one.level or one.kind not in ("", Kind.NONE)
        asked = one.weight * (ASKS if one.request != Request.NONE else 1.0) if one.request else 0.0
        truth.append(
            [float(one.level > place) for place in range(len(LEVEL_HEADS))]
            + [float(one.level > Level.NONE and one.kind == kind) for kind in KINDS]
            + [float(one.request == request) for request in REQUESTS]
        )
        weight.append(
            [share / len(LEVEL_HEADS) for share in levels]
            + [own * ASIDE / len(KINDS) if known else 0.0] * len(KINDS)
            + [asked * ASIDE / len(REQUESTS)] * len(REQUESTS)
        )
    return torch.tensor(truth), torch.tensor(weight)


def _network(torch: Any, words: int, classes: int) -> Any:
    """The network as it learns: in fractions, with what is left out at random."""
    nn = torch.nn

    class Net(nn.Module):  # type: ignore[misc,name-defined]
        def __init__(self) -> None:
            super().__init__()
            sizes = (words, classes, classes)
            self.tables = nn.ModuleList(
                nn.Embedding(size + 1, WIDTH, padding_idx=0) for size in sizes
            )
            for table in self.tables:
                nn.init.normal_(table.weight, std=0.05)
                table.weight.data[0] = 0.0
            self.layers = nn.ModuleList(
                nn.Conv1d(WIDTH, WIDTH, len(TAPS), padding=one, dilation=one) for one in DISTANCES
            )
            self.norm = nn.LayerNorm(WIDTH)
            self.out = nn.Linear(2 * WIDTH, OUTPUTS)
            self.unheard = nn.Dropout(UNHEARD["numbers"])
            self.untold = nn.Dropout(UNHEARD["told"])

        def forward(self, rows: Any) -> Any:
            there = rows[0] > 0
            if self.training:
                gone = torch.rand(rows.shape) < UNHEARD["classes"]
                gone[0] = torch.rand(rows[0].shape) < UNHEARD["words"]
                # A word that is left out is an unknown one, a class none at all.
                nothing = torch.zeros_like(rows)
                nothing[0] = 1
                rows = torch.where(gone & there, nothing, rows)
            heard = sum(table(one) for table, one in zip(self.tables, rows, strict=True))
            share = there[:, None, :].float()
            heard = self.unheard(heard).transpose(1, 2) * share
            for layer in self.layers:
                heard = (heard + torch.relu(layer(heard)) * share).clamp(max=LOUDEST / ONE)
            heard = self.norm(heard.transpose(1, 2))
            loudest = heard.masked_fill(~there[..., None], -1e9).max(1).values
            mean = (heard * there[..., None]).sum(1) / there.sum(1, keepdim=True)
            return self.out(self.untold(torch.cat([loudest, mean], dim=1)))

        def bound(self) -> None:
            """What is written as a byte must be one."""
            for table in self.tables:
                table.weight.data.clamp_(-1.0, 1.0)

    return Net()


def _made(net: Any, words: Sequence[str], classes: Sequence[str]) -> ReaderMade:
    """In whole numbers: a byte for each weight."""
    import torch

    written = []
    with torch.no_grad():
        for table in net.tables:
            written.append(torch.round(table.weight[1:] * ONE).to(torch.int8).numpy().tobytes())
        layers = []
        for layer, distance in zip(net.layers, DISTANCES, strict=True):
            share = float(layer.weight.abs().max()) / ONE
            # [outputs, inputs, taps] becomes a row of outputs for each tap and input.
            rows = torch.round(layer.weight / share).permute(2, 1, 0).to(torch.int8)
            written.append(rows.contiguous().numpy().tobytes())
            constants = torch.round(layer.bias * ONE / share).to(torch.int64).tolist()
            layers.append({"distance": distance, "share": share, "constants": constants})
        last = torch.cat([net.out.weight, net.out.bias[:, None]], dim=1)
    said = {
        "width": WIDTH,
        "words": list(words),
        "classes": list(classes),
        "layers": layers,
        "gains": _rounded(net.norm.weight),
        "shifts": _rounded(net.norm.bias),
        "said": [_rounded(row) for row in last],
    }
    return ReaderMade(said, b"".join(written))


def _rounded(numbers: Any) -> list[float]:
    return [round(one, 5) for one in numbers.tolist()]
