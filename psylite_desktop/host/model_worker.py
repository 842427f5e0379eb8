"""The process that copies, tries, measures or asks one model file and then ends."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from psylite_desktop.domain.errors import EngineError, ModelFileError, PsyLiteError
from psylite_desktop.domain.model_files import CopyStep
from psylite_desktop.host.isolation import isolate
from psylite_desktop.host.memory_limit import limit_memory
from psylite_desktop.host.model_jobs import (
    AllAnswered,
    CopyDone,
    CopyJob,
    JobFailed,
    LikelihoodJob,
    Measured,
    MeasureJob,
    OneLikelihood,
    Progress,
    Told,
    TrialDone,
    TrialJob,
    decode_job,
    encode,
)
from psylite_desktop.host.parent_watch import next_frame

TELL_S = 0.05
"""Seconds between two signs of progress."""
_SHARE = 1000


def work(connection: Connection, job: bytes, parent: int) -> NoReturn:
    """Do one job; does not return."""
    # Which thread started it is not known, so the parent's end is looked for instead.
    isolate(end_with_parent_thread=False)
    watch = threading.Thread(
        target=_end_with, args=(connection, parent), name="parent", daemon=True
    )
    watch.start()
    teller = _Teller(connection)
    try:
        teller.send(_done(job, teller))
    except PsyLiteError as error:
        is_file = isinstance(error, ModelFileError)
        teller.send(JobFailed(error.code, is_file, dict(error.facts)))
    except MemoryError:
        teller.send(JobFailed("model_no_memory", is_file=True))
    except Exception:  # noqa: BLE001 - whatever it was, the window must hear of it
        teller.send(JobFailed("engine_failed", is_file=False))
    connection.close()
    os._exit(0)


def _end_with(connection: Connection, parent: int) -> NoReturn:
    """Leave at once when the window has gone; it sends nothing, so only its end can be heard."""
    while next_frame(connection, parent) is not None:
        pass
    os._exit(0)


class _Teller:
    """Sends messages, of progress no more than can be looked at."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._told_at = 0.0
        self._what = ""

    def send(self, message: Told) -> None:
        try:
            self._connection.send_bytes(encode(message))
        except OSError:  # the window is gone: what is on disk can be gone on with
            os._exit(0)

    def progress(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if what != self._what or done == total or now - self._told_at >= TELL_S:
            self._what, self._told_at = what, now
            self.send(Progress(what, done, total))

    def beat(self) -> None:
        """Say that it still works; how far it is shows in what was answered."""
        self.progress("answering", 0, _SHARE)

    def share(self, what: str, done: float) -> None:
        self.progress(what, round(done * _SHARE), _SHARE)


def _done(frame: bytes, teller: _Teller) -> Told:
    job = decode_job(frame)
    path = Path(os.fsdecode(job.path))
    match job:
        case CopyJob():
            return _copy(job, path, teller)
        case TrialJob():
            return _try(job, path, teller.share)
        case MeasureJob():
            return _measure(job, path, teller)
        case LikelihoodJob():
            return _answer(job, path, teller)
        case _:
            raise EngineError("engine_protocol")


def _copy(job: CopyJob, path: Path, teller: _Teller) -> CopyDone:
    from psylite_desktop.engine.fingerprint import model_fingerprint
    from psylite_desktop.storage.model_copy import ModelCopy

    def tell(step: CopyStep) -> None:
        teller.progress(step.phase.value, step.done, step.total)

    copied = ModelCopy(Path(os.fsdecode(job.folder)), model_fingerprint).copy(
        path, tell, expected=job.expected, accept_other=job.accept_other
    )
    values = asdict(copied) | {"path": os.fsencode(copied.path)}
    return CopyDone(**values)


def _try(job: TrialJob, path: Path, tell: Callable[[str, float], None]) -> TrialDone:
    from psylite_desktop.engine.gguf_check import check_gguf
    from psylite_desktop.engine.loading import settings_here
    from psylite_desktop.engine.trial import allowed_memory, try_model

    facts = check_gguf(path)
    now = path.stat()
    tuning = Path(os.fsdecode(job.tuning)) if job.tuning else None
    found, settings = settings_here(facts, tuning, anyway=job.anyway)
    limit_memory(allowed_memory(found.need))
    result = try_model(facts, settings, job.prompt, tell)
    return TrialDone(result, (now.st_size, now.st_mtime_ns))


def _measure(job: MeasureJob, path: Path, teller: _Teller) -> Measured:
    from psylite_desktop.engine.gguf_check import check_gguf
    from psylite_desktop.engine.loading import calibrate_here
    from psylite_desktop.engine.trial import allowed_memory

    folder = Path(os.fsdecode(job.tuning))
    try:
        found = calibrate_here(
            check_gguf(path),
            folder,
            budget_s=job.seconds,
            tell=lambda done: teller.share("measuring", done),
            limit=lambda need: limit_memory(allowed_memory(need)),
        )
    except OSError:
        raise ModelFileError("model_folder_denied", path=str(folder)) from None
    return Measured(
        write_speed=found.generation_speed,
        read_speed=found.prompt_speed,
        write_threads=found.generate,
        read_threads=found.read,
        batch=found.ubatch,
        repack=found.repack,
    )


def _answer(job: LikelihoodJob, path: Path, teller: _Teller) -> AllAnswered:
    import numpy as np  # before the limit: what it takes is no part of what the model may

    from psylite_desktop.engine.forcing import OUTPUTS, ForcedModel
    from psylite_desktop.engine.gguf_check import check_gguf
    from psylite_desktop.engine.loading import settings_here
    from psylite_desktop.engine.trial import LOADING, allowed_memory

    del np
    facts = check_gguf(path)
    tuning = Path(os.fsdecode(job.tuning)) if job.tuning else None
    found, settings = settings_here(facts, tuning, anyway=job.anyway)
    limit_memory(allowed_memory(found.need))

    def loaded(done: float) -> bool:
        teller.share(LOADING, done)
        return True

    model = ForcedModel(facts, replace(settings, outputs=OUTPUTS), loaded)
    for place, asked in enumerate(job.asked):
        teller.send(OneLikelihood(place, model.likelihood(asked, teller.beat)))
    model.close()
    return AllAnswered()
