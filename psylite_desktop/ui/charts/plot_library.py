"""pyqtgraph, read from disk in small steps when a chart first needs it.

Its import takes half a second, most of it for NumPy and for naming every class of Qt once. Both
are done beforehand in pieces between which the window answers; the rest is about a tenth of a
second.
"""

from __future__ import annotations

import importlib
import logging
import sys
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal, Slot

logger = logging.getLogger(__name__)

AT_ONCE = 40
"""Classes of Qt that are named in one step."""
_FIRST = ("numpy", "multiprocessing.connection", "importlib.metadata", "PySide6.QtOpenGLWidgets")
_QT = ("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets")


class PlotLibrary(QObject):
    """Makes the drawing library ready.

    Signals:
        became_ready: Charts may be drawn from now on.
        failed: It cannot be read; tables and heat maps do without it.
    """

    became_ready = Signal()
    failed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: Iterator[None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def is_ready(self) -> bool:
        """Whether it has been read; once it has, it stays."""
        return "pyqtgraph" in sys.modules and self._steps is None

    def prepare(self) -> None:
        """Begin to read it, unless it is there or on its way."""
        if not self.is_ready and self._steps is None:
            self._steps = _steps()
            self._timer.start()

    @Slot()
    def _on_timeout(self) -> None:
        if self._steps is None:
            return
        try:
            next(self._steps)
        except StopIteration:
            self._end()
            self.became_ready.emit()
        except ImportError:
            logger.exception("the drawing library cannot be imported")
            self._end()
            self.failed.emit()

    def _end(self) -> None:
        self._steps = None
        self._timer.stop()


def _steps() -> Iterator[None]:
    for name in _FIRST:
        importlib.import_module(name)
        yield
    for name in _QT:
        module = importlib.import_module(name)
        names = dir(module)
        for start in range(0, len(names), AT_ONCE):
            for attribute in names[start : start + AT_ONCE]:
                getattr(module, attribute)
            yield
    import pyqtgraph

    # It draws a few hundred points: the processor does that, and nothing is left to clean up.
    pyqtgraph.setConfigOptions(antialias=True, useOpenGL=False, exitCleanup=False)
    yield
