"""Takes a conversation through its turns: what is asked, what comes back, what is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from psylite_desktop.domain.chat_events import (
    Assessed,
    ChatRequest,
    Failed,
    Finished,
    Progressed,
    Replaced,
    Routed,
    Wrote,
)
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.risk import CALM, Assessment, Level, RiskState
from psylite_desktop.services.chat import clean
from psylite_desktop.services.history import title_from
from psylite_desktop.services.off_the_record import is_off_the_record
from psylite_desktop.services.prompting import shortened
from psylite_desktop.services.session import Session
from psylite_desktop.ui.bridge.chat_bridge import ChatBridge
from psylite_desktop.ui.bridge.engine_thread import CANCELLED, EngineThread
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.pages.talk.corrector import Corrector
from psylite_desktop.ui.pages.talk.messages import MessageModel
from psylite_desktop.ui.pages.talk.opened import Opened, newest, stored
from psylite_desktop.ui.pages.talk.unkept_words import UnkeptWords
from psylite_desktop.ui.pages.talk.versions import VersionSwitch

SEEN_AT_ENTER = 1_000
"""Characters looked at while the window waits: beginning and end; the engine thread reads all."""


class TalkPresenter(QObject):
    """One conversation at a time, one request at a time.

    Signals:
        assessed: A text was assessed, at Enter or by a later layer; carries assessment and state.
        changed: Whether something runs, or which conversation is open, changed.
        progressed: A `Progressed` event of the running request.
        stored: The person's message is kept; carries its text.
        replied: A reply is complete; carries the `Finished` event.
        failed: Something went wrong; carries the error's code, and whether words were not kept.
    """

    assessed = Signal(Assessment, RiskState)
    changed = Signal()
    progressed = Signal(Progressed)
    stored = Signal(str)
    replied = Signal(Finished)
    failed = Signal(str, bool)

    def __init__(
        self,
        *,
        session: Session,
        engine: EngineThread,
        bridge: ChatBridge,
        tasks: VaultTasks,
        model_name: Callable[[], str],
        parent: QObject,
    ) -> None:
        """`model_name` says which model answers now, for the line under its replies."""
        super().__init__(parent)
        self.messages = MessageModel(self)
        self._session = session
        self._engine = engine
        self._tasks = tasks
        self._model_name = model_name
        self._conversation_id: int | None = None
        self._title = ""
        self._requests: dict[int, ChatRequest] = {}
        self._unstored: tuple[int, str] | None = None
        self._seen = self._floor = Level.NONE
        self._waiting: tuple[str, int | None] | None = None
        self._is_opening = False
        self._is_off_record = False
        self.versions = VersionSwitch(
            session=session, tasks=tasks, messages=self.messages, parent=self
        )
        self.versions.shown.connect(self._on_version_shown)
        self.versions.changed.connect(self.changed)
        self.versions.failed.connect(self._on_correct_failed)
        self.corrector = Corrector(
            session=session, tasks=tasks, is_sending=lambda: self.is_sending, parent=self
        )
        self._unkept = UnkeptWords(session.screening, engine, self)
        self._unkept.heard.connect(self.assessed)
        self.corrector.corrected.connect(self._on_corrected)
        self.corrector.failed.connect(self._on_correct_failed)
        bridge.assessed.connect(self._on_assessed)
        bridge.routed.connect(self._on_routed)
        bridge.progressed.connect(self._on_progressed)
        bridge.wrote.connect(self._on_wrote)
        bridge.replaced.connect(self._on_replaced)
        bridge.finished.connect(self._on_finished)
        bridge.failed.connect(self._on_failed)

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way."""
        return self.is_answering or self.versions.is_busy

    @property
    def is_answering(self) -> bool:
        """Whether a request is under way.

        Another version is there at once: buttons that went meanwhile would lose the focus.
        """
        return bool(self._requests) or self._waiting is not None

    @property
    def is_opening(self) -> bool:
        """Whether a conversation is being read from the vault."""
        return self._is_opening

    @property
    def is_sending(self) -> bool:
        """Whether a message was sent that is not kept yet, or must wait for another version."""
        is_waiting = self._waiting is not None or self.versions.is_switching
        return self._unstored is not None or is_waiting

    @property
    def conversation_id(self) -> int | None:
        """Id of the open conversation; None for a new one."""
        return self._conversation_id

    @property
    def title(self) -> str:
        """Title of the open conversation; empty for a new one."""
        return self._title

    @property
    def is_off_record(self) -> bool:
        """Whether nothing of the open conversation is kept."""
        return self._is_off_record

    @property
    def can_switch_record(self) -> bool:
        """Whether it is still open what is kept: before the first message only."""
        is_new = self._conversation_id is None and self.messages.is_empty()
        return is_new and not self.is_busy and not self._is_opening

    # -- conversations

    def switch_record(self, *, off: bool) -> None:
        """Keep nothing of the conversation that begins now, or keep it as usual."""
        if self.can_switch_record:
            self._is_off_record = off
            self.changed.emit()

    def open_newest(self) -> None:
        """Open the conversation that was used last, or an empty one."""
        history = self._session.history
        self._open(lambda: newest(history))

    def open_conversation(self, conversation_id: int) -> None:
        """Open a stored conversation."""
        history = self._session.history
        self._open(lambda: stored(history, conversation_id))

    def begin_new(self) -> None:
        """Start afresh; nothing is stored before the first message."""
        self.stop()
        self._requests.clear()
        self._waiting = None
        if self._is_off_record and self._conversation_id is not None:
            self._session.chat.forget(self._conversation_id)
        self._is_off_record = False
        self._conversation_id, self._title = None, ""
        self.corrector.release()
        self.versions.show(None, [], [])
        self.changed.emit()

    # -- turns

    def send(self, text: str, replaces: int | None = None) -> bool:
        """Send a message; False when there is nothing to send or one is still being kept.

        Risk is looked at first, here and now, whatever the engine is doing.
        """
        if not text.strip():
            return False
        seen = shortened(text, SEEN_AT_ENTER)
        assessment, state = self._session.screening.preview(seen)
        if self.is_sending and assessment.level >= Level.CRISIS:  # the words wait, help does not
            self.assessed.emit(assessment, state)
        if self.is_sending:
            return False
        self._seen, self._floor = max(assessment.level, state.level), assessment.level
        self.corrector.keeper.begin_turn()
        self.corrector.keeper.note(seen, assessment, state)
        self.assessed.emit(assessment, state)
        self.stop()
        self._waiting = (text, replaces)
        if self._conversation_id is not None:
            self._ask_waiting()
        elif not self._is_opening:
            self._start()
        self.changed.emit()
        return True

    def regenerate(self) -> None:
        """Ask for another reply to the newest message."""
        if self._conversation_id is None or self.is_busy:
            return
        number = self._engine.new_request_id()
        self._ask(ChatRequest(number, self._conversation_id, regenerate=True))
        self.changed.emit()

    def bring_back(self) -> None:
        """Show the last turn as it was before; again, and it goes round."""
        if not self.is_busy:
            self.versions.bring_back()

    def step_version(self, message_id: int, step: int) -> int:
        """Show the version before (-1) or after (1) a message; its id, 0 where there is none."""
        key = 0 if self.is_busy else self.versions.beside(message_id, step)
        if key:
            self.versions.switch_to(key)
        return key

    @Slot()
    def stop(self) -> None:
        """Stop what is being written."""
        for request_id in self._requests:
            self._engine.cancel(request_id)

    def _open(self, read: Callable[[], Opened]) -> None:
        self.begin_new()
        self._is_opening = True
        self._tasks.run(read, self._on_opened, self._on_open_failed, self)

    def _on_opened(self, opened: Opened) -> None:
        conversation, messages, others = opened
        self._is_opening = False
        if conversation is not None:
            self._conversation_id, self._title = conversation.id, conversation.title
        self.versions.show(self._conversation_id, messages, others)
        self._go_on()

    def _on_open_failed(self, error: PsyLiteError) -> None:
        self._is_opening = False
        self.failed.emit(error.code, False)
        self._go_on()

    def _go_on(self) -> None:
        """Send what was written while the conversation was still being opened."""
        if self._waiting is not None and self._conversation_id is not None:
            self._ask_waiting()
        elif self._waiting is not None:
            self._start()
        self.changed.emit()

    def _start(self) -> None:
        chat = self._session.chat
        start = chat.start_off_the_record if self._is_off_record else chat.start
        self._tasks.run(start, self._on_started, self._on_start_failed, self)

    def _on_started(self, conversation_id: int) -> None:
        if self._waiting is None or is_off_the_record(conversation_id) != self._is_off_record:
            return  # another talk was begun or opened meanwhile
        self._conversation_id = conversation_id
        self.versions.show(conversation_id, [], [])
        self._ask_waiting()
        self.changed.emit()

    def _on_start_failed(self, error: PsyLiteError) -> None:
        """The words stay in the editor; what was heard in them must stand all the same."""
        if self._waiting is not None:
            self._unkept.hear(self._waiting[0])
        self._waiting = None
        self.corrector.release()
        self.failed.emit(error.code, True)
        self.changed.emit()

    def _ask_waiting(self) -> None:
        if self._waiting is None or self._conversation_id is None:
            return
        text, replaces = self._waiting
        self._waiting = None
        number = self._engine.new_request_id()
        self._unstored = (number, text)
        self._ask(ChatRequest(number, self._conversation_id, text, replaces=replaces))

    def _ask(self, request: ChatRequest) -> None:
        self._requests[request.request_id] = request
        self._engine.ask(self._session.chat, request)

    @Slot(str)
    def _on_version_shown(self, title: str) -> None:
        self._title = title or self._title
        self.changed.emit()

    @Slot(RiskState)
    def _on_corrected(self, state: RiskState) -> None:
        self.assessed.emit(CALM, state)

    @Slot(str)
    def _on_correct_failed(self, code: str) -> None:
        self.failed.emit(code, False)

    # -- events of the engine thread

    @Slot(Assessed)
    def _on_assessed(self, event: Assessed) -> None:
        """Show what a later layer found beyond what was seen at Enter."""
        request = self._requests.get(event.request_id)
        if request is None or request.regenerate:
            return
        self.corrector.keeper.note(clean(request.text), event.assessment, event.state)
        heard, level = event.assessment.level, max(event.assessment.level, event.state.level)
        if level > self._seen or heard > self._floor:
            self._seen, self._floor = max(level, self._seen), heard
            self.assessed.emit(event.assessment, event.state)

    @Slot(Routed)
    def _on_routed(self, event: Routed) -> None:
        message = event.user_message
        if self._unstored is not None and self._unstored[0] == event.request_id and message.id:
            self.corrector.keeper.note_stored(message.id)
        self._note_stored(event.request_id, is_kept=bool(message.id))
        request = self._requests.get(event.request_id)
        if request is None:
            return
        if request.regenerate:
            self.messages.drop_after(message.id)
        else:
            if request.replaces is not None:
                self.messages.drop_from(request.replaces)
            self.messages.add(message)
            if not self._title and message.level < Level.CRISIS:
                self._title = title_from(message.text)
        if request.regenerate or request.replaces is not None:
            self.versions.read(request.conversation_id)
        self.messages.add(
            Message(Role.ASSISTANT, ""), streaming=True, model_name=self._model_name()
        )
        self.changed.emit()

    @Slot(Progressed)
    def _on_progressed(self, event: Progressed) -> None:
        if event.request_id in self._requests:
            self.progressed.emit(event)

    @Slot(Wrote)
    def _on_wrote(self, event: Wrote) -> None:
        if event.request_id in self._requests:
            self.messages.write(event.text)

    @Slot(Replaced)
    def _on_replaced(self, event: Replaced) -> None:
        if event.request_id in self._requests:
            self.messages.rewrite(event.text, event.mode)

    @Slot(Finished)
    def _on_finished(self, event: Finished) -> None:
        if self._requests.pop(event.request_id, None) is None:
            return
        self.messages.finish(event.reply)
        self.versions.mark()
        self.replied.emit(event)
        self.changed.emit()

    @Slot(Failed)
    def _on_failed(self, event: Failed) -> None:
        was_unsent = self._note_stored(event.request_id, is_kept=False)
        if self._requests.pop(event.request_id, None) is None:
            return
        self.messages.break_off()
        if event.code != CANCELLED:
            self.failed.emit(event.code, was_unsent)
        self.changed.emit()

    def _note_stored(self, request_id: int, *, is_kept: bool) -> bool:
        """Say whether this was the sent message that waited; another conversation may be open."""
        if self._unstored is None or self._unstored[0] != request_id:
            return False
        text = self._unstored[1]
        self._unstored = None
        self.corrector.release()
        if is_kept:
            self.stored.emit(text)
        return True
