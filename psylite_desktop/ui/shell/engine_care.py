"""Cares for the engine process: warm, resting when nobody asks, back after a crash."""

from __future__ import annotations

import time
from collections.abc import Callable

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


class EngineCare(QObject):
    """Cares for the engine process while a profile is open.

    The process rests (it ends, and all its memory is free) after the minutes of the settings
    without a question; the next key or click brings it back.
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
        self._watched: list[QWindow] = []
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        context.chat_bridge.engine_changed.connect(self._on_engine_changed)

    @property
    def is_resting(self) -> bool:
        """Whether the process was ended because nobody asked it anything."""
        return bool(self._watched)

    def begin(self) -> None:
        """A profile is open: have the model loaded."""
        self._is_caring = True
        self._timer.start()
        warm_up(self._context, self)

    def end(self) -> None:
        """The profile is locked, the process is gone."""
        self._is_caring = False
        self._timer.stop()
        self._watch_for_signs(())

    @Slot()
    def look(self) -> None:
        """Let the process rest if it has been idle for long enough."""
        minutes = self._context.plain.current.rest_after_min
        host = self._context.host
        if not minutes or self.is_resting or host.status().state not in _RESTS:
            return
        if host.idle_s() < minutes * 60:
            return
        # On the thread that asks: nothing can be under way there meanwhile.
        self._context.engine.run(host.stop_now, self._on_resting, self._on_failed, self)

    def wake(self) -> None:
        """Somebody is there: have the model loaded again."""
        self._watch_for_signs(())
        if self._is_caring:
            warm_up(self._context, self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wake at a key, a click or an input method's word, and leave them to whom they are for."""
        if event.type() in (
            QEvent.Type.KeyPress,
            QEvent.Type.MouseButtonPress,
            QEvent.Type.TouchBegin,
            QEvent.Type.InputMethod,
        ):
            self.wake()
        return super().eventFilter(watched, event)

    def _on_resting(self, _nothing: object) -> None:
        if self._is_caring:
            self._watch_for_signs(self._context.theme.app.topLevelWindows())

    def _on_failed(self, _error: PsyLiteError) -> None:
        """It goes on as it was."""

    @Slot(EngineStatus)
    def _on_engine_changed(self, status: EngineStatus) -> None:
        now = self._monotonic()
        if status.state is not EngineState.CRASHED or not self._is_caring:
            return
        if now - self._restarted_at >= AGAIN_S:
            self._restarted_at = now
            warm_up(self._context, self)

    def _watch_for_signs(self, windows: object) -> None:
        watched, self._watched = self._watched, []
        for window in watched:
            if is_alive(window):  # tooltips and dialogs come and go
                window.removeEventFilter(self)
        self._watched = [one for one in windows if isinstance(one, QWindow)]  # type: ignore[attr-defined]
        for window in self._watched:
            window.installEventFilter(self)
