"""One turn of conversation, from the person's text to a saved reply, as a plain generator.

assess -> route -> reply (template, or model under guard) -> save. No threads and no Qt here:
whoever iterates `ChatService.answer` decides where it runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from psylite_desktop.domain.chat_events import (
    Assessed,
    ChatEvent,
    ChatRequest,
    Failed,
    Finished,
    Routed,
    Wrote,
)
from psylite_desktop.domain.conversation import Message, Mode, Role, Route
from psylite_desktop.domain.errors import InputError, PsyLiteError, VaultError
from psylite_desktop.domain.passage import Passage
from psylite_desktop.domain.ports import ConversationStore
from psylite_desktop.domain.risk import Assessment, Level, Request, RiskState, told_by
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.generation import Draft, ReplyWriter
from psylite_desktop.services.help import HelpService, told_by_a_child
from psylite_desktop.services.history import title_from
from psylite_desktop.services.humor import Humor
from psylite_desktop.services.prompting import language_of
from psylite_desktop.services.routing import route as choose_route
from psylite_desktop.services.screening import Screening

_REQUESTS = {
    Route.HARMFUL: Request.HARMFUL,
    Route.PRIVACY: Request.PRIVACY,
    Route.CLINICAL: Request.CLINICAL,
    Route.JAILBREAK: Request.JAILBREAK,
}
_CRISES = (Route.EMERGENCY, Route.CRISIS)
_SURROGATES = re.compile("[\ud800-\udfff]")


class ChatService:
    """Answers the messages of one profile, one turn at a time."""

    def __init__(
        self,
        *,
        store: ConversationStore,
        screening: Screening,
        help_texts: HelpService,
        writer: ReplyWriter,
        humor: Humor,
        language: Callable[[], str],
        clock: Clock,
    ) -> None:
        """`language` is the window's (`zh` or `en`) and decides for texts without letters."""
        self._store = store
        self._screening = screening
        self._help = help_texts
        self._writer = writer
        self._humor = humor
        self._language = language
        self._clock = clock

    def start(self) -> int:
        """Open a new conversation and return its id. Raises VaultError."""
        return self._store.start(self._clock.now())

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
        route = choose_route(assessment, state)
        yield Assessed(request.request_id, assessment, state)
        try:
            user = self._keep_user(request, user)
        except VaultError as error:
            if route not in _CRISES:
                yield Failed(request.request_id, error.code)
                return
        card = max(assessment.level, state.level) >= Level.CRISIS
        yield Routed(request.request_id, route, card, user)
        draft = Draft(
            request_id=request.request_id,
            history=[*history, user],
            lang=language_of(user.text, self._language()),
            route=route,
            level=max(assessment.level, state.level),
            started=started,
        )
        draft.why += [reason.rule for reason in assessment.reasons]
        said = self._template(route, assessment, state, draft)
        piece = None if said else self._light(route, assessment, state, draft)
        if piece is not None:
            route, said = Route.JOY, piece.text
        if said:
            draft.sentences = [said]
            draft.mode = Mode.CRISIS if draft.level >= Level.WATCH else Mode.WRITTEN
            yield Wrote(request.request_id, said)
        else:
            yield from self._writer.write(draft, cancelled)
        yield self._finish(request, route, draft, humor=piece.id if piece else "")

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
                    self._store.drop_from(conversation, message.id)
                    break
            return user
        if request.replaces is not None:
            self._store.drop_from(conversation, request.replaces)
        stored = self._store.append(conversation, user)
        first = not any(m.id < stored.id for m in self._store.messages(conversation))
        if first and user.level < Level.CRISIS:  # a list must not show somebody's worst night
            self._store.rename(conversation, title_from(user.text))
        return stored

    def _template(
        self, route: Route, assessment: Assessment, state: RiskState, draft: Draft
    ) -> str:
        """The vetted text of a route that no model writes, else an empty string."""
        if route in _REQUESTS:
            return self._help.request_reply(_REQUESTS[route], lang=draft.lang, shown=draft.shown)
        told_now = route is Route.WATCH and assessment.level >= Level.WATCH
        if route in _CRISES or told_now:
            told = told_by(assessment, state)
            if (
                assessment.level is Level.NONE
            ):  # the danger stands, the words are about other things
                return self._help.follow(told, lang=draft.lang, shown=draft.shown)
            return self._help.reply(
                told.level,
                told.kind,
                told.who,
                lang=draft.lang,
                shown=draft.shown,
                child=told_by_a_child(assessment),
            )
        return ""

    def _light(
        self, route: Route, assessment: Assessment, state: RiskState, draft: Draft
    ) -> Passage | None:
        """A piece of crosstalk for somebody who asked for one, where it is welcome."""
        if route is not Route.EXPLORE:
            return None
        try:
            return self._humor.piece(draft.user.text, assessment, state, lang=draft.lang)
        except VaultError as error:
            draft.why.append(error.code)
            return None

    def _finish(self, request: ChatRequest, route: Route, draft: Draft, *, humor: str) -> ChatEvent:
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
        return Finished(request.request_id, reply, route, timings, draft.passages, humor, why)


def clean(text: str) -> str:
    """Make text safe to store and to encode.

    Lone surrogates become U+FFFD, NUL goes, line ends become one kind.
    """
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATES.sub("\ufffd", text)
