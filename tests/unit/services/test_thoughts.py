"""What a model thinks aloud on its way through a turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from psylite_desktop.domain.chat_events import Finished, Phase, Progressed, Thought
from psylite_desktop.domain.ports import Generated, ModelInfo, Sampling, Turn
from tests.fakes.scripted_model import ScriptedIndex, ScriptedModel
from tests.unit.services.conftest import Talk

MakeTalk = Callable[..., Talk]
REPLY = "That sounds like a long week. What was the hardest part?"


class ThinkingModel(ScriptedModel):
    """Thinks before every reply."""

    def __init__(self, thought: str, *replies: str) -> None:
        super().__init__(*replies, practice=False, context_length=4096)
        self._thought = thought

    def info(self, *given: Any) -> ModelInfo:
        return replace(super().info(*given), parameters=5_000_000_000)

    def generate(
        self, turns: Sequence[Turn], sampling: Sampling, cancelled: Callable[[], bool]
    ) -> Iterator[Generated]:
        steps = super().generate(turns, sampling, cancelled)
        yield next(steps)
        for start in range(0, len(self._thought), 5):
            yield Generated(thought=self._thought[start : start + 5])
        yield from steps


def thoughts(events: list[Any]) -> str:
    return "".join(event.text for event in events if isinstance(event, Thought))


def test_whole_sentences_are_handed_on_and_nothing_is_kept(make_talk: MakeTalk) -> None:
    model = ThinkingModel("They had a long week. I should ask one question. And th", REPLY, REPLY)
    talk = make_talk(model, ScriptedIndex())
    events = talk.say("It has been a long week at work.")
    assert "They had a long week." in thoughts(events)
    assert "And th" not in thoughts(events)
    assert any(isinstance(e, Progressed) and e.phase is Phase.THINKING for e in events)
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.reply.text == REPLY
    talk.say("The meetings, mostly.")
    assert "They had" not in str(talk.vault.conversations.messages(talk.conversation))
    assert "They had" not in str(model.asked)


def test_a_thought_that_the_guard_refuses_is_not_shown(make_talk: MakeTalk) -> None:
    bad = "You have major depression. They had a long week. "
    model = ThinkingModel(bad, REPLY)
    events = make_talk(model, ScriptedIndex()).say("It has been a long week at work.")
    assert "depression" not in thoughts(events)
    assert "They had a long week." in thoughts(events)


def test_where_things_are_heavy_no_thought_is_shown(make_talk: MakeTalk) -> None:
    model = ThinkingModel("They feel hopeless. ", REPLY)
    talk = make_talk(model, ScriptedIndex())
    events = talk.say("Sometimes I wish I would just not wake up.")
    assert thoughts(events) == ""
