"""What the engine process is doing, for whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EngineState(StrEnum):
    """States of the engine process."""

    ABSENT = "absent"
    STARTING = "starting"
    LOADING = "loading"
    WARMING = "warming"
    READY = "ready"
    BUSY = "busy"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """State, with the share (0-1) that is done where it is known."""

    state: EngineState = EngineState.ABSENT
    fraction: float | None = None
