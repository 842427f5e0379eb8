"""Whose turn it is, and that an errand is never forgotten."""

from __future__ import annotations

import threading

import pytest

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.host.asking import Asking


def test_one_at_a_time_and_never_twice_by_the_same() -> None:
    asking = Asking(lambda: None)
    with asking.turn(0.0):
        with pytest.raises(EngineError, match="engine_loading"), asking.turn(1.0, "engine_loading"):
            raise AssertionError
        assert not asking.if_free(lambda: None)
        refused: list[str] = []

        def other() -> None:
            try:
                with asking.turn(0.0):
                    refused.append("let in")
            except EngineError as error:
                refused.append(error.code)

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        assert refused == ["engine_busy"]
    with asking.turn(0.0):
        pass
    assert asking.if_free(lambda: None)


def test_an_errand_is_done_at_once_where_nobody_has_the_turn() -> None:
    done: list[str] = []
    asking = Asking(lambda: done.append("errand"))
    asking.leave_errand()
    assert done == ["errand"]
    with asking.turn(0.0):
        assert done == ["errand"]


def test_an_errand_left_meanwhile_is_done_when_the_turn_ends() -> None:
    done: list[str] = []
    asking = Asking(lambda: done.append("errand"))
    with asking.turn(0.0):
        asking.leave_errand()
        asking.leave_errand()
        assert done == []
    assert done == ["errand"]
    asking.if_free(asking.leave_errand)
    assert done == ["errand", "errand"]


def test_it_goes_before_the_next_turn() -> None:
    """Also where the next one stands in line already."""
    order: list[str] = []
    asking = Asking(lambda: order.append("errand"))
    waits = threading.Event()

    def next_one() -> None:
        waits.set()
        with asking.turn(10.0):
            order.append("next")

    thread = threading.Thread(target=next_one)
    with asking.turn(0.0):
        thread.start()
        waits.wait()
        asking.leave_errand()
    thread.join()
    assert order == ["errand", "next"]


def test_no_errand_is_lost_between_many_threads() -> None:
    done: list[int] = []
    asking = Asking(lambda: done.append(0))

    def ask() -> None:
        for _ in range(200):
            with asking.turn(10.0):
                pass

    askers = [threading.Thread(target=ask) for _ in range(3)]
    for thread in askers:
        thread.start()
    for _ in range(200):
        asking.leave_errand()
    for thread in askers:
        thread.join()
    assert done
    assert not asking._is_left
