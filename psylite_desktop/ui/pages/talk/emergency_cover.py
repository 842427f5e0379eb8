"""Puts the crisis card in front of everything in the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from psylite_desktop.ui.theme.tokens import GRID


class EmergencyCover(QFrame):
    """Covers a window and keeps the keyboard inside; shortcuts of the window still work."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        self.hide()

    def hold(self, card: QWidget) -> None:
        """Take the card in."""
        self._row.addStretch(1)
        self._row.addWidget(card, 1000)
        self._row.addStretch(1)
        card.show()

    def release(self) -> None:
        """Forget the places that held the card."""
        while self._row.takeAt(0) is not None:
            pass

    def cover(self, window: QWidget) -> None:
        """Stand in front of everything in `window`."""
        if self.parentWidget() is not window:
            self.setParent(window)
        window.installEventFilter(self)  # once, however often it is asked
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the size of the window."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go round inside the cover."""
        focused: QWidget | None = self.focusWidget()
        start = widget = focused if focused is not None else self
        while True:
            after = widget.nextInFocusChain() if is_next else widget.previousInFocusChain()
            if after is None or after is start:
                return True
            widget = after
            if self.isAncestorOf(widget) and _takes_tab(widget, self):
                reason = Qt.FocusReason.TabFocusReason if is_next else _BACK
                widget.setFocus(reason)
                return True


_BACK = Qt.FocusReason.BacktabFocusReason


def _takes_tab(widget: QWidget, inside: QWidget) -> bool:
    takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return takes and widget.isEnabled() and widget.isVisibleTo(inside)
