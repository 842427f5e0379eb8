"""What stands below the last reply: something offered, and the reason when it is asked for."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.chat_events import Finished
from psylite_desktop.services.asides import AsideService
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.pages.talk.aside_rater import AsideRater
from psylite_desktop.ui.pages.talk.aside_view import AsideView
from psylite_desktop.ui.pages.talk.reply_reason import ReplyReason
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.notice import NoticeBar


class BesideReply(QWidget):
    """Goes with the reply it belongs to."""

    def __init__(
        self, asides: AsideService, tasks: VaultTasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.aside = AsideView()
        self.rater = AsideRater(asides, tasks, self)
        self.aside.rated.connect(self.rater.rate)
        self.reason = NoticeBar()
        self._words = ReplyReason(self)
        self._last: Finished | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self.aside)
        box.addWidget(self.reason)

    @property
    def has_reason(self) -> bool:
        """Whether there is a reply whose reason can be told."""
        return self._last is not None

    def take(self, event: Finished) -> None:
        """A reply is complete."""
        self._last = event if event.reply.text else None
        self.aside.offer(event.aside)

    @Slot()
    def say_why(self) -> None:
        """Tell the reason of the last reply."""
        if self._last is not None:
            self.reason.say(self._words.text(self._last), action=self.tr("Understood"))

    def clear(self) -> None:
        """Another turn begins."""
        self._last = None
        self.aside.clear()
        self.reason.clear()
