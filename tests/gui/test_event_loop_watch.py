"""Turns of the event loop are counted with what blocked them."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from psylite_desktop.app.event_loop_watch import Blocks, EventLoopWatch, LateError, percentile
from psylite_desktop.app.keyboard import type_into


def test_percentiles_are_values_that_were_seen() -> None:
    row = [float(number) for number in range(1, 101)]
    assert (percentile(row, 50), percentile(row, 99), percentile(row, 100)) == (50.0, 99.0, 100.0)
    assert percentile([], 99) == 0.0
    assert Blocks.of([(3.0, 1.0), (1.0, 0.5)]) == Blocks(2, 1.0, 3.0, 3.0, 1.0, 1.0)


def test_what_blocks_the_loop_is_seen_and_what_does_nothing_is_not(qapp: QApplication) -> None:
    watch, done = EventLoopWatch(qapp), []
    QTimer.singleShot(0, lambda: (time.sleep(0.03), done.append(1)))
    watch.until(lambda: bool(done), "timer")
    found = watch.take()
    assert found.worst_ms >= 30.0
    assert found.cpu_worst_ms <= found.worst_ms
    assert watch.take().turns == 0


def test_keys_are_noted_with_their_painting(qapp: QApplication, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    watch = EventLoopWatch(qapp)
    watch.note(lambda: type_into(field, "ab"))
    assert field.text() == "ab"
    assert watch.take().turns == 1


def test_what_does_not_come_is_named(qapp: QApplication) -> None:
    with pytest.raises(LateError, match="a parcel"):
        EventLoopWatch(qapp, patience_s=0.01).until(lambda: False, "a parcel")
