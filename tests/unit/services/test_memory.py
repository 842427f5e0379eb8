"""Nothing without a yes; nothing from where it was heavy; only what fits comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from psylite_desktop.app.open_session import open_session
from psylite_desktop.app.services import AppServices
from psylite_desktop.domain.chat_events import ChatRequest, Finished
from psylite_desktop.domain.conversation import Message, Mode, Role
from psylite_desktop.domain.errors import EngineError, VaultError
from psylite_desktop.domain.memory import DAY_S, KEPT_S, LONGEST_NOTE, MemoryNote, Topic
from psylite_desktop.domain.ports import Turn
from psylite_desktop.domain.risk import Level
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.memory import MOST_CANDIDATES, MemoryService
from psylite_desktop.services.recall import MOST_TOKENS, Recall
from psylite_desktop.services.session import Session
from tests.fakes.memory_vault import MemoryVault
from tests.fakes.scripted_model import ScriptedIndex, ScriptedModel

NOW = 1_790_000_000.0
MARKER = "薄荷色的灯塔"
GOOD = "听起来这几天的事压得你很紧。最难的是哪一部分呢？"


class CountingModel(ScriptedModel):
    """Counts tokens as larger models do: four Latin letters each, or one Chinese character."""

    def count_tokens(self, turns: Sequence[Turn]) -> list[int]:
        def count(text: str) -> int:
            return sum(1 if char > "\u2fff" else 0 for char in text) + len(text) // 4

        return [count(turn.text) + count(turn.note) + 4 for turn in turns]


class Vectors:
    """Two directions: texts with one of the words, and the others."""

    def __init__(self, *words: str, error: EngineError | None = None) -> None:
        self.words = words
        self.error = error
        self.asked: list[list[str]] = []
        self.mark = "one"

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        self.asked.append(list(texts))
        if self.error is not None:
            raise self.error
        return [[float(word in text) for word in self.words] for text in texts]

    def embedder_mark(self) -> str:
        return self.mark


class Desk:
    """A session with its clock in hand."""

    def __init__(
        self, services: AppServices, model: ScriptedModel, vectors: Vectors, index: ScriptedIndex
    ) -> None:
        self.now = NOW
        self.vault = MemoryVault()
        self.vectors = vectors
        self.model = model
        self.session: Session = open_session(
            services,
            self.vault,
            guest=False,
            language=lambda: "zh",
            model=model,
            index=index,
            vectors=vectors,
            clock=Clock(lambda: self.now, lambda: 0.0),
        )
        self.memory: MemoryService = self.session.memory
        self.requests = 0

    def live(self, seconds: float) -> None:
        """Let time go by, day by day: what ends by itself counts no jumps."""
        end = self.now + seconds
        while self.now < end:
            self.now = min(end, self.now + DAY_S)
            self.memory.load()

    def talk(self, *texts: str, level: Level = Level.NONE) -> list[Message]:
        store = self.vault.conversations
        conversation = store.start(self.now)
        for text in texts:
            store.append(conversation, Message(Role.USER, text, created_at=self.now, level=level))
        return store.messages(conversation)

    def say(self, conversation: int, text: str = "", *, regenerate: bool = False) -> Finished:
        self.requests += 1
        request = ChatRequest(self.requests, conversation, text, regenerate=regenerate)
        finished = list(self.session.chat.answer(request, lambda: False))[-1]
        assert isinstance(finished, Finished)
        return finished


@pytest.fixture
def make(app_services: AppServices) -> Callable[..., Desk]:
    def make(
        *replies: str, words: Sequence[str] = ("考", "猫"), error: EngineError | None = None
    ) -> Desk:
        model = CountingModel(*(replies or [GOOD] * 4), practice=False, context_length=4096)
        return Desk(app_services, model, Vectors(*words, error=error), ScriptedIndex("我在听。"))

    return make


@pytest.fixture
def desk(make: Callable[..., Desk]) -> Desk:
    return make()


def texts(desk: Desk) -> list[str]:
    return [note.text for note in desk.memory.load().notes]


# -- offering and keeping


def test_nothing_is_stored_without_a_yes(desk: Desk) -> None:
    desk.talk("我六月要考研究生", "跟姐姐聊天会让我好一点")
    offered = desk.memory.load().candidates
    assert [one.text for one in offered] == ["跟姐姐聊天对我有帮助", "我六月要考研究生"]
    assert desk.memory.load().notes == ()
    assert desk.vault.memory_notes.notes(NOW) == []
    desk.memory.decline(offered[0])
    assert [one.text for one in desk.memory.load().candidates] == ["我六月要考研究生"]
    assert desk.vault.memory_notes.notes(NOW) == []
    kept = desk.memory.keep(offered[1])
    assert kept.message_id == offered[1].message_id
    assert kept.expires_at == NOW + KEPT_S
    assert texts(desk) == ["我六月要考研究生"]
    assert desk.memory.load().candidates == ()


def test_what_was_kept_and_forgotten_is_not_offered_again(desk: Desk) -> None:
    desk.talk("我喜欢画画")
    note = desk.memory.keep(desk.memory.load().candidates[0], "我喜欢画水彩")
    assert texts(desk) == ["我喜欢画水彩"]
    desk.memory.forget(note.id)
    assert desk.memory.load().candidates == ()
    assert "画" not in desk.vault.drafts.load("memory.answered")


def test_one_talk_offers_three_at_most_and_nothing_twice(desk: Desk) -> None:
    said = ("我喜欢画画", "我喜欢画画", "我上夜班", "我想学吉他", "我现在大三了", "我养了一只猫")
    found = desk.memory.suggest(desk.talk(*said))
    assert len(found) == MOST_CANDIDATES
    assert len({one.text for one in found}) == MOST_CANDIDATES


@pytest.mark.parametrize("level", [Level.WATCH, Level.CRISIS, Level.EMERGENCY])
def test_nothing_comes_from_a_talk_that_was_heavy(desk: Desk, level: Level) -> None:
    messages = desk.talk("我喜欢画画")
    assert desk.memory.suggest(messages)
    heavy = replace(messages[0], id=messages[0].id + 1, text="……", level=level)
    assert desk.memory.suggest([*messages, heavy]) == []
    vetted = Message(Role.ASSISTANT, "……", id=9, mode=Mode.CRISIS)
    assert desk.memory.suggest([*messages, vetted]) == []


def test_a_message_that_is_heavy_by_itself_gives_nothing(desk: Desk) -> None:
    assert desk.memory.suggest(desk.talk("我喜欢画画，可是我不想活了")) == []


def test_replies_are_never_taken_for_the_persons_words(desk: Desk) -> None:
    reply = Message(Role.ASSISTANT, "我喜欢画画", id=5)
    assert desk.memory.suggest([reply]) == []


def test_off_means_off(desk: Desk) -> None:
    desk.talk("我喜欢画画")
    desk.memory.write("我六月要考试")
    assert not desk.memory.switch(on=False).memory
    loaded = desk.memory.load()
    assert loaded.candidates == ()
    assert len(loaded.notes) == 1
    conversation = desk.session.chat.start()
    assert desk.say(conversation, "考试快到了，我很紧张").memories == ()
    assert desk.vectors.asked == []


def test_notes_end_unless_they_are_pinned(desk: Desk) -> None:
    desk.memory.write("short")
    pinned = desk.memory.write("long")
    desk.memory.pin(pinned, pinned=True)
    desk.live(KEPT_S + 1)
    assert texts(desk) == ["long"]
    desk.memory.pin(desk.memory.load().notes[0], pinned=False)
    desk.live(KEPT_S - DAY_S)
    assert texts(desk) == ["long"]
    desk.live(DAY_S + 1)
    assert texts(desk) == []


def test_notes_are_one_line_and_can_be_rewritten(desk: Desk) -> None:
    note = desk.memory.write("  two\nlines ")
    assert note.text == "two lines"
    assert note.topic is Topic.OWN
    desk.memory.rewrite(note, "x" * 1_000)
    assert [len(text) for text in texts(desk)] == [LONGEST_NOTE]
    desk.memory.forget_all()
    assert texts(desk) == []


# -- recalling


def recall(desk: Desk, services: AppServices) -> Recall:
    return Recall(
        notes=desk.vault.memory_notes,
        vectors=desk.vectors,
        situations=services.guided,
        rules=services.memory,
        is_on=lambda: True,
        look=desk.session.screening.look,
        clock=Clock(lambda: desk.now, lambda: 0.0),
    )


def test_what_fits_comes_back_and_the_rest_stays(desk: Desk, app_services: AppServices) -> None:
    for text in ("我六月要考研究生", "我养了一只猫", "我上夜班"):
        desk.memory.write(text)
    found = recall(desk, app_services)
    assert [note.text for note in found.fitting("考试快到了", "zh")] == ["我六月要考研究生"]
    assert found.fitting("今天心情不好", "zh") == []
    assert found.fitting("The exam is close", "en") == []


def test_two_at_most(desk: Desk, app_services: AppServices) -> None:
    for number in range(5):
        desk.memory.write(f"考试 {number}")
    assert len(recall(desk, app_services).fitting("考试快到了", "zh")) == 2


def test_vectors_are_made_once_for_each_embedder(desk: Desk, app_services: AppServices) -> None:
    desk.memory.write("我六月要考研究生")
    found = recall(desk, app_services)
    found.fitting("考试", "zh")
    found.fitting("考试", "zh")
    assert [len(asked) for asked in desk.vectors.asked] == [2, 1]
    desk.vectors.mark = "another"
    found.fitting("考试", "zh")
    assert len(desk.vectors.asked[-1]) == 2


def test_without_vectors_situations_decide(
    make: Callable[..., Desk], app_services: AppServices
) -> None:
    desk = make(error=EngineError("retrieval_failed"))
    for text in ("我六月要考试", "跟姐姐聊天对我有帮助", "我很难过"):
        desk.memory.write(text)
    found = recall(desk, app_services)
    assert [note.text for note in found.fitting("期末复习不完了", "zh")] == ["我六月要考试"]
    assert found.fitting("好难过", "zh") == []
    assert found.fitting("嗯", "zh") == []


def test_heavy_notes_stay_out_of_prompts(desk: Desk, app_services: AppServices) -> None:
    desk.memory.write("考试考砸了，我不想活了")
    assert recall(desk, app_services).fitting("考试快到了", "zh") == []


def test_ended_notes_do_not_come_back(desk: Desk, app_services: AppServices) -> None:
    desk.memory.write("我六月要考研究生")
    desk.now += KEPT_S + 1
    assert recall(desk, app_services).fitting("考试快到了", "zh") == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_line_stays_within_its_tokens(desk: Desk, app_services: AppServices, lang: str) -> None:
    words = "我要考试，" * 55 if lang == "zh" else "考 exams and more exams " * 12
    for _ in range(2):
        desk.vault.memory_notes.add(MemoryNote(words, Topic.OWN, lang))

    def count(line: str) -> int:
        return desk.model.count_tokens([Turn("user", line)])[0]

    made = recall(desk, app_services).line("考试", lang, count)
    assert made.texts == (words,)
    assert 0 < count(made.line) <= MOST_TOKENS
    assert recall(desk, app_services).line("考试", lang, lambda _line: 999).line == ""


# -- in a talk


def test_a_model_sees_it_beside_the_newest_message(desk: Desk) -> None:
    desk.memory.write("我六月要考研究生")
    conversation = desk.session.chat.start()
    finished = desk.say(conversation, "考试快到了，我很紧张")
    assert finished.memories == ("我六月要考研究生",)
    newest = desk.model.asked[-1][-1]
    assert "我六月要考研究生" in newest.note
    assert "我六月要考研究生" not in newest.text
    again = desk.say(conversation, regenerate=True)
    assert again.memories == ("我六月要考研究生",)
    assert desk.model.asked[-1][-1].note == newest.note
    calm = desk.say(conversation, "今天天气真好")
    assert calm.memories == ()
    assert desk.model.asked[-1][1].note == newest.note


def test_the_practice_model_and_written_replies_get_none(
    app_services: AppServices, make: Callable[..., Desk]
) -> None:
    model = ScriptedModel(GOOD, practice=True)
    desk = Desk(app_services, model, Vectors("考"), ScriptedIndex("我在听。"))
    desk.memory.write("我六月要考研究生")
    assert desk.say(desk.session.chat.start(), "考试快到了，我很紧张").memories == ()
    assert "研究生" not in model.asked[0][-1].note
    silent = make("")
    silent.memory.write("我六月要考研究生")
    finished = silent.say(silent.session.chat.start(), "考试快到了，我很紧张")
    assert finished.reply.mode is Mode.WRITTEN
    assert finished.memories == ()


def test_in_heavy_moments_nothing_is_brought_up(desk: Desk) -> None:
    desk.memory.write("我六月要考研究生")
    conversation = desk.session.chat.start()
    assert desk.say(conversation, "考试考砸了，我不想活了").memories == ()
    assert desk.say(conversation, "考试快到了").memories == ()


# -- off the record


def everything(vault: MemoryVault) -> str:
    stored = [
        repr(vault.conversations.messages(talk.id))
        for talk in vault.conversations.conversations(limit=1_000)
    ]
    notes = repr(vault.memory_notes.notes(NOW))
    others = repr([vars(vault.drafts), vars(vault.asides), vars(vault.corrections)])
    return "".join([*stored, repr(vault.conversations.conversations()), notes, others])


def test_nothing_of_a_talk_off_the_record_is_kept(desk: Desk) -> None:
    chat = desk.session.chat
    conversation = chat.start_off_the_record()
    first = desk.say(conversation, f"我喜欢{MARKER}，考试快到了")
    assert first.reply.text == GOOD
    desk.say(conversation, f"还是{MARKER}")
    asked = desk.model.asked[-1]
    assert any(MARKER in turn.text for turn in asked[:-1])
    again = desk.say(conversation, regenerate=True)
    assert again.reply.id > first.reply.id
    assert MARKER not in everything(desk.vault)
    assert desk.vault.conversations.conversations() == []
    assert desk.vault.conversations.search(MARKER) == []
    assert desk.memory.load().candidates == ()
    chat.forget(conversation)
    later = list(chat.answer(ChatRequest(99, conversation, "还在吗"), lambda: False))
    assert getattr(later[-1], "code", "") == "conversation_unknown"


def test_danger_is_known_off_the_record_too(desk: Desk) -> None:
    conversation = desk.session.chat.start_off_the_record()
    finished = desk.say(conversation, f"{MARKER}，我不想活了")
    assert finished.reply.mode is Mode.CRISIS
    assert desk.vault.risk_state.load().level >= Level.CRISIS
    assert MARKER not in everything(desk.vault)


def test_it_works_where_the_disk_is_full(desk: Desk) -> None:
    conversation = desk.session.chat.start_off_the_record()
    desk.vault.failure = VaultError("vault_disk_full")
    assert desk.say(conversation, "今天作业好多").reply.text


def test_forgetting_a_stored_talk_this_way_does_nothing(desk: Desk) -> None:
    messages = desk.talk("我喜欢画画")
    [talk] = desk.vault.conversations.conversations()
    desk.session.chat.forget(talk.id)
    assert desk.vault.conversations.messages(talk.id) == messages


def test_an_edited_message_takes_the_place_of_the_old_one(desk: Desk) -> None:
    conversation = desk.session.chat.start_off_the_record()
    first = desk.say(conversation, "第一句话")
    request = ChatRequest(50, conversation, "另一句话", replaces=first.reply.id - 1)
    list(desk.session.chat.answer(request, lambda: False))
    assert [turn.text for turn in desk.model.asked[-1] if turn.role == "user"] == ["另一句话"]
