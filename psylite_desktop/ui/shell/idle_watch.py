"""Notices when nobody is there any more."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """Counts the minutes without a key or click in any window of the application.

    It listens to the window that has the keyboard, not to the whole application: a filter
    there would run for every paint and timer.

    Signals:
        expired: Nobody touched anything for the whole time.
    """

    expired = Signal()

    def __init__(
        self,
        app: QGuiApplication,
        parent: QObject,
        *,
        now: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`now` gives seconds of a clock that goes on while the computer sleeps.

        Such a clock can be set back, so `monotonic` is asked as well: the longer silence counts.
        """
        super().__init__(parent)
        self._now = now
        self._monotonic = monotonic
        self._limit_s = 0.0
        self._last_s = (0.0, 0.0)
        self._watched: QWindow | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.check)
        app.focusWindowChanged.connect(self._on_focus_window_changed)
        self._on_focus_window_changed(app.focusWindow())

    def start(self, minutes: int) -> None:
        """Count from now; `expired` comes after this many minutes of silence."""
        self._limit_s = minutes * 60.0
        self._last_s = (self._now(), self._monotonic())
        self._timer.start(round(self._limit_s * 1000))

    def stop(self) -> None:
        """Count no more."""
        self._limit_s = 0.0
        self._timer.stop()

    def check(self) -> None:
        """Say so when the time is over, else wait for what is left of it."""
        if not self._limit_s:
            return
        left_s = self._limit_s - self._silence_s()
        if left_s <= 0:
            self.stop()
            self.expired.emit()
        else:
            self._timer.start(max(1, round(left_s * 1000)))

    def note_activity(self) -> None:
        """Somebody is there. After a sleep of the computer the time may be over already."""
        if not self._limit_s:
            return
        if self._silence_s() >= self._limit_s:
            self.check()
        else:
            self._last_s = (self._now(), self._monotonic())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice keys and clicks, and leave them to whom they are for."""
        if event.type() in _SIGNS_OF_LIFE:
            self.note_activity()
        return super().eventFilter(watched, event)

    def _silence_s(self) -> float:
        now_s, monotonic_s = self._last_s
        return max(self._now() - now_s, self._monotonic() - monotonic_s)

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        if window is None:
            return
        window.removeEventFilter(self)
        window.installEventFilter(self)
        self.note_activity()
