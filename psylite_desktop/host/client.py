"""The window's side of the engine process: start, ask, stop, restart.

Implements the ports `TextModel` and `PassageIndex`. One thread asks at a time; the process is
started at the first question and again after a crash. Nothing heavy is imported here.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.domain.errors import EngineError, ModelFileError
from psylite_desktop.domain.passage import Found
from psylite_desktop.domain.ports import Generated, ModelInfo, Sampling, Turn
from psylite_desktop.domain.risk import Opinion
from psylite_desktop.domain.whereabouts import SocketReport
from psylite_desktop.host.embedder_mark import embedder_mark
from psylite_desktop.host.exchange import exchange, greet, never
from psylite_desktop.host.launch import EngineChild, Folders
from psylite_desktop.host.protocol import (
    VERSION,
    Counted,
    CountTokens,
    Embed,
    Embedded,
    FoundPassages,
    Generate,
    Listen,
    Listened,
    Loaded,
    LoadModel,
    Progressed,
    Reply,
    ReportedSockets,
    ReportSockets,
    Request,
    Search,
    Stepped,
)
from psylite_desktop.host.status import EngineState, EngineStatus

SILENCE_S = 30.0
"""Seconds without any message after which a working engine process counts as hung."""
SLOW_DISK = 20_000_000
"""Bytes a second: a large file may be read in without a sign of progress."""
LOAD_ATTEMPTS = 2
LISTEN_S = 0.2
"""Seconds that a message waits for the encoder (design note "Safety", section 2)."""
LISTEN_LENGTH = 500
"""Characters that it reads in that time; a longer text is given as much again for each."""
OPENING_S = 180.0
"""Seconds that a patient question waits for the encoder to be opened."""
_RUNNING = frozenset({EngineState.READY, EngineState.BUSY})


@dataclass(frozen=True, slots=True)
class _ModelChoice:
    path: Path
    context_length: int
    anyway: bool


class EngineHost:
    """The engine process, as the rest of the app sees it.

    `assets` holds the corpora, `models` is the store of shipped models, `index` is where vector
    tables are kept (None: in memory), `tuning` what was measured and read of models (None: not
    kept). `on_status` is called in the thread that asks (or
    stops) and must not ask in turn. `silence_s`: seconds without a message after which a working
    process counts as hung.
    Every question raises EngineError (engine_unavailable, engine_crashed, engine_timeout,
    engine_stopped, engine_busy, engine_protocol, engine_failed) besides what it names itself.
    """

    def __init__(
        self,
        *,
        assets: Path,
        models: Path,
        index: Path | None = None,
        tuning: Path | None = None,
        on_status: Callable[[EngineStatus], None] = lambda _status: None,
        silence_s: float = SILENCE_S,
    ) -> None:
        self._folders = Folders(assets=assets, models=models, index=index, tuning=tuning)
        self._on_status = on_status
        self._silence_s = silence_s
        self._asking = threading.Lock()
        self._asker = 0
        self._child: EngineChild | None = None
        self._closed = False
        self._status = EngineStatus()
        self._last_id = 0
        self._choice: _ModelChoice | None = None
        self._loaded: _ModelChoice | None = None
        self._info: ModelInfo | None = None
        self._load_crashes = 0

    def use_model(self, path: Path, *, context_length: int = 0, anyway: bool = False) -> None:
        """Choose the model that the next question loads; any thread.

        `context_length` in tokens, 0 for the default. A model that does not fit the memory is
        refused (ModelFileError, model_does_not_fit) unless it is wished `anyway`. Choosing a model
        that crashed the engine allows another attempt; choosing the loaded one loads it again only
        if the file changed.
        """
        self._load_crashes = 0
        self._loaded = None
        self._choice = _ModelChoice(path, context_length, anyway)

    def status(self) -> EngineStatus:
        """What the engine process is doing; any thread."""
        return self._status

    @property
    def pid(self) -> int:
        """Id of the engine process, 0 while there is none."""
        child = self._child
        return child.pid if child is not None else 0

    def info(self) -> ModelInfo:
        """Say what is loaded, loading it first. Raises EngineError, ModelFileError."""
        with self._asked() as child:
            self._load(child)
            if self._info is None:
                raise EngineError("engine_protocol")
            return self._info

    def count_tokens(self, turns: Sequence[Turn]) -> list[int]:
        """Tokens of each turn; what opens the reply counts with the last one.

        Raises EngineError, ModelFileError.
        """
        with self._asked() as child:
            self._load(child)
            reply = self._ask_once(child, CountTokens(id=self._next_id(), turns=tuple(turns)))
        if not isinstance(reply, Counted):
            raise EngineError("engine_protocol")
        return list(reply.counts)

    def generate(
        self, turns: Sequence[Turn], sampling: Sampling, cancelled: Callable[[], bool]
    ) -> Generator[Generated, None, None]:
        """Stream a reply; ends within 300 ms of `cancelled()` turning true.

        Raises ModelFileError, EngineError (also engine_context_full: facts `tokens`, `context`).
        """
        with self._asked() as child:
            if self._load(child, cancelled):
                request = Generate(id=self._next_id(), turns=tuple(turns), sampling=sampling)
                with closing(self._ask(child, request, cancelled)) as replies:
                    for reply in replies:
                        if isinstance(reply, Stepped):
                            yield reply.step
                            if reply.step.done:
                                return
            yield Generated(done=True, stopped=True)

    def search(
        self,
        corpus: str,
        query: str,
        *,
        lang: str,
        limit: int = 3,
        cancelled: Callable[[], bool] = never,
    ) -> list[Found]:
        """Return the nearest passages, best first.

        Raises EngineError: also retrieval_failed, and engine_stopped within 300 ms of
        `cancelled()` turning true.
        """
        with self._asked() as child:
            request = Search(id=self._next_id(), corpus=corpus, query=query, lang=lang, limit=limit)
            reply = self._ask_once(child, request, cancelled)
        if not isinstance(reply, FoundPassages):
            raise EngineError("engine_protocol")
        return list(reply.found)

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Turn texts into vectors. Raises EngineError (also retrieval_failed)."""
        with self._asked() as child:
            reply = self._ask_once(child, Embed(id=self._next_id(), texts=tuple(texts)))
        if not isinstance(reply, Embedded):
            raise EngineError("engine_protocol")
        return [list(vector) for vector in reply.vectors]

    def embedder_mark(self) -> str:
        """Names the embedder behind `embed`; any thread. Raises EngineError (retrieval_failed)."""
        return embedder_mark(self._folders.models / "embedder")

    def listen(self, text: str) -> Opinion | None:
        """What the encoder hears in a text, within `LISTEN_S` for each `LISTEN_LENGTH`.

        Raises EngineError: engine_loading where the process or its encoder does not stand yet (it
        is not started for this), listen_failed, and engine_timeout: then the process goes on.
        """
        if self._status.state not in _RUNNING:
            raise EngineError("engine_loading")
        patience_s = LISTEN_S * (1 + len(text) // LISTEN_LENGTH)
        deadline = time.monotonic() + patience_s
        if self._asker == threading.get_ident() or not self._asking.acquire(timeout=patience_s):
            raise EngineError("engine_timeout")
        try:
            child = self._child
            if child is None or not child.alive:
                raise EngineError("engine_loading")
            request = Listen(id=self._next_id(), text=text)
            return self._opinion(child, request, lambda: time.monotonic() > deadline)
        finally:
            self._asking.release()

    def listen_patiently(self, text: str) -> Opinion | None:
        """The same, starting the process where needed and waiting for it."""
        with self._asked() as child:
            return self._opinion(child, Listen(id=self._next_id(), text=text, wait=True), never)

    def _living(self) -> EngineChild | None:
        child = self._child
        return child if child is not None and child.alive else None

    def socket_report(self) -> SocketReport | None:
        """What the engine process says of its sockets; None where there is no process.

        It is not started for this. Raises EngineError (engine_busy while it answers).
        """
        if self._child is None:
            return None
        if self._asker == threading.get_ident() or not self._asking.acquire(timeout=LISTEN_S):
            raise EngineError("engine_busy")
        try:
            child = self._living()  # another thread may have stopped it meanwhile
            if child is None:
                return None
            request = ReportSockets(id=self._next_id())
            with closing(exchange(child, request, silence_s=self._silence_s)) as replies:
                for reply in replies:
                    if isinstance(reply, ReportedSockets):
                        return reply.report
            raise EngineError("engine_protocol")
        finally:
            self._asking.release()

    def _opinion(
        self, child: EngineChild, request: Listen, cancelled: Callable[[], bool]
    ) -> Opinion | None:
        # Opening rules and encoder gives no sign of life, and an old machine needs its time.
        silence_s = OPENING_S if request.wait else self._silence_s
        replies = exchange(child, request, silence_s=silence_s, cancelled=cancelled)
        with closing(replies):
            for reply in replies:
                if not isinstance(reply, Listened):
                    raise EngineError("engine_protocol")
                return reply.opinion
        raise EngineError("engine_timeout")

    def stop_now(self) -> None:
        """End the process at once, with all it holds; any thread. The next question starts it."""
        child = self._child
        if child is not None:
            child.stopped = True
            child.end()
        if self._asking.acquire(blocking=False):  # else the asking thread clears away
            try:
                self._clear_away()
            finally:
                self._asking.release()

    def close(self) -> None:
        """End the process for good, within a second; any thread."""
        self._closed = True
        self.stop_now()

    @contextmanager
    def _asked(self) -> Iterator[EngineChild]:
        """Hold the engine for one question, with a process that runs."""
        if self._asker == threading.get_ident() or not self._asking.acquire(
            timeout=self._silence_s
        ):
            raise EngineError("engine_busy")
        self._asker = threading.get_ident()
        try:
            self._clear_away()
            yield self._child or self._start()
        finally:
            self._clear_away()
            if self._child is not None:
                self._show(EngineState.READY)
            self._asker = 0
            self._asking.release()

    def _start(self) -> EngineChild:
        if self._closed:
            raise EngineError("engine_unavailable")
        self._show(EngineState.STARTING)
        try:
            self._child = EngineChild(self._folders)
        except OSError:
            self._show(EngineState.CRASHED)
            raise EngineError("engine_unavailable") from None
        if self._closed:  # closed by another thread while the process was being made
            self._child.stopped = True
            self._child.end()
        greet(self._child, silence_s=self._silence_s, version=VERSION)
        return self._child

    def _load(self, child: EngineChild, cancelled: Callable[[], bool] = never) -> bool:
        """Have the chosen model loaded; false if `cancelled` came first (it loads on)."""
        choice = self._choice
        if choice is None:
            raise ModelFileError("model_missing")
        if choice == self._loaded:
            return True
        if self._load_crashes >= LOAD_ATTEMPTS:
            raise ModelFileError("model_load_failed", crashes=self._load_crashes)
        request = LoadModel(
            id=self._next_id(),
            path=os.fsencode(choice.path),
            context_length=choice.context_length,
            anyway=choice.anyway,
        )
        self._loaded = None
        child.loading = True
        limit_s = self._silence_s + _size(choice.path) / SLOW_DISK
        try:
            for reply in self._ask(child, request, cancelled, silence_s=limit_s):
                if isinstance(reply, Loaded):
                    self._loaded, self._info = choice, reply.info
                    self._load_crashes = 0
                    child.loading = False
        except ModelFileError:
            child.loading = False
            raise
        return self._loaded is not None

    def _ask(
        self,
        child: EngineChild,
        request: Request,
        cancelled: Callable[[], bool] = never,
        *,
        silence_s: float = 0.0,
    ) -> Generator[Reply, None, None]:
        """Replies to a request; progress goes to the status instead."""
        state = EngineState.LOADING if isinstance(request, LoadModel) else EngineState.BUSY
        self._show(state)
        replies = exchange(
            child, request, silence_s=silence_s or self._silence_s, cancelled=cancelled
        )
        with closing(replies):
            for reply in replies:
                if isinstance(reply, Progressed):
                    self._show(state, reply.fraction)
                else:
                    yield reply

    def _ask_once(
        self, child: EngineChild, request: Request, cancelled: Callable[[], bool] = never
    ) -> Reply:
        for reply in self._ask(child, request, cancelled):
            return reply
        raise EngineError("engine_stopped" if cancelled() else "engine_protocol")

    def _clear_away(self) -> None:
        """Forget a process that has ended, for whatever reason."""
        child = self._child
        if child is None or (child.alive and not child.stopped):
            return
        if child.loading and not child.stopped:
            self._load_crashes += 1
        child.end()
        child.close()
        self._child = self._loaded = None
        self._show(EngineState.ABSENT if child.stopped else EngineState.CRASHED)

    def _show(self, state: EngineState, fraction: float | None = None) -> None:
        status = EngineStatus(state, fraction)
        if status != self._status:
            self._status = status
            self._on_status(status)

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0
