"""How long assessing takes: a measurement for the bench, never asserted in a test."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

LENGTHS = {50: 200, 500: 200, 2000: 100, 5000: 40, 20_000: 12}
"""Characters, and how many texts of that length are measured."""
RATIO_AT = 500
_WORDS = re.compile(r"\w+")
_PASSES = 20


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds for texts of one length in characters."""

    length: int
    p50_ms: float
    p99_ms: float
    slowest_ms: float

    def as_dict(self) -> dict[str, float]:
        """For JSON: rounded to microseconds."""
        return {name: round(value, 3) for name, value in asdict(self).items()}


def measure(
    hear: Callable[[str], object],
    texts: Sequence[str],
    *,
    repeats: Mapping[int, int],
    clock: Callable[[], float] = time.process_time,
) -> list[Latency]:
    """Hear stretches of the joined `texts`; `repeats` says how many of each length.

    The stretches are spread evenly over the texts, so that two runs measure the same. The clock
    counts this process alone; work done in another one needs `time.perf_counter`.
    """
    results = []
    for length, times in repeats.items():
        taken = sorted(_timed(hear, part, clock) for part in stretches(texts, length, times))
        results.append(
            Latency(
                length=length,
                p50_ms=_share(taken, 0.5),
                p99_ms=_share(taken, 0.99),
                slowest_ms=taken[-1],
            )
        )
    return results


def plain_pass(texts: Sequence[str]) -> float:
    r"""Milliseconds that one `re.findall(r"\w+")` over `RATIO_AT` characters takes (median).

    What the machine itself is worth: times divided by it can be compared between machines.
    """

    def several(text: str) -> None:
        for _ in range(_PASSES):
            _WORDS.findall(text)

    parts = stretches(texts, RATIO_AT, LENGTHS[RATIO_AT])
    return _share(sorted(_timed(several, part, time.process_time) for part in parts), 0.5) / _PASSES


def stretches(texts: Sequence[str], length: int, times: int) -> Iterator[str]:
    """`times` stretches of the joined texts, which are gone through again where they end."""
    pool = "\n".join(texts) + "\n"
    pool *= 1 + -(-length // len(pool))
    step = max(1, (len(pool) - length) // times)
    for number in range(times):
        start = number * step % (len(pool) - length)
        yield pool[start : start + length]


def _share(taken: Sequence[float], share: float) -> float:
    return taken[max(0, math.ceil(len(taken) * share) - 1)]


def _timed(hear: Callable[[str], object], text: str, clock: Callable[[], float]) -> float:
    started = clock()
    hear(text)
    return (clock() - started) * 1000
