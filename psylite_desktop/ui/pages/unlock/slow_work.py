"""Work that takes its time, such as deriving keys: beside the window, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.ui.bridge.engine_thread import EngineThread
from psylite_desktop.ui.widgets.busy import BusyLine

T = TypeVar("T")


class SlowWork:
    """Says what is happening, and takes no second order meanwhile."""

    def __init__(self, engine: EngineThread, views: QWidget, busy: BusyLine) -> None:
        """`views` are switched off while something runs."""
        self._engine = engine
        self._views = views
        self._busy = busy

    def run(
        self,
        text: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[PsyLiteError], None],
    ) -> None:
        """Show `text` until `work` is over, then call `done` or `failed`."""
        self._views.setEnabled(False)
        self._busy.start(text)

        def on_done(value: T) -> None:
            self._rest()
            done(value)

        def on_failed(error: PsyLiteError) -> None:
            self._rest()
            failed(error)

        self._engine.run(work, on_done, on_failed, self._views)

    def _rest(self) -> None:
        self._views.setEnabled(True)
        self._busy.stop()
