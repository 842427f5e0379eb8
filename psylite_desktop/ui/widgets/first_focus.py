"""Which part of a page takes the keyboard first, without keeping Tab inside it.

A focus proxy would do the first alone: Tab stops at a container whose proxy is one of its own
children, goes back to that child, and so never reaches what stands before it, such as the rail.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget


def lead_focus(container: QWidget, target: QWidget) -> None:
    """Hand the keyboard on to `target`, a child, whenever `container` is given it."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    leaders = container.findChildren(_Leader, options=direct) or [_Leader(container)]
    leaders[0].target = target


class _Leader(QObject):
    def __init__(self, container: QWidget) -> None:
        super().__init__(container)
        self.target: QWidget | None = None
        container.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the container have the event, then give the keyboard away."""
        if (
            event.type() == QEvent.Type.FocusIn
            and isinstance(event, QFocusEvent)
            and self.target is not None
        ):
            self.target.setFocus(event.reason())
        return super().eventFilter(watched, event)
