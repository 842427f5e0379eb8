"""The window's side of the engine process: start, ask, stop, restart.

Implements the ports `TextModel` and `PassageIndex`. One thread asks at a time; the process is
started at the first question and again after a crash. Nothing heavy is imported here.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from psylite_desktop.domain.errors import EngineError, ModelFileError
from psylite_desktop.domain.passage import Found
from psylite_desktop.domain.ports import Generated, ModelInfo, Sampling, Turn
from psylite_desktop.domain.risk import Opinion
from psylite_desktop.domain.whereabouts import SocketReport
from psylite_desktop.host.asking import Asking
from psylite_desktop.host.embedder_mark import embedder_mark
from psylite_desktop.host.exchange import (
    LISTEN_S,
    OPENING_S,
    SILENCE_S,
    exchange,
    greet,
    has_read,
    heard,
    never,
    patience,
    reported,
    tell,
)
from psylite_desktop.host.gate import Gate
from psylite_desktop.host.launch import EngineChild, Folders
from psylite_desktop.host.model_choice import ModelChoice
from psylite_desktop.host.protocol import (
    WARMING,
    Counted,
    CountTokens,
    DropDraft,
    Embed,
    Embedded,
    FoundPassages,
    Generate,
    HoldNone,
    HoldsNone,
    Listen,
    Loaded,
    LoadModel,
    Progressed,
    ReadAhead,
    Reply,
    ReportSockets,
    Request,
    Search,
    Stepped,
)
from psylite_desktop.host.status import EngineState, EngineStatus, StatusBoard

R = TypeVar("R", bound=Reply)


class EngineHost:
    """The engine process, as the rest of the app sees it.

    `assets` holds the corpora, `models` is the store of shipped models, `index` is where vector
    tables are kept (None: in memory), `tuning` what was measured and read of models (None: not
    kept). `on_status` is called in the thread that asks (or stops) and must not ask in turn. A
    working process that is silent for `silence_s` seconds counts as hung.
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
        self._board = StatusBoard(on_status)
        self._show = self._board.show
        self._silence_s = silence_s
        self._asking = Asking(self._drop_draft)
        self._child: EngineChild | None = None
        self._gate = Gate()
        self._next_id = itertools.count(1).__next__
        self._model = ModelChoice()
        self._asked_at = time.monotonic()

    def use_model(self, path: Path, *, context_length: int = 0, anyway: bool = False) -> None:
        """Choose the model that the next question loads; any thread.

        `context_length` 0 is the default. One that does not fit is refused unless `anyway`, one
        that crashed is tried again, a file replaced afterwards is not loaded (model_untried).
        """
        self._model.choose(path, context_length=context_length, anyway=anyway)

    def refuse_model(self, error: ModelFileError) -> None:
        """Load no model from now on: whoever needs one is told this; any thread."""
        self._model.refuse(error)

    def use_none(self) -> None:
        """Load no model from now on: replies are written beforehand; any thread."""
        self._model.choose_none()

    def is_chosen(self) -> bool:
        """Whether a model is to write; any thread."""
        return self._model.is_chosen

    def make_ready(self) -> None:
        """Have the process run, with the model where one is to write; raises as `info` does."""
        if self.is_chosen():
            self.info()
        else:
            self._answer(HoldNone(id=self._next_id()), HoldsNone)

    def status(self) -> EngineStatus:
        """What the process is doing; any thread."""
        return self._board.status

    @property
    def pid(self) -> int:
        """Id of the engine process, 0 while there is none."""
        child = self._child
        return child.pid if child is not None else 0

    def watch(self, on_status: Callable[[EngineStatus], None]) -> None:
        """Choose whom to tell of changes of the status, in place of whoever was told so far."""
        self._board.tell = on_status

    def idle_s(self) -> float:
        """Seconds since the last question; any thread."""
        return time.monotonic() - self._asked_at

    def info(self, cancelled: Callable[[], bool] = never) -> ModelInfo:
        """Say what is loaded, loading it first (until `cancelled`: engine_stopped, it loads on).

        Raises EngineError, ModelFileError.
        """
        with self._asked(cancelled) as child:
            if not self._load(child, cancelled):
                raise EngineError("engine_stopped")
            return self._model.info

    def count_tokens(self, turns: Sequence[Turn]) -> list[int]:
        """Tokens of each turn, the reply's opening included. Raises EngineError, ModelFileError."""
        request = CountTokens(id=self._next_id(), turns=tuple(turns))
        return list(self._answer(request, Counted, loaded=True).counts)

    def generate(
        self, turns: Sequence[Turn], sampling: Sampling, cancelled: Callable[[], bool]
    ) -> Generator[Generated, None, None]:
        """Stream a reply; ends within 300 ms of `cancelled()` turning true.

        Raises ModelFileError, EngineError (also engine_context_full: facts `tokens`, `context`).
        """
        with self._asked(cancelled) as child:
            if self._load(child, cancelled):
                request = Generate(id=self._next_id(), turns=tuple(turns), sampling=sampling)
                with closing(self._ask(child, request, cancelled)) as replies:
                    for reply in replies:
                        if isinstance(reply, Stepped):
                            yield reply.step
                            if reply.step.done:
                                return
            yield Generated(done=True, stopped=True)

    def loaded(self) -> ModelInfo | None:
        """What stands ready, without starting anything; any thread."""
        return self._model.info if self._child and self._model.is_loaded else None

    def read_ahead(self, turns: Sequence[Turn], *, is_open: bool, wait: bool = False) -> bool:
        """Have turns evaluated in the background; the last one, if `is_open`, is unfinished.

        Whatever is asked next goes first. Nothing is started for this: false where no process
        stands ready, or somebody else asks. `wait`: until it has ended, for measurements.
        """
        request = ReadAhead(id=self._next_id(), turns=tuple(turns), is_open=is_open)
        try:
            with self._at_hand(0.0, "engine_busy") as child:
                if child is None or not self._model.is_loaded:
                    return False
                self._asked_at = time.monotonic()
                if wait:
                    return has_read(child, request, self._silence_s)
                tell(child, request, clear=True)
        except (OSError, EOFError, EngineError):  # they come up where somebody waits for it
            if wait:
                raise
            return False
        return True

    def drop_draft(self) -> bool:
        """Have what was read of an unfinished turn forgotten; false where nothing is held.

        Where somebody is asking: as soon as that is over, before anything else. Any thread.
        """
        if self._child is None or not self._model.is_chosen:
            return False
        self._asking.leave_errand()
        return True

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
        request = Search(id=self._next_id(), corpus=corpus, query=query, lang=lang, limit=limit)
        return list(self._answer(request, FoundPassages, cancelled).found)

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Turn texts into vectors. Raises EngineError (also retrieval_failed)."""
        request = Embed(id=self._next_id(), texts=tuple(texts))
        return [list(vector) for vector in self._answer(request, Embedded).vectors]

    def embedder_mark(self) -> str:
        """Names the embedder behind `embed`; any thread. Raises EngineError (retrieval_failed)."""
        return embedder_mark(self._folders.models / "embedder")

    def listen(self, text: str) -> Opinion | None:
        """What the encoder hears in a text, within `LISTEN_S` for each `LISTEN_LENGTH`.

        Raises EngineError: engine_loading where the process or its encoder does not stand yet (it
        is not started for this), listen_failed, and engine_timeout: then the process goes on.
        """
        if not self._board.status.is_running:
            raise EngineError("engine_loading")
        patience_s = patience(text)
        deadline = time.monotonic() + patience_s
        with self._at_hand(patience_s, "engine_timeout") as child:
            if child is None:
                raise EngineError("engine_loading")
            self._asked_at = time.monotonic()
            request = Listen(id=self._next_id(), text=text)
            return heard(child, request, self._silence_s, lambda: time.monotonic() > deadline)

    def listen_patiently(self, text: str) -> Opinion | None:
        """The same, starting the process where needed and waiting for it."""
        with self._asked() as child:
            request = Listen(id=self._next_id(), text=text, wait=True)
            return heard(child, request, max(self._silence_s, OPENING_S))

    def socket_report(self) -> SocketReport | None:
        """What the engine process says of its sockets; None where there is no process.

        It is not started for this. Raises EngineError (engine_busy while it answers).
        """
        if self._child is None:
            return None
        with self._at_hand(LISTEN_S, "engine_busy") as child:
            request = ReportSockets(id=self._next_id())
            return reported(child, request, self._silence_s) if child is not None else None

    def stop_now(self) -> None:
        """End the process at once, with all it holds; any thread. The next question starts it."""
        self._gate.note_stop()
        child = self._child
        if child is not None:
            child.stop()
        self._asking.if_free(self._clear_away)  # else the asking thread clears away

    def close(self) -> None:
        """End the process for good, within a second; any thread."""
        self._gate.shut()
        self.stop_now()

    def hold(self, *, is_held: bool) -> None:
        """End the process and let none begin until it is let go again; any thread."""
        self._gate.hold(is_held=is_held)
        if is_held:
            self.stop_now()

    def _drop_draft(self) -> None:
        """The errand of whoever has the turn; a process that is gone holds nothing."""
        child = self._child
        if child is not None:
            with suppress(OSError, EOFError):
                # An answer to a load that goes on is still waited for.
                tell(child, DropDraft(id=self._next_id()), clear=self._model.is_loaded)

    @contextmanager
    def _at_hand(self, wait_s: float, error: str) -> Iterator[EngineChild | None]:
        """The process, None where none runs; EngineError(`error`) where others ask too long."""
        with self._asking.turn(wait_s, error):
            child = self._child
            yield child if child is not None and child.alive else None

    @contextmanager
    def _asked(self, cancelled: Callable[[], bool] = never) -> Iterator[EngineChild]:
        """Hold the engine for one question, with a process that runs."""
        with self._asking.turn(self._silence_s):
            try:
                self._clear_away()
                yield self._child or self._start(cancelled)
            finally:
                self._asked_at = time.monotonic()
                self._clear_away()
                if self._child is not None:
                    self._show(EngineState.READY)

    def _start(self, cancelled: Callable[[], bool]) -> EngineChild:
        ticket = self._gate.enter()
        self._show(EngineState.STARTING)
        try:
            self._child = EngineChild(self._folders)
        except OSError:
            self._show(EngineState.CRASHED)
            raise EngineError("engine_unavailable") from None
        if not self._gate.let_through(ticket):  # stopped while the process was being made
            self._child.stop()
        greet(self._child, silence_s=self._silence_s, cancelled=cancelled)
        return self._child

    def _load(self, child: EngineChild, cancelled: Callable[[], bool] = never) -> bool:
        """Have the chosen model loaded; false if `cancelled` came first (it loads on)."""
        if self._model.is_loaded:
            return True
        request = self._model.request(self._next_id())
        child.loading = True
        limit_s = self._silence_s + self._model.reading_s()
        try:
            for reply in self._ask(child, request, cancelled, silence_s=limit_s):
                if isinstance(reply, Loaded):
                    self._model.note_loaded(reply)
                    child.loading = False
        except ModelFileError:
            child.loading = False
            raise
        return not child.loading

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
                if isinstance(reply, Progressed) and reply.what == WARMING:
                    self._show(EngineState.WARMING)
                elif isinstance(reply, Progressed):
                    self._show(state, reply.fraction)
                else:
                    yield reply

    def _answer(
        self,
        request: Request,
        kind: type[R],
        cancelled: Callable[[], bool] = never,
        *,
        loaded: bool = False,
    ) -> R:
        """The one reply of that kind; where it must be `loaded`, the model is loaded first."""
        with self._asked() as child:
            if loaded:
                self._load(child)
            for reply in self._ask(child, request, cancelled):
                if isinstance(reply, kind):
                    return reply
        raise EngineError("engine_stopped" if cancelled() else "engine_protocol")

    def _clear_away(self) -> None:
        """Forget a process that has ended, for whatever reason."""
        child = self._child
        if child is None or (child.alive and not child.stopped):
            return
        if child.loading and not child.stopped:
            self._model.note_crash()
        child.end()
        child.close()
        self._child = None
        self._model.note_gone()
        self._show(EngineState.ABSENT if child.stopped else EngineState.CRASHED)
