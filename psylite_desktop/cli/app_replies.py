"""What the app itself answers, with a history that somebody else has written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from psylite_desktop.app.open_session import open_session
from psylite_desktop.app.paths import AppPaths
from psylite_desktop.app.services import build_services, use_chosen_model
from psylite_desktop.cli.ears import Patient
from psylite_desktop.cli.stage import NoModel
from psylite_desktop.domain.chat_events import (
    Assessed,
    ChatEvent,
    ChatRequest,
    Failed,
    Finished,
    Routed,
)
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.risk import Level, told_by
from psylite_desktop.host.client import EngineHost
from psylite_desktop.safety.sentences import split_sentences
from psylite_desktop.services.prompting import language_of


@dataclass(frozen=True, slots=True)
class Said:
    """A reply, who wrote it, and what was heard in the words it answers.

    `guard` holds what the guard finds in the sentences of the reply as it stands, none twice.
    `error`: no reply came, or it was stopped.
    """

    reply: str = ""
    mode: str = ""
    route: str = ""
    level: int = 0
    kind: str = ""
    who: str = ""
    request: str = ""
    card: bool = False
    why: str = ""
    guard: tuple[str, ...] = ()
    error: str = ""


class AppReplies:
    """The app as in the window, a fresh guest vault for each question."""

    def __init__(self, paths: AppPaths, model: str | None, *, anyway: bool) -> None:
        """Without a `model` replies are those written beforehand. Raises ModelFileError."""
        self._services = build_services(paths)
        self.model: Path | None = None
        if model is not None:
            self.model = self._services.models.resolve(model)
            if not anyway:
                self._services.models.ensure_fits(self.model)
            use_chosen_model(self._services, self.model, anyway=anyway)

    @property
    def host(self) -> EngineHost:
        """The engine process."""
        return self._services.host

    def __enter__(self) -> AppReplies:
        """Start the engine process and wait until it listens. Raises EngineError."""
        try:
            self.host.listen_patiently("…")
            if self.model is not None:  # else replies written beforehand would come in its name
                self.host.info()
        except BaseException:
            self.host.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the engine process."""
        self.host.close()

    def answer(
        self, history: Sequence[tuple[Role, str]], text: str, stopped: Callable[[], bool]
    ) -> Said:
        """The reply to `text` after `history`; earlier words of the person are listened to, too."""
        vault = self._services.profiles.guest()
        try:
            session = open_session(
                self._services,
                vault,
                guest=True,
                language=lambda: language_of(text, "zh"),
                model=NoModel() if self.model is None else None,
                listener=Patient(self.host),
            )
            conversation = session.chat.start()
            for number, (role, words) in enumerate(history):
                level = 0
                if role is Role.USER:
                    level = int(session.screening.take(words)[0].level)
                message = Message(role, words, created_at=float(number), level=level)
                vault.conversations.append(conversation, message)
            request = ChatRequest(1, conversation, text)
            said = Said()
            for event in session.chat.answer(request, stopped):
                said = _noted(said, event)
            return replace(said, guard=self._guarded(said, text))
        finally:
            vault.close()

    def _guarded(self, said: Said, text: str) -> tuple[str, ...]:
        whole, rest = split_sentences(said.reply)
        found = [
            self._services.guard.check(
                sentence,
                level=Level(said.level),
                lang=language_of(text, "zh"),
                shown=(),
                user_text=text,
            )
            for sentence in (*whole, rest)
            if sentence.strip()
        ]
        return tuple(dict.fromkeys(code for code in found if code))


def _noted(said: Said, event: ChatEvent) -> Said:
    """What is known after one more event."""
    match event:
        case Assessed(assessment=assessment, state=state):
            told = told_by(assessment, state)
            return replace(
                said,
                level=int(told.level),
                kind=told.kind.value,
                who=told.who.value,
                request=assessment.request.value,
            )
        case Routed(route=route, card=card):
            return replace(said, route=route.value, card=card)
        case Finished(reply=reply, why=why):
            stopped = "" if reply.complete else "stopped"
            return replace(said, reply=reply.text, mode=reply.mode.value, why=why, error=stopped)
        case Failed(code=code):
            return replace(said, error=code)
        case _:
            return said
