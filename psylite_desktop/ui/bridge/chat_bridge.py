"""The only door from the engine thread into Qt."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from psylite_desktop.domain.chat_events import (
    Assessed,
    ChatEvent,
    Failed,
    Finished,
    Progressed,
    Replaced,
    Routed,
    Thought,
    Wrote,
)
from psylite_desktop.host.status import EngineStatus

FLUSH_MS = 40
"""Pieces of text are shown this often: faster than the eye needs costs layout for nothing."""


class ChatBridge(QObject):
    """Turns the events of `ChatService.answer` into signals on the GUI thread, in order.

    Signals:
        assessed: An `Assessed` event.
        routed: A `Routed` event.
        progressed: A `Progressed` event.
        thought: A `Thought` event.
        wrote: A `Wrote` event; pieces that came close together are joined into one.
        replaced: A `Replaced` event.
        finished: A `Finished` event.
        failed: A `Failed` event.
        engine_changed: The engine process does something else now; carries an `EngineStatus`.
    """

    assessed = Signal(Assessed)
    routed = Signal(Routed)
    progressed = Signal(Progressed)
    thought = Signal(Thought)
    wrote = Signal(Wrote)
    replaced = Signal(Replaced)
    finished = Signal(Finished)
    failed = Signal(Failed)
    engine_changed = Signal(EngineStatus)

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # What other threads hand over; it does not travel in the signal, see `Deliveries`.
        self._handed: deque[ChatEvent | EngineStatus] = deque()
        self._pending: list[Wrote] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FLUSH_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._tell: dict[type, Callable[..., None]] = {
            Assessed: self.assessed.emit,
            Routed: self.routed.emit,
            Progressed: self.progressed.emit,
            Thought: self.thought.emit,
            Replaced: self.replaced.emit,
            Finished: self.finished.emit,
            Failed: self.failed.emit,
        }
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def publish(self, event: ChatEvent) -> None:
        """Hand over an event; the one method that other threads may call."""
        self._handed.append(event)
        self._arrived.emit()

    def publish_status(self, status: EngineStatus) -> None:
        """Hand over what the engine process is doing; any thread may call."""
        self._handed.append(status)
        self._arrived.emit()

    @Slot()
    def _on_arrived(self) -> None:
        event = self._handed.popleft()
        if isinstance(event, EngineStatus):
            self.engine_changed.emit(event)
            return
        if isinstance(event, Wrote):
            self._pending.append(event)
            if not self._timer.isActive():
                self._timer.start()
            return
        self._flush()
        self._tell[type(event)](event)

    @Slot()
    def _on_timeout(self) -> None:
        self._flush()

    def _flush(self) -> None:
        self._timer.stop()
        pieces, self._pending = self._pending, []
        while pieces:
            first = pieces[0]
            same = [piece for piece in pieces if piece.request_id == first.request_id]
            pieces = [piece for piece in pieces if piece.request_id != first.request_id]
            self.wrote.emit(replace(first, text="".join(piece.text for piece in same)))
