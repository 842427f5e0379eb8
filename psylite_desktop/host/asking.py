"""One thread asks the engine process at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from psylite_desktop.domain.errors import EngineError


class Asking:
    """Whose turn it is. Not to be taken twice by the same thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asker = 0

    @contextmanager
    def turn(self, wait_s: float, error: str = "engine_busy") -> Iterator[None]:
        """Have the turn, waiting for it.

        Raises EngineError (with the code `error`) where somebody else has it for longer, or this
        thread has it already.
        """
        if self._asker == threading.get_ident() or not self._lock.acquire(timeout=wait_s):
            raise EngineError(error)
        self._asker = threading.get_ident()
        try:
            yield
        finally:
            self._asker = 0
            self._lock.release()

    def if_free(self, work: Callable[[], None]) -> bool:
        """Do something if nobody has the turn right now; whether it was done."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            work()
        finally:
            self._lock.release()
        return True
