"""What the app takes of memory besides its window: step by step as the engine process grows."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import psutil

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.ports import Sampling, Turn
from psylite_desktop.host.client import EngineHost

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class MemoryStage:
    """Megabytes of both processes once `name` stands; shared pages are split (PSS) if `exact`."""

    name: str
    app: float
    engine: float
    exact: bool
    error: str = ""


def measure_memory(host: EngineHost, corpus: str, *, with_model: bool) -> list[MemoryStage]:
    """Start the engine process, then the parts that the app opens, one after the other.

    A part that cannot be opened shows its error's code.
    """
    stages: list[tuple[str, Callable[[], object]]] = [
        ("encoder", lambda: host.listen_patiently("ok")),
        ("retrieval", lambda: host.search(corpus, "sleep", lang="en")),
    ]
    if with_model:
        sampling = Sampling(max_tokens=8)
        turns = [Turn("user", "hello there " * 40)]
        stages.append(("model", lambda: list(host.generate(turns, sampling, lambda: False))))
    return [_stage(name, step, host) for name, step in stages]


def _stage(name: str, step: Callable[[], object], host: EngineHost) -> MemoryStage:
    failed = ""
    try:
        step()
    except PsyLiteError as error:
        failed = error.code
    app, exact = _megabytes(os.getpid())
    engine, exact_too = _megabytes(host.pid)
    return MemoryStage(name, app, engine, exact and exact_too, failed)


def _megabytes(pid: int) -> tuple[float, bool]:
    """Proportional share of a process; its whole resident memory where nobody may look closer."""
    try:
        process = psutil.Process(pid)
    except (psutil.Error, ValueError):
        return 0.0, False
    try:
        return round(process.memory_full_info().pss / _MB, 1), True
    except (psutil.Error, AttributeError, OSError):
        return round(process.memory_info().rss / _MB, 1), False
