"""Help lines in front of everything, before a profile is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.domain.safety_plan import PlanEntry
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.back_button import BackButton


class HelpLayer(QWidget):
    """The help page with a way back, and the page that says how the app listens for danger.

    Signals:
        closed: The person goes back to where they came from.
    """

    closed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from psylite_desktop.ui.pages.help.page import HelpPage

        self._context = context
        self._profile: Profile | None = None
        self.back = BackButton(context.theme)
        self.back.clicked.connect(self._on_back_clicked)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._on_back_clicked)
        self.page = HelpPage(context)
        self.page.protocol_requested.connect(self._on_protocol_requested)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.page)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, 0)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self._stack, 1)

    def show_plan_of(self, profile: Profile | None) -> None:
        """Show what was chosen of the plan of a profile; nothing of anybody's without one."""
        self._profile = profile
        self.page.shown_plan.show_steps(())
        if profile is None:
            return
        shelf = self._context.profiles

        def show(entries: Sequence[PlanEntry]) -> None:
            if profile is self._profile:  # nobody else is asked for meanwhile
                self.page.shown_plan.show_steps(entries)

        self._context.engine.run(lambda: shelf.shown_plan(profile), show, _nothing, self)

    @property
    def front(self) -> QWidget | None:
        """What stands below the way back."""
        return self._stack.currentWidget()

    def _on_protocol_requested(self) -> None:
        from psylite_desktop.ui.pages.protocol.page import ProtocolPage

        page = ProtocolPage(self._context)
        page.back_requested.connect(self._on_back_clicked)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._lead_back(by_page=True)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_back_clicked(self) -> None:
        front = self.front
        if front is self.page or front is None:
            self.show_plan_of(None)
            self.closed.emit()
            return
        self._stack.removeWidget(front)
        front.deleteLater()
        self._lead_back(by_page=False)
        self.page.protocol.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lead_back(self, *, by_page: bool) -> None:
        """The protocol page brings its own button and its own Escape."""
        self.back.setVisible(not by_page)
        self._escape.setEnabled(not by_page)


def _nothing(_error: PsyLiteError) -> None:
    """The help lines need no profile."""
