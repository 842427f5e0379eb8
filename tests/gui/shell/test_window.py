"""The way through the window: unlock, welcome, pages, lock, close."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.settings import AgeBand
from psylite_desktop.ui.pages.welcome.page import WelcomePage
from psylite_desktop.ui.shell.help_layer import HelpLayer
from psylite_desktop.ui.shell.registry import PAGES
from psylite_desktop.ui.shell.window import MainWindow
from tests.fakes.app_context import CODE, PASSPHRASE, Desk


def test_from_nothing_to_the_pages(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    unlock = window.unlock_page
    unlock.profiles.create_first.click()
    qtbot.keyClicks(unlock.create_profile.first.edit, PASSPHRASE)
    qtbot.keyClick(unlock.create_profile.first.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(unlock.create_profile.second.edit, PASSPHRASE)
    qtbot.keyClick(unlock.create_profile.second.edit, Qt.Key.Key_Return)
    code = unlock.recovery_code
    qtbot.waitUntil(code.isVisible)
    assert code.code.text().replace(" ", "-") == CODE
    assert not code.proceed.isVisible()
    code.written.click()
    qtbot.keyClicks(code.answer, "p6yc2j*")
    qtbot.keyClick(code.answer, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.front, WelcomePage))
    assert code.code.text() == ""
    welcome = window.front
    assert isinstance(welcome, WelcomePage)
    welcome.about.proceed.click()
    welcome.choices.ages[AgeBand.UNDER_18].click()
    welcome.choices.humor.box.click()
    welcome.choices.proceed.click()
    welcome.contact.proceed.click()
    qtbot.waitUntil(lambda: window.pages is not None)
    stored = desk.shelf.vaults["teal-1"].settings.load()
    assert (stored.welcomed, stored.age_band, stored.humor) == (True, AgeBand.UNDER_18, False)
    assert window.windowTitle() == "PsyLite"


def test_a_known_profile_goes_straight_to_its_pages(
    open_profile: Callable[[], None], window: MainWindow
) -> None:
    open_profile()
    assert window.pages is not None
    assert window.pages.current == "home"
    assert not window.is_locked


def test_a_guest_leaves_nothing(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    window.unlock_page.profiles.guest.click()
    qtbot.waitUntil(lambda: isinstance(window.front, WelcomePage))
    assert desk.sessions[-1].guest
    window.lock()
    qtbot.waitUntil(lambda: desk.shelf.guests[0].closed)
    assert desk.shelf.profiles() == []


def test_locking_drops_everything(
    desk: Desk, open_profile: Callable[[], None], window: MainWindow, qtbot: QtBot
) -> None:
    open_profile()
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.shelf.vaults["teal-1"].closed)
    assert window.is_locked
    assert window.pages is None
    assert desk.host.stops == 1
    assert desk.host.is_held, "nothing that is still under way may start it again"
    assert window.front is window.unlock_page
    assert window.unlock_page.passphrase.passphrase.text == ""


def test_the_engine_may_run_again_once_a_space_is_open(
    desk: Desk, open_profile: Callable[[], None], window: MainWindow
) -> None:
    open_profile()
    window.lock()
    desk.host.is_held = True
    open_profile()
    assert not desk.host.is_held


def test_it_locks_when_nobody_is_there(
    open_profile: Callable[[], None], window: MainWindow, qtbot: QtBot
) -> None:
    open_profile()
    window.signs.idle.expired.emit()
    assert window.is_locked


def test_closing_locks_first_and_then_goes(
    desk: Desk, open_profile: Callable[[], None], window: MainWindow, qtbot: QtBot
) -> None:
    open_profile()
    window.close()
    assert window.is_locked
    qtbot.waitUntil(lambda: not window.isVisible())
    assert desk.shelf.vaults["teal-1"].closed


def test_help_stands_open_before_anything_is_unlocked(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    layer = window.front
    assert isinstance(layer, HelpLayer)
    qtbot.keyClick(layer, Qt.Key.Key_Escape)
    assert window.front is window.unlock_page


def test_help_that_was_closed_does_not_come_back_by_itself(
    window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    layer = window.front
    assert isinstance(layer, HelpLayer)
    layer.back.click()
    window.unlock_page.profiles.guest.click()
    qtbot.waitUntil(lambda: isinstance(window.front, WelcomePage))
    welcome = window.front
    assert isinstance(welcome, WelcomePage)
    welcome.about.proceed.click()
    welcome.choices.proceed.click()
    welcome.contact.proceed.click()
    qtbot.waitUntil(lambda: window.pages is not None)
    assert window.front is window.pages


def test_help_is_one_key_away_from_every_page(
    open_profile: Callable[[], None], window: MainWindow, qtbot: QtBot
) -> None:
    open_profile()
    assert window.pages is not None
    window.pages.show_page("settings")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.pages.current == "help"


def test_every_page_takes_the_keyboard_where_it_is_of_use(
    open_profile: Callable[[], None], window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    open_profile()
    pages = window.pages
    assert pages is not None
    for page_id in ("home", "checkin", "history", "settings", "help", "plan", "protocol", "talk"):
        page = pages.show_page(page_id)
        focused = qapp.focusWidget()
        assert focused is not None
        assert focused is not page
        assert page.isAncestorOf(focused)


def test_pages_have_numbers(
    open_profile: Callable[[], None], window: MainWindow, qtbot: QtBot
) -> None:
    open_profile()
    assert window.pages is not None
    in_rail = [spec.id for spec in PAGES if spec.in_rail and not spec.under]
    for number, page in reversed(list(enumerate(in_rail[:9], start=1))):
        key = Qt.Key(Qt.Key.Key_0 + number)
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.pages.current == page


def test_a_page_under_another_goes_back_to_where_it_was_opened(
    open_profile: Callable[[], None], window: MainWindow
) -> None:
    open_profile()
    pages = window.pages
    assert pages is not None
    for before in ("talk", "help", "settings"):
        pages.show_page(before)
        pages.show_page("plan")
        assert pages.rail.buttons["help"].isChecked()
        pages.show_page("plan")  # asked for twice: still the same way back
        pages.go_back()
        assert pages.current == before
        assert pages.rail.buttons[before].isChecked()


def test_the_rail_folds_in_a_narrow_window(
    open_profile: Callable[[], None], window: MainWindow, qtbot: QtBot
) -> None:
    open_profile()
    assert window.pages is not None
    talk = window.pages.rail.buttons["talk"]
    window.resize(1024, 640)
    qtbot.waitUntil(lambda: talk.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
    window.resize(800, 600)
    qtbot.waitUntil(lambda: talk.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly)
    assert talk.accessibleName() == "Talk"


def test_zoom_keys_work_before_unlocking(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert desk.plain.current.zoom == 110
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert desk.plain.current.zoom == 100
    qtbot.keyClick(window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert desk.plain.current.zoom == 90


def test_a_vault_that_fails_after_opening_is_told_at_the_door(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    vault = desk.new_profile()
    vault.failure = VaultError("vault_io")
    unlock = window.unlock_page
    unlock.reset()
    qtbot.waitUntil(lambda: len(unlock.profiles.cards) == 1)
    unlock.profiles.cards[0].click()
    qtbot.keyClicks(unlock.passphrase.passphrase.edit, PASSPHRASE)
    unlock.passphrase.open.click()
    qtbot.waitUntil(lambda: window.front is unlock and unlock.profiles.notice.isVisible())
    assert window.is_locked


def test_the_focus_ring_stands_where_the_keyboard_is(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    unlock = window.unlock_page
    unlock.profiles.guest.setFocus()
    qtbot.waitUntil(lambda: window.ring.widget is unlock.profiles.guest)
    qtbot.keyClick(unlock.profiles.guest, Qt.Key.Key_Backtab)
    qtbot.waitUntil(lambda: window.ring.widget is qapp.focusWidget())
