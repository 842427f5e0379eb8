"""Main loop of the engine process: the language model and the search, one request at a time.

It holds no key and no vault, gets texts and file names only, and ends with the window's process.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from psylite_desktop.domain.errors import EngineError, ModelFileError, PsyLiteError
from psylite_desktop.domain.ports import Generated
from psylite_desktop.host.heap import give_back, spare_memory
from psylite_desktop.host.inbox import Inbox
from psylite_desktop.host.isolation import isolate
from psylite_desktop.host.launch import Folders
from psylite_desktop.host.own_sockets import own_report
from psylite_desktop.host.protocol import (
    VERSION,
    WARMING,
    Counted,
    CountTokens,
    DropDraft,
    Embed,
    Embedded,
    FoundPassages,
    Generate,
    HasRead,
    HoldNone,
    HoldsNone,
    Listen,
    Listened,
    Loaded,
    LoadModel,
    Message,
    Progressed,
    ReadAhead,
    ReportedSockets,
    ReportSockets,
    Request,
    Search,
    Started,
    Stepped,
    encode,
    failure,
)

if TYPE_CHECKING:
    from psylite_desktop.engine.llama import LlamaModel
    from psylite_desktop.host.ear import Ear
    from psylite_desktop.retrieval.library import PassageLibrary

FLUSH_S = 0.03
"""Seconds of text in one message: a fast model would otherwise send hundreds of them, and the
window shows what came less often than that."""


def serve(
    connection: Connection,
    assets: str,
    models: str,
    index: str | None,
    tuning: str | None,
    parent: int,
    end_with_parent_thread: bool,  # noqa: FBT001 - arguments of a process start
) -> NoReturn:
    """Entry point of the engine process; does not return."""
    isolate(end_with_parent_thread=end_with_parent_thread)
    spare_memory()
    inbox = Inbox(connection, on_close=_end, parent=parent)
    worker = _Worker(
        connection,
        inbox,
        Folders(
            Path(assets),
            Path(models),
            Path(index) if index else None,
            Path(tuning) if tuning else None,
        ),
    )
    inbox.start()
    worker.run()


def _end() -> NoReturn:
    """Leave at once: nothing here needs saving, and native threads may be in the middle of work."""
    os._exit(0)


def _identity(path: Path) -> tuple[int, ...]:
    """What tells a file from the one that stood there before."""
    try:
        facts = path.stat()
    except OSError:
        return ()
    return facts.st_size, facts.st_mtime_ns, facts.st_ino


BEAT_S = 5.0
BEATS = 36
"""Signs of life while search is being opened, at most: three minutes of them."""
PROGRESS_STEP = 0.02
"""Share of a load between two messages about it."""


class _Worker:
    def __init__(
        self,
        connection: Connection,
        inbox: Inbox,
        folders: Folders,
    ) -> None:
        self._connection = connection
        self._inbox = inbox
        self._folders = folders
        self._model: LlamaModel | None = None
        self._loaded_as: tuple[object, ...] = ()
        self._reported = 1.0
        self._library: PassageLibrary | None = None
        self._library_error: PsyLiteError | None = None
        self._opening = threading.Lock()
        self._ear: Ear | None = None
        self._ear_error: str | None = None
        self._opening_ear = threading.Lock()
        self._sending = threading.Lock()

    def run(self) -> NoReturn:
        self._send(Started(version=VERSION, pid=os.getpid()))
        threading.Thread(target=self._warm_ear, name="ear", daemon=True).start()
        while True:
            try:
                request = self._inbox.next()
            except EngineError as error:
                self._send(failure(0, error))
                continue
            try:
                self._answer(request)
            except PsyLiteError as error:
                self._send(failure(request.id, error))
            except MemoryError:
                self._send(failure(request.id, ModelFileError("model_no_memory")))
            except Exception:  # noqa: BLE001 - whatever it was, the next request gets its chance
                self._send(failure(request.id, EngineError("engine_failed")))

    def _answer(self, request: Request) -> None:
        match request:
            case LoadModel() | HoldNone():
                self._hold(request)
            case CountTokens(id=id_, turns=turns):
                counts = self._loaded_model().count_tokens(turns)
                self._send(Counted(id=id_, counts=tuple(counts)))
            case Generate():
                self._generate(request)
            case ReadAhead() | DropDraft():
                self._read_ahead(request)
            case Search():
                self._search(request)
            case Embed():
                self._embed(request)
            case Listen(id=id_, text=text, wait=wait):
                if not wait and self._ear is None and self._ear_error is None:
                    raise EngineError("engine_loading")
                self._send(Listened(id=id_, opinion=self._opened_ear().listen(text)))
            case ReportSockets(id=id_):
                self._send(ReportedSockets(id=id_, report=own_report()))
            case _:
                raise EngineError("engine_protocol")

    def _hold(self, request: LoadModel | HoldNone) -> None:
        if isinstance(request, LoadModel):
            self._load(request)
        else:
            self._unload()
            self._send(HoldsNone(id=request.id))
        if self._library is None and self._library_error is None:
            # Its imports take seconds: they run while the person is still writing.
            threading.Thread(target=self._warm_library, name="library", daemon=True).start()

    def _load(self, request: LoadModel) -> None:
        from psylite_desktop.engine.variants import require_processor

        require_processor()
        from psylite_desktop.host.loading import open_fitting

        path = Path(os.fsdecode(request.path))
        wanted = (request.path, request.context_length, request.anyway, *_identity(path))
        if self._model is None or wanted != self._loaded_as:
            self._unload()
            self._model = open_fitting(
                path,
                self._folders,
                context_length=request.context_length,
                anyway=request.anyway,
                alone=self._library is None,
                progress=lambda done: self._report_loading(request.id, done),
            )
            self._loaded_as = wanted
            self._inbox.on_cancel(self._model.interrupt)
            self._warm(request.id)
        self._send(Loaded(id=request.id, info=self._model.info))

    def _warm(self, request_id: int) -> None:
        """Touch the weights once, unless a question is waiting already."""
        self._send(Progressed(id=request_id, what=WARMING, fraction=0.0))
        try:
            with self._inbox.yielding():
                self._loaded_model().warm(lambda: self._inbox.is_overtaken(request_id))
        except EngineError:  # it can be read, but not be used
            self._unload()
            raise ModelFileError("model_load_failed") from None

    def _unload(self) -> None:
        if self._model is not None:
            self._inbox.on_cancel(lambda: None)
            self._model.close()
            self._model = None
            give_back()

    def _report_loading(self, request_id: int, done: float) -> bool:
        if done - self._reported >= PROGRESS_STEP or done < self._reported:
            self._reported = done
            self._send(Progressed(id=request_id, what="loading", fraction=done))
        return True

    def _generate(self, request: Generate) -> None:
        written, thought, sent_at = "", "", 0.0
        steps = self._loaded_model().generate(
            request.turns, request.sampling, lambda: self._inbox.is_cancelled(request.id)
        )
        for step in steps:
            if step.done:
                last = replace(step, text=written + step.text, thought=thought + step.thought)
                self._send(Stepped(id=request.id, step=last))
            elif not step.text and not step.thought:
                self._send(Stepped(id=request.id, step=step))
            else:
                written += step.text
                thought += step.thought
                now = time.monotonic()
                if now - sent_at >= FLUSH_S:
                    so_far = Generated(text=written, thought=thought)
                    self._send(Stepped(id=request.id, step=so_far))
                    written, thought, sent_at = "", "", now

    def _read_ahead(self, request: ReadAhead | DropDraft) -> None:
        model, evaluated = self._loaded_model(), 0
        if isinstance(request, DropDraft):
            model.drop_draft()
        else:
            with self._inbox.yielding():
                evaluated = model.read_ahead(
                    request.turns,
                    is_open=request.is_open,
                    overtaken=lambda: self._inbox.is_overtaken(request.id),
                )
        self._send(HasRead(id=request.id, evaluated=evaluated))

    def _loaded_model(self) -> LlamaModel:
        if self._model is None:
            raise EngineError("engine_protocol")
        return self._model

    def _search(self, request: Search) -> None:
        library = self._opened_library(request.id)
        try:
            found = library.search(
                request.corpus, request.query, lang=request.lang, limit=request.limit
            )
        except PsyLiteError:
            raise
        except Exception:  # noqa: BLE001 - a broken index must not stop the conversation
            raise EngineError("retrieval_failed") from None
        self._send(FoundPassages(id=request.id, found=tuple(found)))

    def _embed(self, request: Embed) -> None:
        library = self._opened_library(request.id)
        try:
            vectors = library.embed(list(request.texts))
        except PsyLiteError:
            raise
        except Exception:  # noqa: BLE001 - as above
            raise EngineError("retrieval_failed") from None
        self._send(
            Embedded(
                id=request.id,
                vectors=tuple(tuple(float(x) for x in vector) for vector in vectors),
            )
        )

    def _warm_ear(self) -> None:
        with contextlib.suppress(PsyLiteError):
            self._opened_ear()
        give_back()

    def _opened_ear(self) -> Ear:
        """The encoder's ear; once it could not be opened it is not tried again."""
        with self._opening_ear:
            if self._ear_error is not None:
                raise EngineError(self._ear_error)
            if self._ear is None:
                try:
                    from psylite_desktop.host.ear import Ear

                    self._ear = Ear.open(self._folders)
                except Exception:  # noqa: BLE001 - a missing file, a damaged one, an old CPU
                    self._ear_error = "listen_failed"
                    raise EngineError(self._ear_error) from None
            return self._ear

    def _warm_library(self) -> None:
        with contextlib.suppress(PsyLiteError):
            self._opened_library(None)
        give_back()

    def _opened_library(self, request_id: int | None) -> PassageLibrary:
        """The library, opened at the first search at the latest.

        Once that failed it is not tried again. Without a request nobody is told of progress.
        """
        if self._library is None and request_id is not None:
            with self._signs_of_life(request_id), self._opening:
                return self._library_under_lock(request_id)
        with self._opening:
            return self._library_under_lock(request_id)

    @contextlib.contextmanager
    def _signs_of_life(self, request_id: int) -> Iterator[None]:
        """Say that something is being opened: on a busy machine its imports alone may take long.

        Only for so long, and only while this process runs at all: a hung one is still found.
        """
        ended = threading.Event()

        def beat() -> None:
            for _ in range(BEATS):
                if ended.wait(BEAT_S):
                    return
                self._send(Progressed(id=request_id, what="opening", fraction=0.0))

        threading.Thread(target=beat, name="beat", daemon=True).start()
        try:
            yield
        finally:
            ended.set()

    def _library_under_lock(self, request_id: int | None) -> PassageLibrary:
        if self._library_error is not None:
            raise type(self._library_error)(self._library_error.code, **self._library_error.facts)
        if self._library is None:
            try:
                self._library = self._open_library(request_id)
            except PsyLiteError as error:
                self._library_error = error
                raise
            except Exception:  # noqa: BLE001 - a missing library, a damaged asset, an old CPU
                self._library_error = EngineError("retrieval_failed")
                raise self._library_error from None
        return self._library

    def _open_library(self, request_id: int | None) -> PassageLibrary:
        from psylite_desktop.engine import cpu

        if cpu.missing(cpu.SSE42):  # NumPy would end the process
            raise EngineError("retrieval_failed", part="cpu")
        from psylite_desktop.retrieval.library import PassageLibrary

        return PassageLibrary.open(
            assets_dir=self._folders.assets,
            store_dir=self._folders.index,
            model_dir=self._folders.models / "embedder",
            progress=lambda what, done: self._report_opening(request_id, what, done),
            avx2=not cpu.missing(cpu.AVX2),
        )

    def _report_opening(self, request_id: int | None, what: str, done: float) -> None:
        if request_id is not None:
            self._send(Progressed(id=request_id, what=what, fraction=done))

    def _send(self, message: Message) -> None:
        try:
            with self._sending:
                self._connection.send_bytes(encode(message))
        except OSError:
            _end()
