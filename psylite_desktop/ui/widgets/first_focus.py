"""Which part of a page takes the keyboard first, without keeping Tab inside it.

A focus proxy would do the first alone: Tab stops at a container whose proxy is one of its own
children, goes back to that child, and so never reaches what stands before it, such as the rail.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from psylite_desktop.ui.bridge.deliveries import is_alive


def lead_focus(container: QWidget, target: QWidget) -> None:
    """Hand the keyboard on to `target`, a child, whenever `container` is given it."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    leaders = container.findChildren(_Leader, options=direct) or [_Leader(container)]
    leaders[0].target = target


def leads_on(widget: QWidget) -> bool:
    """Whether a widget only hands the keyboard on: it shows no ring of its own meanwhile."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    return bool(widget.findChildren(_Leader, options=direct))


class _Leader(QObject):
    # Of the class, too: Qt may still send events while Python has taken an instance apart.
    _container: QWidget | None = None
    _target: QWidget | None = None

    def __init__(self, container: QWidget) -> None:
        super().__init__(container)
        self._container = container
        container.installEventFilter(self)

    @property
    def target(self) -> QWidget | None:
        """Who gets the keyboard; None where nobody was named or Qt has taken that one away."""
        target = self._target
        return target if target is not None and is_alive(target) else None

    @target.setter
    def target(self, target: QWidget) -> None:
        before = self.target
        if before is not None and before is not target:
            before.removeEventFilter(self)
        self._target = target
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the container have the event, then give the keyboard away.

        What cannot take it yet, because the vault is still read, gets it as soon as it can.
        """
        container, target = self._container, self.target
        if container is None or target is None:
            return False
        if watched is container:
            if event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
                target.setFocus(event.reason())
        elif (
            event.type() == QEvent.Type.EnabledChange
            and target.isEnabled()
            and container.hasFocus()
        ):
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        return super().eventFilter(watched, event)
