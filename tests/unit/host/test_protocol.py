import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.errors import EngineError, InputError, ModelFileError, PsyLiteError
from psylite_desktop.domain.passage import Found, Passage
from psylite_desktop.domain.ports import Generated, ModelInfo, Sampling, Turn
from psylite_desktop.host import protocol
from psylite_desktop.host.protocol import decode_reply, decode_request, encode

REQUESTS = [
    protocol.LoadModel(id=1, path=b"/m\xff.gguf", context_length=2048),
    protocol.CountTokens(id=2, turns=(Turn("user", "你好", "n"), Turn("assistant", ""))),
    protocol.Generate(id=3, turns=(Turn("user", "x"),), sampling=Sampling(seed=1)),
    protocol.Search(id=4, corpus="techniques", query="考试", lang="zh", limit=3),
    protocol.Embed(id=5, texts=("a", "b")),
    protocol.Cancel(id=3),
]
REPLIES = [
    protocol.Started(version=1, pid=7),
    protocol.Progressed(id=1, what="loading", fraction=0.5),
    protocol.Loaded(
        id=1,
        info=ModelInfo(name="m", context_length=1, parameters=2, chat_format="nano", practice=True),
    ),
    protocol.Counted(id=2, counts=(1, 2)),
    protocol.Stepped(id=3, step=Generated(text="嗯", done=True, reply_tokens=2)),
    protocol.FoundPassages(
        id=4, found=(Found(Passage("c", "i", "zh", "t", "x", tags=("a",)), 0.5),)
    ),
    protocol.Embedded(id=5, vectors=((0.5, 1.0),)),
    protocol.Failed(id=6, kind="engine", code="engine_failed", facts={"a": 1, "b": "c"}),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda r: type(r).__name__)
def test_requests_survive_the_way(request_: protocol.Request) -> None:
    assert decode_request(encode(request_)) == request_


@pytest.mark.parametrize("reply", REPLIES, ids=lambda r: type(r).__name__)
def test_replies_survive_the_way(reply: protocol.Reply) -> None:
    assert decode_reply(encode(reply)) == reply


def test_half_characters_become_question_marks() -> None:
    request = protocol.Generate(id=1, turns=(Turn("user", "a\ud800b"),), sampling=Sampling())
    arrived = decode_request(encode(request))
    assert isinstance(arrived, protocol.Generate)
    assert arrived.turns[0].text == "a?b"
    assert arrived.sampling == Sampling()


@given(frame=st.binary(max_size=200))
def test_any_bytes_are_a_message_or_a_typed_error(frame: bytes) -> None:
    for decode in (decode_request, decode_reply):
        try:
            decode(frame)
        except EngineError as error:
            assert error.code == "engine_protocol"  # noqa: PT017 - a message would be fine too


def test_a_reply_is_no_request() -> None:
    with pytest.raises(EngineError):
        decode_request(encode(protocol.Started(version=1, pid=7)))


@pytest.mark.parametrize(
    "error",
    [
        ModelFileError("model_truncated", size=3, needed=9),
        EngineError("engine_context_full", tokens=600, context=512),
        InputError("content_invalid", file="x"),
    ],
)
def test_errors_survive_the_way(error: PsyLiteError) -> None:
    failed = decode_reply(encode(protocol.failure(4, error)))
    assert isinstance(failed, protocol.Failed)
    arrived = protocol.error_of(failed)
    assert (type(arrived), arrived.code, arrived.facts) == (type(error), error.code, error.facts)
