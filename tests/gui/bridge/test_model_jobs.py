"""A job is ended with the page that began it, at whatever moment that goes."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from psylite_desktop.host.model_jobs import AnyJob, Told, TrialJob
from psylite_desktop.ui.bridge.model_jobs import ModelJobs
from psylite_desktop.ui.bridge.tasks import VaultTasks

JOB = TrialJob(path=b"m.gguf", prompt="Say hello.")


class Process:
    """Stands for the process of a job."""

    def __init__(self) -> None:
        self.is_ended = threading.Event()

    def poll(self) -> list[Told]:
        return []

    def stop(self) -> None:
        self.is_ended.set()


class Slow:
    """A start that takes as long as the test wants, on a thread of its own."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(1)
        self.go_on = threading.Event()
        self.begun = threading.Event()
        self.made: list[Process] = []

    def submit(self, work: Any) -> Future[Any]:
        return self.pool.submit(work)

    def start(self, _job: AnyJob) -> Process:
        self.begun.set()
        assert self.go_on.wait(10.0)
        self.made.append(Process())
        return self.made[-1]


@pytest.fixture
def slow() -> Any:
    slow = Slow()
    yield slow
    slow.go_on.set()
    slow.pool.shutdown()


@pytest.fixture
def page(qtbot: QtBot) -> QObject:
    return QObject()


@pytest.fixture
def jobs(slow: Slow, page: QObject) -> ModelJobs:
    return ModelJobs(VaultTasks(cast(Any, slow), page), page, start=slow.start)


def drop(page: QObject) -> None:
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_job_that_was_just_being_made_does_not_outlive_the_lock(
    slow: Slow, jobs: ModelJobs, page: QObject
) -> None:
    jobs.start(JOB)
    assert slow.begun.wait(10.0)
    jobs.leave()
    drop(page)
    slow.go_on.set()
    slow.pool.shutdown()
    [process] = slow.made
    assert process.is_ended.is_set()


def test_nor_does_one_whose_page_never_heard_of_it(
    slow: Slow, jobs: ModelJobs, page: QObject
) -> None:
    """It stood already, and the window had not taken notice."""
    jobs.start(JOB)
    slow.go_on.set()
    slow.pool.shutdown()
    jobs.leave()
    drop(page)
    [process] = slow.made
    assert process.is_ended.is_set()


def test_one_that_waits_in_line_is_not_begun_any_more(
    slow: Slow, jobs: ModelJobs, page: QObject
) -> None:
    slow.pool.submit(slow.go_on.wait)
    jobs.start(JOB)
    jobs.leave()
    drop(page)
    slow.go_on.set()
    slow.pool.shutdown()
    assert all(process.is_ended.is_set() for process in slow.made)
    assert not slow.begun.is_set()


def test_stopped_while_it_was_being_made(slow: Slow, jobs: ModelJobs, qtbot: QtBot) -> None:
    jobs.start(JOB)
    assert slow.begun.wait(10.0)
    jobs.stop()
    with qtbot.waitSignal(jobs.stopped):
        slow.go_on.set()
    assert slow.made[0].is_ended.is_set()
    assert not jobs.is_running
    jobs.start(JOB)
    qtbot.waitUntil(lambda: len(slow.made) == 2)
    jobs.leave()
    assert slow.made[1].is_ended.is_set()


def test_a_job_that_runs_is_ended_by_the_lock(slow: Slow, jobs: ModelJobs, qtbot: QtBot) -> None:
    slow.go_on.set()
    jobs.start(JOB)
    qtbot.waitUntil(lambda: jobs._running is not None)
    jobs.leave()
    assert slow.made[0].is_ended.is_set()
