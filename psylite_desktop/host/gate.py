"""Whether an engine process may run: not once the program ends, nor while the window is locked."""

from __future__ import annotations

from psylite_desktop.domain.errors import EngineError


class Gate:
    """Asked before a process is made and once it stands; any thread may close it meanwhile."""

    def __init__(self) -> None:
        self._is_shut = False
        self._is_held = False
        self._stops = 0

    def shut(self) -> None:
        """No process any more."""
        self._is_shut = True

    def hold(self, *, is_held: bool) -> None:
        """No process until it is let go."""
        self._is_held = is_held

    def note_stop(self) -> None:
        """A process that is just being made is not wanted any more."""
        self._stops += 1

    def enter(self) -> int:
        """A ticket for `let_through`. Raises EngineError (engine_unavailable, engine_stopped)."""
        if self._is_shut:
            raise EngineError("engine_unavailable")
        if self._is_held:
            raise EngineError("engine_stopped")
        return self._stops

    def let_through(self, ticket: int) -> bool:
        """Whether nothing came between since `enter`."""
        return not self._is_shut and not self._is_held and self._stops == ticket
