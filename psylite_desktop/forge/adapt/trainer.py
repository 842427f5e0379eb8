"""Training of the adapters: steps, schedule, time limit, checkpoints; both stages of a recipe."""

from __future__ import annotations

import math
import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.forge.adapt.lora import adapter_state, set_adapter_state
from psylite_desktop.forge.adapt.place import Alone
from psylite_desktop.forge.losses import REPLY
from psylite_desktop.forge.orpo import Preference, odds_ratio_loss

SAY_EVERY_S, SAVE_EVERY_S = 20.0, 300.0
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a stage goes: `items` rows or pairs, `epochs` times, `per_step` of them a step."""

    name: str
    items: int
    epochs: float
    per_step: int
    lr: float
    warmup: float
    clip: float
    limit_s: float

    @property
    def steps(self) -> int:
        """Steps of the whole stage."""
        return max(math.ceil(self.items * self.epochs / self.per_step), 1)


@dataclass(slots=True)
class StageState:
    """How far a stage is; a checkpoint holds one for each."""

    step: int = 0
    used_s: float = 0.0
    first_loss: float = 0.0
    last_loss: float = 0.0
    done: bool = False


def rate_at(progress: float, warmup: float) -> float:
    """Factor of the learning rate: a straight rise, then half a cosine down to nothing."""
    if progress < warmup:
        return max(progress / warmup, 0.02)
    along = min((progress - warmup) / max(1.0 - warmup, 1e-9), 1.0)
    return 0.5 * (1.0 + math.cos(math.pi * along))


class Order:
    """Item numbers without end: every epoch shuffled in its own way, always in the same one."""

    def __init__(self, items: int, seed: str) -> None:
        self._items, self._seed = items, seed
        self._epoch, self._numbers = -1, list(range(items))

    def numbers(self, start: int, count: int) -> list[int]:
        """`count` numbers from place `start` on."""
        return [self._at(*divmod(place, self._items)) for place in range(start, start + count)]

    def _at(self, epoch: int, place: int) -> int:
        if epoch != self._epoch:
            self._epoch, self._numbers = epoch, list(range(self._items))
            random.Random(f"{self._seed}-{epoch}").shuffle(self._numbers)
        return self._numbers[place]


def row_loss(model: Any, rows: dict[str, Any]) -> Any:
    """Mean loss over the replies of rows [batch, length + 1] (ids, parts, documents)."""
    from torch.nn import functional

    wanted = rows["parts"][:, 1:] == REPLY
    logits = model(rows["ids"][:, :-1], wanted=wanted, documents=rows["documents"][:, :-1])
    total = functional.cross_entropy(logits.float(), rows["ids"][:, 1:][wanted], reduction="sum")
    return total / wanted.sum().clamp(min=1)


def pair_means(model: Any, ids: Any, parts: Any) -> Any:
    """Mean log-probability a token of each row's reply [rows]; ids, parts [rows, length + 1]."""
    import torch
    from torch.nn import functional

    longest = int((parts >= 0).sum(dim=1).max())
    ids, parts = ids[:, :longest], parts[:, :longest]
    wanted = parts[:, 1:] == REPLY
    logits = model(ids[:, :-1], wanted=wanted).float()
    losses = functional.cross_entropy(logits, ids[:, 1:][wanted], reduction="none")
    owners = wanted.nonzero()[:, 0]
    sums = torch.zeros(ids.shape[0], device=ids.device).index_add(0, owners, losses)
    return -sums / wanted.sum(dim=1).clamp(min=1)


