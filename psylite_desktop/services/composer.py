"""Decides in one place what a turn brings: vetted text, written or model reply, and an aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from psylite_desktop.content.humor import ASKED
from psylite_desktop.domain.aside import Aside, AsideKind, ShownAside, Why
from psylite_desktop.domain.chat_events import ChatEvent, Wrote
from psylite_desktop.domain.conversation import Mode, Route
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.risk import (
    Assessment,
    Kind,
    Level,
    Request,
    RiskState,
    Who,
    told_by,
)
from psylite_desktop.domain.stores import AsideStore
from psylite_desktop.domain.suggestion import Suggestion
from psylite_desktop.domain.talk import Move
from psylite_desktop.safety.state import (
    is_by_sound,
    is_crisis_by_sound,
    is_only_felt,
    rests_on_sound,
)
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.crosstalk import Crosstalk
from psylite_desktop.services.generation import ReplyWriter
from psylite_desktop.services.help import HelpService, told_by_a_child
from psylite_desktop.services.humor import HumorGate
from psylite_desktop.services.reading import Reading
from psylite_desktop.services.reply_draft import Draft
from psylite_desktop.services.suggestions import SuggestionService

_REQUESTS = {
    Route.HARMFUL: Request.HARMFUL,
    Route.PRIVACY: Request.PRIVACY,
    Route.CLINICAL: Request.CLINICAL,
    Route.JAILBREAK: Request.JAILBREAK,
}
CRISES = (Route.EMERGENCY, Route.CRISIS)
_LIGHT = frozenset(
    {Route.SMALLTALK, Route.JOY, Route.EXPLORE, Route.INSIGHT, Route.ACTION, Route.GOODBYE}
)
"""Routes that may carry something light."""
_ALWAYS_WRITTEN = frozenset({Route.ABOUT, Route.GOODBYE, Route.EXERCISE})
"""What is said here must be exact, or is better said by a person who had time to think."""
_TAGS_OF_MOVE = {
    Move.GREET: ("greeting",),
    Move.CHAT: ("smalltalk",),
    Move.REJOICE: ("joy",),
    Move.ASK_ABOUT: ("about_me",),
    Move.ASK_EXERCISE: ("exercise",),
    Move.ASK_ADVICE: ("advice",),
    Move.LEAVE: ("goodbye",),
}
_LIGHT_TAGS = ("light",)
_TO_DO = (Route.EXERCISE, Route.ACTION)
"""Routes in which something to do is welcome."""


class Composer:
    """Fills a draft. One profile, one turn at a time."""

    def __init__(  # noqa: PLR0913 - what a turn is made of
        self,
        *,
        help_texts: HelpService,
        writer: ReplyWriter,
        gate: HumorGate,
        crosstalk: Crosstalk,
        reading: Reading,
        asides: AsideStore,
        suggestions: SuggestionService,
        clock: Clock,
    ) -> None:
        self._help = help_texts
        self._writer = writer
        self._gate = gate
        self._crosstalk = crosstalk
        self._reading = reading
        self._asides = asides
        self._suggestions = suggestions
        self._clock = clock

    def compose(
        self,
        draft: Draft,
        assessment: Assessment,
        state: RiskState,
        cancelled: Callable[[], bool],
    ) -> Iterator[ChatEvent]:
        """Write the reply into `draft`, then put an aside beside it where one is welcome."""
        said = self._template(draft, assessment, state)
        if said:
            draft.sentences = [said]
            draft.mode = Mode.CRISIS if draft.level >= Level.WATCH else Mode.WRITTEN
            yield Wrote(draft.request_id, said)
            return
        draft.tags = _TAGS_OF_MOVE.get(draft.move, ())
        draft.is_felt = draft.level is Level.WATCH and bool(state.signals) and rests_on_sound(state)
        sign = self._sign(draft, assessment, state)
        piece = self._piece(draft, sign) if sign is not None and sign.code == ASKED else None
        if piece is not None:
            draft.route, draft.tags = Route.JOY, _LIGHT_TAGS
            yield from self._writer.write_guided(draft)
        elif draft.route in _ALWAYS_WRITTEN:
            yield from self._writer.write_guided(draft)
        else:
            yield from self._writer.write(draft, cancelled)
        if cancelled() or draft.route is Route.WATCH:
            return
        if piece is None and sign is not None:
            piece = self._piece(draft, sign)
        if piece is None and draft.route in _TO_DO:
            draft.suggestion = self._suggestion(draft)
        if draft.suggestion is None:  # one thing at a time
            draft.aside = self._kept(draft, piece or self._article(draft, cancelled))

    def _template(self, draft: Draft, assessment: Assessment, state: RiskState) -> str:
        """The vetted text of a route that no model writes, else an empty string."""
        route = draft.route
        if route in _REQUESTS:
            return self._help.request_reply(_REQUESTS[route], lang=draft.lang, shown=draft.shown)
        told_now = route is Route.WATCH and assessment.level >= Level.WATCH
        if told_now and is_only_felt(assessment, state):
            return ""
        if route in CRISES or told_now:
            told = told_by(assessment, state)
            if told.level is Level.WATCH and is_by_sound(assessment):
                # A sound says that something weighs, not what: nobody is told of violence or of
                # a friend that they never spoke of.
                if rests_on_sound(state) or state.kind is Kind.NONE:
                    told = replace(told, kind=Kind.SUICIDE, who=Who.SELF)
                else:
                    told = replace(told, kind=state.kind, who=state.who)
            if told.level is Level.CRISIS and is_crisis_by_sound(assessment, state):
                again = assessment.level is Level.NONE
                return self._help.sounded(lang=draft.lang, shown=draft.shown, again=again)
            if assessment.level is Level.NONE:  # the danger stands, the words are of other things
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

    def _sign(self, draft: Draft, assessment: Assessment, state: RiskState) -> Why | None:
        if draft.route not in _LIGHT:
            return None
        try:
            return self._gate.sign(draft.texts, assessment, state, lang=draft.lang)
        except VaultError as error:
            draft.why.append(error.code)
            return None

    def _piece(self, draft: Draft, sign: Why) -> Aside | None:
        try:
            return self._crosstalk.piece(draft.texts, sign, lang=draft.lang)
        except VaultError as error:
            draft.why.append(error.code)
            return None

    def _article(self, draft: Draft, cancelled: Callable[[], bool]) -> Aside | None:
        try:
            return self._reading.article(
                draft.texts, draft.route, lang=draft.lang, cancelled=cancelled
            )
        except VaultError as error:
            draft.why.append(error.code)
            return None

    def _suggestion(self, draft: Draft) -> Suggestion | None:
        try:
            return self._suggestions.in_talk(
                draft.texts,
                draft.lang,
                is_asked=draft.route is Route.EXERCISE,
                level=draft.level,
            )
        except VaultError as error:
            draft.why.append(error.code)
            return None

    def _kept(self, draft: Draft, aside: Aside | None) -> Aside | None:
        """Note that it was shown; one that cannot be noted is not shown, or it would come again."""
        if aside is None:
            return None
        try:
            shown = self._asides.add(ShownAside(aside.kind, aside.passage.id, self._clock.now()))
        except VaultError as error:
            draft.why.append(error.code)
            return None
        if aside.kind is AsideKind.CROSSTALK:
            self._gate.spend()
        return replace(aside, id=shown.id)
