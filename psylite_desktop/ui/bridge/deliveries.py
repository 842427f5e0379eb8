"""Results of background jobs, brought back to the GUI thread."""

from __future__ import annotations

import itertools
import logging
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from psylite_desktop.domain.errors import PsyLiteError

logger = logging.getLogger(__name__)

Work = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class _Expected:
    """What waits for a result.

    It stays on the GUI thread: callbacks often are methods of widgets, and the last reference
    to a widget must not be dropped by another thread.
    """

    work: Work
    done: Callable[[Any], None]
    failed: Callable[[PsyLiteError], None]
    owner: QObject


class _Gate:
    """Open while its object exists; other threads send through it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.is_open = True

    def close(self) -> None:
        with self.lock:
            self.is_open = False


class Deliveries(QObject):
    """Keeps callbacks on the GUI thread and calls them there, while their owner lives.

    Only a number crosses the threads with the signal; the result waits here. A Python object
    within a queued signal would be copied and dropped by Qt, outside of Python.
    """

    _arrived = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._expected: dict[int, _Expected] = {}
        self._results: dict[int, tuple[object, PsyLiteError | None]] = {}
        self._gate = _Gate()
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        # Not a method of this object: it must still run while the object is being destroyed.
        self.destroyed.connect(self._gate.close)

    def expect(
        self,
        work: Work,
        done: Callable[[Any], None],
        failed: Callable[[PsyLiteError], None],
        owner: QObject,
    ) -> int:
        """Note who waits for a job; call on the GUI thread. Returns the job's number."""
        number = next(self._numbers)
        self._expected[number] = _Expected(work, done, failed, owner)
        return number

    def perform(self, number: int) -> None:
        """Do a noted job on the calling thread and send its result back."""
        expected = self._expected.get(number)
        if expected is None:
            return
        work = expected.work
        del expected
        try:
            value = work()
        except Exception as error:  # noqa: BLE001 - an error must arrive as a result
            del work
            self.send(number, None, as_expected(error))
        else:
            del work
            self.send(number, value, None)

    def send(self, number: int, value: object, error: PsyLiteError | None) -> None:
        """Send a result from any thread; dropped after `close`."""
        with self._gate.lock:
            if self._gate.is_open:
                self._results[number] = (value, error)
                self._arrived.emit(number)

    def close(self) -> None:
        """Deliver nothing more."""
        self._gate.close()
        self._expected.clear()
        self._results.clear()

    @Slot(int)
    def _on_arrived(self, number: int) -> None:
        expected = self._expected.pop(number, None)
        result = self._results.pop(number, None)
        if expected is None or result is None or not is_alive(expected.owner):
            return
        value, error = result
        if error is not None:
            expected.failed(error)
        else:
            expected.done(value)


def is_alive(owner: QObject) -> bool:
    """Say whether Qt still has the object behind a Python one."""
    return bool(shiboken6.isValid(owner))  # type: ignore[no-untyped-call]


def as_expected(error: BaseException) -> PsyLiteError:
    """Pass expected errors through; log where another one arose, without its words."""
    if isinstance(error, PsyLiteError):
        return error
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].name}:{frames[-1].lineno}" if frames else "?"
    logger.error("unexpected %s at %s", type(error).__name__, where)
    return PsyLiteError("unexpected")
