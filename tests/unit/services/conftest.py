from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from psylite_desktop.content.crisis import CrisisTexts
from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.content.hotlines import load_hotlines
from psylite_desktop.content.humor import HumorWords
from psylite_desktop.content.prompts import Prompts
from psylite_desktop.domain.chat_events import ChatEvent, ChatRequest
from psylite_desktop.domain.ports import PassageIndex, TextModel
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.safety.guard import OutputGuard
from psylite_desktop.services.chat import ChatService
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.generation import ReplyWriter
from psylite_desktop.services.help import HelpService
from psylite_desktop.services.humor import Humor
from psylite_desktop.services.listening import Listening
from psylite_desktop.services.screening import Screening
from tests.fakes.memory_vault import MemoryVault

ASSETS = Path(__file__).parents[3] / "assets"
HUMOR = HumorWords.load(ASSETS)


@dataclass
class Talk:
    """A chat service over fakes, and the shortest way to use it."""

    chat: ChatService
    screening: Screening
    vault: MemoryVault
    conversation: int
    turns: int = 0

    def say(
        self,
        text: str = "",
        *,
        regenerate: bool = False,
        replaces: int | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[ChatEvent]:
        self.turns += 1
        request = ChatRequest(
            self.turns, self.conversation, text, regenerate=regenerate, replaces=replaces
        )
        return list(self.chat.answer(request, cancelled))


@pytest.fixture(scope="session")
def assessor() -> Assessor:
    return Assessor.load(ASSETS)


@pytest.fixture(scope="session")
def help_texts() -> HelpService:
    return HelpService(load_hotlines(ASSETS), CrisisTexts.load(ASSETS))


@pytest.fixture(scope="session")
def talk_parts(assessor: Assessor, help_texts: HelpService) -> tuple[object, ...]:
    return (
        assessor,
        help_texts,
        GuidedReplies.load(ASSETS),
        Prompts.load(ASSETS),
        OutputGuard.load(ASSETS),
    )


@pytest.fixture
def make_talk(talk_parts: tuple[object, ...]) -> Callable[..., Talk]:
    assessor, help_texts, guided, prompts, guard = talk_parts

    def make(model: TextModel, index: PassageIndex, vault: MemoryVault | None = None) -> Talk:
        vault = vault or MemoryVault()
        seconds = iter(range(1_000_000))
        clock = Clock(lambda: 1_000_000.0, lambda: float(next(seconds)))
        screening = Screening(Listening(assessor), vault.risk_state, clock)  # type: ignore[arg-type]
        writer = ReplyWriter(
            model=model,
            index=index,
            guided=guided,  # type: ignore[arg-type]
            prompts=prompts,  # type: ignore[arg-type]
            guard=guard,  # type: ignore[arg-type]
            clock=clock,
        )
        chat = ChatService(
            store=vault.conversations,
            screening=screening,
            help_texts=help_texts,  # type: ignore[arg-type]
            writer=writer,
            humor=Humor(
                words=HUMOR,
                index=index,
                store=vault.conversations,
                is_on=lambda: vault.settings.load().humor,
                clock=clock,
            ),
            language=lambda: "zh",
            clock=clock,
        )
        return Talk(chat, screening, vault, chat.start())

    return make
