from __future__ import annotations

from pathlib import Path

import pytest

from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.domain.clock_trust import DAY_S
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.found import FoundKind
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.earlier import EarlierService
from psylite_desktop.services.finding import MESSAGES, Finding
from tests.fakes.memory_vault import MemoryVault

SITUATIONS = GuidedReplies.load(Path(__file__).parents[3] / "assets")


class Desk:
    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.vault = MemoryVault()
        clock = Clock(now=lambda: self.now)
        store = self.vault.conversations
        self.earlier = EarlierService(store, self.vault.earlier, SITUATIONS, clock)
        self.finding = Finding(self.vault, lambda key, lang: f"{lang}:{key}", clock)

    def talk(self, *texts: str) -> int:
        key = self.vault.conversations.start(self.now)
        for text in texts:
            self.vault.conversations.append(key, Message(Role.USER, text, created_at=self.now))
        return key


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_conversations_are_sorted_by_what_they_are_about(desk: Desk) -> None:
    first = desk.talk("室友又很吵", "老板骂我")
    second = desk.talk("my roommate is loud again")
    quiet = desk.talk("hm")
    while desk.earlier.sort_some():
        pass
    assert [one.id for one in desk.earlier.page("roommate")] == [second, first]
    assert [one.id for one in desk.earlier.page("boss")] == [first]
    assert [one.id for one in desk.earlier.page()] == [quiet, second, first]
    topics = desk.earlier.topics("en")
    assert topics[0][0] == "roommate"
    assert dict(topics)["roommate"] == "things with your roommate"
    assert "roommate" in dict(desk.earlier.topics("zh"))
    desk.vault.conversations.append(second, Message(Role.USER, "and my exam is near"))
    assert desk.earlier.sort_some(), "what was added is read as well"
    assert [one.id for one in desk.earlier.page("exam")] == [second]


def test_what_the_program_said_is_no_topic(desk: Desk) -> None:
    key = desk.talk("hm")
    desk.vault.conversations.append(key, Message(Role.ASSISTANT, "your roommate?"))
    desk.earlier.sort_some()
    assert desk.earlier.topics("en") == []


def test_the_bin_lasts_thirty_days(desk: Desk) -> None:
    key = desk.talk("室友又很吵")
    desk.earlier.delete(key)
    assert desk.earlier.page() == []
    assert desk.finding.find("室友", "zh") == []
    desk.now += 29 * DAY_S
    (binned,) = desk.earlier.binned()
    assert binned.beginning == "室友又很吵"
    desk.earlier.restore(key)
    assert [one.id for one in desk.earlier.page()] == [key]
    desk.earlier.delete(key)
    desk.now += 30 * DAY_S
    desk.earlier.tidy()
    assert desk.vault.conversations.messages(key) == []
    assert desk.earlier.binned() == []


def test_tidying_never_complains(desk: Desk) -> None:
    desk.vault.failure = VaultError("vault_disk_full")
    desk.earlier.tidy()


def test_search_says_when_there_is_more(desk: Desk) -> None:
    key = desk.talk(*["tram"] * (MESSAGES + 1))
    desk.vault.conversations.rename(key, "The tram")
    titles, messages = desk.finding.find("tram", "en")
    assert (titles.kind, len(titles.found), titles.more) == (FoundKind.TITLE, 1, False)
    assert (messages.kind, len(messages.found), messages.more) == (
        FoundKind.MESSAGE,
        MESSAGES,
        True,
    )
    assert messages.found[0].name == "The tram"
    assert desk.finding.find("  ", "en") == []
