"""The real engine process reads ahead: counted tokens, and nobody waits.

That the memory then holds the very tokens of the prompt stands in tests/unit/engine/test_llama.py.
Replies are not compared word by word: sums of floats depend on where a chunk of a prompt ends, and
a model of random weights often has two words that are as good as each other.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from psylite_desktop.domain.ports import Generated, Sampling, Turn
from psylite_desktop.host.client import EngineHost
from psylite_desktop.host.status import EngineState, EngineStatus
from tests.fakes.tiny_gguf import SLOW, TinyShape, write_tiny_gguf

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("engine_process")]

GREEDY = Sampling(temperature=0.0, max_tokens=12, repeat_penalty=1.0)
SYSTEM = Turn("system", "Listen first. " * 20)
CHATML = TinyShape(control=("<|endoftext|>", "<|im_start|>", "<|im_end|>"), context=4096)
TEXT = "最近总是 wake up at four and think about the exam"
NOTE = "a passage"

Start = Callable[[], EngineHost]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[EngineHost] = []
    path = write_tiny_gguf(tmp_path / "m.gguf", CHATML)

    def make() -> EngineHost:
        host = EngineHost(assets=tmp_path, models=tmp_path)
        host.use_model(path)
        host.info()
        started.append(host)
        return host

    yield make
    for host in started:
        host.close()


def reply(host: EngineHost, turns: list[Turn]) -> tuple[str, Generated]:
    steps = list(host.generate(turns, GREEDY, lambda: False))
    return "".join(step.text for step in steps), steps[-1]


def talk(host: EngineHost, *, ahead: bool) -> list[int]:
    """Three turns with pauses in each, an edit and another reply; tokens evaluated at each."""
    found: list[int] = []
    turns = [SYSTEM]
    for number in range(3):
        text = f"{number} {TEXT}"
        if ahead:
            for draft in ("", text[:14], text[:9] + " and", text[:30], text):
                open_turn = [Turn("user", draft)] if draft else []
                assert host.read_ahead([*turns, *open_turn], is_open=bool(draft), wait=True)
        turns.append(Turn("user", text, NOTE))
        said, last = reply(host, turns)
        found.append(last.prompt_tokens_evaluated)
        turns.append(Turn("assistant", said))
    edited = [*turns[:-2], Turn("user", f"2 {TEXT}, or not", NOTE)]
    for again in (edited, turns[:-1]):
        _, last = reply(host, again)
        found.append(last.prompt_tokens_evaluated)
    return found


def test_only_the_note_is_left_at_enter(start: Start) -> None:
    with_it, without = talk(start(), ahead=True), talk(start(), ahead=False)
    counter = start()
    open_, whole = (
        sum(counter.count_tokens([SYSTEM, Turn("user", f"0 {TEXT}", note)])) for note in ("", NOTE)
    )
    tail = whole - open_
    end = 16  # what closes the turn and opens the reply, and what the note joined on to
    assert all(evaluated <= tail + end for evaluated in with_it[:3])
    assert all(evaluated > tail + end for evaluated in without[:3])
    # an edit and another reply go back to where the prompts differ, not to the beginning
    back = tail + end + len(", or not")
    assert all(evaluated <= back for evaluated in (*with_it[3:], *without[3:]))


def test_what_was_read_of_a_draft_can_be_dropped(start: Start) -> None:
    host = start()
    turns = [SYSTEM, Turn("user", TEXT)]
    host.read_ahead(turns, is_open=True, wait=True)
    assert host.drop_draft()
    _, last = reply(host, turns)
    counts = host.count_tokens(turns)
    assert last.prompt_tokens_evaluated == counts[-1]


def test_a_draft_is_dropped_once_the_engine_is_free(start: Start) -> None:
    """Somebody else was asking when it should have gone."""
    host = start()
    turns = [SYSTEM, Turn("user", TEXT)]
    host.read_ahead(turns, is_open=True, wait=True)
    with host._asking.turn(0.0):
        assert host.drop_draft()
    _, last = reply(host, turns)
    assert last.prompt_tokens_evaluated == host.count_tokens(turns)[-1]


def test_a_draft_goes_even_where_another_model_is_chosen_meanwhile(
    start: Start, tmp_path: Path
) -> None:
    host = start()
    turns = [SYSTEM, Turn("user", TEXT)]
    host.read_ahead(turns, is_open=True, wait=True)
    host.use_model(tmp_path / "m.gguf")  # chosen, and not loaded before somebody asks
    assert host.drop_draft()
    _, last = reply(host, turns)
    assert last.prompt_tokens_evaluated == host.count_tokens(turns)[-1]


def test_without_a_process_nothing_is_started(tmp_path: Path) -> None:
    host = EngineHost(assets=tmp_path, models=tmp_path)
    assert not host.read_ahead([SYSTEM], is_open=False)
    assert not host.drop_draft()
    assert host.loaded() is None
    assert host.pid == 0


def test_many_drafts_leave_nothing_in_the_pipe(start: Start) -> None:
    host = start()
    for end in range(1, 200):
        host.read_ahead([SYSTEM, Turn("user", ("word " * 40)[:end])], is_open=True)
    said, _ = reply(host, [SYSTEM, Turn("user", TEXT)])
    assert said
    assert said == reply(start(), [SYSTEM, Turn("user", TEXT)])[0]


def test_a_question_goes_first(tmp_path: Path) -> None:
    statuses: list[EngineStatus] = []
    host = EngineHost(assets=tmp_path, models=tmp_path, on_status=statuses.append)
    host.use_model(write_tiny_gguf(tmp_path / "slow.gguf", SLOW))
    host.info()
    assert EngineState.WARMING in [status.state for status in statuses]
    long = [Turn("user", "a long story " * 250)]
    begun = time.monotonic()
    whole = list(host.generate(long, Sampling(max_tokens=1), lambda: False))[-1]
    alone_s = time.monotonic() - begun
    other = [Turn("user", "b" + "another story " * 250)]
    assert host.read_ahead(other, is_open=False)
    begun = time.monotonic()
    first = next(
        step for step in host.generate([Turn("user", "hi")], GREEDY, lambda: False) if step.text
    )
    assert first.text
    assert time.monotonic() - begun < alone_s, "it was not read to its end first"
    assert whole.prompt_tokens_evaluated > 2_000
    host.close()
