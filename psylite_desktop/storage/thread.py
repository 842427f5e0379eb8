"""The thread that owns the vault's connection."""

from __future__ import annotations

import queue
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from psylite_desktop.domain.errors import PsyLiteError, VaultError

T = TypeVar("T")

REST_AFTER_S = 2.0
"""Seconds without a job after which the thread does what can wait."""
REST_STEP_S = 0.05
"""Seconds between two steps of that."""


class StorageThread:
    """Runs functions one after another on one thread of its own.

    A plain thread and a queue: the connection is used where it was opened, and work is done in
    the order it was asked for. Errors reach the caller without a person's words: a PsyLiteError
    as it is, anything else as PsyLiteError `unexpected` with its type and place.
    """

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._stopping = False
        self._rest: Callable[[], bool] = _nothing_left
        self._has_rest = False
        self._guard = threading.Lock()
        # A daemon, so that an app that dies without closing is not kept alive by its vault:
        # what was acknowledged is on disk already.
        self._thread = threading.Thread(target=self._work, name="storage", daemon=True)
        self._thread.start()

    def use_rest(self, step: Callable[[], bool]) -> None:
        """Choose what is done there, step by step, once nobody asked for anything for a while.

        `step` is short and returns whether there may be more to do. It is called for the first
        time after the next job.
        """
        self._rest = step

    def submit(self, function: Callable[[], T]) -> Future[T]:
        """Queue a function and return its future. Raises VaultError vault_locked after `stop`."""
        future: Future[T] = Future()

        def job() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = function()
            except PsyLiteError as error:
                future.set_exception(error)
            except BaseException as error:  # noqa: BLE001 - the caller gets it, without words
                future.set_exception(_without_words(error))
            else:
                future.set_result(result)

        with self._guard:
            if self._stopping:
                raise VaultError("vault_locked")
            self._jobs.put(job)
        return future

    def run(self, function: Callable[[], T]) -> T:
        """Run a function there and wait for its result; on the thread itself, call it at once."""
        if threading.current_thread() is self._thread:
            return function()
        return self.submit(function).result()

    def give_way(self) -> bool:
        """Run what waits now; called between the slices of a long job, on this thread.

        False where the thread is to stop: the long job should end.
        """
        while True:
            with self._guard:
                if self._stopping:
                    return False
                try:
                    job = self._jobs.get_nowait()
                except queue.Empty:
                    return True
            if job is not None:
                job()
            del job

    def stop(self, last: Callable[[], None]) -> None:
        """Finish what is queued, run `last`, end the thread. A second call does nothing.

        Raises what `last` raises, after the thread has ended.
        """
        with self._guard:
            if self._stopping:
                return
            self._stopping = True
            failures: list[PsyLiteError] = []
            self._jobs.put(lambda: _caught(last, failures))
            self._jobs.put(None)
        if threading.current_thread() is self._thread:
            return  # asked from a job: the queue ends by itself
        self._thread.join()
        if failures:
            raise failures[0]

    def _work(self) -> None:
        wait_s = REST_AFTER_S
        while True:
            try:
                job = self._jobs.get(timeout=wait_s if self._has_rest else None)
            except queue.Empty:
                self._has_rest = self._rested()
                wait_s = REST_STEP_S
                continue
            if job is None:
                return
            job()
            del job  # a waiting thread must not hold on to the last text it stored
            self._has_rest, wait_s = True, REST_AFTER_S

    def _rested(self) -> bool:
        try:
            return self._rest()
        except PsyLiteError:
            return False  # a full disk, say: it is tried again after the next job


def _nothing_left() -> bool:
    return False


def _caught(function: Callable[[], None], failures: list[PsyLiteError]) -> None:
    try:
        function()
    except PsyLiteError as error:
        failures.append(error)
    except BaseException as error:  # noqa: BLE001 - the caller gets it, without words
        failures.append(_without_words(error))


def _without_words(error: BaseException) -> PsyLiteError:
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return PsyLiteError(None, kind=type(error).__name__, place=place)
