"""Noticing that nobody is there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from psylite_desktop.ui.shell.idle_watch import IdleWatch


class Clock:
    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(qapp: QApplication, clock: Clock) -> IdleWatch:
    watch = IdleWatch(qapp, qapp, now=clock)
    yield watch
    watch.deleteLater()


def test_it_expires_after_the_whole_time(watch: IdleWatch, clock: Clock, qtbot: QtBot) -> None:
    watch.start(5)
    clock.now_s += 299
    with qtbot.assertNotEmitted(watch.expired):
        watch.check()
    clock.now_s += 1
    with qtbot.waitSignal(watch.expired):
        watch.check()


def test_activity_begins_the_time_anew(watch: IdleWatch, clock: Clock, qtbot: QtBot) -> None:
    watch.start(5)
    clock.now_s += 200
    watch.note_activity()
    clock.now_s += 200
    with qtbot.assertNotEmitted(watch.expired):
        watch.check()


def test_waking_the_computer_is_too_late(watch: IdleWatch, clock: Clock, qtbot: QtBot) -> None:
    watch.start(5)
    clock.now_s += 3600
    with qtbot.waitSignal(watch.expired):
        watch.note_activity()


def test_a_stopped_watch_is_silent(watch: IdleWatch, clock: Clock, qtbot: QtBot) -> None:
    watch.start(1)
    watch.stop()
    clock.now_s += 3600
    with qtbot.assertNotEmitted(watch.expired):
        watch.check()
        watch.note_activity()


def test_keys_are_noticed_and_reach_their_field(
    watch: IdleWatch, clock: Clock, qtbot: QtBot, qapp: QApplication
) -> None:
    edit = QLineEdit()
    qtbot.addWidget(edit)
    edit.show()
    edit.activateWindow()
    qtbot.waitUntil(lambda: qapp.focusWindow() is edit.windowHandle())
    watch.start(5)
    clock.now_s += 200
    qtbot.keyClick(edit.windowHandle(), Qt.Key.Key_A)
    clock.now_s += 200
    with qtbot.assertNotEmitted(watch.expired):
        watch.check()
    assert edit.text() == "a"
    assert isinstance(watch, QObject)


@pytest.mark.parametrize("jump_s", [-365 * 86400.0, -1000.0, 4e9])
def test_a_clock_that_is_set_wrong_does_not_keep_the_space_open(
    qapp: QApplication, qtbot: QtBot, jump_s: float
) -> None:
    wall, steady = Clock(), Clock()
    watch = IdleWatch(qapp, qapp, now=wall, monotonic=steady)
    watch.start(5)
    wall.now_s += jump_s
    steady.now_s += 299
    if jump_s < 0:
        with qtbot.assertNotEmitted(watch.expired):
            watch.check()
    steady.now_s += 1
    with qtbot.waitSignal(watch.expired):
        watch.check()
    watch.deleteLater()
