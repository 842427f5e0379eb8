"""Reference cycles with widgets in them end on the GUI thread."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from psylite_desktop.host.heap import collect_due
from psylite_desktop.ui.bridge.garbage import GarbageCollection


class _Cycle:
    """Says on which thread it was collected."""

    def __init__(self, ended_on: list[threading.Thread]) -> None:
        self.itself = self
        self.ended_on = ended_on

    def __del__(self) -> None:
        self.ended_on.append(threading.current_thread())


@pytest.fixture
def soon() -> Iterator[None]:
    """Let Python find a collection due after a hundred objects."""
    before = gc.get_threshold()
    gc.set_threshold(100, 5, 5)
    yield
    gc.set_threshold(*before)


def drop_cycles(ended_on: list[threading.Thread]) -> None:
    for _ in range(1000):
        _Cycle(ended_on)


@pytest.mark.usefixtures("soon")
def test_what_another_thread_drops_is_collected_on_this_one(qtbot: QtBot) -> None:
    owner = QObject()
    GarbageCollection(owner).start()
    ended_on: list[threading.Thread] = []
    other = threading.Thread(target=drop_cycles, args=(ended_on,))
    other.start()
    other.join()
    assert not ended_on
    qtbot.waitUntil(lambda: len(ended_on) == 1000)
    assert set(ended_on) == {threading.main_thread()}


@pytest.mark.usefixtures("soon")
def test_nothing_is_collected_before_it_is_due() -> None:
    gc.collect()
    ended_on: list[threading.Thread] = []
    _Cycle(ended_on)
    collect_due()
    assert not ended_on
    drop_cycles(ended_on)
    collect_due()
    assert len(ended_on) == 1001
