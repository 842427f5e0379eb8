"""Reminders beside the clock: neutral, off by default, silent while locked unless allowed."""

# ruff: noqa: DTZ001 - reminders go by the clock on the wall

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.settings import Language, PrivateSettings
from psylite_desktop.ui.shell.tray import ReminderTray
from psylite_desktop.ui.shell.window import MainWindow
from tests.fakes.app_context import PASSPHRASE, Desk

ON = PrivateSettings(reminders=True, reminder_times=("20:00",))


class Hands:
    def __init__(self, desk: Desk, window: QWidget) -> None:
        self.now = datetime(2026, 11, 21, 19, 59, 50)
        self.shown: list[tuple[str, str]] = []
        self.tray = ReminderTray(
            desk.context, window, now=lambda: self.now, is_available=lambda: True
        )

    def watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            QSystemTrayIcon,
            "showMessage",
            lambda _icon, title, text, *_rest: self.shown.append((title, text)),
        )

    def wait(self, **time: int) -> None:
        self.now += timedelta(**time)
        self.tray.look()


@pytest.fixture
def hands(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    window = QWidget()
    qtbot.addWidget(window)
    hands = Hands(desk, window)
    hands.watch(monkeypatch)
    yield hands
    hands.tray.use(PrivateSettings())


def test_off_by_default(hands: Hands) -> None:
    hands.tray.use(PrivateSettings())
    hands.wait(minutes=5)
    assert hands.tray.icon is None
    assert hands.shown == []


def test_neutral_words_at_the_time(hands: Hands) -> None:
    hands.tray.use(ON)
    assert hands.tray.icon is not None
    hands.wait(seconds=5)
    assert hands.shown == []
    hands.wait(seconds=10)
    assert hands.shown == [("A small reminder", "")]
    hands.wait(minutes=1)
    assert len(hands.shown) == 1
    assert "psylite" not in hands.tray.icon.toolTip().lower()
    assert hands.tray.next == datetime(2026, 11, 22, 20, 0)


def test_what_was_slept_through_is_not_made_up_for(hands: Hands) -> None:
    hands.tray.use(ON)
    hands.wait(hours=9)
    assert hands.shown == []
    assert hands.tray.next == datetime(2026, 11, 22, 20, 0)


def test_a_locked_space_is_silent(hands: Hands) -> None:
    hands.tray.use(ON)
    hands.tray.lock()
    hands.wait(minutes=1)
    assert hands.shown == []
    assert hands.tray.icon is None


def test_a_locked_space_speaks_where_that_is_allowed(hands: Hands) -> None:
    hands.tray.use(PrivateSettings(reminders=True, remind_when_locked=True))
    hands.tray.lock()
    hands.wait(minutes=1)
    assert len(hands.shown) == 1


def test_nobody_is_reminded_while_they_are_here(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.tray.use(ON)
    monkeypatch.setattr(hands.tray._window, "isActiveWindow", lambda: True)
    hands.wait(minutes=1)
    assert hands.shown == []


def test_a_click_asks_for_a_check_in_once(hands: Hands, qtbot: QtBot) -> None:
    hands.tray.use(ON)
    assert hands.tray.icon is not None
    with qtbot.waitSignal(hands.tray.check_in_requested):
        hands.tray.icon.messageClicked.emit()
    assert hands.tray.take_wish()
    assert not hands.tray.take_wish()
    menu = hands.tray.icon.contextMenu()
    assert [action.text() for action in menu.actions()] == ["Check in", "Open the window"]
    with qtbot.waitSignal(hands.tray.check_in_requested):
        menu.actions()[0].trigger()


def test_the_menu_follows_the_language(hands: Hands, desk: Desk) -> None:
    hands.tray.use(ON)
    desk.context.language.set(Language.ZH)
    assert hands.tray.icon is not None
    assert len(hands.tray.icon.contextMenu().actions()) == 2


def test_without_a_place_beside_the_clock_nothing_breaks(desk: Desk, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    hands = Hands(desk, window)
    hands.tray._is_available = lambda: False
    hands.tray.use(ON)
    with qtbot.waitSignal(hands.tray.reminded):
        hands.wait(minutes=1)
    assert hands.tray.icon is None
    hands.tray.use(PrivateSettings())


def test_the_window_opens_the_check_in(
    window: MainWindow, open_profile: Callable[[], None]
) -> None:
    open_profile()
    assert window.pages is not None
    window.reminders._on_check_in()
    assert window.pages.current == "checkin"


def test_a_wish_waits_for_the_passphrase(
    desk: Desk, window: MainWindow, open_profile: Callable[[], None], qtbot: QtBot
) -> None:
    open_profile()
    window.lock()
    qtbot.waitUntil(lambda: desk.shelf.vaults["teal-1"].closed)
    window.reminders._on_check_in()
    assert window.pages is None
    unlock = window.unlock_page
    qtbot.waitUntil(lambda: len(unlock.profiles.cards) == 1)
    unlock.profiles.cards[0].click()
    qtbot.keyClicks(unlock.passphrase.passphrase.edit, PASSPHRASE)
    unlock.passphrase.open.click()
    qtbot.waitUntil(lambda: window.pages is not None)
    assert window.pages is not None
    assert window.pages.current == "checkin"
