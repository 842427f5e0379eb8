"""Edits and other replies lose nothing: versions stay, through locks, and can be shown again."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psylite_desktop.app.open_session import open_session
from psylite_desktop.app.services import AppServices
from psylite_desktop.domain.chat_events import ChatRequest, Finished
from psylite_desktop.domain.conversation import Message, Mode, Role
from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.domain.versions import Versions
from psylite_desktop.services.history import HistoryService, title_from
from psylite_desktop.services.session import Session
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.profiles import ProfileShelf
from tests.fakes.memory_vault import MemoryVault
from tests.fakes.scripted_model import ScriptedIndex, ScriptedModel
from tests.unit.services.conftest import Talk

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
PHRASE = "a long enough phrase"
MakeTalk = Callable[..., Talk]


# -- a simple model of a talk


@dataclass(eq=False)
class Node:
    """One message, what was ever said right after it, and which of that was shown last."""

    text: str
    role: Role
    before: Node | None = None
    after: list[Node] = field(default_factory=list)
    shown: Node | None = None

    def say(self, text: str, role: Role) -> Node:
        self.shown = Node(text, role, self)
        self.after.append(self.shown)
        return self.shown


class Model:
    """A talk as a tree of messages; `made` has them in the order in which they were said."""

    def __init__(self) -> None:
        self.root = Node("", Role.ASSISTANT)
        self.made: list[Node] = []

    def way(self) -> list[Node]:
        found, node = [], self.root.shown
        while node is not None:
            found.append(node)
            node = node.shown
        return found

    def say(self, before: Node, *said: tuple[str, Role]) -> None:
        for text, role in said:
            before = before.say(text, role)
            self.made.append(before)

    def show(self, node: Node) -> None:
        while node.before is not None:
            node.before.shown = node
            node = node.before

    def ends(self) -> Counter[tuple[str, ...]]:
        """All talks that can be had: every way from the first message to a last one."""
        found: Counter[tuple[str, ...]] = Counter()
        waiting: list[tuple[Node, tuple[str, ...]]] = [(self.root, ())]
        while waiting:
            node, texts = waiting.pop()
            waiting += [(one, (*texts, one.text)) for one in node.after]
            if not node.after and texts:
                found[texts] += 1
        return found


class Lockable:
    """One talk in a real vault, which can be locked and opened again."""

    def __init__(self, services: AppServices, folder: Path) -> None:
        self._services = services
        self._shelf = ProfileShelf(folder)
        new, vault = self._shelf.create(PHRASE, cost=CHEAP)
        self._profile = new.profile
        self.session = self._opened(vault)
        self.talk = self.session.chat.start()
        self._number = 0

    def lock(self) -> None:
        self.session.vault.close()
        self.session = self._opened(self._shelf.unlock(self._profile, PHRASE))

    def answer(self, text: str = "", *, replaces: int | None = None) -> str:
        """Send, edit, or ask for another reply; returns the reply."""
        self._number += 1
        request = ChatRequest(self._number, self.talk, text, regenerate=not text, replaces=replaces)
        *_, last = self.session.chat.answer(request, lambda: False)
        assert isinstance(last, Finished)
        return last.reply.text

    def shown(self) -> list[Message]:
        return self.session.history.open(self.talk)

    def ids(self) -> list[int]:
        others = [one.message.id for one in self.session.history.versions(self.talk)]
        return sorted([message.id for message in self.shown()] + others)

    def ends(self) -> Counter[tuple[str, ...]]:
        messages = {message.id: message for message in self.shown()}
        after = dict(zip(messages, (0, *messages), strict=False))
        for one in self.session.history.versions(self.talk):
            messages[one.message.id] = one.message
            after[one.message.id] = one.after
        found: Counter[tuple[str, ...]] = Counter()
        for key in set(after) - set(after.values()):
            texts, at = [], key
            while at:
                texts.insert(0, messages[at].text)
                at = after[at]
            found[tuple(texts)] += 1
        return found

    def _opened(self, vault: object) -> Session:
        class Silent(ScriptedModel):
            def info(self, cancelled: Callable[[], bool] = lambda: False) -> object:  # type: ignore[override]
                raise EngineError("engine_unavailable")

        return open_session(
            self._services,
            vault,  # type: ignore[arg-type]
            guest=False,
            language=lambda: "en",
            model=Silent(),
            index=ScriptedIndex(),
        )


KINDS = ("send", "edit", "regenerate", "switch", "switch", "lock")
OPERATIONS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 1_000)), max_size=14)


@settings(max_examples=40, deadline=None)
@given(OPERATIONS)
def test_whatever_is_done_nothing_is_lost(
    app_services: AppServices, operations: list[tuple[str, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        real, model = Lockable(app_services, Path(folder)), Model()
        for number, (kind, draw) in enumerate(operations):
            _do(real, model, kind, draw, f"roommate unique{number}x noise")
            assert [m.text for m in real.shown()] == [node.text for node in model.way()]
        real.lock()
        assert [(m.role, m.text) for m in real.shown()] == [
            (node.role, node.text) for node in model.way()
        ]
        assert real.ends() == model.ends()
        _check_what_counts(real, model)
        real.session.vault.close()


def _do(real: Lockable, model: Model, kind: str, draw: int, text: str) -> None:
    way = model.way()
    own = [node for node in way if node.role is Role.USER]
    if kind == "lock":
        real.lock()
    elif kind == "send" or not own:
        reply = real.answer(text)
        before = way[-1] if way else model.root
        model.say(before, (text, Role.USER), (reply, Role.ASSISTANT))
    elif kind == "edit":
        node = own[draw % len(own)]
        place = way.index(node)
        reply = real.answer(text, replaces=real.shown()[place].id)
        assert node.before is not None
        model.say(node.before, (text, Role.USER), (reply, Role.ASSISTANT))
    elif kind == "regenerate":
        model.say(own[-1], (real.answer(), Role.ASSISTANT))
    else:
        others = [place for place, node in enumerate(model.made) if node not in way]
        if others:
            place = others[draw % len(others)]
            real.session.history.show_version(real.talk, real.ids()[place])
            model.show(model.made[place])


def _check_what_counts(real: Lockable, model: Model) -> None:
    """Search, list, and export know the shown version alone."""
    session = real.session
    texts = {m.id: m.text for m in real.shown()}
    found = session.history.search("unique")
    assert sorted(texts[hit.message_id] for hit in found) == sorted(
        node.text for node in model.way() if "unique" in node.text
    )
    for row in session.history.page():
        assert row.message_count == len(model.way())
        assert row.title == title_from(model.way()[0].text)


# -- levels, titles, closing


def _talk(vault: MemoryVault, *texts: str, level: int = 0) -> tuple[HistoryService, int, list[int]]:
    number = vault.conversations.start(1.0)
    ids = [
        vault.conversations.append(number, Message(Role.USER, text, level=level)).id
        for text in texts
    ]
    return HistoryService(vault.conversations), number, ids


def test_the_title_follows_the_first_message_unless_somebody_gave_it() -> None:
    vault = MemoryVault()
    history, number, ids = _talk(vault, "one", "two")
    vault.conversations.replace_from(number, ids[0], [Message(Role.USER, "first")])
    history.rename(number, "first")
    assert history.show_version(number, ids[1]) == "one"
    (row,) = history.page()
    assert row.title == "one"
    other = history.versions(number)[0].message.id
    history.rename(number, "Mine")
    assert history.show_version(number, other) is None
    assert history.page()[0].title == "Mine"


def test_no_title_tells_of_danger() -> None:
    vault = MemoryVault()
    history, number, ids = _talk(vault, "the worst night", level=2)
    vault.conversations.replace_from(number, ids[0], [Message(Role.USER, "calmer")])
    history.rename(number, "calmer")
    assert history.show_version(number, ids[0]) is None
    assert history.page()[0].title == "calmer"


def test_what_was_heard_counts_whichever_version_is_shown(make_talk: MakeTalk) -> None:
    vault = MemoryVault()
    talk = make_talk(ScriptedModel(), ScriptedIndex(), vault)
    calm = vault.conversations.append(talk.conversation, Message(Role.USER, "calm", created_at=9.0))
    grave = Message(Role.USER, "grave", created_at=9.0, level=2)
    vault.conversations.replace_from(talk.conversation, calm.id, [grave])
    assert vault.conversations.highest_level(0.0, 10.0) == Level.CRISIS
    vault.conversations.show_version(talk.conversation, calm.id)
    assert vault.conversations.highest_level(0.0, 10.0) == Level.CRISIS


def test_showing_another_version_leaves_the_state_of_risk_alone(make_talk: MakeTalk) -> None:
    vault = MemoryVault()
    talk = make_talk(ScriptedModel(), ScriptedIndex(), vault)
    talk.say("我不想活了")
    grave = vault.conversations.messages(talk.conversation)[0]
    talk.say("室友很吵", replaces=grave.id)
    before = vault.risk_state.load()
    history = HistoryService(vault.conversations)
    calm = vault.conversations.messages(talk.conversation)[0]
    history.show_version(talk.conversation, grave.id)
    history.show_version(talk.conversation, calm.id)
    assert vault.risk_state.load() == before
    assert talk.screening.state == before
    assert [one.message.mode for one in history.versions(talk.conversation)][1] is Mode.CRISIS


@pytest.mark.parametrize("level", [0, 2])
def test_after_danger_in_another_version_an_ending_is_careful_and_nothing_is_offered_to_keep(
    app_services: AppServices, level: int
) -> None:
    vault = MemoryVault()
    session = open_session(
        app_services,
        vault,
        guest=False,
        language=lambda: "zh",
        model=ScriptedModel(),
        index=ScriptedIndex(),
    )
    vault.settings.save(PrivateSettings(memory=True))
    number = session.chat.start()
    before = Message(Role.USER, "随便说说", created_at=9.0, level=level)
    before = vault.conversations.append(number, before)
    after = Message(Role.USER, "我下个月要考研，压力很大", created_at=9.0)
    vault.conversations.replace_from(number, before.id, [after])
    assert session.closing.sketch(number).is_guarded == (level > 0)
    assert bool(session.memory.load().candidates) == (level == 0)


def test_a_model_reads_what_is_shown(make_talk: MakeTalk) -> None:
    replies = ("听起来你很累。你愿意多说一点吗？", "我听到了。后来呢？", "考试压着你。")
    model = ScriptedModel(*replies, practice=False, context_length=4096)
    vault = MemoryVault()
    talk = make_talk(model, ScriptedIndex(), vault)
    talk.say("最近作业好多，室友又吵")
    first = vault.conversations.messages(talk.conversation)[0]
    talk.say("换一种说法：宿舍里睡不好", replaces=first.id)
    vault.conversations.show_version(talk.conversation, first.id)
    talk.say("其实还有一件事，是考试")
    read = "".join(turn.text for turn in model.asked[-1])
    assert "作业好多" in read
    assert "换一种说法" not in read


def test_another_reply_that_does_not_come_leaves_the_old_one_in_reach(make_talk: MakeTalk) -> None:
    vault = MemoryVault()
    talk = make_talk(ScriptedModel("听起来你很累。你愿意多说一点吗？"), ScriptedIndex(), vault)
    talk.say("最近作业好多，室友又吵")
    user, reply = vault.conversations.messages(talk.conversation)
    talk.say(regenerate=True, cancelled=lambda: True)
    assert vault.conversations.messages(talk.conversation)[:1] == [user]
    history = HistoryService(vault.conversations)
    history.show_version(talk.conversation, reply.id)
    assert [m.id for m in history.open(talk.conversation)] == [user.id, reply.id]


# -- the tree


def test_versions_in_a_place_are_the_oldest_first() -> None:
    # 1 - 2 - 3(shown), 1 - 4 gave way, 5 instead of 1
    tree = Versions([1, 6, 7], [(2, 1, 1), (3, 2, 1), (4, 1, 2), (5, 0, 3)])
    assert tree.at(1) == (1, 5)
    assert tree.at(6) == (2, 4, 6)
    assert tree.at(7) == (7,)
    assert tree.at(99) == (99,)
    assert tree.way_to(2) == (1, (2, 3))
    assert tree.way_to(5) == (0, (5,))
    assert tree.below(1) == {2, 3, 4, 6, 7}


def test_a_turn_goes_round_through_all_its_ends() -> None:
    # the message 1 with replies 2 and 3; said in another way as 4 with replies 5 and 6
    others = [(1, 0, 2), (2, 1, 1), (3, 1, 2), (5, 4, 3)]
    seen, shown = [], [4, 6]
    ends = {2: [1, 2], 3: [1, 3], 5: [4, 5], 6: [4, 6]}
    after = {1: 0, 2: 1, 3: 1, 4: 0, 5: 4, 6: 4}
    for _ in range(5):
        tree = Versions(shown, others)
        end = tree.one_back(shown[0])
        seen.append(end)
        shown = ends[end]
        others = [(key, after[key], 1) for key in after if key not in shown]
    assert seen == [5, 3, 2, 6, 5]
    assert Versions([1, 2], []).one_back(1) == 0
    assert Versions([1], [(2, 1, 1)]).one_back(1) == 2


@pytest.mark.parametrize("after", [99, 8, 7])
def test_what_lost_its_beginning_can_still_be_reached(after: int) -> None:
    tree = Versions([1, 2], [(7, after, 1)])
    assert tree.at(7) == (7,)
    assert tree.way_to(7) == (2, (7,))
    assert tree.below(0) == {1, 2, 7}
