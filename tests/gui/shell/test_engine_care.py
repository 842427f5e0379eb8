"""The engine process rests when nobody asks it anything, and comes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from psylite_desktop.host.status import EngineState, EngineStatus
from psylite_desktop.ui.shell.engine_care import AGAIN_S, EngineCare
from tests.fakes.app_context import Desk


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    return field


@pytest.fixture
def care(desk: Desk, field: QLineEdit, qtbot: QtBot) -> EngineCare:
    care = EngineCare(desk.context, field)
    care.begin()
    qtbot.waitUntil(lambda: desk.host.warmed == 1)
    return care


def test_it_rests_after_the_minutes_of_the_settings(
    care: EngineCare, desk: Desk, field: QLineEdit, qtbot: QtBot
) -> None:
    desk.plain.change(rest_after_min=10)
    desk.host.idle = 599.0
    care.look()
    assert desk.host.stops == 0
    desk.host.idle = 600.0
    care.look()
    qtbot.waitUntil(lambda: care.is_resting)
    assert desk.host.stops == 1
    care.look()
    QTest.keyClick(field.windowHandle(), "h")
    qtbot.waitUntil(lambda: desk.host.warmed == 2)
    assert field.text() == "h", "the key is still for whom it was"
    assert not care.is_resting
    QTest.keyClick(field.windowHandle(), "i")
    assert desk.host.stops == 1


def test_a_click_wakes_it_too(care: EngineCare, desk: Desk, field: QLineEdit, qtbot: QtBot) -> None:
    desk.host.idle = 1e6
    care.look()
    qtbot.waitUntil(lambda: care.is_resting)
    QTest.mouseClick(field.windowHandle(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.host.warmed == 2)


@pytest.mark.parametrize("state", [EngineState.BUSY, EngineState.LOADING, EngineState.ABSENT])
def test_what_works_or_is_not_there_is_left_alone(
    care: EngineCare, desk: Desk, state: EngineState
) -> None:
    desk.host.idle, desk.host.state = 1e6, state
    care.look()
    assert desk.engine.stop(5)
    assert desk.host.stops == 0


def test_it_never_rests_where_that_was_chosen(care: EngineCare, desk: Desk) -> None:
    desk.plain.change(rest_after_min=0)
    desk.host.idle = 1e6
    care.look()
    assert desk.engine.stop(5)
    assert desk.host.stops == 0


def test_after_the_lock_nothing_wakes_it(
    care: EngineCare, desk: Desk, field: QLineEdit, qtbot: QtBot
) -> None:
    desk.host.idle = 1e6
    care.look()
    qtbot.waitUntil(lambda: care.is_resting)
    care.end()
    QTest.keyClick(field.windowHandle(), "h")
    assert desk.engine.stop(5)
    assert desk.host.warmed == 1


def test_after_a_crash_it_is_started_again_but_not_on_and_on(
    desk: Desk, field: QLineEdit, qtbot: QtBot
) -> None:
    now = [1_000.0]
    care = EngineCare(desk.context, field, monotonic=lambda: now[0])
    care.begin()
    bridge = desk.context.chat_bridge

    def crash() -> None:
        with qtbot.waitSignal(bridge.engine_changed):
            bridge.publish_status(EngineStatus(EngineState.CRASHED))

    crash()
    qtbot.waitUntil(lambda: desk.host.warmed == 2)
    crash()
    now[0] += AGAIN_S
    crash()
    qtbot.waitUntil(lambda: desk.host.warmed == 3)
    care.end()
    now[0] += AGAIN_S
    crash()
    assert desk.engine.stop(5)
    assert desk.host.warmed == 3


def test_a_window_that_went_meanwhile_holds_nothing_up(
    care: EngineCare, desk: Desk, qtbot: QtBot
) -> None:
    other = QLineEdit()
    other.show()
    desk.host.idle = 1e6
    care.look()
    qtbot.waitUntil(lambda: care.is_resting)
    other.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    care.end()
    assert not care.is_resting
