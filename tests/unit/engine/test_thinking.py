"""Thoughts are told apart from replies, cut short, and leave no trace in the memory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.ports import Generated, Sampling, Turn
from psylite_desktop.engine.llama import EngineSettings, LlamaModel, open_model
from psylite_desktop.engine.prompt_format import Segment
from psylite_desktop.engine.thinking import CLOSE, MOST, OPEN, ThinkingAloud
from psylite_desktop.engine.threads import Threads
from tests.fakes.tiny_gguf import TinyShape, write_tiny_gguf


class Letters:
    """Every character is a token, every mark as well."""

    def tokens_of(self, segment: Segment) -> list[int]:
        return [-1] if segment.text == OPEN else [-2] if segment.text == CLOSE else [7, 8, 9]


def parts(text: str, cuts: list[int]) -> list[str]:
    places = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    return [text[a:b] for a, b in pairwise(places)]


def told(pieces: list[str]) -> tuple[str, str]:
    aloud = ThinkingAloud(Letters())
    found = [aloud.split(piece) for piece in pieces]
    found.append(aloud.rest(""))
    return "".join(thought for thought, _ in found), "".join(reply for _, reply in found)


PLAIN = st.text(st.characters(exclude_characters="<"), max_size=20)
CUTS = st.lists(st.integers(0, 80), max_size=12)


@given(PLAIN, PLAIN, CUTS)
def test_a_thought_is_told_apart_however_it_is_cut(
    thought: str, reply: str, cuts: list[int]
) -> None:
    whole = f"{OPEN}{thought}{CLOSE}\n\n{reply}"
    assert told(parts(whole, cuts)) == (thought, reply.lstrip())


@given(st.text(st.sampled_from("<>/think a"), max_size=40), CUTS)
def test_whatever_comes_is_told_apart_in_the_same_way(text: str, cuts: list[int]) -> None:
    assert told(parts(text, cuts)) == told([text])
    assert OPEN not in told([text])[1]


@given(PLAIN, CUTS)
def test_text_without_marks_is_a_reply(text: str, cuts: list[int]) -> None:
    assert told(parts(text, cuts)) == ("", text)


def test_marks_that_only_begin_are_text() -> None:
    assert told(["a <", "thin", "g> b"]) == ("", "a <thing> b")
    assert told(["a <think"]) == ("", "a <think")
    assert told(["5 < 6"]) == ("", "5 < 6")


def test_an_end_without_a_beginning_is_dropped() -> None:
    assert told([f"{CLOSE}\n\nhello"])[1].strip() == "hello"


def test_a_thought_that_does_not_end_is_no_reply() -> None:
    assert told([f"{OPEN}on and on"]) == ("on and on", "")


def test_a_long_thought_is_closed() -> None:
    aloud = ThinkingAloud(Letters(), most=3)
    assert aloud.mark_of(-1) == OPEN.encode()
    aloud.split(OPEN)
    assert aloud.is_open
    assert not aloud.closing()
    for _ in range(2):
        assert aloud.mark_of(5) is None
    assert list(aloud.closing()) == [7, 8, 9]
    assert not aloud.is_open
    assert aloud.split("\nhello") == ("", "hello")
    assert aloud.spent == 3


# -- in a model

CONTROL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>", OPEN, CLOSE)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("thinking")
    return write_tiny_gguf(folder / "tiny.gguf", TinyShape(control=CONTROL))


@pytest.fixture
def model(path: Path) -> Iterator[LlamaModel]:
    model = open_model(path, EngineSettings(threads=Threads(1, 1)))
    yield model
    model.close()


def says(model: LlamaModel, monkeypatch: pytest.MonkeyPatch, *script: str) -> None:
    """Have the sampler draw these texts; marks are one token each."""
    drawn: list[int] = []
    for text in script:
        is_mark = text in CONTROL
        drawn += model._vocabulary.tokens_of(Segment(text, control=is_mark))
    tokens = iter(drawn)
    end = model._vocabulary.tokens_of(Segment("<|im_end|>", control=True))[0]
    monkeypatch.setattr(
        model._library, "llama_sampler_sample", lambda *_: next(tokens, end), raising=True
    )


def collect(model: LlamaModel, turns: list[Turn], most: int = 100) -> list[Generated]:
    return list(model.generate(turns, Sampling(max_tokens=most), lambda: False))


def test_a_model_that_thinks_answers(model: LlamaModel, monkeypatch: pytest.MonkeyPatch) -> None:
    says(model, monkeypatch, OPEN, "\nthey are sad\n", CLOSE, "\n\nI hear you.")
    steps = collect(model, [Turn("user", "hi")])
    assert "".join(step.text for step in steps) == "I hear you."
    assert "".join(step.thought for step in steps).strip() == "they are sad"
    assert steps[-1].done
    assert not steps[-1].stopped


def test_thoughts_are_not_in_the_memory(model: LlamaModel, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = [Turn("user", "hi")]
    before = model.count_tokens(turns)
    says(model, monkeypatch, OPEN, "secret", CLOSE, "hello")
    collect(model, turns)
    monkeypatch.undo()
    more = [*turns, Turn("assistant", "hello"), Turn("user", "go on")]
    steps = collect(model, more, most=1)
    # All that was read of the first turn stands; reply and new turn are read, no thought between.
    assert steps[-1].prompt_tokens_evaluated == sum(model.count_tokens(more)) - sum(before)


def test_a_thought_is_cut_short_and_the_reply_comes(
    model: LlamaModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(model, monkeypatch, OPEN, "x" * (MOST - 1), "I hear you.")
    steps = collect(model, [Turn("user", "hi")])
    assert "".join(step.text for step in steps) == "I hear you."
    assert len("".join(step.thought for step in steps)) == MOST - 1


def test_a_thought_takes_nothing_from_the_reply(
    model: LlamaModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(model, monkeypatch, OPEN, "y" * 50, CLOSE, "z" * 50)
    steps = collect(model, [Turn("user", "hi")], most=20)
    assert "".join(step.text for step in steps) == "z" * 20
    assert steps[-1].reply_tokens == 20


def test_an_end_in_the_middle_of_a_thought_leaves_no_reply(
    model: LlamaModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(model, monkeypatch, OPEN, "hm")
    steps = collect(model, [Turn("user", "hi")])
    assert "".join(step.text for step in steps) == ""


def test_a_thought_leaves_room_for_the_reply_in_a_small_context(
    model: LlamaModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = [Turn("user", "x" * 440)]
    says(model, monkeypatch, OPEN, "y" * 20, "I hear you.")
    room = 512 - sum(model.count_tokens(turns))
    assert room < MOST
    steps = collect(model, turns, most=room - 21)
    assert "".join(step.text for step in steps) == "I hear you."
