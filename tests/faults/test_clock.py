"""A clock that jumps: back, ahead, to 1970, to 2106. Nothing is lost and nothing changes places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from psylite_desktop.app.open_session import open_session
from psylite_desktop.app.paths import find_paths
from psylite_desktop.app.services import AppServices, build_services
from psylite_desktop.domain.chat_events import ChatRequest
from psylite_desktop.domain.check_in import CheckInDraft
from psylite_desktop.domain.insights import Period
from psylite_desktop.domain.journal import JournalDraft
from psylite_desktop.domain.ports import Vault
from psylite_desktop.domain.risk import Level
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.session import Session
from psylite_desktop.storage.profiles import ProfileShelf
from tests.fakes.scripted_model import ScriptedIndex, ScriptedModel
from tests.faults.shelf_steps import CHEAP

PHRASE = "first phrase of all"
NOW = 1_795_000_000.0
DAY_S = 86_400.0
JUMPS = {
    "an hour back": -3600.0,
    "a year back": -365 * DAY_S,
    "to 1970": -NOW,
    "a year ahead": 365 * DAY_S,
    "to 2106": 2**32 - 1 - NOW,
    "past 2106": 2**32 + DAY_S - NOW,
}


class Hand:
    """A clock in somebody's hand; the steady one goes on whatever is done to the other."""

    def __init__(self) -> None:
        self.now = NOW
        self._steady = 0.0

    def clock(self) -> Clock:
        return Clock(lambda: self.now, self._monotonic)

    def _monotonic(self) -> float:
        self._steady += 1.0
        return self._steady


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> AppServices:
    return build_services(find_paths(tmp_path_factory.mktemp("data")))


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def session(services: AppServices, hand: Hand, tmp_path: Path) -> Iterator[Session]:
    vault = ProfileShelf(tmp_path / "profiles").create(PHRASE, cost=CHEAP)[1]
    yield _opened(services, vault, hand)
    vault.close()


def _opened(services: AppServices, vault: Vault, hand: Hand) -> Session:
    return open_session(
        services,
        vault,
        guest=False,
        language=lambda: "zh",
        model=ScriptedModel(*["我在听。"] * 10),
        index=ScriptedIndex(),
        clock=hand.clock(),
    )


def _say(session: Session, conversation: int, text: str) -> None:
    for _ in session.chat.answer(ChatRequest(1, conversation, text), lambda: False):
        pass


def _mood(session: Session, mood: int) -> CheckInDraft:
    return CheckInDraft(day=session.check_ins.today().isoformat(), mood=mood)


@pytest.mark.parametrize("jump", list(JUMPS))
def test_what_was_said_stays_in_the_order_it_was_said(
    session: Session, hand: Hand, jump: str
) -> None:
    first, texts = session.chat.start(), ["今天去买了菜", "晚上做了面", "明天去公园"]
    for text in texts:
        _say(session, first, text)
        hand.now += JUMPS[jump] / 2
    second = session.chat.start()
    _say(session, second, "换一个话题")
    said = [message.text for message in session.history.open(first) if message.role == "user"]
    assert said == texts
    # The talk in which something was said last stands first, whatever its clock said.
    assert [row.id for row in session.history.page()] == [second, first]
    assert len(session.history.search("做了面")) == 1


@pytest.mark.parametrize("jump", list(JUMPS))
def test_pages_and_moods_are_kept_and_read(session: Session, hand: Hand, jump: str) -> None:
    kept = session.check_ins.record(_mood(session, 3)).after
    page = session.journal.save(JournalDraft("写下来的一页", title="一页"))
    session.journal.delete(session.journal.save(JournalDraft("不要的一页")).id)
    hand.now += JUMPS[jump]
    later = session.check_ins.record(_mood(session, 4)).after
    session.journal.save(JournalDraft("后来的一页"))
    assert kept is not None
    assert later is not None
    assert date.fromisoformat(later.day)
    assert {one.id for one in session.vault.check_ins.between("0000", "9999")} == {
        kept.id,
        later.id,
    }
    assert page.id in {one.id for one in session.journal.entries()}
    assert len(session.journal.entries()) == 2
    for period in Period:
        session.insights.read(period)
    session.check_ins.last_days()
    session.suggestions.now_for("zh")
    hand.now = NOW
    # Thrown away just now, whatever the clock said meanwhile: it can still be taken back.
    assert len(session.journal.binned()) == 1


def test_a_wrong_clock_empties_neither_memory_nor_bins(session: Session, hand: Hand) -> None:
    conversation = session.chat.start()
    _say(session, conversation, "今天去买了菜")
    session.earlier.delete(conversation)
    session.journal.delete(session.journal.save(JournalDraft("不要的一页")).id)
    session.memory.write("喜欢下雨天")
    for moment in (0.0, NOW + 40 * DAY_S, NOW + 70 * 365 * DAY_S, 2**32 - 1.0, 2**32 + DAY_S, NOW):
        for _ in range(3):
            hand.now = moment
            session.journal.entries()
            session.earlier.tidy()
            assert len(session.journal.binned()) == 1
            assert len(session.earlier.binned()) == 1
            assert len(session.memory.load().notes) == 1


def test_a_wrong_clock_hides_no_hard_week(session: Session, hand: Hand) -> None:
    _say(session, session.chat.start(), "我不想活了")
    assert session.screening.state.level >= Level.CRISIS
    hand.now = NOW + 70 * 365 * DAY_S
    _, state = session.screening.preview("今天天气不错")
    assert state.level >= Level.CRISIS
    hand.now = NOW + DAY_S
    _, state = session.screening.preview("今天天气不错")
    assert state.level >= Level.CRISIS


def test_thirty_days_that_were_lived_empty_the_bins(
    services: AppServices, hand: Hand, tmp_path: Path
) -> None:
    """Over many openings of the same vault, with a wrong clock on some of the days."""
    shelf = ProfileShelf(tmp_path / "profiles")
    new, vault = shelf.create(PHRASE, cost=CHEAP)
    session = _opened(services, vault, hand)
    session.journal.delete(session.journal.save(JournalDraft("不要的一页")).id)
    deleted = session.journal.binned()[0].deleted_at
    for day in range(1, 29):
        vault.close()
        vault = shelf.unlock(new.profile, PHRASE)
        hand.now = NOW + day * DAY_S + (0.0 if day % 5 else -50 * 365 * DAY_S)
        session = _opened(services, vault, hand)
        (binned,) = session.journal.binned()
        assert binned.deleted_at == deleted
    for day in (29, 31):
        hand.now = NOW + day * DAY_S
        assert len(session.journal.binned()) == (1 if day == 29 else 0)
    vault.close()
