"""A scroll area that is as high as its words, within the room it is given."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


class FittingScroll(QScrollArea):
    """Scrolls only what does not fit."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = inside
        self._room: int | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)

    def limit(self, room: int | None) -> None:
        """Take no more than `room` pixels of height; None fills whatever there is."""
        self._room = room
        vertical = QSizePolicy.Policy.Expanding if room is None else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as its words, within the room it has."""
        high = self._inside.heightForWidth(self.viewport().width())
        high = max(high, self._inside.minimumSizeHint().height()) + 2
        if self._room is not None:
            high = min(high, self._room)
        return QSize(super().sizeHint().width(), high)

    def minimumSizeHint(self) -> QSize:
        """With a limit it keeps its room: what is beside it gives way."""
        least = super().minimumSizeHint()
        return least if self._room is None else QSize(least.width(), self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the words inside when they become more or fewer."""
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words break elsewhere in another width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
