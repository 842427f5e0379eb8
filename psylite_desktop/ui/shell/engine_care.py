"""Cares for the engine process: warm, resting when nobody asks, back where it is wanted."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QWindow

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.host.status import EngineState, EngineStatus
from psylite_desktop.ui.bridge.deliveries import is_alive
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.shell.warm_up import warm_up

LOOK_MS = 15_000
"""How often it is looked whether the process has been idle for long enough."""
AGAIN_S = 60.0
"""A process that ended by itself is started again, but not more often than this."""
_RESTS = frozenset({EngineState.READY})
_HOLDS = frozenset({EngineState.LOADING, EngineState.WARMING})
"""A model is on its way into memory."""


class EngineCare(QObject):
    """Cares for the engine process while a profile is open.

    The process rests (it ends, and all its memory is free) after the minutes of the settings
    without a question, and where it was ended for something else. The next key or click brings
    back what listens for danger in whatever is written; the model comes back only where one is
    wanted (`wake`, or a question).
    """

    def __init__(
        self,
        context: AppContext,
        parent: QObject,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._monotonic = monotonic
        self._restarted_at = -AGAIN_S
        self._is_caring = False
        self._is_resting = False
        self._watched: list[QWindow] = []
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        context.chat_bridge.engine_changed.connect(self._on_engine_changed)

    @property
    def is_resting(self) -> bool:
        """Whether the model was let go because nobody asked it anything."""
        return self._is_resting

    def begin(self) -> None:
        """A profile is open: have the model loaded."""
        self._is_caring = True
        self._timer.start()
        warm_up(self._context, self)

    def end(self) -> None:
        """The profile is locked, the process is gone."""
        self._is_caring = self._is_resting = False
        self._timer.stop()
        self._watch_for_signs(())

    @Slot()
    def look(self) -> None:
        """Let the process rest if it has been idle for long enough."""
        minutes = self._context.plain.current.rest_after_min
        host = self._context.host
        if not minutes or self._watched or host.status().state not in _RESTS:
            return
        if host.idle_s() < minutes * 60:
            return
        # On the thread that asks: nothing can be under way there meanwhile.
        self._context.engine.run(host.stop_now, self._on_resting, self._on_failed, self)

    @Slot()
    def wake(self) -> None:
        """A model is wanted: where it rests, have it loaded again."""
        if self._is_resting:
            self._note_awake()
            warm_up(self._context, self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice a key, a click or an input method's word, and leave them to whom they are for."""
        if event.type() in (
            QEvent.Type.KeyPress,
            QEvent.Type.MouseButtonPress,
            QEvent.Type.TouchBegin,
            QEvent.Type.InputMethod,
        ):
            self._watch_for_signs(())
            # After whoever it is for: there a model may be wanted, and that goes first.
            QTimer.singleShot(0, self, self._listen_again)
        return super().eventFilter(watched, event)

    def _on_resting(self, _nothing: object) -> None:
        if self._is_caring:
            self._is_resting = True
            self._watch_for_signs(self._context.theme.app.topLevelWindows())

    @Slot()
    def _listen_again(self) -> None:
        """Have the process run without a model: all that is written is heard by all layers."""
        if self._is_resting:
            listen = partial(self._context.host.listen_patiently, "")
            self._context.engine.run(listen, self._on_listening, self._on_failed, self)

    def _on_listening(self, _opinion: object) -> None:
        """What is written next finds it; when that is over, it rests again."""

    def _on_failed(self, _error: PsyLiteError) -> None:
        """It goes on as it was."""

    def _note_awake(self) -> None:
        self._is_resting = False
        self._watch_for_signs(())

    @Slot(EngineStatus)
    def _on_engine_changed(self, status: EngineStatus) -> None:
        now = self._monotonic()
        if status.state in _HOLDS:  # somebody asked for a reply
            self._note_awake()
        if status.state is EngineState.ABSENT:  # stopped on purpose: a trial, less memory
            self._on_resting(None)
        if status.state is not EngineState.CRASHED or not self._is_caring:
            return
        if now - self._restarted_at >= AGAIN_S:
            self._restarted_at = now
            if self._is_resting:
                self._listen_again()
            else:
                warm_up(self._context, self)

    def _watch_for_signs(self, windows: object) -> None:
        watched, self._watched = self._watched, []
        for window in watched:
            if is_alive(window):  # tooltips and dialogs come and go
                window.removeEventFilter(self)
        self._watched = [one for one in windows if isinstance(one, QWindow)]  # type: ignore[attr-defined]
        for window in self._watched:
            window.installEventFilter(self)
