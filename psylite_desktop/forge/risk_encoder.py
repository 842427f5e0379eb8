"""Learns risk on the pre-trained encoder and writes the network as int8 ONNX.

Needs torch, imported inside functions.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.forge.encoder import OUTPUTS, EncoderRecipe
from psylite_desktop.forge.reading import batches, padded
from psylite_desktop.forge.risk_reader import ASIDE, wanted_of
from psylite_desktop.forge.risk_texts import Example
from psylite_desktop.retrieval.risk_encoder import (
    HEADER,
    INPUTS,
    NETWORK,
    VOCABULARY,
    Floats,
    Vocabulary,
    cut,
)
from psylite_desktop.safety.reader import Token

OTHER = OUTPUTS.index("other")

Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class HeadRecipe:
    """Numbers of a fine-tuning run; `unheard` are the shares of words and of classes left out."""

    epochs: int = 4
    batch: int = 64
    rate: float = 1.2e-3
    decay: float = 0.02
    unheard: tuple[float, float] = (0.2, 0.1)
    seed: int = 20261121


@dataclass(frozen=True, slots=True)
class RiskNetwork:
    """A network of `encoder.build` with the numbers of the words that it reads."""

    module: Any
    vocabulary: Vocabulary
    recipe: EncoderRecipe

    def scores(self, texts: Sequence[Sequence[Token]]) -> tuple[Floats, Floats]:
        """Logits [texts, outputs] and vectors [texts, 2 * width], as the app reads them.

        One that is longer than the network reads at once says what its gravest part says.
        """
        import numpy as np
        import torch

        self.module.eval()
        context = self.recipe.context
        parts = [cut(self.vocabulary(text), context) for text in texts]
        rows = [(place, row) for place, held in enumerate(parts) for row in held]
        rows.sort(key=lambda one: one[1].shape[1])
        scores = np.full((len(texts), len(OUTPUTS)), -np.inf, dtype=np.float32)
        vectors = np.zeros((len(texts), 2 * self.recipe.width), dtype=np.float32)
        with torch.no_grad():
            for start in range(0, len(rows), 256):
                group = rows[start : start + 256]
                said, found = self.module(padded([row for _, row in group], context, None))
                for (place, _), one, vector in zip(group, said.numpy(), found, strict=True):
                    if one[0] > scores[place, 0]:
                        vectors[place] = vector.numpy()
                    scores[place] = np.maximum(scores[place], one)
        return scores, vectors


def fine_tune(
    network: RiskNetwork,
    examples: Sequence[Example],
    texts: Sequence[Sequence[Token]],
    *,
    recipe: HeadRecipe,
    log: Log,
) -> None:
    """Train heads and encoder on labelled texts, given as their words."""
    import torch

    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    held = [place for place, tokens in enumerate(texts) if tokens]
    rows = [network.vocabulary(texts[place]) for place in held]
    truth, weight = _wanted([examples[place] for place in held])
    module = network.module
    steps = recipe.epochs * -(-len(held) // recipe.batch)
    optimiser = torch.optim.AdamW(module.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    plan = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, recipe.rate, total_steps=steps, pct_start=0.1
    )
    loss_of = torch.nn.BCEWithLogitsLoss(reduction="none")
    module.train()
    for epoch in range(recipe.epochs):
        mean = 0.0
        for step, part in enumerate(batches(rows, recipe.batch, chance), start=1):
            given = padded([rows[place] for place in part], network.recipe.context, chance)
            said, _ = module(_with_gaps(given, recipe.unheard))
            loss = (loss_of(said, truth[part]) * weight[part]).sum(1).mean()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(module.parameters(), 1.0)
            optimiser.step()
            plan.step()
            mean += (float(loss.detach()) - mean) / step
        log(f"epoch {epoch + 1} of {recipe.epochs}: loss {mean:.3f}")


def _with_gaps(rows: Any, unheard: tuple[float, float]) -> Any:
    """Some words become unknown ones, some classes none."""
    import torch

    words, classes = unheard
    gone = torch.rand(rows.shape) < classes
    gone[0] = torch.rand(rows[0].shape) < words
    nothing = torch.zeros_like(rows)
    nothing[0] = 1
    return torch.where(gone & (rows[0] > 0), nothing, rows)


def _wanted(examples: Sequence[Example]) -> tuple[Any, Any]:
    """Truth and weight [texts, outputs]: what the floor's network learns, and whose risk it is."""
    import torch

    truth, weight = wanted_of(examples)
    other = torch.tensor([[float(one.who == "other")] for one in examples])
    told = [[one.weight * ASIDE if one.level and one.who else 0.0] for one in examples]
    return (
        torch.cat([truth[:, :OTHER], other, truth[:, OTHER:]], dim=1),
        torch.cat([weight[:, :OTHER], torch.tensor(told), weight[:, OTHER:]], dim=1),
    )


def export(network: RiskNetwork, folder: Path, header: dict[str, Any]) -> Path:
    """Write `encoder.onnx` (int8 weights), the vocabulary and `encoder.json`; returns the folder.

    Inputs `words`, `narrow` and `wide` [texts, words] int64; outputs `scores` [texts, outputs] and
    `vector`.
    """
    import torch

    from psylite_desktop.retrieval.onnx_quantization import quantise

    class Fed(torch.nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.network = network.module

        def forward(self, words: Any, narrow: Any, wide: Any) -> Any:
            return self.network((words, narrow, wide))

    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "whole.onnx"
    given = torch.ones(2, 7, dtype=torch.long)
    torch.onnx.export(
        Fed().eval(),
        (given, torch.ones_like(given), torch.ones_like(given)),
        str(whole),
        input_names=list(INPUTS),
        output_names=["scores", "vector"],
        dynamic_axes={name: {0: "texts", 1: "words"} for name in INPUTS},
        dynamo=False,
        opset_version=17,
    )
    quantise(whole, folder / NETWORK)
    whole.unlink()
    (folder / VOCABULARY).write_bytes(network.vocabulary.written())
    about = {"outputs": OUTPUTS, "recipe": asdict(network.recipe), **header}
    (folder / HEADER).write_text(json.dumps(about, indent=1) + "\n", "utf-8")
    return folder
