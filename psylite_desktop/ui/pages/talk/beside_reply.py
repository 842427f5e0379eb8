"""What stands below the last reply: something offered, marks, and the reason when asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.chat_events import Finished
from psylite_desktop.domain.conversation import Message, Mode, Role, Route
from psylite_desktop.domain.rating import ReplyRating
from psylite_desktop.domain.risk import Level
from psylite_desktop.services.ratings import is_ratable
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.talk.aside_rater import AsideRater
from psylite_desktop.ui.pages.talk.aside_view import AsideView
from psylite_desktop.ui.pages.talk.exercise_offer import ExerciseOffer
from psylite_desktop.ui.pages.talk.message_view import MessageView
from psylite_desktop.ui.pages.talk.reply_rater import ReplyRater
from psylite_desktop.ui.pages.talk.reply_reason import ReplyReason
from psylite_desktop.ui.pages.talk.thoughts_view import ThoughtsView
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.notice import NoticeBar

_BY_MODEL = (Mode.MODEL, Mode.PRACTICE)


class BesideReply(QWidget):
    """Goes with the reply it belongs to."""

    def __init__(
        self,
        context: PageContext,
        tasks: VaultTasks,
        view: MessageView,
        *,
        is_typing: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        """`is_typing`: the person writes already; nothing is put in their way then."""
        super().__init__(parent)
        self._app = context.app
        self._screening = context.session.screening
        self._view = view
        self._is_typing = is_typing
        self._made: dict[int, tuple[Route, str]] = {}
        self.thoughts = ThoughtsView()
        context.app.chat_bridge.thought.connect(self.thoughts.add)
        self.aside = AsideView()
        self.rater = AsideRater(context.session.asides, tasks, self)
        self.aside.rated.connect(self.rater.rate)
        self._offers = QWidget()
        self.exercise = ExerciseOffer(context.session.suggestions, tasks)
        self.exercise.failed.connect(self.rater.failed)
        self.marks = ReplyRater(context.session.ratings, tasks, context.app.theme)
        self.marks.failed.connect(self.rater.failed)
        self.marks.opened.connect(self._offers.hide)
        self.marks.closed.connect(self._offers.show)
        view.rate_requested.connect(self.rate)
        view.model().modelReset.connect(self._on_opened)
        self.reason = NoticeBar()
        self._words = ReplyReason(self)
        self._last: Finished | None = None
        offers = QVBoxLayout(self._offers)
        offers.setContentsMargins(0, 0, 0, 0)
        offers.setSpacing(GRID // 2)
        offers.addWidget(self.exercise)
        offers.addWidget(self.aside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID // 2)
        box.addWidget(self.thoughts)
        box.addWidget(self.marks)
        box.addWidget(self._offers)
        box.addWidget(self.reason)

    @property
    def has_reason(self) -> bool:
        """Whether there is a reply whose reason can be told."""
        return self._last is not None

    def take(self, event: Finished) -> None:
        """A reply is complete."""
        self._last = event if event.reply.text else None
        self.aside.offer(event.aside)
        self.exercise.offer(event.suggestion if self._may_suggest() else None)
        model = Path(self._app.plain.current.model).stem
        self._made[event.reply.id] = event.route, model
        self._offer_marks(event.reply)

    def set_room(self, height: int) -> None:
        """Leave part of a page of `height` pixels to the conversation."""
        self.aside.set_room(height)
        self.thoughts.set_room(height)
        self.marks.set_room(height)

    @Slot(int)
    def rate(self, message_id: int) -> None:
        """Open the marks of any reply of this conversation."""
        messages = self._view.messages
        reply = messages.by_id(message_id)
        if reply is not None and self._offer_marks(reply):
            self.marks.unfold()

    @Slot()
    def say_why(self) -> None:
        """Tell the reason of the last reply."""
        if self._last is not None:
            self.reason.say(self._words.text(self._last), action=self.tr("Understood"))

    def clear(self) -> None:
        """Another turn begins."""
        self._last = None
        self.thoughts.clear()
        self.aside.clear()
        self.exercise.clear()
        self._offers.show()
        self.marks.clear()
        self.reason.clear()

    def _may_suggest(self) -> bool:
        """Never in the middle of typing, never beside danger."""
        return not self._is_typing() and self._screening.state.level < Level.CRISIS

    def _offer_marks(self, reply: Message) -> bool:
        """Whether marks can be given; never in a talk about danger."""
        if not is_ratable(reply) or self._screening.state.level >= Level.CRISIS:
            self.marks.clear()
            return False
        route, model = self._made.get(reply.id, (None, ""))
        rating = ReplyRating(
            reply.id,
            mode=reply.mode,
            model=model if reply.mode in _BY_MODEL else "",
            route=route,
        )
        last = self._view.messages.last(Role.ASSISTANT)
        self.marks.offer(rating, reply.text, is_last=last is not None and last.id == reply.id)
        return True

    @Slot()
    def _on_opened(self) -> None:
        """A conversation came into view: its last reply can be rated."""
        reply = self._view.messages.last(Role.ASSISTANT)
        if reply is None:
            self.marks.clear()
        else:
            self._offer_marks(reply)
