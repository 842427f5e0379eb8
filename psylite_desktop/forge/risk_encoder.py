"""Learns risk on the words of the pre-trained encoder and writes the network as int8 ONNX.

Heads on what spans of words were found: three for the level (watch, crisis, emergency: each says
"at least"), one a kind, one for who, one a request. Needs the extra `forge`, imported inside
functions.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.forge.encoder import EncoderRecipe, batches, encode, padded
from psylite_desktop.safety.classifier import KINDS, LEVEL_HEADS, REQUESTS

OUTPUTS = (*LEVEL_HEADS, *KINDS, "other", *REQUESTS)
"""The level heads stand first; each says "at least"."""
SPANS = (1, 2, 3, 5)
"""How many subwords each kind of pattern reads."""
PATTERNS = 128
"""Of each kind."""
WORD_SPREAD = 0.1
"""Standard deviation that the pre-trained words begin with."""

Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sample:
    """One text with its labels; `kind`, `who` and `request` may be "" where nobody said."""

    text: str
    level: int
    kind: str = ""
    who: str = ""
    request: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class HeadRecipe:
    """Numbers of a fine-tuning run; `buried` is the share of texts put among ordinary talk."""

    epochs: float = 3.0
    batch_tokens: int = 4096
    rate: float = 1.5e-3
    dropout: float = 0.4
    word_dropout: float = 0.3
    hidden_words: float = 0.1
    smoothing: float = 0.03
    buried: float = 0.1
    seed: int = 20261121


class RiskNetwork:
    """Looks for telling words and spans of words; `module`: (ids, mask) to (outputs, vector).

    The words are those of the pre-trained encoder. Its layers above them are left out: spans of
    one to five subwords and their peaks bring more beside the linear model, in a fifth of the time
    (README of `model_store/encoder`).
    """

    def __init__(self, words: Any, tokenizer: Any, recipe: EncoderRecipe) -> None:
        """Begin with `words` [vocabulary, width]; the heads begin at zero."""
        import torch
        from torch import nn

        class Module(nn.Module):  # type: ignore[misc, unused-ignore]
            def __init__(self) -> None:
                super().__init__()
                self.words = nn.Embedding(*words.shape)
                with torch.no_grad():
                    self.words.weight.copy_(words * (WORD_SPREAD / words.std().clamp(min=1e-6)))
                self.spans = nn.ModuleList(
                    nn.Linear(long * recipe.width, PATTERNS) for long in SPANS
                )
                self.drop_words = nn.Dropout(0.0)
                self.drop = nn.Dropout(0.0)
                self.mix = nn.Linear(len(SPANS) * PATTERNS + recipe.width, recipe.width)
                self.heads = nn.Linear(recipe.width, len(OUTPUTS))
                nn.init.zeros_(self.heads.weight)
                nn.init.constant_(self.heads.bias, -1.0)

            def forward(self, ids: Any, mask: Any) -> Any:
                real = mask.unsqueeze(-1).to(self.words.weight.dtype)
                said = self.drop_words(self.words(ids)) * real
                found = [said.sum(1) / real.sum(1).sqrt()]
                for long, span in zip(SPANS, self.spans, strict=True):
                    wide = nn.functional.pad(said, (0, 0, 0, long - 1))
                    last = wide.shape[1] - long + 1
                    beside = [wide[:, first : last + first] for first in range(long)]
                    found.append((torch.relu(span(torch.cat(beside, dim=-1))) * real).amax(1))
                vector = torch.tanh(self.mix(self.drop(torch.cat(found, dim=-1))))
                return self.heads(vector), vector

        self.module = Module()
        self.tokenizer = tokenizer
        self.recipe = recipe

    def save(self, path: Path) -> None:
        """Write the weights in one step; raises OSError."""
        import torch

        part = path.with_suffix(".part")
        torch.save(self.module.state_dict(), part)
        part.replace(path)

    def load(self, path: Path) -> None:
        """Read weights written by `save`; raises OSError and RuntimeError."""
        import torch

        self.module.load_state_dict(torch.load(path, weights_only=True))

    def read(self, texts: Sequence[str], tokens: int = 4096) -> tuple[Any, Any]:
        """Outputs [texts, len(OUTPUTS)] as logits, and vectors [texts, width]."""
        import numpy as np
        import torch

        self.module.eval()
        rows = encode(self.tokenizer, texts, self.recipe.context)
        order = sorted(range(len(rows)), key=lambda row: len(rows[row]))
        found = np.zeros((len(rows), len(OUTPUTS)), dtype=np.float32)
        vectors = np.zeros((len(rows), self.recipe.width), dtype=np.float32)
        place = 0
        with torch.no_grad():
            while place < len(order):
                count = max(1, tokens // len(rows[order[min(place + 63, len(order) - 1)]]))
                group = order[place : place + count]
                ids, real = padded([rows[row] for row in group], 0)
                scores, states = self.module(ids, real.long())
                found[group], vectors[group] = scores.numpy(), states.numpy()
                place += count
        return found, vectors


def fine_tune(
    network: RiskNetwork,
    samples: Sequence[Sample],
    ordinary: Sequence[str],
    *,
    recipe: HeadRecipe,
    log: Log,
) -> None:
    """Train heads and encoder on labelled texts; `ordinary` is talk to bury some of them in."""
    import numpy as np
    import torch
    from torch.nn import functional

    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    module, tokenizer = network.module, network.tokenizer
    module.drop.p, module.drop_words.p = recipe.dropout, recipe.word_dropout
    optimiser = torch.optim.AdamW(
        module.parameters(), lr=recipe.rate, weight_decay=0.02, fused=True
    )
    levels = np.array([sample.level for sample in samples])
    weights = np.array([sample.weight for sample in samples])
    balance = torch.tensor(
        [weights[levels <= k].sum() / max(weights[levels > k].sum(), 1.0) for k in range(3)]
    ).clamp(1.0, 6.0)
    truth, known = _targets(samples)
    mask = tokenizer.token_to_id("[MASK]")
    lengths = [min(len(sample.text), 200) for sample in samples]
    total = int(recipe.epochs * sum(lengths) / recipe.batch_tokens)
    module.train()
    for step, group in enumerate(batches(lengths, recipe.batch_tokens, recipe.seed)):
        if step >= total:
            break
        rate = min(1.0, step / (0.06 * total + 1)) * (1.0 - step / total)
        for part in optimiser.param_groups:
            part["lr"] = recipe.rate * rate
        texts = [_buried(samples[row].text, ordinary, recipe.buried, chance) for row in group]
        ids, real = padded(encode(tokenizer, texts, network.recipe.context), 0)
        hide = (torch.rand(ids.shape) < recipe.hidden_words) & real
        hide[:, 0] = False
        outputs, _ = module(torch.where(hide, mask, ids), real.long())
        wanted, asked = truth[group], known[group]
        weight = torch.tensor(weights[group]).float().unsqueeze(-1)
        soft = wanted * (1 - 2 * recipe.smoothing) + recipe.smoothing
        raw = functional.binary_cross_entropy_with_logits(outputs, soft, reduction="none")
        raw[:, :3] *= torch.where(wanted[:, :3] > 0, balance.float(), 1.0)
        loss = (raw * asked * weight).sum() / (asked * weight).sum()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(module.parameters(), 1.0)
        optimiser.step()
        if step % 200 == 0:
            log(f"step {step} of {total}: {float(loss.detach()):.3f}")


def _targets(samples: Sequence[Sample]) -> tuple[Any, Any]:
    """What every head should say [samples, outputs], and where that is known."""
    import torch

    truth = torch.zeros(len(samples), len(OUTPUTS))
    known = torch.zeros(len(samples), len(OUTPUTS))
    for row, sample in enumerate(samples):
        for place in range(3):
            truth[row, place] = float(sample.level > place)
            known[row, place] = 1.0
        for place, name in enumerate(OUTPUTS[3:], start=3):
            if name in KINDS:
                truth[row, place] = float(sample.kind == name)
                known[row, place] = 0.3 * (sample.level > 0 and sample.kind != "")
            elif name == "other":
                truth[row, place] = float(sample.who == "other")
                known[row, place] = 0.3 * (sample.level > 0 and sample.who != "")
            else:
                truth[row, place] = float(sample.request == name)
                known[row, place] = 0.3 * (sample.request != "")
    return truth, known


def _buried(text: str, ordinary: Sequence[str], share: float, chance: random.Random) -> str:
    """The text, sometimes with a sentence of ordinary talk before or after it."""
    if not ordinary or chance.random() > share or len(text) > 120:
        return text
    other = chance.choice(ordinary)[:80]
    return f"{other} {text}" if chance.random() < 0.5 else f"{text} {other}"


def export(network: RiskNetwork, folder: Path, header: dict[str, Any]) -> Path:
    """Write `encoder.onnx` (int8 weights), `tokenizer.json` and `encoder.json`; returns the folder.

    Inputs `ids` and `mask` [texts, tokens] int64; outputs `scores` [texts, outputs], `vector`.
    """
    import torch

    from psylite_desktop.retrieval.onnx_quantization import quantise

    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "whole.onnx"
    network.module.eval()
    ids = torch.ones(2, 7, dtype=torch.long)
    torch.onnx.export(
        network.module,
        (ids, torch.ones_like(ids)),
        str(whole),
        input_names=["ids", "mask"],
        output_names=["scores", "vector"],
        dynamic_axes={name: {0: "texts", 1: "tokens"} for name in ("ids", "mask")},
        dynamo=False,
        opset_version=17,
    )
    quantise(whole, folder / "encoder.onnx")
    whole.unlink()
    network.tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    about = {"outputs": OUTPUTS, "recipe": asdict(network.recipe), **header}
    (folder / "encoder.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")
    return folder
