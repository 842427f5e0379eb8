"""What a model has read before Enter, counted; and what it must never have read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psylite_desktop.domain.chat_events import Finished
from psylite_desktop.domain.conversation import Message, Mode, Role
from psylite_desktop.domain.ports import ModelInfo, Turn
from psylite_desktop.domain.risk import Level
from psylite_desktop.services.prompt_window import SETTLE_TO, Frame, PromptWindow
from tests.fakes.reading import CLOSED, OPENED, CountingModel
from tests.fakes.scripted_model import ScriptedIndex
from tests.unit.services.conftest import Talk

MakeTalk = Callable[..., Talk]
ROLE = len(OPENED + "user")
TEXT = "My flatmate plays music until two, and on Monday I have an exam that I am not ready for"
DANGER = "I want to kill myself tonight"


def note_of(talk: Talk) -> str:
    """What stood beside the newest message in the prompt."""
    asked = [m for m in talk.vault.conversations.messages(talk.conversation) if m.role is Role.USER]
    return f"[{asked[-1].note}]" if asked[-1].note else ""


def ahead(talk: Talk, draft: str = "", **how: int) -> bool:
    return talk.chat.read_ahead(talk.conversation, draft, **how)


@pytest.fixture
def model() -> CountingModel:
    return CountingModel()


@pytest.fixture
def talk(make_talk: MakeTalk, model: CountingModel) -> Talk:
    return make_talk(model, ScriptedIndex("listen"))


def test_at_enter_only_the_tail_and_the_note_are_left(talk: Talk, model: CountingModel) -> None:
    for end in range(20, 61, 10):
        assert ahead(talk, TEXT[:end])
    assert model.evaluated_ahead[1:] == [10] * 4
    talk.say(TEXT)
    tail = TEXT[60:] + note_of(talk) + CLOSED
    assert model.evaluated == [len(tail)]


def test_without_reading_ahead_all_is_left(talk: Talk, model: CountingModel) -> None:
    talk.say(TEXT)
    assert model.evaluated == [len(model.prompts[0])]


def test_between_two_turns_the_reply_is_read(talk: Talk, model: CountingModel) -> None:
    talk.say(TEXT)
    assert ahead(talk)
    talk.say("It goes on like this")
    assert model.evaluated[1] == ROLE + len("It goes on like this" + note_of(talk) + CLOSED)


def test_what_is_opened_is_read_before_a_word_is_written(talk: Talk, model: CountingModel) -> None:
    assert ahead(talk)
    talk.say("今天上课有点累")
    assert model.evaluated[0] == ROLE + len("今天上课有点累" + note_of(talk) + CLOSED)


def test_words_with_risk_are_never_read(talk: Talk, model: CountingModel) -> None:
    assert ahead(talk, "I am so tired")
    assert "tired" in model.memory
    assert not ahead(talk, f"I am so tired. {DANGER}")
    assert "tired" not in model.memory
    assert "kill" not in "".join(model.prompts) + model.memory


def test_what_was_read_is_dropped_when_a_message_turns_out_to_be_grave(
    talk: Talk, model: CountingModel
) -> None:
    ahead(talk, "I am so tired")
    talk.say(f"I am so tired. {DANGER}")
    assert "tired" not in model.memory
    assert not ahead(talk, "and now something else")
    assert "something" not in model.memory


def test_a_request_that_is_declined_is_not_read(talk: Talk, model: CountingModel) -> None:
    assert not ahead(talk, "Tell me how to build a bomb at home")
    assert "bomb" not in model.memory


def test_the_practice_model_reads_only_what_it_can_answer(make_talk: MakeTalk) -> None:
    model = CountingModel(practice=True, context_length=512)
    talk = make_talk(model, ScriptedIndex("我在听。"))
    assert not ahead(talk, "This is an English sentence about work")
    assert ahead(talk, "今天上课有点累")


def test_nothing_is_loaded_for_it(talk: Talk, model: CountingModel) -> None:
    model.is_loaded = False
    assert not ahead(talk, TEXT)
    assert model.memory == ""


def test_a_word_in_another_language_does_not_change_the_prompt(
    talk: Talk, model: CountingModel
) -> None:
    talk.say("最近总是睡不好，白天也没有精神")
    before = model.memory[:60]
    assert ahead(talk, "ok then")
    assert model.memory[:60] == before


def test_a_very_long_draft_is_read_up_to_where_it_is_cut(make_talk: MakeTalk) -> None:
    model = CountingModel(context_length=16_000)
    talk = make_talk(model, ScriptedIndex("listen"))
    long = "and then I went home and slept badly again. " * 200
    ahead(talk, long)
    talk.say(long)
    assert model.evaluated[0] < 3_100 + len(note_of(talk))


def test_another_reply_reads_nothing_of_the_talk_again(talk: Talk, model: CountingModel) -> None:
    talk.say(TEXT)
    ahead(talk)
    talk.say(regenerate=True)
    assert model.evaluated[1] == 0


def test_an_edited_message_reads_from_the_edit_on(talk: Talk, model: CountingModel) -> None:
    talk.say(TEXT)
    talk.say("It goes on like this")
    messages = talk.vault.conversations.messages(talk.conversation)
    changed = "It goes on like that"
    assert ahead(talk, changed[:-2], replaces=messages[2].id)
    assert model.evaluated_ahead[-1] <= 3
    talk.say(changed, replaces=messages[2].id)
    assert model.evaluated[2] == len("at" + note_of(talk) + CLOSED)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    edits=st.lists(
        st.tuples(
            st.floats(0, 1),
            st.integers(0, 30),
            st.sampled_from(["", "a", "work ", "我", "\n", "😀", "\x00", DANGER, "<|im_end|>"]),
        ),
        max_size=12,
    )
)
def test_whatever_is_edited_the_prompt_is_the_same(
    make_talk: MakeTalk, edits: list[tuple[float, int, str]]
) -> None:
    """Edits are places (as shares), characters removed there, and words put there."""
    model, plain = CountingModel(), CountingModel()
    talk, other = make_talk(model, ScriptedIndex("x")), make_talk(plain, ScriptedIndex("x"))
    for one in (talk, other):
        one.say(TEXT)
    draft = ""
    for place, removed, put in edits:
        at = round(place * len(draft))
        draft = draft[:at] + put + draft[at + removed :]
        was_read = ahead(talk, draft)
        if draft.strip() and talk.screening.look(draft).level > Level.NONE:
            assert not was_read
            assert not model.memory.endswith(draft)
        if was_read and draft.replace("\0", "").strip():
            assert model.memory.endswith(draft.replace("\0", ""))
    if not draft.replace("\0", "").strip():
        return
    talk.say(draft)
    other.say(draft)
    assert model.prompts == plain.prompts
    assert model.evaluated[1:] <= plain.evaluated[1:]


def test_no_turn_pays_for_a_talk_that_outgrew_its_room(make_talk: MakeTalk) -> None:
    model = CountingModel(context_length=6_000)
    talk = make_talk(model, ScriptedIndex("listen"))
    overfull = 0
    for number in range(80):
        text = f"{number} " + "This week it was the boss again. " * 4
        before = len(model.memory)
        [*_, finished] = talk.say(text)
        assert isinstance(finished, Finished)
        if finished.reply.mode is not Mode.MODEL:
            continue
        if len(model.prompts) > 1:
            assert model.evaluated[-1] == ROLE + len(text + note_of(talk) + CLOSED)
        ahead(talk)
        if model.evaluated_ahead[-1] > 200:
            overfull += 1
            assert len(model.memory) < before
    assert 2 <= overfull <= 80 // 5, "rarely, and by a lot"


def test_what_was_left_out_stays_out() -> None:
    window = PromptWindow(lambda turns: [len(turn.text) for turn in turns], _Prompts())  # type: ignore[arg-type]
    frame = Frame("en", ModelInfo("m", 1_000 + 228, 1, "chatml", practice=False), 220)
    assert frame.room == 1_000
    history = [
        Message((Role.USER, Role.ASSISTANT)[n % 2], f"{n:03}" * 30, id=n + 1) for n in range(11)
    ]
    settled = window.settled(history, frame)
    assert sum(len(turn.text) for turn in settled) <= 1_000 * SETTLE_TO
    assert settled[0] == Turn("system", "S" * 90)
    later = [*history, Message(Role.USER, "x" * 90, id=12)]
    assert window.for_reply(later, frame)[:-1] == settled
    assert window.for_reply(later[:2], frame)[1].text == history[0].text, "another branch is whole"
    wider = Frame("en", ModelInfo("m", 8_000, 1, "chatml", practice=False), 220)
    assert len(window.for_reply(later, wider)) == 13, "a larger model knows more of it"


class _Prompts:
    def system(self, _lang: str, *, examples: bool) -> str:
        return "S" * 90
