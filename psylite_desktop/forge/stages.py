"""Training in stages by the clock on one device: state, steps, checkpoints, progress lines."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psylite_desktop.forge.batches import RowSource, loss_weights, rows_at_once, token_losses
from psylite_desktop.forge.gpu_recipe import GpuRecipe, Stage
from psylite_desktop.forge.nano import build, build_muon
from psylite_desktop.forge.orpo import mean_log_probability, odds_ratio_loss
from psylite_desktop.forge.schedule import StageState, mean_of, progress_line, rate_at

if TYPE_CHECKING:
    from psylite_desktop.forge.recipe import ModelShape

CHECKPOINT = "checkpoint.pt"
CHECKED_ROWS = 32  # rows of validation that are looked at during training


class Trainer:
    """One model, its optimisers and its place in the plan."""

    def __init__(
        self,
        recipe: GpuRecipe,
        shape: ModelShape,
        work: Path,
        device: Any,
        seed: int,
        say: Callable[[str], None],
    ) -> None:
        import torch

        self.recipe, self.shape, self.work, self.seed = recipe, shape, work, seed
        self.device, self.say = device, say
        rules = recipe.run
        torch.manual_seed(seed)
        if device.type == "cuda":
            torch.set_float32_matmul_precision("high")
        self.model = build(shape).to(device)
        matrices = [p for p in self.model.blk.parameters() if p.dim() == 2]
        chosen = {id(p) for p in matrices}
        others = [p for p in self.model.parameters() if id(p) not in chosen]
        self.muon = build_muon(matrices, rules.muon_lr, 0.95, rules.weight_decay)
        self.adam = torch.optim.AdamW(others, lr=rules.adam_lr, betas=(0.9, 0.95), weight_decay=0.0)
        self.orpo = torch.optim.AdamW(
            self.model.parameters(), lr=recipe.orpo.lr, betas=(0.9, 0.95), weight_decay=0.0
        )
        self.states = {stage.name: StageState() for stage in recipe.stages}
        self.plan_s = 0.0
        self.notes: dict[str, Any] = {}
        self.rows = 0
        self._compiled: list[Any] = []
        self._fast = False
        self._saved_at = self._said_at = self._checked_at = time.monotonic()

    def resume(self) -> bool:
        """Go on from the checkpoint in the work folder; False if there is none."""
        import torch

        path = self.work / CHECKPOINT
        if not path.exists():
            return False
        saved = torch.load(path, weights_only=True, map_location="cpu")
        self.model.load_state_dict(saved["model"])
        for name in ("muon", "adam", "orpo"):
            getattr(self, name).load_state_dict(saved[name])
        self.states = {name: StageState(**state) for name, state in saved["states"].items()}
        self.plan_s, self.notes = saved["plan_s"], saved["notes"]
        return True

    def save(self) -> None:
        """Write the checkpoint in one move: a cut-off write must not lose the one before."""
        import torch

        path = self.work / CHECKPOINT
        saved = {
            "model": self.model.state_dict(),
            "muon": self.muon.state_dict(),
            "adam": self.adam.state_dict(),
            "orpo": self.orpo.state_dict(),
            "states": {name: asdict(state) for name, state in self.states.items()},
            "plan_s": self.plan_s,
            "notes": self.notes,
        }
        torch.save(saved, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)
        self._saved_at = time.monotonic()

    def precision(self) -> Any:
        """bf16 where there is a GPU, the weights stay float32."""
        import torch

        if self.device.type != "cuda":
            return contextlib.nullcontext()
        return torch.autocast("cuda", dtype=torch.bfloat16)

    def _switch(self, *, fast: bool) -> bool:
        """Let the blocks run compiled or plain; returns how it was.

        Only training on rows runs compiled: its shapes never change, and any other shape would be
        compiled for seconds to be used once.
        """
        before = self._fast
        self._fast = fast and bool(self._compiled)
        for block, call in zip(self.model.blk, self._compiled, strict=False):
            block._compiled_call_impl = call if fast else None  # noqa: SLF001 - torch has no other
        return before

    def run_text_stage(self, stage: Stage, names: list[str], deadline: float) -> bool:
        """Train on rows until the stage is done or `deadline` (monotonic); True if it is done."""
        rules = self.recipe.run
        size = max(1, rules.tokens_per_step // rules.block)
        source = RowSource(self.work, names, size, f"{self.seed}-{stage.name}", self.device)
        if not self.rows:
            self.rows = self._fitting(source)
            if rules.compile and self.device.type == "cuda":
                self._try_compiling(source)

        def step(rate: float, number: int) -> tuple[Any, int]:
            for optimiser, peak in ((self.muon, rules.muon_lr), (self.adam, rules.adam_lr)):
                _set_rate(optimiser, peak * rate)
            ids, parts = source.batch(number)
            loss = self._backward(ids, loss_weights(parts, stage.user_weight))
            self._update(self.muon, self.adam)
            return loss, ids.shape[0] * (ids.shape[1] - 1)

        self._switch(fast=True)
        try:
            return self._loop(stage, source.per_pass, step, deadline)
        finally:
            self._switch(fast=False)

    def run_pair_stage(self, stage: Stage, ids: Any, parts: Any, deadline: float) -> bool:
        """Train on pairs (tensors of orpo.encode_pairs); True if the stage is done."""
        import torch

        rules, pairs = self.recipe.orpo, ids.shape[0] // 2
        size = min(rules.pairs_per_step, max(pairs, 1))
        per_pass = max(1, pairs // size)

        def step(rate: float, number: int) -> tuple[Any, int]:
            _set_rate(self.orpo, rules.lr * rate)
            turn, place = divmod(number, per_pass)
            chance = torch.Generator().manual_seed(self.seed + turn)
            picked = torch.randperm(pairs, generator=chance)[place * size : place * size + size]
            both = torch.cat((picked, picked + pairs)).to(self.device)
            with self.precision():
                means = mean_log_probability(self.model, ids[both], parts[both])
            chosen, rejected = means[: len(picked)], means[len(picked) :]
            loss, _ = odds_ratio_loss(chosen, rejected, -chosen, rules.beta)
            loss.backward()
            self._update(self.orpo)
            return loss.detach(), 2 * len(picked) * (ids.shape[1] - 1)

        if pairs == 0:
            self.states[stage.name].done = True
            return True
        return self._loop(stage, per_pass, step, deadline)

    def _loop(
        self,
        stage: Stage,
        per_pass: int,
        step: Callable[[float, int], tuple[Any, int]],
        deadline: float,
    ) -> bool:
        """Steps until the stage's time is used or its passes are read."""
        state, budget = self.states[stage.name], max(stage.share * self.plan_s, 1e-6)
        recent: list[Any] = []
        tokens_before, said_tokens = state.tokens, state.tokens
        last = self._said_at = time.monotonic()
        while not state.done:
            progress = max(state.used_s / budget, state.batches / (per_pass * stage.passes))
            state.done = progress >= 1.0
            if state.done or last > deadline:
                break
            loss, tokens = step(rate_at(progress, stage), state.batches)
            recent = [*recent[-49:], loss]
            state.batches += 1
            state.tokens += tokens
            if state.batches == 1:
                state.first_loss = float(loss)
            now = time.monotonic()
            state.used_s, last = state.used_s + now - last, now
            if now - self._said_at > self.recipe.run.say_every_s:
                mean = mean_of(recent)
                speed = (state.tokens - said_tokens) / (now - self._said_at)
                self._said_at, said_tokens = now, state.tokens
                self.say(progress_line(stage, state, progress, mean, speed, deadline - now))
            self._look_after(now)
        state.last_loss = mean_of(recent) if recent else state.last_loss
        used = state.tokens - tokens_before
        self.say(f"{stage.name}: {state.batches} steps, {used / 1e6:.2f}M tokens in this call")
        return state.done

    def _look_after(self, now: float) -> None:
        rules = self.recipe.run
        if now - self._checked_at > rules.validate_every_s:
            whole, replies = self.validate(CHECKED_ROWS)
            self.say(f"validation (part) {whole:.3f} replies {replies:.3f}")
            self._checked_at = time.monotonic()
        if now - self._saved_at > rules.checkpoint_every_s:
            self.save()

    def validate(self, rows: int | None = None) -> tuple[float, float]:
        """Loss a token over the held-out dialogues: all words, and replies only."""
        import torch

        fast = self._switch(fast=False)
        source = RowSource(self.work, ["validation"], 1, "", self.device)
        ids, parts = source.ids[:rows], source.parts[:rows]
        sums = torch.zeros(4, device=self.device, dtype=torch.float64)
        with torch.no_grad(), self.precision():
            for start in range(0, ids.shape[0], 4):
                losses = token_losses(self.model, ids[start : start + 4])
                for place, user_weight in ((0, 1.0), (2, 0.0)):
                    weights = loss_weights(parts[start : start + 4], user_weight)
                    sums[place] += (losses * weights).sum()
                    sums[place + 1] += weights.sum()
        self._switch(fast=fast)
        whole, count, replies, reply_count = sums.tolist()
        return whole / max(count, 1.0), replies / max(reply_count, 1.0)

    def _fitting(self, source: RowSource) -> int:
        rules = self.recipe.run

        def probe(rows: int) -> None:
            ids, parts = source.batch(0)
            self.rows = rows
            self._backward(ids[:rows], loss_weights(parts[:rows], 1.0))
            self.model.zero_grad(set_to_none=True)

        rows = rows_at_once(source.size, rules.memory_share, rules.cpu_rows, self.device, probe)
        self.say(f"{rows} rows of {rules.block} tokens at once, {source.size} a step")
        return rows

    def _try_compiling(self, source: RowSource) -> None:
        """Compile block by block, and leave it if the first step fails: it only saves time.

        The blocks are alike, so one is compiled in seconds where the whole would take a minute.
        """
        begun = time.monotonic()
        try:
            for block in self.model.blk:
                block.compile()
            ids, parts = source.batch(0)
            self._backward(ids, loss_weights(parts, 1.0))
            self._compiled = [block._compiled_call_impl for block in self.model.blk]  # noqa: SLF001
            self.say(f"compiled in {time.monotonic() - begun:.0f} s")
        except Exception as error:  # noqa: BLE001 - any failure of a compiler means the plain way
            self.say(f"not compiled ({type(error).__name__}), going on without")
            for block in self.model.blk:
                block._compiled_call_impl = None  # noqa: SLF001
        self.model.zero_grad(set_to_none=True)

    def _backward(self, ids: Any, weights: Any) -> Any:
        """Gradients of the weighted mean loss, `self.rows` rows at a time; fewer if they fail."""
        import torch

        total = weights.sum().clamp(min=1.0)
        while True:
            try:
                loss = torch.zeros((), device=self.device)
                for start in range(0, ids.shape[0], self.rows):
                    part = slice(start, start + self.rows)
                    with self.precision():
                        losses = token_losses(self.model, ids[part])
                    share = (losses * weights[part]).sum() / total
                    share.backward()
                    loss += share.detach()
            except torch.cuda.OutOfMemoryError:
                if self.rows == 1:
                    raise
                self.rows //= 2
            else:
                return loss
            self.model.zero_grad(set_to_none=True)
            torch.cuda.empty_cache()
            self.say(f"out of memory: {self.rows} rows at once from now on")

    def _update(self, *optimisers: Any) -> None:
        import torch

        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.recipe.run.clip)
        for optimiser in optimisers:
            optimiser.step()
        self.model.zero_grad(set_to_none=True)


def _set_rate(optimiser: Any, rate: float) -> None:
    for group in optimiser.param_groups:
        group["lr"] = rate
