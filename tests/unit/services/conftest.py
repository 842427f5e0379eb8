from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from psylite_desktop.app.open_session import open_session
from psylite_desktop.app.paths import find_paths
from psylite_desktop.app.services import AppServices, build_services
from psylite_desktop.content.crisis import CrisisTexts
from psylite_desktop.content.hotlines import load_hotlines
from psylite_desktop.content.humor import HumorWords
from psylite_desktop.domain.chat_events import ChatEvent, ChatRequest
from psylite_desktop.domain.ports import PassageIndex, TextModel
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.services.chat import ChatService
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.help import HelpService
from psylite_desktop.services.humor import HumorSigns
from psylite_desktop.services.screening import Screening
from tests.fakes.floor import floor, rules_alone
from tests.fakes.memory_vault import MemoryVault
from tests.fakes.reading import CountingModel

ASSETS = Path(__file__).parents[3] / "assets"
HUMOR = HumorWords.load(ASSETS)
SIGNS = HumorSigns.load(ASSETS, ASSETS.parent / "model_store" / "humor")


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
    return rules_alone()


@pytest.fixture(scope="session")
def help_texts() -> HelpService:
    return HelpService(load_hotlines(ASSETS), CrisisTexts.load(ASSETS))


@pytest.fixture(scope="session")
def app_services(tmp_path_factory: pytest.TempPathFactory) -> AppServices:
    services = build_services(find_paths(tmp_path_factory.mktemp("data")))
    services.assessor = floor()
    return services


@pytest.fixture
def make_talk(app_services: AppServices) -> Callable[..., Talk]:
    def make(model: TextModel, index: PassageIndex, vault: MemoryVault | None = None) -> Talk:
        vault = vault or MemoryVault()
        seconds = iter(range(1_000_000))
        session = open_session(
            app_services,
            vault,
            guest=False,
            language=lambda: "zh",
            model=model,
            reader=model if isinstance(model, CountingModel) else None,
            index=index,
            clock=Clock(lambda: 1_790_000_000.0, lambda: float(next(seconds))),
        )
        return Talk(session.chat, session.screening, vault, session.chat.start())

    return make
