"""What the app takes of memory besides its window: step by step as the engine process grows."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.ports import Sampling, Turn
from psylite_desktop.host.client import EngineHost
from psylite_desktop.host.footprint import share


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
    app, engine = share(os.getpid()), share(host.pid)
    exact = app.exact and engine.exact
    return MemoryStage(name, app.megabytes, engine.megabytes, exact, failed)
