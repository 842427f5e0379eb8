from __future__ import annotations

import threading
from functools import partial

import pytest

from psylite_desktop.domain.errors import PsyLiteError, VaultError
from psylite_desktop.storage.thread import StorageThread


@pytest.fixture
def thread() -> StorageThread:
    return StorageThread()


def _nothing() -> None:
    return None


def test_work_is_done_in_order_on_one_thread(thread: StorageThread) -> None:
    seen: list[tuple[int, int]] = []

    def note(number: int) -> None:
        seen.append((number, threading.get_ident()))

    futures = [thread.submit(partial(note, number)) for number in range(50)]
    thread.stop(_nothing)
    assert all(future.done() for future in futures)
    assert [number for number, _ in seen] == list(range(50))
    assert len({ident for _, ident in seen}) == 1
    assert seen[0][1] != threading.get_ident()


def test_run_inside_a_job_does_not_wait_for_itself(thread: StorageThread) -> None:
    assert thread.run(lambda: thread.run(lambda: 5)) == 5
    thread.stop(_nothing)


def test_expected_errors_arrive_as_they_are(thread: StorageThread) -> None:
    def fail() -> None:
        raise VaultError("vault_disk_full")

    with pytest.raises(VaultError) as caught:
        thread.run(fail)
    assert caught.value.code == "vault_disk_full"
    assert thread.run(lambda: 1) == 1
    thread.stop(_nothing)


def test_other_errors_lose_the_words_in_them(thread: StorageThread) -> None:
    def fail() -> None:
        "a secret word \ud800".encode()

    with pytest.raises(PsyLiteError) as caught:
        thread.run(fail)
    error = caught.value
    assert error.code == "unexpected"
    assert error.facts["kind"] == "UnicodeEncodeError"
    assert str(error.facts["place"]).startswith("test_thread.py:")
    assert error.__cause__ is None
    assert error.__context__ is None
    thread.stop(_nothing)


def test_stopped_thread_finishes_what_was_asked_and_refuses_the_rest(
    thread: StorageThread,
) -> None:
    gate = threading.Event()
    done: list[str] = []
    waiting = thread.submit(gate.wait)
    thread.submit(lambda: done.append("queued"))
    stopper = threading.Thread(target=thread.stop, args=(lambda: done.append("last"),))
    stopper.start()
    while True:
        try:
            thread.submit(_nothing)
        except VaultError as error:
            assert error.code == "vault_locked"  # noqa: PT017 - the loop waits for this
            break
    gate.set()
    stopper.join()
    assert waiting.result()
    assert done == ["queued", "last"]
    thread.stop(lambda: done.append("again"))
    assert done == ["queued", "last"]


def test_stop_from_a_job_does_not_wait_for_itself(thread: StorageThread) -> None:
    done = threading.Event()
    thread.run(lambda: thread.stop(done.set))
    assert done.wait(timeout=10)


def test_error_of_the_last_job_is_raised(thread: StorageThread) -> None:
    def fail() -> None:
        raise VaultError("vault_io")

    with pytest.raises(VaultError):
        thread.stop(fail)


def test_cancelled_work_is_skipped(thread: StorageThread) -> None:
    gate = threading.Event()
    done: list[int] = []
    thread.submit(gate.wait)
    future = thread.submit(lambda: done.append(1))
    assert future.cancel()
    gate.set()
    thread.stop(_nothing)
    assert done == []
