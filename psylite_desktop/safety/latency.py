"""How long assessing takes: a measurement for the bench, never asserted in a test."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from psylite_desktop.safety.assess import Assessor


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of processor time for texts of one length in characters."""

    length: int
    p50_ms: float
    p99_ms: float
    slowest_ms: float


def measure(
    assessor: Assessor, texts: Sequence[str], *, lengths: Sequence[int], repeats: int = 200
) -> list[Latency]:
    """Assess stretches of the joined `texts`, `repeats` of each length.

    The stretches are spread evenly over the texts, so that two runs measure the same.
    """
    pool = "\n".join(texts)
    results = []
    for length in lengths:
        step = max(1, (len(pool) - length) // repeats)
        taken = sorted(
            _timed(assessor, pool[start : start + length])
            for start in range(0, step * repeats, step)
        )
        results.append(
            Latency(
                length=length,
                p50_ms=taken[len(taken) // 2],
                p99_ms=taken[min(len(taken) - 1, math.ceil(len(taken) * 0.99) - 1)],
                slowest_ms=taken[-1],
            )
        )
    return results


def _timed(assessor: Assessor, text: str) -> float:
    started = time.process_time()
    assessor.assess(text)
    return (time.process_time() - started) * 1000
