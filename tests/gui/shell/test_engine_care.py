"""The engine process rests when nobody asks it anything, and comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from psylite_desktop.host.status import EngineState, EngineStatus
from psylite_desktop.ui.pages.talk.page import TalkPage
from psylite_desktop.ui.shell.engine_care import AGAIN_S, EngineCare
from psylite_desktop.ui.shell.window import MainWindow
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
    care.wake()
    qtbot.waitUntil(lambda: desk.host.warmed == 2)
    assert not care.is_resting
    care.wake()
    QTest.keyClick(field.windowHandle(), "i")
    assert desk.engine.stop(5)
    assert (desk.host.stops, desk.host.warmed, desk.host.listened) == (1, 2, 0)


@pytest.mark.parametrize("sign", ["key", "click"])
def test_a_sign_of_somebody_brings_back_what_listens_and_no_model(
    care: EngineCare, desk: Desk, field: QLineEdit, qtbot: QtBot, sign: str
) -> None:
    desk.host.idle = 1e6
    care.look()
    qtbot.waitUntil(lambda: care.is_resting)
    if sign == "key":
        QTest.keyClick(field.windowHandle(), "h")
        assert field.text() == "h", "the key is still for whom it was"
        QTest.keyClick(field.windowHandle(), "i")
    else:
        QTest.mouseClick(field.windowHandle(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.host.listened == 1)
    assert care.is_resting
    care.look()  # idle for long enough once more
    qtbot.waitUntil(lambda: desk.host.stops == 2)
    assert (desk.host.warmed, desk.host.listened) == (1, 1)


def test_where_the_model_is_wanted_at_once_it_goes_first(
    care: EngineCare, desk: Desk, field: QLineEdit, qtbot: QtBot
) -> None:
    desk.host.idle = 1e6
    care.look()
    qtbot.waitUntil(lambda: care.is_resting)
    field.textEdited.connect(care.wake)
    QTest.keyClick(field.windowHandle(), "h")
    qtbot.waitUntil(lambda: desk.host.warmed == 2)
    assert desk.host.listened == 0


def test_a_question_that_loads_the_model_ends_the_rest(
    care: EngineCare, desk: Desk, qtbot: QtBot
) -> None:
    desk.host.idle = 1e6
    care.look()
    qtbot.waitUntil(lambda: care.is_resting)
    desk.context.chat_bridge.publish_status(EngineStatus(EngineState.LOADING))
    qtbot.waitUntil(lambda: not care.is_resting)
    care.look()
    qtbot.waitUntil(lambda: desk.host.stops == 2)


def test_what_was_stopped_for_something_else_listens_again_at_the_next_key(
    care: EngineCare, desk: Desk, field: QLineEdit, qtbot: QtBot
) -> None:
    desk.context.chat_bridge.publish_status(EngineStatus(EngineState.ABSENT))
    qtbot.waitUntil(lambda: care.is_resting)
    assert desk.host.listened == 0
    QTest.keyClick(field.windowHandle(), "h")
    qtbot.waitUntil(lambda: desk.host.listened == 1)
    assert desk.host.warmed == 1


def test_behind_the_lock_nothing_is_started(
    care: EngineCare, desk: Desk, field: QLineEdit, qtbot: QtBot
) -> None:
    care.end()
    desk.context.chat_bridge.publish_status(EngineStatus(EngineState.ABSENT))
    QTest.keyClick(field.windowHandle(), "h")
    assert desk.engine.stop(5)
    assert (care.is_resting, desk.host.listened) == (False, 0)


def test_what_listens_is_started_again_without_the_model(
    care: EngineCare, desk: Desk, qtbot: QtBot
) -> None:
    desk.host.idle = 1e6
    care.look()
    qtbot.waitUntil(lambda: care.is_resting)
    desk.context.chat_bridge.publish_status(EngineStatus(EngineState.CRASHED))
    qtbot.waitUntil(lambda: desk.host.listened == 1)
    assert desk.host.warmed == 1


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
    care.wake()
    assert desk.engine.stop(5)
    assert (desk.host.warmed, desk.host.listened) == (1, 0)


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


def test_the_model_comes_back_in_talk_and_not_in_the_journal(
    desk: Desk, window: MainWindow, open_profile: Callable[[], None], qtbot: QtBot
) -> None:
    open_profile()
    pages, care = window.pages, window.engine_care
    assert pages is not None
    window.activateWindow()
    qtbot.waitUntil(lambda: desk.host.warmed == 1)
    journal = pages.show_page("journal")
    desk.host.idle = 1e6
    care.look()
    qtbot.waitUntil(lambda: care.is_resting)
    journal.setFocus()
    for key in "words":
        QTest.keyClick(window.windowHandle(), key)
    qtbot.waitUntil(lambda: desk.host.listened == 1)
    assert (care.is_resting, desk.host.warmed) == (True, 1)
    pages.show_page("talk")
    qtbot.waitUntil(lambda: desk.host.warmed == 2)
    assert not care.is_resting


def test_a_key_in_talk_brings_it_back_where_the_editor_kept_the_focus(
    desk: Desk, window: MainWindow, open_profile: Callable[[], None], qtbot: QtBot
) -> None:
    open_profile()
    pages, care = window.pages, window.engine_care
    assert pages is not None
    window.activateWindow()
    talk = pages.show_page("talk")
    assert isinstance(talk, TalkPage)
    qtbot.waitUntil(talk.composer.editor.hasFocus)
    qtbot.waitUntil(lambda: desk.host.warmed == 1)
    desk.host.idle = 1e6
    care.look()
    qtbot.waitUntil(lambda: care.is_resting)
    QTest.keyClick(window.windowHandle(), "h")
    qtbot.waitUntil(lambda: desk.host.warmed == 2)
    assert talk.composer.text() == "h"
    assert desk.host.listened == 0
