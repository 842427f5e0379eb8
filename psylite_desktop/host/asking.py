"""One thread asks the engine process at a time; an errand that finds it busy is not forgotten."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from psylite_desktop.domain.errors import EngineError


class Asking:
    """Whose turn it is. Not to be taken twice by the same thread."""

    def __init__(self, errand: Callable[[], None]) -> None:
        """`errand` is what `leave_errand` has done; it must not wait, nor raise."""
        self._errand = errand
        self._is_left = False
        self._lock = threading.Lock()
        self._asker = 0

    @contextmanager
    def turn(self, wait_s: float, error: str = "engine_busy") -> Iterator[None]:
        """Have the turn, waiting for it; an errand that was left goes first.

        Raises EngineError (with the code `error`) where somebody else has it for longer, or this
        thread has it already.
        """
        if self._asker == threading.get_ident() or not self._lock.acquire(timeout=wait_s):
            raise EngineError(error)
        self._asker = threading.get_ident()
        try:
            self._run_errand()
            yield
        finally:
            self._asker = 0
            self._release()

    def if_free(self, work: Callable[[], None]) -> bool:
        """Do something if nobody has the turn right now; whether it was done."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            work()
        finally:
            self._release()
        return True

    def leave_errand(self) -> None:
        """Have the errand done now, or else by whoever has the turn, at its end; any thread."""
        self._is_left = True
        self._look()

    def _release(self) -> None:
        self._lock.release()
        self._look()

    def _look(self) -> None:
        """Do what was left while somebody had the turn.

        Who leaves it notes that before looking, who has the turn looks after giving it back: one
        of them sees it.
        """
        while self._is_left and self._lock.acquire(blocking=False):
            try:
                self._run_errand()
            finally:
                self._lock.release()

    def _run_errand(self) -> None:
        if self._is_left:
            self._is_left = False
            self._errand()
