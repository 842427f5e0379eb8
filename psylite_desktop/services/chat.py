"""One turn of conversation, from the person's text to a saved reply, as a plain generator.

assess -> route -> compose (template, or model under guard, and an aside) -> save. No threads and
no Qt here: whoever iterates `ChatService.answer` decides where it runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from psylite_desktop.content.moves import Moves
from psylite_desktop.domain.chat_events import (
    Assessed,
    ChatEvent,
    ChatRequest,
    Failed,
    Finished,
    Routed,
)
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import InputError, PsyLiteError, VaultError
from psylite_desktop.domain.ports import ConversationStore
from psylite_desktop.domain.risk import Assessment, Level, RiskState
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.composer import CRISES, Composer
from psylite_desktop.services.history import title_from
from psylite_desktop.services.off_the_record import TalkStore, is_off_the_record
from psylite_desktop.services.prompting import language_of
from psylite_desktop.services.reading_ahead import ReadingAhead
from psylite_desktop.services.reply_draft import Draft
from psylite_desktop.services.routing import route as choose_route
from psylite_desktop.services.screening import Screening
from psylite_desktop.services.stages import stage_of

_SURROGATES = re.compile("[\ud800-\udfff]")


class ChatService:
    """Answers the messages of one profile, one turn at a time."""

    def __init__(
        self,
        *,
        store: ConversationStore,
        screening: Screening,
        composer: Composer,
        moves: Moves,
        language: Callable[[], str],
        clock: Clock,
        ahead: ReadingAhead | None = None,
    ) -> None:
        """`language` is the window's (`zh` or `en`) and decides for texts without letters.

        Without `ahead` nothing is read before it is sent.
        """
        self._store = TalkStore(store)
        self._screening = screening
        self._composer = composer
        self._moves = moves
        self._language = language
        self._clock = clock
        self._ahead = ahead

    def start(self) -> int:
        """Open a new conversation and return its id. Raises VaultError."""
        return self._store.start(self._clock.now())

    def start_off_the_record(self) -> int:
        """Open a conversation of which nothing is stored and return its id.

        It is gone by `forget`, and with this service.
        """
        return self._store.start_off_the_record()

    def forget(self, conversation_id: int) -> None:
        """Let go of a conversation that is off the record; a stored one stays."""
        if is_off_the_record(conversation_id):
            self._store.delete(conversation_id)

    def read_ahead(
        self, conversation_id: int | None, draft: str, *, replaces: int | None = None
    ) -> bool:
        """Have the model read a conversation and a message that is still being written.

        `replaces` is the message that is being edited. Whether there is anything to read now.
        Raises VaultError.
        """
        if self._ahead is None:
            return False
        history = self._store.messages(conversation_id) if conversation_id is not None else []
        if replaces is not None:
            history = [message for message in history if message.id < replaces]
        return self._ahead.read(history, clean(draft))

    def drop_ahead(self) -> None:
        """Have what was read of an unfinished message forgotten."""
        if self._ahead is not None:
            self._ahead.drop()

    def answer(self, request: ChatRequest, cancelled: Callable[[], bool]) -> Iterator[ChatEvent]:
        """Answer one request; ends with exactly one `Finished` or `Failed`.

        The text is assessed before anything else, so that a crisis reply comes even where the
        vault cannot be written.
        """
        started = self._clock.monotonic()
        try:
            assessment, state, user, history = self._take(request)
        except PsyLiteError as error:
            yield Failed(request.request_id, error.code)
            return
        lang = language_of(user.text, self._language())
        texts = [m.text for m in (*history, user) if m.role is Role.USER]
        move, words = self._moves.find(user.text, lang)
        stage = stage_of(texts, self._moves, lang)
        route = choose_route(assessment, state, move, stage)
        if assessment.level > Level.NONE:
            self.drop_ahead()
        yield Assessed(request.request_id, assessment, state)
        unkept = ""
        try:
            user = self._keep_user(request, user)
        except VaultError as error:
            unkept = error.code
            if route not in CRISES:
                yield Failed(request.request_id, error.code)
                return
        card = max(assessment.level, state.level) >= Level.CRISIS
        yield Routed(request.request_id, route, card, user)
        draft = Draft(
            request_id=request.request_id,
            history=[*history, user],
            lang=lang,
            route=route,
            level=max(assessment.level, state.level),
            started=started,
            move=move,
            stage=stage,
            rests_on=words,
        )
        draft.why += [reason.rule for reason in assessment.reasons]
        draft.why += [unkept] if unkept else []
        yield from self._composer.compose(draft, assessment, state, cancelled)
        yield self._finish(request, draft)

    def _take(self, request: ChatRequest) -> tuple[Assessment, RiskState, Message, list[Message]]:
        """Assess, and find the message to answer and what came before it."""
        if not request.regenerate:
            text = clean(request.text)
            if not text.strip():
                raise InputError("input_empty")
            assessment, state = self._screening.take(text)
            user = Message(
                Role.USER, text, created_at=self._clock.now(), level=int(assessment.level)
            )
            try:
                history = self._store.messages(request.conversation_id)
            except VaultError:
                if state.level < Level.CRISIS:
                    raise
                history = []
            if request.replaces is not None:
                history = [m for m in history if m.id < request.replaces]
            return assessment, state, user, history
        messages = self._store.messages(request.conversation_id)
        asked = [index for index, m in enumerate(messages) if m.role is Role.USER]
        if not asked:
            raise InputError("input_empty")
        user = messages[asked[-1]]
        assessment = self._screening.look(user.text)
        return assessment, self._screening.state, user, messages[: asked[-1]]

    def _keep_user(self, request: ChatRequest, user: Message) -> Message:
        conversation = request.conversation_id
        if request.regenerate:
            for message in self._store.messages(conversation):
                if message.id > user.id:
                    self._store.replace_from(conversation, message.id, [])
                    break
            return user
        if request.replaces is not None:  # in one step: a full disk must not take the old words
            (stored,) = self._store.replace_from(conversation, request.replaces, [user])
        else:
            stored = self._store.append(conversation, user)
        first = not any(m.id < stored.id for m in self._store.messages(conversation))
        if first and user.level < Level.CRISIS:  # a list must not show somebody's worst night
            self._store.rename(conversation, title_from(user.text))
        return stored

    def _finish(self, request: ChatRequest, draft: Draft) -> ChatEvent:
        reply = Message(
            Role.ASSISTANT,
            draft.text,
            created_at=self._clock.now(),
            mode=draft.mode,
            complete=draft.complete,
        )
        try:
            if draft.note and draft.user.id:
                self._store.set_note(draft.user.id, draft.note)
            if reply.text and draft.user.id:
                reply = self._store.append(request.conversation_id, reply)
        except VaultError as error:
            draft.why.append(error.code)  # the reply stands on screen; losing it is not worse
        timings = replace(draft.timings, total_s=self._clock.monotonic() - draft.started)
        why = " ".join(draft.why)
        return Finished(
            request.request_id,
            reply,
            draft.route,
            timings,
            draft.passages,
            draft.aside,
            why,
            draft.rests_on,
            draft.memories,
            draft.suggestion,
        )


def clean(text: str) -> str:
    """Make text safe to store and to encode.

    Lone surrogates become U+FFFD, NUL goes, line ends become one kind.
    """
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATES.sub("\ufffd", text)
