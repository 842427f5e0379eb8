"""The one thread of the window's process that talks to the engine process."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject

from psylite_desktop.domain.chat_events import ChatEvent, ChatRequest, Failed, Finished
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.ui.bridge.deliveries import Deliveries, as_expected

T = TypeVar("T")

CANCELLED = "cancelled"
"""Code of `Failed` for a request that was taken back before anything happened."""


class Answers(Protocol):
    """What the thread needs of a chat service."""

    def answer(self, request: ChatRequest, cancelled: Callable[[], bool]) -> Iterator[ChatEvent]:
        """Yield the events of one turn."""
        ...


class EngineThread:
    """Runs turns and other engine-bound jobs one after the other, in the order they came.

    A plain `threading.Thread`: a QThread object that is dropped while it runs aborts the
    process. Make it and call it on the GUI thread.
    """

    def __init__(self, publish: Callable[[ChatEvent], None]) -> None:
        """`publish` is called on the engine thread with every chat event."""
        self._publish = publish
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._cancels: dict[int, threading.Event] = {}
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._deliveries = Deliveries()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def new_request_id(self) -> int:
        """A number that no other request of this run has."""
        return next(self._numbers)

    def ask(self, chat: Answers, request: ChatRequest) -> None:
        """Queue a turn; its events go to `publish`."""
        with self._lock:
            self._cancels[request.request_id] = threading.Event()
        self._submit(lambda: self._answer(chat, request))

    def cancel(self, request_id: int) -> None:
        """Stop a running turn, or cut a queued one short.

        A queued message is still assessed and stored (nothing that was sent is lost), but gets
        no reply; a queued request for another reply is dropped.
        """
        with self._lock:
            cancelled = self._cancels.get(request_id)
        if cancelled is not None:
            cancelled.set()

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[PsyLiteError], None],
        owner: QObject,
    ) -> None:
        """Do `work` on this thread, then `done` or `failed` on the GUI thread.

        Both are dropped when `owner` is gone by then. `work` must not touch widgets.
        """
        number = self._deliveries.expect(work, done, failed, owner)
        self._submit(lambda: self._deliveries.perform(number))

    def stop(self, timeout_s: float) -> bool:
        """Cancel what runs, drop what waits, and say whether the thread ended in time."""
        self._stopping.set()
        with self._lock:
            for cancelled in self._cancels.values():
                cancelled.set()
        self._deliveries.close()
        self._jobs.put(None)
        if self._thread is None:
            return True
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _submit(self, job: Callable[[], None]) -> None:
        if self._stopping.is_set():
            return
        self._jobs.put(job)
        if self._thread is None:
            self._thread = threading.Thread(target=self._loop, name="engine", daemon=True)
            self._thread.start()

    def _loop(self) -> None:
        while (job := self._jobs.get()) is not None:
            if not self._stopping.is_set():
                job()
            del job

    def _answer(self, chat: Answers, request: ChatRequest) -> None:
        with self._lock:
            cancelled = self._cancels[request.request_id]
        try:
            if cancelled.is_set() and request.regenerate:
                self._publish(Failed(request.request_id, CANCELLED))
            else:
                self._stream(chat, request, cancelled)
        finally:
            with self._lock:
                del self._cancels[request.request_id]

    def _stream(self, chat: Answers, request: ChatRequest, cancelled: threading.Event) -> None:
        ended = False
        try:
            with closing(_closable(chat.answer(request, cancelled.is_set))) as events:
                for event in events:
                    self._publish(event)
                    ended = isinstance(event, Finished | Failed)
        except Exception as error:  # noqa: BLE001 - a failure is an event, never a dead thread
            self._publish(Failed(request.request_id, as_expected(error).code))
            return
        if not ended:
            self._publish(Failed(request.request_id, "unexpected"))


def _closable(events: Iterator[ChatEvent]) -> Generator[ChatEvent, None, None]:
    yield from events
