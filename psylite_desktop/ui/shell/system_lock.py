"""Hears from the system that the screen is locked or that the computer goes to sleep."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot

_SCREEN_SAVERS = (
    ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"),
)

# The stubs ask for bytes; the binding takes what SLOT makes, and no bytes.
_STATE_CHANGED: Any = SLOT("on_state_changed(bool)")
_LOCK: Any = SLOT("on_lock()")


class SystemLock(QObject):
    """Listens on Linux (D-Bus: login1 and the screen savers).

    Elsewhere, and where no bus is there, the idle time counts on while the computer sleeps
    (`IdleWatch`), so a long sleep locks as well.

    Signals:
        locked: The screen was locked, or the computer goes to sleep.
    """

    locked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        if sys.platform == "linux":
            self._listen()

    def _listen(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        system = QDBusConnection.systemBus()
        if system.isConnected():
            manager = "org.freedesktop.login1.Manager"
            path = "/org/freedesktop/login1"
            system.connect("", path, manager, "PrepareForSleep", self, _STATE_CHANGED)
            session = "org.freedesktop.login1.Session"
            system.connect("", "", session, "Lock", self, _LOCK)
        session_bus = QDBusConnection.sessionBus()
        if session_bus.isConnected():
            for path, interface in _SCREEN_SAVERS:
                session_bus.connect("", path, interface, "ActiveChanged", self, _STATE_CHANGED)

    @Slot(bool)
    def on_state_changed(self, begins: bool) -> None:
        """Sleep or a locked screen begins (True) or ends."""
        if begins:
            self.locked.emit()

    @Slot()
    def on_lock(self) -> None:
        """The session was told to lock."""
        self.locked.emit()
