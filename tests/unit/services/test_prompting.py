from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.ports import Turn
from psylite_desktop.services.prompting import language_of, shortened, trimmed, turns_of

histories = st.lists(st.integers(1, 60), min_size=1, max_size=30)


@given(histories, st.booleans(), st.integers(80, 400))
def test_trimming_keeps_the_system_prompt_and_the_newest_turn(
    sizes: list[int], with_system: bool, room: int
) -> None:
    roles = ["user" if (len(sizes) - i) % 2 else "assistant" for i in range(len(sizes))]
    turns = [Turn(role, str(i)) for i, role in enumerate(roles)]
    counts = list(sizes)
    if with_system:
        turns, counts = [Turn("system", "s"), *turns], [10, *counts]
    kept = trimmed(turns, counts, room)
    assert kept[-1] == turns[-1]
    if with_system:
        assert kept[0].role == "system"
    body = kept[1:] if with_system else kept
    assert body == turns[len(turns) - len(body) :]
    used = sum(counts[len(turns) - len(body) :]) + (10 if with_system else 0)
    assert used <= room
    if len(kept) < len(turns):
        assert body[0].role == "user"


def test_nothing_is_trimmed_while_everything_fits() -> None:
    turns = [Turn("assistant", "a"), Turn("user", "b")]
    assert trimmed(turns, [5, 5], 10) == turns


def test_a_note_stays_with_its_message() -> None:
    messages = [Message(Role.USER, "hi", note="listen"), Message(Role.ASSISTANT, "")]
    assert turns_of(messages, "be kind") == [
        Turn("system", "be kind"),
        Turn("user", "hi", "listen"),
    ]


@given(st.text(), st.integers(20, 200))
def test_shortened_text_keeps_both_ends(text: str, keep: int) -> None:
    short = shortened(text, keep)
    assert len(short) <= max(keep, len(text) if len(text) <= keep else keep)
    if len(text) > keep:
        assert short[:4] == text[:4]
        assert short[-4:] == text[-4:]


def test_language_follows_the_script_of_the_message() -> None:
    assert language_of("最近就业压力很大", "en") == "zh"
    assert language_of("I had a fight with my roommate", "zh") == "en"
    assert language_of("我的 deadline 是明天", "en") == "zh"
    assert language_of("……", "en") == "en"
