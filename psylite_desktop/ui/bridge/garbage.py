"""Python's garbage collection, on the GUI thread alone.

Python collects reference cycles on whatever thread happens to allocate. Widgets sit in such
cycles, and Qt allows a widget to be destroyed by the thread that made it, by no other: a
collection on the engine thread can crash the window.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from psylite_desktop.host.heap import collect_due

LOOK_MS = 500


class GarbageCollection(QObject):
    """Collects what is due whenever the window's loop comes by, and nowhere else."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(collect_due)

    def start(self) -> None:
        """Take the collection away from the other threads."""
        gc.disable()
        self._timer.start()
