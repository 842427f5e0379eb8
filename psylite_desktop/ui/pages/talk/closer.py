"""Takes a talk to its end and back: proposes lines, keeps them, shows what was kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.chat_events import Finished
from psylite_desktop.domain.conversation import Role, Route
from psylite_desktop.domain.ending import Ending, Sketch
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.risk import Assessment, Level, RiskState
from psylite_desktop.services.session import Session
from psylite_desktop.ui.bridge.engine_thread import EngineThread
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.talk.closing_view import ClosingView
from psylite_desktop.ui.pages.talk.end_offer import EndOffer, Offer
from psylite_desktop.ui.pages.talk.kept_strip import KeptStrip
from psylite_desktop.ui.pages.talk.presenter import TalkPresenter
from psylite_desktop.ui.widgets.buttons import quiet_button


class TalkCloser(QObject):
    """Owns the button, the offer, the view and the strip; the page only places them.

    Signals:
        opened: The closing view took the place of the editor.
        closed: The editor is back.
        new_requested: A new conversation.
    """

    opened = Signal()
    closed = Signal()
    new_requested = Signal()

    def __init__(
        self,
        *,
        session: Session,
        engine: EngineThread,
        tasks: VaultTasks,
        presenter: TalkPresenter,
        gives_way: Sequence[QWidget],
        parent: QWidget,
    ) -> None:
        """`gives_way` are the parts of the page that the view takes the place of."""
        super().__init__(parent)
        self._session = session
        self._engine = engine
        self._tasks = tasks
        self._presenter = presenter
        self._gives_way = tuple(gives_way)
        self._conversation: int | None = None
        self._heard = Level.NONE
        self.end = quiet_button()
        self.end.hide()
        self.offer = EndOffer()
        self.view = ClosingView()
        self.strip = KeptStrip()
        self._connect()
        self.retranslate()

    @property
    def is_open(self) -> bool:
        """Whether the closing view stands in the place of the editor."""
        return not self.view.isHidden()

    @Slot()
    def begin(self) -> None:
        """Propose an ending; with nothing new said since, what was kept comes back."""
        kept = self.strip.ending
        newest = self._presenter.messages.last(Role.USER)
        said_since = kept is not None and newest is not None and newest.created_at > kept.at
        self._open(None if said_since else kept)

    @Slot()
    def back(self) -> None:
        """Back to the talk; nothing is kept."""
        if not self.is_open:
            return
        self.view.hide()
        for part in self._gives_way:
            part.show()
        self._show_button()
        self.closed.emit()

    def set_width(self, width: int) -> None:
        """Stand in the column of the conversation."""
        for part in (self.offer, self.view, self.strip):
            part.setMaximumWidth(width)

    def set_room(self, height: int) -> None:
        """Leave part of a page of `height` pixels to the conversation."""
        self.view.set_room(height)
        self.strip.set_room(height)

    def retranslate(self) -> None:
        """Texts in the language of now; the parts follow by themselves."""
        self.end.setText(self.tr("End here"))
        self.end.setToolTip(self.tr("Put this talk into three lines and leave it there"))

    # -- opening

    def _open(self, kept: Ending | None) -> None:
        conversation = self._presenter.conversation_id
        if conversation is None or self._presenter.is_busy:
            return
        closing = self._session.closing
        self._tasks.run(
            lambda: (conversation, closing.sketch(conversation), kept),
            self._on_sketched,
            self._on_sketch_failed,
            self,
        )

    def _on_sketched(self, made: tuple[int, Sketch, Ending | None]) -> None:
        conversation, sketch, kept = made
        if conversation != self._presenter.conversation_id or self._presenter.is_busy:
            return  # another conversation was opened meanwhile, or something was sent
        self.offer.clear()
        for part in self._gives_way:
            part.hide()
        self.view.begin(sketch, kept)
        self._show_button()
        self.opened.emit()

    def _on_sketch_failed(self, error: PsyLiteError) -> None:
        self._presenter.failed.emit(error.code, False)

    # -- keeping

    @Slot()
    def _on_keep_requested(self) -> None:
        conversation = self._presenter.conversation_id
        if conversation is None:
            return
        self._listen(self.view.own_words())
        lines, step = self.view.words()
        closing = self._session.closing
        self._tasks.run(
            lambda: closing.keep(conversation, lines, step),
            self._on_kept,
            self._on_keep_failed,
            self,
        )

    def _listen(self, text: str) -> None:
        """What the person wrote is heard like a message: here at once, then by all layers."""
        self._heard = Level.NONE
        if not text:
            return
        screening = self._session.screening
        assessment, state = screening.preview(text)
        self._heard = assessment.level
        if assessment.level > Level.NONE:
            self._show_risk(text, assessment, state)
        self._engine.run(
            lambda: (text, *screening.take(text)), self._on_listened, self._on_listen_failed, self
        )

    def _on_listened(self, heard: tuple[str, Assessment, RiskState]) -> None:
        text, assessment, state = heard
        if assessment.level > self._heard:
            self._heard = assessment.level
            self._show_risk(text, assessment, state)

    def _on_listen_failed(self, _error: PsyLiteError) -> None:
        """What the floor heard stands."""

    def _show_risk(self, text: str, assessment: Assessment, state: RiskState) -> None:
        keeper = self._presenter.corrector.keeper
        keeper.begin_turn()
        keeper.note(text, assessment, state)
        self._presenter.assessed.emit(assessment, state)

    def _on_kept(self, ending: Ending) -> None:
        if ending.conversation_id != self._presenter.conversation_id:
            return
        self.strip.show_ending(ending)
        if not self.is_open:
            return  # danger was heard: the talk is open again, with help in view
        if self._session.guest:
            self.view.finish(self.tr("Kept until you leave: you are here as a guest. Take care."))
        else:
            self.view.finish(
                self.tr("Kept. You find it with this talk under “Earlier”. Take care.")
            )

    def _on_keep_failed(self, error: PsyLiteError) -> None:
        if self.is_open:
            self.view.fail(error_text(error.code))
        else:
            self._presenter.failed.emit(error.code, False)

    @Slot()
    def _on_leave_requested(self) -> None:
        self.view.finish(self.tr("All right, no summary is kept. Take care."))

    @Slot()
    def _on_change_requested(self) -> None:
        self._open(self.strip.ending)

    # -- what the talk does

    @Slot()
    def _on_changed(self) -> None:
        conversation = self._presenter.conversation_id
        if conversation != self._conversation:
            self._conversation = conversation
            self.offer.clear()
            self.strip.show_ending(None)
            self.back()
            if conversation is not None:
                closing = self._session.closing
                self._tasks.run(
                    lambda: (conversation, closing.load(conversation)),
                    self._on_loaded,
                    self._on_load_failed,
                    self,
                )
        self._show_button()

    def _on_loaded(self, found: tuple[int, Ending | None]) -> None:
        conversation, ending = found
        if conversation == self._presenter.conversation_id:
            self.strip.show_ending(ending)

    def _on_load_failed(self, _error: PsyLiteError) -> None:
        """The talk is there without it."""

    @Slot(Finished)
    def _on_replied(self, event: Finished) -> None:
        kept = not self._presenter.is_off_record
        if kept and event.route is Route.GOODBYE and event.reply.text:
            self.offer.offer(Offer.GOODBYE)

    @Slot(Assessment, RiskState)
    def _on_assessed(self, assessment: Assessment, state: RiskState) -> None:
        """Danger: no farewell now, the talk stays open."""
        level = max(assessment.level, state.level)
        if level >= Level.WATCH:
            self.offer.clear()
        if level >= Level.CRISIS:
            self.back()

    def _show_button(self) -> None:
        has_reply = self._presenter.messages.last(Role.ASSISTANT) is not None
        can_end = has_reply and not self.is_open and not self._presenter.is_off_record
        self.end.setVisible(can_end)
        self.end.setEnabled(not self._presenter.is_busy)

    def _connect(self) -> None:
        view, presenter = self.view, self._presenter
        self.end.clicked.connect(self.begin)
        self.offer.end_requested.connect(self.begin)
        self.strip.change_requested.connect(self._on_change_requested)
        view.keep_requested.connect(self._on_keep_requested)
        view.leave_requested.connect(self._on_leave_requested)
        view.back_requested.connect(self.back)
        view.change_requested.connect(self._on_change_requested)
        view.new_requested.connect(self.new_requested)
        presenter.changed.connect(self._on_changed)
        presenter.replied.connect(self._on_replied)
        presenter.assessed.connect(self._on_assessed)
        presenter.stored.connect(self.offer.clear)
