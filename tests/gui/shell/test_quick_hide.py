"""One key hides everything, dialogs too, and leaves a locked window behind."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from psylite_desktop.ui.clipboard import copy_privately
from psylite_desktop.ui.shell.quick_hide import HIDE_KEY
from psylite_desktop.ui.shell.window import MainWindow
from tests.fakes.app_context import PASSPHRASE, Desk


def test_the_key_shows_a_calendar_and_locks_behind_it(
    desk: Desk, open_profile: Callable[[], None], window: MainWindow, qtbot: QtBot
) -> None:
    open_profile()
    qtbot.keyClick(window.windowHandle(), HIDE_KEY)
    assert window.front is window.cover.view
    assert window.is_locked
    assert window.pages is None
    qtbot.waitUntil(lambda: desk.shelf.vaults["teal-1"].closed)
    assert window.front is window.cover.view
    assert desk.host.stops == 1


def test_it_goes_in_front_of_a_dialog(
    open_profile: Callable[[], None], window: MainWindow, qtbot: QtBot
) -> None:
    open_profile()
    dialog = QDialog(window)
    edit = QLineEdit()
    QVBoxLayout(dialog).addWidget(edit)
    dialog.setModal(True)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is dialog.windowHandle())
    qtbot.keyClick(dialog.windowHandle(), HIDE_KEY)
    assert not dialog.isVisible()
    assert window.front is window.cover.view


def test_the_same_key_or_escape_leads_to_the_locked_window(
    open_profile: Callable[[], None], window: MainWindow, qtbot: QtBot
) -> None:
    open_profile()
    for key in (HIDE_KEY, Qt.Key.Key_Escape):
        qtbot.keyClick(window.windowHandle(), HIDE_KEY)
        assert window.front is window.cover.view
        qtbot.keyClick(window.windowHandle(), key)
        assert window.front is window.unlock_page
        assert window.is_locked


def test_a_profile_that_opens_behind_the_calendar_locks_again(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.new_profile()
    unlock = window.unlock_page
    unlock.reset()
    qtbot.waitUntil(lambda: len(unlock.profiles.cards) == 1)
    unlock.profiles.cards[0].click()
    qtbot.keyClicks(unlock.passphrase.passphrase.edit, PASSPHRASE)
    unlock.passphrase.open.click()
    qtbot.keyClick(window.windowHandle(), HIDE_KEY)
    qtbot.waitUntil(lambda: desk.shelf.vaults["teal-1"].closed)
    assert window.front is window.cover.view
    assert window.is_locked


def test_what_was_copied_is_gone_after_the_lock(
    open_profile: Callable[[], None], window: MainWindow
) -> None:
    open_profile()
    copy_privately("a line of a talk")
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "a line of a talk"
    assert data.data("x-kde-passwordManagerHint").data() == b"secret"
    window.lock()
    assert QGuiApplication.clipboard().text() == ""


def test_a_locked_screen_locks_the_profile(
    open_profile: Callable[[], None], window: MainWindow
) -> None:
    open_profile()
    window.signs.system.on_state_changed(False)
    assert not window.is_locked
    window.signs.system.on_state_changed(True)
    assert window.is_locked
