"""What is fastest on this machine for this model: threads, batch size, repacked weights.

Measured, because no rule holds: on two cores repacked weights read prompts at half the speed where
published figures say one and a half times. What was found is kept by machine, build and model.
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from psylite_desktop.engine.memory_fit import Configuration
from psylite_desktop.engine.threads import Threads

BUDGET_S = 50.0
"""Seconds that all measurements share; loading comes on top."""
WORTH_IT = 1.05
"""A setting that takes more cores or memory must be faster by this much."""
REPACK_WORTH_IT = 1.15
BATCHES = (64, 128, 256, 512)
FILE = "calibration.json"
_READ_TOKENS = 128
_MEASUREMENTS = 16
"""About as many are made; each gets its share of the time."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The settings found, and the speeds with them in tokens a second."""

    generate: int
    read: int
    ubatch: int
    repack: bool
    generation_speed: float
    prompt_speed: float

    @property
    def threads(self) -> Threads:
        """Threads to generate and to read with."""
        return Threads(generate=self.generate, read=self.read)

    def applied(self, wanted: Configuration) -> Configuration:
        """A configuration with what was measured."""
        return replace(wanted, ubatch=self.ubatch, repack=self.repack)


class Trial(Protocol):
    """A model loaded to be timed."""

    def speed(self, *, threads: int, batch: int, seconds: float) -> float:
        """Tokens a second when evaluating `batch` tokens at a time for about that long."""
        ...

    def close(self) -> None:
        """Give the memory back."""
        ...


OpenTrial = Callable[[bool], Trial | None]
"""Loads the model, repacked or not; None where that does not fit the memory."""


def thread_candidates(*, physical: int, logical: int) -> tuple[int, ...]:
    """1, 2, physical, logical; on more than two cores one stays free for the window."""
    most = logical - 1 if logical > 2 else max(1, logical)
    return tuple(sorted({min(count, most) for count in (1, 2, physical or 1, logical)}))


def calibrate(
    open_trial: OpenTrial,
    threads: Sequence[int],
    *,
    budget_s: float = BUDGET_S,
    tell: Callable[[float], None] = lambda _done: None,
) -> Calibration:
    """Measure and choose. `open_trial(False)` must not be None; `tell` gets the share done."""
    share = budget_s / _MEASUREMENTS
    count = itertools.count(1)

    def speed(trial: Trial, threads: int, batch: int, seconds: float = share) -> float:
        found = trial.speed(threads=threads, batch=batch, seconds=seconds)
        tell(min(1.0, next(count) / _MEASUREMENTS))
        return found

    plain = open_trial(False)  # noqa: FBT003
    if plain is None:
        raise ValueError("there is nothing to measure")
    with closing(plain):
        writing = {n: speed(plain, n, 1) for n in threads}
        reading = {n: speed(plain, n, _READ_TOKENS) for n in threads}
        generate, read = _cheapest(writing), _cheapest(reading)
        # A slow machine has no time for large batches, and their progress would not be seen.
        small = [b for b in BATCHES if b == BATCHES[0] or b <= 2 * share * reading[read]]
        batches = {b: speed(plain, read, b) for b in small}
        ubatch = _cheapest(batches)
        found = Calibration(
            generate=generate,
            read=read,
            ubatch=ubatch,
            repack=False,
            generation_speed=writing[generate],
            prompt_speed=batches[ubatch],
        )
    repacked = open_trial(True)  # noqa: FBT003
    if repacked is None:
        return found
    with closing(repacked):
        prompt = speed(repacked, read, ubatch, 2 * share)
        writes = speed(repacked, generate, 1)
    if prompt < REPACK_WORTH_IT * found.prompt_speed or writes * WORTH_IT < found.generation_speed:
        return found
    return replace(found, repack=True, prompt_speed=prompt, generation_speed=writes)


def _cheapest(speeds: dict[int, float]) -> int:
    """The smallest setting that nothing larger beats by more than `WORTH_IT`."""
    best = max(speeds.values())
    return next(setting for setting in sorted(speeds) if speeds[setting] * WORTH_IT >= best)


class CalibrationFile:
    """Calibrations in a folder, by machine, build and model. A damaged file counts as empty."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def get(self, key: Sequence[str]) -> Calibration | None:
        """What was measured for `key`, if anything that makes sense."""
        try:
            found = Calibration(**self._read()["|".join(key)])
            sane = min(found.generate, found.read) >= 1 and found.ubatch in BATCHES
        except (KeyError, TypeError):
            return None
        return found if sane and isinstance(found.repack, bool) else None

    def put(self, key: Sequence[str], found: Calibration) -> None:
        """Keep it. Raises OSError."""
        content = self._read() | {"|".join(key): asdict(found)}
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = self._path.with_suffix(".part")
        unfinished.write_text(json.dumps(content, indent=1), encoding="utf-8")
        unfinished.replace(self._path)

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}


class NativeTrial:
    """A model in llama.cpp, loaded the way `engine.llama` does but without a conversation."""

    def __init__(self, path: Path, configuration: Configuration) -> None:
        """Raises ModelFileError, EngineError."""
        from psylite_desktop.engine.gguf_check import check_gguf
        from psylite_desktop.engine.llama import EngineSettings, LlamaModel

        settings = EngineSettings(configuration=configuration, threads=Threads(1, 1))
        self._model = LlamaModel(check_gguf(path), settings, lambda _done: True)

    def speed(self, *, threads: int, batch: int, seconds: float) -> float:
        """Tokens a second of one evaluation at least; one token is read before, uncounted."""
        self._model.evaluate_once(1, threads)
        started, tokens = time.perf_counter(), 0
        while not tokens or time.perf_counter() - started < seconds:
            self._model.evaluate_once(batch, threads)
            tokens += batch
        return tokens / (time.perf_counter() - started)

    def close(self) -> None:
        """Give the memory back."""
        self._model.close()
