"""Training by the clock: two stages, schedules over the share of time used, resumable.

Stage "warm" reads everything and learns from all words; stage "late" reads chosen dialogues and
our own in longer blocks and learns from replies only. Speed may change while other programs run:
the schedule follows time, not steps, so that a run always ends with a small learning rate.
"""

from __future__ import annotations

import dataclasses
import json
import math
import random
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.forge.losses import batch_loss, load_rows, unigram_losses, validate
from psylite_desktop.forge.nano import build, build_muon, count_parameters
from psylite_desktop.forge.recipe import Recipe, Training

SAY_EVERY_S = 20.0
PART_OF_VALIDATION = 24  # rows looked at during training; the end looks at all


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """What a run did; losses are in nats a token over held-out dialogues."""

    parameters: int
    steps: int
    tokens: int
    minutes: float
    validation_loss: float
    reply_loss: float
    unigram_loss: float
    unigram_reply_loss: float


def rate_at(fraction: float, rules: Training) -> float:
    """Learning-rate factor at a share of the time: short rise, then a straight line down."""
    if fraction < rules.warmup:
        return max(fraction / rules.warmup, 0.05)
    left = (1.0 - fraction) / (1.0 - rules.warmup)
    return rules.final_lr + (1.0 - rules.final_lr) * max(left, 0.0)


def batches(rows: int, size: int, seed: str, skip: int = 0) -> Iterator[list[int]]:
    """Endless lists of row numbers: the first pass keeps the file's order, later ones shuffle.

    The order is kept because the better dialogues stand first, for runs under one pass. `skip`
    batches are left out, to go on where a run was cut off.
    """
    order, chance = list(range(rows)), random.Random(seed)
    while True:
        for start in range(0, max(rows - size + 1, 1), size):
            if skip > 0:
                skip -= 1
                continue
            yield order[start : start + size]
        chance.shuffle(order)


class _Run:
    """Model, optimisers and counters of one training run."""

    def __init__(self, recipe: Recipe, out_dir: Path, seed: int) -> None:
        import torch

        self.recipe, self.out_dir, self.seed = recipe, out_dir, seed
        rules = recipe.training
        torch.set_num_threads(rules.threads)
        torch.manual_seed(seed)
        self.model = build(recipe.model)
        matrices = [p for p in self.model.blk.parameters() if p.dim() == 2]
        chosen = {id(p) for p in matrices}
        others = [p for p in self.model.parameters() if id(p) not in chosen]
        self.muon = build_muon(matrices, rules.muon_lr, 0.95, rules.weight_decay)
        self.adam = torch.optim.AdamW(others, lr=rules.adam_lr, betas=(0.9, 0.95), weight_decay=0.0)
        self.steps = self.tokens = 0
        self.used_s = 0.0
        self.read = {"warm": 0, "late": 0}
        self.recent: deque[float] = deque(maxlen=50)
        self.stage = ""
        self.resume()

    def resume(self) -> None:
        """Go on from checkpoint.pt if there is one."""
        import torch

        path = self.out_dir / "checkpoint.pt"
        if not path.exists():
            return
        saved = torch.load(path, weights_only=True)
        self.model.load_state_dict(saved["model"])
        self.muon.load_state_dict(saved["muon"])
        self.adam.load_state_dict(saved["adam"])
        self.steps, self.tokens, self.used_s = saved["steps"], saved["tokens"], saved["used_s"]
        self.read |= saved.get("read", {})

    def save(self, used_s: float) -> None:
        """Write checkpoint.pt in one move: a cut-off write must not lose the one before."""
        import torch

        path = self.out_dir / "checkpoint.pt"
        saved = {
            "model": self.model.state_dict(),
            "muon": self.muon.state_dict(),
            "adam": self.adam.state_dict(),
            "steps": self.steps,
            "tokens": self.tokens,
            "used_s": used_s,
            "read": self.read,
        }
        torch.save(saved, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def enter(self, stage: str) -> None:
        """Load a stage's blocks, unless it is the present one."""
        if stage == self.stage:
            return
        self.stage = stage
        self.ids, self.parts = load_rows(self.out_dir, stage)
        size = max(1, self.recipe.training.tokens_per_step // (self.ids.shape[1] - 1))
        seed = f"{self.seed}-{stage}"
        self.rows = batches(self.ids.shape[0], size, seed, self.read[stage])

    def step(self, rate: float) -> None:
        """One step of both optimisers at `rate` times their peak learning rates."""
        import torch

        rules = self.recipe.training
        for optimiser, peak in ((self.muon, rules.muon_lr), (self.adam, rules.adam_lr)):
            for group in optimiser.param_groups:
                group["lr"] = peak * rate
        rows = next(self.rows)
        user_weight = rules.user_weight if self.stage == "warm" else 0.0
        loss = batch_loss(self.model, self.ids[rows], self.parts[rows], user_weight)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), rules.clip)
        for optimiser in (self.muon, self.adam):
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        self.steps += 1
        self.read[self.stage] += 1
        self.tokens += int((self.parts[rows] >= 0).sum())
        self.recent.append(float(loss.detach()))

    def line(self, used_s: float, budget_s: float) -> str:
        """A line of progress."""
        loss = sum(self.recent) / max(len(self.recent), 1)
        return (
            f"step {self.steps} {self.stage} loss {loss:.3f} tokens {self.tokens / 1e6:.2f}M"
            f" {self.tokens / max(used_s, 1):.0f}/s left {(budget_s - used_s) / 60:.1f} min"
        )