class Trainer:
    """Trains the adapters of a model; what it did so far lies in a folder."""

    def __init__(
        self, model: Any, trained: list[Any], work: Path, place: Alone, *, seed: int, say: Say
    ) -> None:
        """Prepare; nothing is read or trained yet."""
        import torch

        torch.manual_seed(seed + place.rank)
        self.work, self.place, self.seed, self.say = work, place, seed, say
        optimiser = torch.optim.AdamW(trained, lr=0.0)
        self.model, self.optimiser = place.prepare(model, optimiser)
        self.states: dict[str, StageState] = {}
        self.notes: dict[str, Any] = {}
        """Figures that are kept with the checkpoint."""
        self._saved: dict[str, Any] | None = None

    @property
    def trained(self) -> list[Any]:
        """The parameters that are trained."""
        return [one for group in self.optimiser.param_groups for one in group["params"]]

    def resume(self) -> bool:
        """Go on from the checkpoint, if there is one."""
        found = self.place.load(self.work)
        if found is None:
            return False
        set_adapter_state(self.model, found["adapter"])
        self.states = {name: StageState(**raw) for name, raw in found["states"].items()}
        self.notes = found["notes"]
        self._saved = found
        return True

    def save(self) -> None:
        """Write the checkpoint. Raises OSError."""
        state = {
            "adapter": adapter_state(self.model),
            "optimiser": self.optimiser.state_dict(),
            "states": {name: asdict(state) for name, state in self.states.items()},
            "notes": self.notes,
        }
        self.place.save(self.work, state)

    def run(
        self, plan: Plan, betas: tuple[float, float], decay: float, loss_of: Callable[[int], Any]
    ) -> bool:
        """Go through a stage from where it stands; False if it was interrupted (and saved).

        The schedule follows the steps, or the time where the limit would cut them off. Raises
        ValueError if the loss is no number.
        """
        state = self.states.setdefault(plan.name, StageState())
        if state.done:
            return True
        self._enter(state, betas, decay)
        try:
            self._steps(plan, state, loss_of)
        except KeyboardInterrupt:
            if self.place.world > 1:  # the others may stand at another step: the last save counts
                raise
            self.save()
            self.say(f"{plan.name} stopped at step {state.step} of {plan.steps}; it can go on")
            return False
        state.done = True
        self.save()
        return True

    def _enter(self, state: StageState, betas: tuple[float, float], decay: float) -> None:
        """Fresh moments for a stage that begins, those of the checkpoint for one that goes on."""
        self.optimiser.state.clear()
        if state.step and self._saved is not None and "optimiser" in self._saved:
            self.optimiser.load_state_dict(self._saved["optimiser"])
        self._saved = None
        for group in self.optimiser.param_groups:
            group["betas"], group["weight_decay"] = betas, decay

    def _steps(self, plan: Plan, state: StageState, loss_of: Callable[[int], Any]) -> None:
        place = self.place
        order = Order(plan.items, f"{self.seed}-{plan.name}")
        before, begun = state.used_s, time.monotonic()
        said = saved = before
        recent: deque[float] = deque(maxlen=20)
        self.model.train()
        while state.step < plan.steps:
            progress = max(state.step / plan.steps, state.used_s / plan.limit_s)
            if progress >= 1.0:
                self.say(f"{plan.name}: time is up at step {state.step} of {plan.steps}")
                break
            numbers = order.numbers(state.step * plan.per_step, plan.per_step)
            mine = numbers[place.rank :: place.world]
            recent.append(self._step(mine, plan, rate_at(progress, plan.warmup), loss_of))
            state.step += 1
            state.used_s = place.agree(before + time.monotonic() - begun)
            state.first_loss = state.first_loss or recent[-1]
            state.last_loss = sum(recent) / len(recent)
            if not math.isfinite(state.last_loss):
                raise ValueError("training diverged")
            if state.used_s - said > SAY_EVERY_S or state.step == plan.steps:
                said = state.used_s
                self.say(progress_line(plan, state))
            if state.used_s - saved > SAVE_EVERY_S:
                saved = state.used_s
                self.save()
        self.model.eval()

    def _step(
        self, mine: list[int], plan: Plan, rate: float, loss_of: Callable[[int], Any]
    ) -> float:
        total = 0.0
        for item in mine:
            with self.place.autocast():
                loss = loss_of(item) / len(mine)
            self.place.backward(loss)
            total += float(loss.detach())
        self.place.clip(self.trained, plan.clip)
        for group in self.optimiser.param_groups:
            group["lr"] = plan.lr * rate
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        return total

    def mean_loss(self, rows: dict[str, Any], most: int = 64) -> float | None:
        """Mean loss over the replies of the first rows that were held out; None without rows."""
        import torch

        self.model.eval()
        losses = []
        with torch.no_grad(), self.place.autocast():
            for at in range(min(rows["ids"].shape[0], most)):
                losses.append(float(row_loss(self.model, _on(rows, [at], self.place.device))))
        return sum(losses) / len(losses) if losses else None

    def judge(self, ids: Any, parts: Any) -> Preference:
        """How often and by how much the model prefers the chosen replies (encode_pairs' halves)."""
        import torch

        half = ids.shape[0] // 2
        if not half:
            return Preference(0, 0.0, 0.0, 0.0, 0.0)
        self.model.eval()
        found = []
        with torch.no_grad(), self.place.autocast():
            for at in range(half):
                both = torch.tensor([at, half + at])
                device = self.place.device
                means = pair_means(self.model, ids[both].to(device), parts[both].to(device))
                found.append(means.float().cpu())
        chosen, rejected = torch.stack(found).T
        return Preference(
            pairs=half,
            accuracy=float((chosen > rejected).float().mean()),
            margin=float((chosen - rejected).mean()),
            chosen=float(chosen.mean()),
            rejected=float(rejected.mean()),
        )

    def text_loss(self, rows: dict[str, Any]) -> Callable[[int], Any]:
        """The loss of one row, by its number."""
        return lambda item: row_loss(self.model, _on(rows, [item], self.place.device))

    def pair_loss(self, ids: Any, parts: Any, beta: float) -> Callable[[int], Any]:
        """The odds-ratio loss of one pair, by its number."""
        import torch

        half = ids.shape[0] // 2

        def loss_of(item: int) -> Any:
            both = torch.tensor([item, half + item])
            device = self.place.device
            means = pair_means(self.model, ids[both].to(device), parts[both].to(device))
            return odds_ratio_loss(means[:1], means[1:], -means[:1], beta)[0]

        return loss_of


def _on(rows: dict[str, Any], numbers: list[int], device: Any) -> dict[str, Any]:
    return {name: found[numbers].long().to(device) for name, found in rows.items()}


def progress_line(plan: Plan, state: StageState) -> str:
    """A line of progress with the time that is left."""
    each = state.used_s / max(state.step, 1)
    left = min((plan.steps - state.step) * each, max(plan.limit_s - state.used_s, 0.0))
    return (
        f"{plan.name} step {state.step}/{plan.steps} loss {state.last_loss:.3f}"
        f" {each:.1f} s a step, left {left / 60:.1f} min"
    )
