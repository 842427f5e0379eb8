"""Questions to a process that is played by a list of frames."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import pytest

from psylite_desktop.domain.errors import EngineError, ModelFileError
from psylite_desktop.domain.ports import Generated, Sampling, Turn
from psylite_desktop.host import exchange as module
from psylite_desktop.host.exchange import exchange, greet
from psylite_desktop.host.launch import EngineChild
from psylite_desktop.host.protocol import (
    Cancel,
    Counted,
    CountTokens,
    Failed,
    Generate,
    LoadModel,
    Message,
    Progressed,
    Reply,
    Started,
    Stepped,
    encode,
    failure,
)

ASK = Generate(id=5, turns=(Turn("user", "x"),), sampling=Sampling())
STEP = Stepped(id=5, step=Generated(text="a"))
LAST = Stepped(id=5, step=Generated(done=True))


class PlayedChild:
    """Gives the frames one by one; None is silence, an exception is the end of the pipe."""

    def __init__(self, frames: Iterable[Message | bytes | Exception | None]) -> None:
        self.frames = list(frames)
        self.sent: list[Message] = []
        self.stopped = False
        self.ended = False

    def send(self, message: Message) -> None:
        self.sent.append(message)

    def receive(self, _wait_s: float) -> bytes | None:
        frame = self.frames.pop(0) if self.frames else None
        if isinstance(frame, Exception):
            raise frame
        return encode(frame) if isinstance(frame, Message) else frame

    def exit_code(self) -> int:
        return -11

    def end(self) -> int:
        self.ended = True
        return -9


def played(*frames: Message | bytes | Exception | None) -> tuple[PlayedChild, EngineChild]:
    child = PlayedChild(frames)
    return child, cast("EngineChild", child)


def replies(child: EngineChild, request: Generate | LoadModel | CountTokens = ASK) -> list[Reply]:
    return list(exchange(child, request, silence_s=5.0))


def test_steps_up_to_the_last() -> None:
    player, child = played(STEP, None, STEP, LAST, STEP)
    assert replies(child) == [STEP, STEP, LAST]
    assert player.sent == [ASK]


def test_replies_to_earlier_questions_are_skipped() -> None:
    _, child = played(
        Stepped(id=4, step=Generated(done=True)), Started(version=1, pid=2), STEP, LAST
    )
    assert replies(child) == [STEP, LAST]


def test_a_failure_is_raised_as_what_it_was() -> None:
    _, child = played(failure(5, ModelFileError("model_truncated", size=3)))
    with pytest.raises(ModelFileError) as caught:
        replies(child)
    assert caught.value.facts == {"size": 3}


def test_what_the_process_could_not_read_fails_too() -> None:
    _, child = played(Failed(id=0, kind="engine", code="engine_protocol"))
    with pytest.raises(EngineError) as caught:
        replies(child)
    assert caught.value.code == "engine_protocol"


def test_a_frame_that_is_no_message() -> None:
    _, child = played(b"\xff\xff")
    with pytest.raises(EngineError) as caught:
        replies(child)
    assert caught.value.code == "engine_protocol"


@pytest.mark.parametrize("end", [EOFError(), ConnectionResetError()])
def test_a_crash_carries_the_exit_code(end: Exception) -> None:
    _, child = played(STEP, end)
    with pytest.raises(EngineError) as caught:
        replies(child)
    assert caught.value.code == "engine_crashed"
    assert caught.value.facts == {"exit": -11}


def test_an_end_on_purpose_is_no_crash() -> None:
    player, child = played(STEP, EOFError())
    player.stopped = True
    with pytest.raises(EngineError) as caught:
        replies(child)
    assert caught.value.code == "engine_stopped"


def test_silence_ends_a_hung_process(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 3))
    monkeypatch.setattr(module.time, "monotonic", lambda: float(next(clock)))
    player, child = played(Progressed(id=5, what="loading", fraction=0.1))
    with pytest.raises(EngineError) as caught:
        replies(child)
    assert caught.value.code == "engine_timeout"
    assert player.ended


def test_a_stop_is_sent_once_and_confirmed() -> None:
    player, child = played(STEP, None, STEP, LAST)
    got = list(exchange(child, ASK, silence_s=5.0, cancelled=lambda: len(player.frames) < 3))
    assert got[-1] == LAST
    assert player.sent == [ASK, Cancel(id=5)]


def test_a_stop_that_is_not_confirmed_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 1))
    monkeypatch.setattr(module.time, "monotonic", lambda: next(clock) / 10)
    player, child = played(STEP)
    got = list(exchange(child, ASK, silence_s=60.0, cancelled=lambda: not player.frames))
    assert got == [STEP]
    assert player.sent == [ASK, Cancel(id=5)]


def test_a_cancelled_load_goes_on_alone() -> None:
    player, child = played(Progressed(id=5, what="loading", fraction=0.1))
    load = LoadModel(id=5, path=b"m")
    assert list(exchange(child, load, silence_s=5.0, cancelled=lambda: True)) == []
    assert player.sent == [load]


def test_whoever_leaves_stops_the_writing() -> None:
    player, child = played(STEP, STEP)
    asking = exchange(child, ASK, silence_s=5.0)
    next(asking)
    asking.close()
    assert player.sent == [ASK, Cancel(id=5)]


def test_short_questions_close_with_their_answer() -> None:
    player, child = played(Counted(id=5, counts=(3,)))
    ask = CountTokens(id=5, turns=(Turn("user", "x"),))
    assert replies(child, ask) == [Counted(id=5, counts=(3,))]
    assert player.sent == [ask]


def test_a_process_of_another_version_is_ended() -> None:
    player, child = played(None, Started(version=99, pid=1))
    with pytest.raises(EngineError) as caught:
        greet(child, silence_s=5.0, version=1)
    assert caught.value.code == "engine_protocol"
    assert player.ended
