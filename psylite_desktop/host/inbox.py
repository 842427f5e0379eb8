"""The engine process's ear: a thread that reads requests while the main thread works."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.host.parent_watch import next_frame
from psylite_desktop.host.protocol import (
    Cancel,
    CountTokens,
    DropDraft,
    ReadAhead,
    Request,
    decode_request,
)

_PATIENT = CountTokens | DropDraft | ReadAhead
"""Requests that no reply waits for: what runs ahead may finish its chunk before them."""


class Inbox:
    """Hands out requests in order and knows which of them were cancelled.

    `on_close` is called in the reading thread when the window's process is gone, even while
    native code runs in the main thread.
    """

    def __init__(
        self, connection: Connection, *, on_close: Callable[[], None], parent: int
    ) -> None:
        self._connection = connection
        self._on_close = on_close
        self._parent = parent
        self._requests: queue.SimpleQueue[Request | EngineError] = queue.SimpleQueue()
        self._cancelled = 0
        self._newest = 0
        self._is_yielding = False
        self._interrupt: Callable[[], None] = _nothing
        self._thread = threading.Thread(target=self._listen, name="inbox", daemon=True)

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def next(self) -> Request:
        """Wait for the next request. Raises EngineError (engine_protocol)."""
        item = self._requests.get()
        if isinstance(item, EngineError):
            raise item
        return item

    def is_cancelled(self, request_id: int) -> bool:
        """Whether this request, or one after it, was cancelled."""
        return request_id <= self._cancelled

    def is_overtaken(self, request_id: int) -> bool:
        """Whether another request has come after this one, or it was cancelled."""
        return request_id < self._newest or self.is_cancelled(request_id)

    @contextmanager
    def yielding(self) -> Iterator[None]:
        """While this runs, a request that somebody waits for interrupts what is being done."""
        self._is_yielding = True
        try:
            yield
        finally:
            self._is_yielding = False

    def on_cancel(self, interrupt: Callable[[], None]) -> None:
        """Choose what to call (in the reading thread) when a request is cancelled.

        The same is called when something that yields is overtaken.
        """
        self._interrupt = interrupt

    def _listen(self) -> None:
        while (frame := next_frame(self._connection, self._parent)) is not None:
            self._take(frame)
        self._on_close()

    def _take(self, frame: bytes) -> None:
        try:
            request = decode_request(frame)
        except EngineError as error:
            self._requests.put(error)
            return
        match request:
            case Cancel(id=request_id):
                # First the mark, then the interruption: whoever is interrupted finds the mark.
                self._cancelled = max(self._cancelled, request_id)
                self._interrupt()
            case _:
                # In this order: it is not taken up before the interruption for it is over.
                self._newest = max(self._newest, request.id)
                if self._is_yielding and not isinstance(request, _PATIENT):
                    self._interrupt()
                self._requests.put(request)


def _nothing() -> None:
    """Nothing runs that could be interrupted."""
