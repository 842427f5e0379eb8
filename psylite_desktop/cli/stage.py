"""Plays conversations from first message to last, as in the window but without a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from types import TracebackType

from psylite_desktop.app.open_session import open_session
from psylite_desktop.app.paths import AppPaths
from psylite_desktop.app.services import build_services
from psylite_desktop.cli.ears import Patient
from psylite_desktop.domain.aside import AsideKind
from psylite_desktop.domain.chat_events import ChatRequest, Finished
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.ports import Generated, ModelInfo, Sampling, Turn
from psylite_desktop.services.prompting import language_of


class Stage:
    """The engine process for listening and searching, and a fresh guest vault for each talk."""

    def __init__(self, paths: AppPaths) -> None:
        self._services = build_services(paths)

    def __enter__(self) -> Stage:
        """Start the engine process and wait until it listens. Raises EngineError."""
        self._services.host.listen_patiently("…")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the engine process."""
        self._services.host.close()

    def pieces(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Crosstalk that comes while somebody writes these texts: `turn:how:id:sign`."""
        vault = self._services.profiles.guest()
        try:
            for number in range(2):
                earlier = vault.conversations.start(float(number))
                vault.conversations.append(earlier, Message(Role.USER, "…"))
            session = open_session(
                self._services,
                vault,
                guest=True,
                language=lambda: language_of(texts[0], "zh"),
                model=NoModel(),
                listener=Patient(self._services.host),
            )
            conversation = session.chat.start()
            shown: list[str] = []
            for number, text in enumerate(texts, start=1):
                request = ChatRequest(number, conversation, text)
                for event in session.chat.answer(request, lambda: False):
                    aside = event.aside if isinstance(event, Finished) else None
                    if aside is not None and aside.kind is AsideKind.CROSSTALK:
                        how = "shown" if aside.why.certain else "offered"
                        shown.append(f"{number}:{how}:{aside.passage.id}:{aside.why.code}")
            return tuple(shown)
        finally:
            vault.close()


class NoModel:
    """A `TextModel` that is not there: every reply is written beforehand."""

    def is_chosen(self) -> bool:
        """No."""
        return False

    def info(self, cancelled: Callable[[], bool] = lambda: False) -> ModelInfo:
        """Raise EngineError."""
        raise EngineError("model_missing")

    def count_tokens(self, turns: Sequence[Turn]) -> list[int]:
        """Raise EngineError."""
        raise EngineError("model_missing")

    def generate(
        self, turns: Sequence[Turn], sampling: Sampling, cancelled: Callable[[], bool]
    ) -> Iterator[Generated]:
        """Raise EngineError."""
        raise EngineError("model_missing")
