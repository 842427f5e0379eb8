"""One question to the engine process and its replies: progress, stop, crash, hang."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator, Iterator

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.risk import Opinion
from psylite_desktop.domain.whereabouts import SocketReport
from psylite_desktop.host.launch import EngineChild
from psylite_desktop.host.protocol import (
    VERSION,
    Cancel,
    DropDraft,
    Failed,
    HasRead,
    Listen,
    Listened,
    LoadModel,
    Progressed,
    ReadAhead,
    Reply,
    ReportedSockets,
    ReportSockets,
    Request,
    Started,
    Stepped,
    decode_reply,
    error_of,
)

SILENCE_S = 30.0
"""Seconds without any message after which a working engine process counts as hung."""
LISTEN_S = 0.2
"""Seconds that a message waits for the encoder (design note "Safety", section 2)."""
LISTEN_LENGTH = 500
"""Characters that it reads in that time; a longer text is given as much again for each."""
OPENING_S = 180.0
"""Seconds that a patient question waits for the encoder to be opened: that gives no sign of life,
and an old machine needs its time."""
POLL_S = 0.02
STOP_S = 0.25
"""Seconds the engine process has to confirm a stop; afterwards its reply is not waited for."""


def patience(text: str) -> float:
    """Seconds that whoever sends a text waits for the encoder."""
    return LISTEN_S * (1 + len(text) // LISTEN_LENGTH)


def never() -> bool:
    """The question is not cancelled."""
    return False


def exchange(
    child: EngineChild,
    request: Request,
    *,
    silence_s: float,
    cancelled: Callable[[], bool] = never,
) -> Generator[Reply, None, None]:
    """Send a request and yield its replies up to the closing one.

    Ends without a closing reply when it was cancelled and the process did not say so in time; what
    it still sends is skipped later by its id. `LoadModel` and `Listen` are left at once and go on.
    Raises EngineError: engine_crashed (fact `exit`: exit code, negative for a signal),
    engine_stopped, engine_timeout (nothing came for `silence_s` seconds), engine_protocol; and
    whatever error the process replies with. After the first three the process is gone.
    """
    _send(child, request)
    closed = False
    cancelled_at: float | None = None
    try:
        for reply in _incoming(child, silence_s):
            if cancelled_at is None and cancelled():
                if isinstance(request, LoadModel | Listen):
                    return
                cancelled_at = time.monotonic()
                _send(child, Cancel(id=request.id))
            if reply is not None and _belongs(reply, request):
                closed = _closes(reply)
                if isinstance(reply, Failed):
                    raise error_of(reply)
                yield reply
                if closed:
                    return
            elif cancelled_at is not None and time.monotonic() - cancelled_at > STOP_S:
                return
    finally:
        if not closed and cancelled_at is None and not isinstance(request, LoadModel | Listen):
            # Whoever asked has left: do not write a reply for nobody.
            with contextlib.suppress(OSError):
                child.send(Cancel(id=request.id))


def heard(
    child: EngineChild,
    request: Listen,
    silence_s: float,
    cancelled: Callable[[], bool] = never,
) -> Opinion | None:
    """What the encoder says of a text. Raises EngineError (engine_timeout if it was cancelled)."""
    replies = exchange(child, request, silence_s=silence_s, cancelled=cancelled)
    with contextlib.closing(replies):
        for reply in replies:
            if not isinstance(reply, Listened):
                raise EngineError("engine_protocol")
            return reply.opinion
    raise EngineError("engine_timeout")


def tell(child: EngineChild, request: ReadAhead | DropDraft, *, clear: bool) -> None:
    """Send what nobody waits for. Raises OSError, EOFError.

    `clear`: throw away what came meanwhile, or the answers to what was told would fill the pipe.
    """
    while clear and child.receive(0.0) is not None:
        pass
    child.send(request)


def has_read(child: EngineChild, request: ReadAhead, silence_s: float) -> bool:
    """Whether turns were read ahead, waiting for it. Raises EngineError."""
    with contextlib.closing(exchange(child, request, silence_s=silence_s)) as replies:
        return any(isinstance(reply, HasRead) for reply in replies)


def reported(child: EngineChild, request: ReportSockets, silence_s: float) -> SocketReport:
    """What the process says of its sockets. Raises EngineError."""
    with contextlib.closing(exchange(child, request, silence_s=silence_s)) as replies:
        for reply in replies:
            if isinstance(reply, ReportedSockets):
                return reply.report
    raise EngineError("engine_protocol")


def greet(
    child: EngineChild,
    *,
    silence_s: float,
    version: int = VERSION,
    cancelled: Callable[[], bool] = never,
) -> None:
    """Wait until a new process says that it is there, or until that was `cancelled`.

    What it says then is skipped later. Raises EngineError as `exchange` does.
    """
    for reply in _incoming(child, silence_s):
        if reply is None:
            if cancelled():
                return
            continue
        if isinstance(reply, Started) and reply.version == version:
            return
        child.end()
        raise EngineError("engine_protocol")


def _incoming(child: EngineChild, silence_s: float) -> Iterator[Reply | None]:
    """Replies as they come, with None in between at least every `POLL_S`."""
    heard_at = time.monotonic()
    while True:
        try:
            frame = child.receive(POLL_S)
        except (EOFError, OSError):
            raise _gone(child) from None
        if frame is not None:
            heard_at = time.monotonic()
            yield decode_reply(frame)
        else:
            if time.monotonic() - heard_at > silence_s:
                child.end()
                raise EngineError("engine_stopped" if child.stopped else "engine_timeout")
            yield None


def _send(child: EngineChild, request: Request) -> None:
    try:
        child.send(request)
    except OSError:
        raise _gone(child) from None


def _gone(child: EngineChild) -> EngineError:
    exit_code = child.exit_code()
    if child.stopped:
        return EngineError("engine_stopped")
    return EngineError("engine_crashed", exit=exit_code)


def _belongs(reply: Reply, request: Request) -> bool:
    """Whether a reply is to this request; the process answers 0 to what it cannot read."""
    if isinstance(reply, Started):
        return False
    return reply.id == request.id or (reply.id == 0 and isinstance(reply, Failed))


def _closes(reply: Reply) -> bool:
    if isinstance(reply, Stepped):
        return reply.step.done
    return not isinstance(reply, Progressed)
