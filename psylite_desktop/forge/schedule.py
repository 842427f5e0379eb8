"""How far a stage is, its learning rate, and what is said about it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from psylite_desktop.forge.gpu_recipe import Stage


@dataclass(slots=True)
class StageState:
    """How far a stage is; a checkpoint holds one for each stage."""

    used_s: float = 0.0
    batches: int = 0
    tokens: int = 0
    first_loss: float = 0.0
    last_loss: float = 0.0
    done: bool = False


def rate_at(progress: float, stage: Stage) -> float:
    """Factor of the learning rate: a straight rise, then half a cosine down to `final`."""
    if progress < stage.warmup:
        return stage.peak * max(progress / stage.warmup, 0.02)
    along = min((progress - stage.warmup) / (1.0 - stage.warmup), 1.0)
    falling = 0.5 * (1.0 + math.cos(math.pi * along))
    return stage.peak * (stage.final + (1.0 - stage.final) * falling)


def mean_of(losses: list[Any]) -> float:
    """Mean of losses that may still be on a device."""
    return sum(float(loss) for loss in losses) / max(len(losses), 1)


def progress_line(
    stage: Stage, state: StageState, progress: float, loss: float, speed: float, left_s: float
) -> str:
    """A line of progress."""
    return (
        f"{stage.name} {progress:4.0%} step {state.batches} loss {loss:.3f}"
        f" tokens {state.tokens / 1e6:.2f}M {speed:,.0f}/s left {left_s / 60:.1f} min"
    )
