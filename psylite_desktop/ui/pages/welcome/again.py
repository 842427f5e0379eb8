"""The welcome once more, from the settings: with what was chosen, and a way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.welcome.page import WelcomePage
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.back_button import BackButton
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import NoticeBar


class WelcomeAgainPage(QWidget):
    """Makes the welcome anew whenever it is shown.

    Signals:
        finished: The person is through; carries the `PrivateSettings` now in use.
        back_requested: Back to where the person came from; nothing is changed.
    """

    finished = Signal(PrivateSettings)
    back_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._tasks = VaultTasks(context.session.vault, self)
        self.welcome: WelcomePage | None = None
        self.back = BackButton(context.app.theme)
        self.back.clicked.connect(self.back_requested)
        self.notice = NoticeBar()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(GRID, GRID, GRID, GRID)
        self._box.setSpacing(GRID)
        self._box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self._box.addWidget(self.notice)
        self._box.addStretch(1)
        lead_focus(self, self.back)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin again with what is stored now."""
        super().showEvent(event)
        settings = self._context.session.vault.settings
        self._tasks.run(settings.load, self._begin, self._on_failed, self)

    def _begin(self, settings: PrivateSettings) -> None:
        if self.welcome is not None:
            self.welcome.hide()
            self.welcome.deleteLater()
        self.notice.clear()
        self.welcome = WelcomePage(self._context, settings)
        self.welcome.finished.connect(self.finished)
        self.welcome.left.connect(self.back_requested)
        self._box.insertWidget(2, self.welcome, 1000)
        if self.back.hasFocus():
            self.welcome.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: PsyLiteError) -> None:
        self.notice.say(error_text(error))
