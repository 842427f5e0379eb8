"""What locks the window without a click: time, and the system."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from psylite_desktop.ui.shell.idle_watch import IdleWatch
from psylite_desktop.ui.shell.system_lock import SystemLock


class LockSigns(QObject):
    """One place that hears them.

    Signals:
        lock_requested: Nobody is there, the screen was locked, or the computer goes to sleep.
    """

    lock_requested = Signal()

    def __init__(self, app: QGuiApplication, parent: QObject) -> None:
        super().__init__(parent)
        self.idle = IdleWatch(app, self)
        self.idle.expired.connect(self.lock_requested)
        self.system = SystemLock(self)
        self.system.locked.connect(self.lock_requested)
