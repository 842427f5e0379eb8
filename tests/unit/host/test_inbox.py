import multiprocessing
import os
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection

import pytest

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.host.inbox import Inbox
from psylite_desktop.host.protocol import Cancel, Embed, encode


class Listening:
    def __init__(self, *, parent: int) -> None:
        pair: tuple[Connection, Connection] = multiprocessing.Pipe(duplex=True)
        self.window, self.engine = pair
        self.closed = threading.Event()
        self.inbox = Inbox(self.engine, on_close=self.closed.set, parent=parent)
        self.inbox.start()


@pytest.fixture
def listening() -> Iterator[Listening]:
    listening = Listening(parent=os.getppid())
    yield listening
    listening.window.close()
    assert listening.closed.wait(5)
    listening.engine.close()


def test_requests_come_in_order(listening: Listening) -> None:
    for number in (1, 2):
        listening.window.send_bytes(encode(Embed(id=number, texts=())))
    assert [listening.inbox.next().id, listening.inbox.next().id] == [1, 2]


def test_a_stop_overtakes_what_waits(listening: Listening) -> None:
    interrupted = threading.Event()
    listening.inbox.on_cancel(interrupted.set)
    listening.window.send_bytes(encode(Embed(id=3, texts=())))
    listening.window.send_bytes(encode(Cancel(id=3)))
    assert interrupted.wait(5)
    assert listening.inbox.is_cancelled(3)
    assert not listening.inbox.is_cancelled(4)
    assert listening.inbox.next().id == 3


def test_an_unreadable_request_is_reported_in_its_place(listening: Listening) -> None:
    listening.window.send_bytes(b"\xff\xff\xff")
    with pytest.raises(EngineError):
        listening.inbox.next()


def test_the_end_of_the_pipe_is_noticed(listening: Listening) -> None:
    listening.window.close()
    assert listening.closed.wait(5)


def test_another_parent_means_that_the_first_is_gone() -> None:
    orphan = Listening(parent=os.getppid() + 1)
    assert orphan.closed.wait(5)
    orphan.window.close()
    orphan.engine.close()
