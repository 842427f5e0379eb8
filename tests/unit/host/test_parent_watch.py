"""A process beside the window ends with it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection

import pytest

from psylite_desktop.host.parent_watch import next_frame

Pair = tuple[Connection, Connection]


@pytest.fixture
def pair() -> Iterator[Pair]:
    window, beside = multiprocessing.Pipe(duplex=True)
    yield window, beside
    window.close()
    beside.close()


def test_what_is_sent_comes_through_before_the_end(pair: Pair) -> None:
    window, beside = pair
    window.send_bytes(b"one")
    window.send_bytes(b"")
    window.close()
    assert next_frame(beside, os.getppid()) == b"one"
    assert next_frame(beside, os.getppid()) == b""
    assert next_frame(beside, os.getppid()) is None


def test_the_end_of_the_pipe_is_enough(pair: Pair) -> None:
    """As on Windows, where the number of the parent stays what it was."""
    window, beside = pair
    found: list[bytes | None] = []
    watch = threading.Thread(target=lambda: found.append(next_frame(beside, os.getppid())))
    watch.start()
    beside.send_bytes(b"written meanwhile by another thread")
    window.close()
    watch.join(10.0)
    assert found == [None]


def test_another_parent_is_enough_too(pair: Pair) -> None:
    assert next_frame(pair[1], os.getppid() + 1) is None


def test_a_pipe_that_was_closed_here_is_the_end(pair: Pair) -> None:
    pair[1].close()
    assert next_frame(pair[1], os.getppid()) is None