def train(
    recipe: Recipe,
    out_dir: Path,
    *,
    minutes: float,
    seed: int,
    say: Callable[[str], None],
) -> TrainingResult:
    """Train on out_dir's blocks for `minutes` (time before a cut counts) and write model.pt.

    Needs warm.npz, late.npz and validation.npz from `corpus.build_blocks`. Raises OSError if they
    are missing and ValueError if the loss is no number at the end.
    """
    rules = recipe.training
    run = _Run(recipe, out_dir, seed)
    check_ids, check_parts = load_rows(out_dir, "validation")
    budget_s, before_s, begun = minutes * 60.0, run.used_s, time.monotonic()
    said = checked = saved = before_s
    while (used_s := before_s + time.monotonic() - begun) < budget_s:
        fraction = used_s / budget_s
        run.enter("warm" if fraction < rules.late_from else "late")
        run.step(rate_at(fraction, rules))
        if used_s - said > SAY_EVERY_S:
            said = used_s
            say(run.line(used_s, budget_s))
        if used_s - checked > rules.validate_every_s:
            checked = used_s
            part = slice(0, PART_OF_VALIDATION)
            whole, replies = validate(run.model, check_ids[part], check_parts[part])
            say(f"validation (part) {whole:.3f} replies {replies:.3f}")
        if used_s - saved > rules.checkpoint_every_s:
            saved = used_s
            run.save(used_s)
    run.save(used_s)
    return _conclude(run, validate(run.model, check_ids, check_parts), used_s / 60, say)


def _conclude(
    run: _Run, losses: tuple[float, float], minutes: float, say: Callable[[str], None]
) -> TrainingResult:
    """Write model.pt and training.json; raises ValueError if the loss is no number."""
    import torch

    shape = run.recipe.model
    base = unigram_losses(run.out_dir, shape.vocabulary)
    result = TrainingResult(
        count_parameters(shape), run.steps, run.tokens, round(minutes, 2), *losses, *base
    )
    whole, replies = losses
    say(f"validation {whole:.3f} (unigram {base[0]:.3f}), replies {replies:.3f} ({base[1]:.3f})")
    if math.isnan(whole):
        raise ValueError("training diverged")
    kept = {"model": run.model.state_dict(), "shape": dataclasses.asdict(shape)}
    torch.save(kept, run.out_dir / "model.pt")
    figures = json.dumps(dataclasses.asdict(result), indent=1)
    (run.out_dir / "training.json").write_text(figures, "utf-8")
    return result
