"""From a model file to the settings it is loaded with: what fits, and what was measured here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from psylite_desktop.domain.errors import ModelFileError
from psylite_desktop.domain.model_card import GgufFacts, MemoryView
from psylite_desktop.engine.calibration import (
    BATCHES,
    BUDGET_S,
    FILE,
    Calibration,
    CalibrationFile,
    NativeTrial,
    calibrate,
    thread_candidates,
)
from psylite_desktop.engine.fingerprint import build_fingerprint, machine_name, model_fingerprint
from psylite_desktop.engine.llama import BATCH, DEFAULT_CONTEXT, EngineSettings
from psylite_desktop.engine.machine_memory import MachineMemory, machine_memory
from psylite_desktop.engine.memory_fit import COMPANIONS, Configuration, Fit, Need, fit, predict
from psylite_desktop.engine.native import bindings
from psylite_desktop.engine.threads import Threads, physical_cores, usable_cores

MEGABYTE = 1_000_000


def fit_here(
    facts: GgufFacts,
    *,
    context_length: int = 0,
    wanted: Configuration | None = None,
    memory: MachineMemory | None = None,
    reserve: int = COMPANIONS,
) -> Fit:
    """How a model fits this machine right now; `context_length` 0 for the default."""
    wanted = wanted or Configuration(DEFAULT_CONTEXT, ubatch=BATCH)
    if context_length:
        wanted = replace(wanted, context=context_length)
    return fit(facts, memory or machine_memory(), wanted, reserve=reserve)


def settings_for(
    found: Fit, *, anyway: bool = False, threads: Threads | None = None
) -> EngineSettings:
    """What to load with. Raises ModelFileError (model_does_not_fit) unless it is wished anyway."""
    if found.verdict == "no" and not anyway:
        raise ModelFileError(
            "model_does_not_fit",
            needed=round(found.needed / MEGABYTE),
            available=round(found.machine.available / MEGABYTE),
        )
    return EngineSettings(configuration=found.configuration, threads=threads)


def calibration_key(facts: GgufFacts) -> tuple[str, ...]:
    """What a measured speed belongs to. Raises OSError, EngineError."""
    return machine_name(), build_fingerprint(bindings()), model_fingerprint(facts.path)


def kept_calibration(facts: GgufFacts, folder: Path | None) -> Calibration | None:
    """What was measured here for this model, if it was."""
    if folder is None or not (folder / FILE).exists():
        return None
    try:
        return CalibrationFile(folder).get(calibration_key(facts))
    except OSError:
        return None


def settings_here(
    facts: GgufFacts,
    tuning: Path | None,
    *,
    anyway: bool = False,
    reserve: int = 0,
    context_length: int = 0,
) -> tuple[Fit, EngineSettings]:
    """How a model fits and is loaded here, with what was measured of it.

    `reserve` bytes are kept for others; `context_length` 0 for the default. Raises ModelFileError
    (model_does_not_fit) unless it is wished anyway.
    """
    measured = kept_calibration(facts, tuning)
    default = Configuration(DEFAULT_CONTEXT, ubatch=BATCH)
    wanted = measured.applied(default) if measured else default
    found = fit_here(facts, wanted=wanted, reserve=reserve, context_length=context_length)
    threads = measured.threads if measured else None
    return found, settings_for(found, anyway=anyway, threads=threads)


def memory_view(facts: GgufFacts, *, freed: int = 0) -> MemoryView:
    """How a model fits, for showing; `freed` bytes come back when what is loaded now goes."""
    now = machine_memory()
    memory = replace(now, available=min(now.total, now.available + freed))
    found = fit_here(facts, memory=memory)
    return MemoryView(
        verdict=found.verdict,
        weights=found.need.mapped,
        own=found.need.anonymous,
        rest=found.reserve,
        available=memory.available,
        total=memory.total,
        context=found.configuration.context,
    )


def calibrate_here(
    facts: GgufFacts,
    folder: Path,
    *,
    budget_s: float = BUDGET_S,
    tell: Callable[[float], None] = lambda _done: None,
    limit: Callable[[Need], object] = lambda _need: None,
) -> Calibration:
    """Measure a model on this machine and keep the result; `tell` gets the share done.

    `limit` is called once, before anything is loaded, with the most that is going to be needed.
    Raises ModelFileError (also model_does_not_fit), EngineError, OSError.
    """
    settings_for(fit_here(facts, reserve=0))
    plain = Configuration(max(BATCHES), ubatch=max(BATCHES))
    repacked = replace(plain, repack=True)
    may_repack = fit_here(facts, wanted=repacked, reserve=0).configuration == repacked
    limit(predict(facts, repacked if may_repack else plain))

    def open_trial(repack: bool) -> NativeTrial | None:  # noqa: FBT001
        if repack and not may_repack:
            return None
        return NativeTrial(facts.path, repacked if repack else plain)

    threads = thread_candidates(physical=physical_cores(), logical=usable_cores())
    found = calibrate(open_trial, threads, budget_s=budget_s, tell=tell)
    CalibrationFile(folder).put(calibration_key(facts), found)
    return found
