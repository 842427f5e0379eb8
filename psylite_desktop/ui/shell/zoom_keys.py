"""Ctrl and plus, minus or zero: the size of everything, from anywhere."""

from __future__ import annotations

import contextlib

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from psylite_desktop.services.settings import ZOOM_RANGE, PlainSettingsService
from psylite_desktop.ui.theme.tokens import ZOOM_STEPS


class ZoomKeys(QObject):
    """Changes the zoom setting; the theme follows it."""

    def __init__(self, plain: PlainSettingsService, window: QWidget) -> None:
        super().__init__(window)
        self._plain = plain
        for keys in ("Ctrl++", "Ctrl+="):
            QShortcut(QKeySequence(keys), window, self.zoom_in)
        QShortcut(QKeySequence("Ctrl+-"), window, self.zoom_out)
        QShortcut(QKeySequence("Ctrl+0"), window, self.zoom_normal)

    def zoom_in(self) -> None:
        """The next bigger step."""
        now = self._plain.current.zoom
        self._use(next((step for step in ZOOM_STEPS if step > now), ZOOM_RANGE[1]))

    def zoom_out(self) -> None:
        """The next smaller step."""
        now = self._plain.current.zoom
        self._use(next((step for step in reversed(ZOOM_STEPS) if step < now), ZOOM_RANGE[0]))

    def zoom_normal(self) -> None:
        """Back to 100 %."""
        self._use(100)

    def _use(self, zoom: int) -> None:
        with contextlib.suppress(OSError):  # it holds for this run; Settings says so
            self._plain.change(zoom=zoom)
