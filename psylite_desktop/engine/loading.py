"""From a model file to the settings it is loaded with: what fits, and what was measured here."""

from __future__ import annotations

from dataclasses import replace

from psylite_desktop.domain.errors import ModelFileError
from psylite_desktop.domain.model_card import GgufFacts
from psylite_desktop.engine.llama import BATCH, DEFAULT_CONTEXT, EngineSettings
from psylite_desktop.engine.machine_memory import MachineMemory, machine_memory
from psylite_desktop.engine.memory_fit import COMPANIONS, Configuration, Fit, fit

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


def settings_for(found: Fit, *, anyway: bool = False) -> EngineSettings:
    """What to load with. Raises ModelFileError (model_does_not_fit) unless it is wished anyway."""
    if found.verdict == "no" and not anyway:
        raise ModelFileError(
            "model_does_not_fit",
            needed=round(found.needed / MEGABYTE),
            available=round(found.machine.available / MEGABYTE),
        )
    return EngineSettings(configuration=found.configuration)
