"""The reading column: what a page shows stands centred, no wider than is good to read."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID


class ReadingColumn(QScrollArea):
    """A scrolling page with one centred column. Put widgets into `body`."""

    def __init__(
        self, theme: ThemeSwitch, *, share: float = 1.0, parent: QWidget | None = None
    ) -> None:
        """`share` is the part of the widest column that this page uses."""
        super().__init__(parent)
        self._theme = theme
        self._share = share
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        host = QWidget()
        host.setProperty("role", "column")
        self._column = QWidget(host)
        self.body = QVBoxLayout(self._column)
        ring = GRID // 2  # room for the focus ring around what stands at the edge
        self.body.setContentsMargins(ring, ring, ring, ring)
        self.body.setSpacing(2 * GRID)
        row = QHBoxLayout(host)
        row.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        row.addStretch(1)
        row.addWidget(self._column, 1000)
        row.addStretch(1)
        self.setWidget(host)
        theme.changed.connect(self._on_theme_changed)
        theme.app.focusChanged.connect(self._on_focus_changed)
        self._on_theme_changed()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new):
            QTimer.singleShot(0, new, lambda: self.ensureWidgetVisible(new, 0, 3 * GRID))

    def _on_theme_changed(self) -> None:
        self._column.setMaximumWidth(round(self._theme.sizes.column * self._share))
