"""What the engine process is doing, for whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
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

    @property
    def is_running(self) -> bool:
        """Whether the process stands and answers."""
        return self.state in (EngineState.READY, EngineState.BUSY)


class StatusBoard:
    """The newest status, and whom to tell of changes."""

    def __init__(self, tell: Callable[[EngineStatus], None]) -> None:
        self.tell = tell
        self.status = EngineStatus()

    def show(self, state: EngineState, fraction: float | None = None) -> None:
        """Put up what holds now."""
        status = EngineStatus(state, fraction)
        if status != self.status:
            self.status = status
            self.tell(status)
