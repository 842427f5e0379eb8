"""Messages between the window's process and the engine process: msgpack, never pickle.

Every request has an id; replies carry it. A request is answered by any number of `Progressed` and
`Stepped` and then exactly one closing reply (`Loaded`, `Counted`, a `Stepped` that is done,
`HasRead`, `FoundPassages`, `Embedded`, `Listened`, `HoldsNone`, `ReportedSockets` or `Failed`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from psylite_desktop.domain.errors import EngineError, InputError, ModelFileError, PsyLiteError
from psylite_desktop.domain.passage import Found
from psylite_desktop.domain.ports import Generated, ModelInfo, Sampling, Turn
from psylite_desktop.domain.risk import Opinion
from psylite_desktop.domain.whereabouts import SocketReport

VERSION = 5
WARMING = "warming"
"""What `Progressed` calls the moment between a loaded model and one that answers at once."""
MAX_FRAME = 64 << 20
"""Bytes of one message; anything longer is a broken peer."""


class Message(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """Base of all messages."""


class LoadModel(Message, frozen=True, tag=True, array_like=True):
    """Load a model file; `context_length` in tokens, 0 for the default.

    The path travels as the system's own bytes: not every file name is text. `anyway` loads it
    even where it does not fit the memory.
    """

    id: int
    path: bytes
    context_length: int = 0
    anyway: bool = False


class HoldNone(Message, frozen=True, tag=True, array_like=True):
    """Hold no model; what is searched in is opened meanwhile, as it is beside a model."""

    id: int


class CountTokens(Message, frozen=True, tag=True, array_like=True):
    """Count the tokens of each turn."""

    id: int
    turns: tuple[Turn, ...]


class Generate(Message, frozen=True, tag=True, array_like=True):
    """Write a reply."""

    id: int
    turns: tuple[Turn, ...]
    sampling: Sampling


class ReadAhead(Message, frozen=True, tag=True, array_like=True):
    """Evaluate turns before a reply to them is asked for; any later request goes first.

    The last turn, where it `is_open`, is still being written.
    """

    id: int
    turns: tuple[Turn, ...]
    is_open: bool


class DropDraft(Message, frozen=True, tag=True, array_like=True):
    """Forget what was read of a turn that was still being written."""

    id: int


class Search(Message, frozen=True, tag=True, array_like=True):
    """Find passages of a corpus."""

    id: int
    corpus: str
    query: str
    lang: str
    limit: int


class Embed(Message, frozen=True, tag=True, array_like=True):
    """Turn texts into vectors."""

    id: int
    texts: tuple[str, ...]


class Listen(Message, frozen=True, tag=True, array_like=True):
    """Say what a text tells of risk; unless it may `wait`, only if the encoder is open already."""

    id: int
    text: str
    wait: bool = False


class ReportSockets(Message, frozen=True, tag=True, array_like=True):
    """Say which sockets the process has open."""

    id: int


class Cancel(Message, frozen=True, tag=True, array_like=True):
    """Stop working on a request; it is still closed by a reply."""

    id: int


class Started(Message, frozen=True, tag=True, array_like=True):
    """First message of the engine process."""

    version: int
    pid: int


class Progressed(Message, frozen=True, tag=True, array_like=True):
    """Work goes on; `fraction` is 0-1, `what` names it (loading, warming, opening, indexing)."""

    id: int
    what: str
    fraction: float


class Loaded(Message, frozen=True, tag=True, array_like=True):
    """The model is loaded."""

    id: int
    info: ModelInfo


class HoldsNone(Message, frozen=True, tag=True, array_like=True):
    """No model is held."""

    id: int


class Counted(Message, frozen=True, tag=True, array_like=True):
    """Tokens of each turn."""

    id: int
    counts: tuple[int, ...]


class Stepped(Message, frozen=True, tag=True, array_like=True):
    """A step of a reply; the last one is done."""

    id: int
    step: Generated


class HasRead(Message, frozen=True, tag=True, array_like=True):
    """Reading ahead has ended, or the draft is forgotten; `evaluated` tokens were new."""

    id: int
    evaluated: int


class FoundPassages(Message, frozen=True, tag=True, array_like=True):
    """Passages, best first."""

    id: int
    found: tuple[Found, ...]


class Embedded(Message, frozen=True, tag=True, array_like=True):
    """Vectors, one a text."""

    id: int
    vectors: tuple[tuple[float, ...], ...]


class Listened(Message, frozen=True, tag=True, array_like=True):
    """What was heard in a text; None for nothing."""

    id: int
    opinion: Opinion | None


class ReportedSockets(Message, frozen=True, tag=True, array_like=True):
    """Sockets of the engine process."""

    id: int
    report: SocketReport


class Failed(Message, frozen=True, tag=True, array_like=True):
    """The request failed; `kind` (engine, model_file, input) chooses the error raised."""

    id: int
    kind: str
    code: str
    facts: dict[str, str | int | float] = {}


Request = (
    LoadModel
    | HoldNone
    | CountTokens
    | Generate
    | ReadAhead
    | DropDraft
    | Search
    | Embed
    | Listen
    | ReportSockets
    | Cancel
)
Reply = (
    Started
    | Progressed
    | Loaded
    | HoldsNone
    | Counted
    | Stepped
    | HasRead
    | FoundPassages
    | Embedded
    | Listened
    | ReportedSockets
    | Failed
)

_KINDS: dict[str, type[PsyLiteError]] = {
    "model_file": ModelFileError,
    "input": InputError,
    "engine": EngineError,
}


def encode(message: Message) -> bytes:
    """Write a message. Lone surrogates in it become question marks."""
    try:
        return msgspec.msgpack.encode(message)
    except UnicodeEncodeError:
        return msgspec.msgpack.encode(_sendable(msgspec.to_builtins(message)))


def decode_request(frame: bytes) -> Request:
    """Read a request. Raises EngineError (engine_protocol)."""
    request: Request = _decode(_request_decoder(), frame)
    return request


def decode_reply(frame: bytes) -> Reply:
    """Read a reply. Raises EngineError (engine_protocol)."""
    reply: Reply = _decode(_reply_decoder(), frame)
    return reply


def failure(request_id: int, error: PsyLiteError) -> Failed:
    """The reply that carries an error to the other side."""
    kind = next((name for name, cls in _KINDS.items() if isinstance(error, cls)), "engine")
    return Failed(id=request_id, kind=kind, code=error.code, facts=dict(error.facts))


def error_of(failed: Failed) -> PsyLiteError:
    """The error that a failure stands for."""
    return _KINDS.get(failed.kind, EngineError)(failed.code, **failed.facts)


@lru_cache(maxsize=1)
def _request_decoder() -> msgspec.msgpack.Decoder[Request]:
    return msgspec.msgpack.Decoder(Request)


@lru_cache(maxsize=1)
def _reply_decoder() -> msgspec.msgpack.Decoder[Reply]:
    return msgspec.msgpack.Decoder(Reply)


def _decode(decoder: Any, frame: bytes) -> Any:
    try:
        return decoder.decode(frame)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise EngineError("engine_protocol") from None


def _sendable(value: Any) -> Any:
    """The same plain value with every text encodable."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _sendable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_sendable(item) for item in value]
    return value
