"""The keys of a space: proved first, then changed, replaced, or given up with the space."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.settings import Language
from psylite_desktop.storage.kdf_tuning import TINY_COST
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.settings.page import SettingsPage
from psylite_desktop.ui.pages.unlock.keys_flow import KeysFlow
from psylite_desktop.ui.pages.unlock.new_passphrase_view import NewPassphraseView
from psylite_desktop.ui.pages.unlock.page import UnlockPage
from psylite_desktop.ui.pages.unlock.profile_labels import profile_text
from psylite_desktop.ui.shell.window import MainWindow
from tests.fakes.app_context import CODE, NEW_CODE, PASSPHRASE, Desk, make_desk

OTHER = "eleven green umbrellas"


@pytest.fixture(params=Language)
def desk(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Desk]:
    desk = make_desk(qapp, language=request.param)
    yield desk
    desk.close()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> UnlockPage:
    desk.new_profile()
    page = UnlockPage(desk.context)
    qtbot.addWidget(page, before_close_func=lambda p: p.discard())
    page.resize(900, 700)
    page.show()
    page.activateWindow()
    qtbot.waitExposed(page)
    qtbot.waitUntil(lambda: len(page.profiles.cards) == 1)
    return page


@pytest.fixture
def flow(page: UnlockPage, qtbot: QtBot) -> KeysFlow:
    """At the door of the keys."""
    _press(qtbot, page.profiles.cards[0])
    _press(qtbot, page.passphrase.keys)
    assert page.keys.currentWidget() is page.keys.door
    return page.keys


def _press(qtbot: QtBot, button: QWidget) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(button, Qt.Key.Key_Space)


def _prove(flow: KeysFlow, qtbot: QtBot, secret: str = PASSPHRASE) -> None:
    qtbot.keyClicks(flow.door.passphrase.edit, secret)
    qtbot.keyClick(flow.door.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: flow.currentWidget() is flow.keys)


def _choose(view: NewPassphraseView, qtbot: QtBot, passphrase: str = OTHER) -> None:
    for field in (view.first, view.second):
        qtbot.keyClicks(field.edit, passphrase)
    qtbot.keyClick(view.second.edit, Qt.Key.Key_Return)


def _note_code(flow: KeysFlow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: flow.currentWidget() is flow.code)
    assert flow.code.code.text() == " ".join(NEW_CODE.split("-"))
    _press(qtbot, flow.code.written)
    qtbot.keyClicks(flow.code.answer, "0m1n 3p~")
    qtbot.keyClick(flow.code.answer, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: flow.currentWidget() is flow.keys)


def test_keys_ask_first_whose_space_it_is(flow: KeysFlow, qtbot: QtBot) -> None:
    qtbot.keyClicks(flow.door.passphrase.edit, "not this one")
    qtbot.keyClick(flow.door.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(flow.door.notice.isVisible)
    assert flow.currentWidget() is flow.door
    flow.door.passphrase.clear()
    _prove(flow, qtbot)
    assert flow.keys.change.hasFocus()
    assert flow.door.passphrase.text == ""


@pytest.mark.parametrize("secret", [PASSPHRASE, CODE])
def test_the_passphrase_is_changed(flow: KeysFlow, desk: Desk, qtbot: QtBot, secret: str) -> None:
    _prove(flow, qtbot, secret)
    _press(qtbot, flow.keys.change)
    _choose(flow.change, qtbot)
    qtbot.waitUntil(flow.keys.notice.isVisible)
    assert desk.shelf.secrets["teal-1"] == [OTHER, CODE]
    assert flow.change.first.text == ""


def test_a_new_code_is_shown_once_and_typed_back(flow: KeysFlow, desk: Desk, qtbot: QtBot) -> None:
    _prove(flow, qtbot, CODE)
    _press(qtbot, flow.keys.code)
    assert desk.shelf.secrets["teal-1"] == [PASSPHRASE, CODE]  # until the new one was typed back
    _note_code(flow, qtbot)
    qtbot.waitUntil(flow.keys.notice.isVisible)
    assert desk.shelf.secrets["teal-1"] == [PASSPHRASE, NEW_CODE]
    assert flow.code.code.text() == ""
    # The old code was what had been entered; what comes next opens with the new one.
    _press(qtbot, flow.keys.change)
    _choose(flow.change, qtbot)
    qtbot.waitUntil(flow.keys.notice.isVisible)
    assert desk.shelf.secrets["teal-1"] == [OTHER, NEW_CODE]


def test_everything_is_made_anew(flow: KeysFlow, desk: Desk, qtbot: QtBot) -> None:
    desk.keys.keyring = True
    desk.shelf.in_keyring.add("teal-1")
    _prove(flow, qtbot)
    assert flow.keys.keyring.box.isChecked()
    _press(qtbot, flow.keys.renew)
    _choose(flow.renew, qtbot)
    _note_code(flow, qtbot)
    assert desk.keys.anew == ["teal-1"]
    assert desk.shelf.secrets["teal-1"] == [OTHER, NEW_CODE]
    assert not flow.keys.keyring.box.isChecked()
    assert flow.keys.notice.isVisible()


def test_nothing_is_offered_where_there_is_no_keyring(flow: KeysFlow, qtbot: QtBot) -> None:
    _prove(flow, qtbot)
    assert not flow.keys.keyring.isVisible()


def test_a_shared_account_is_not_offered_the_keyring(
    flow: KeysFlow, desk: Desk, qtbot: QtBot
) -> None:
    desk.keys.keyring = True
    desk.plain.change(discreet=True)
    _prove(flow, qtbot)
    assert not flow.keys.keyring.isVisible()


def test_the_keyring_opens_a_space_and_can_be_taken_out_again(
    page: UnlockPage, flow: KeysFlow, desk: Desk, qtbot: QtBot
) -> None:
    desk.keys.keyring = True
    _prove(flow, qtbot)
    assert not flow.keys.keyring.box.isChecked()
    _press(qtbot, flow.keys.keyring.box)
    qtbot.waitUntil(lambda: desk.shelf.in_keyring == {"teal-1"})
    qtbot.waitUntil(flow.keys.back.isEnabled)
    _press(qtbot, flow.keys.back)
    qtbot.waitUntil(page.profiles.isVisible)
    qtbot.waitUntil(lambda: bool(page.profiles.cards) and page.profiles.cards[0].isVisible())
    qtbot.wait(50)
    with qtbot.waitSignal(page.session_opened):
        _press(qtbot, page.profiles.cards[0])
    page.lead_to_keys()
    page.reset()
    _prove(page.keys, qtbot)
    assert flow.keys.keyring.box.isChecked()
    _press(qtbot, flow.keys.keyring.box)
    qtbot.waitUntil(lambda: not desk.shelf.in_keyring)


def test_a_keyring_that_does_not_keep_is_told_without_drama(
    flow: KeysFlow, desk: Desk, qtbot: QtBot
) -> None:
    desk.keys.keyring = True
    desk.shelf.keyring_answers = False
    _prove(flow, qtbot)
    _press(qtbot, flow.keys.keyring.box)
    qtbot.waitUntil(flow.keys.notice.isVisible)
    assert not flow.keys.keyring.box.isChecked()


def test_a_silent_keyring_leaves_the_passphrase(page: UnlockPage, desk: Desk, qtbot: QtBot) -> None:
    desk.shelf.in_keyring.add("teal-1")
    desk.shelf.keyring_answers = False
    page.reset()
    qtbot.wait(50)
    _press(qtbot, page.profiles.cards[0])
    qtbot.waitUntil(page.passphrase.notice.isVisible)
    assert page.passphrase.open.isEnabled()
    with qtbot.waitSignal(page.session_opened):
        qtbot.keyClicks(page.passphrase.passphrase.edit, PASSPHRASE)
        qtbot.keyClick(page.passphrase.passphrase.edit, Qt.Key.Key_Return)


def test_deleting_takes_the_secret_and_a_second_step(
    page: UnlockPage, flow: KeysFlow, desk: Desk, qtbot: QtBot
) -> None:
    _prove(flow, qtbot)
    _press(qtbot, flow.keys.delete)
    view = flow.delete
    assert not view.delete.isEnabled()
    qtbot.keyClicks(view.passphrase.edit, "not this one")
    qtbot.keyClick(view.passphrase.edit, Qt.Key.Key_Return)  # leads on, deletes nothing
    assert view.sure.box.hasFocus()
    assert not view.delete.isEnabled()
    qtbot.keyClick(view.sure.box, Qt.Key.Key_Space)
    _press(qtbot, view.delete)
    qtbot.waitUntil(view.notice.isVisible)
    assert list(desk.shelf.secrets) == ["teal-1"]
    view.passphrase.clear()
    qtbot.keyClicks(view.passphrase.edit, CODE)
    _press(qtbot, view.delete)
    qtbot.waitUntil(page.profiles.notice.isVisible)
    assert desk.shelf.secrets == {}
    qtbot.waitUntil(lambda: page.profiles.cards == [])


def test_a_space_can_be_kept_after_all(flow: KeysFlow, desk: Desk, qtbot: QtBot) -> None:
    _prove(flow, qtbot)
    _press(qtbot, flow.keys.delete)
    qtbot.keyClicks(flow.delete.passphrase.edit, PASSPHRASE)
    _press(qtbot, flow.delete.back)
    assert flow.currentWidget() is flow.keys
    assert flow.delete.passphrase.text == ""
    assert list(desk.shelf.secrets) == ["teal-1"]


def test_leaving_forgets_what_was_proved(page: UnlockPage, flow: KeysFlow, qtbot: QtBot) -> None:
    _prove(flow, qtbot)
    _press(qtbot, flow.keys.back)
    qtbot.waitUntil(page.profiles.isVisible)
    assert flow.currentWidget() is flow.door
    assert flow._secret == ""


@pytest.mark.parametrize(("cost", "told"), [(TINY_COST, True), (KdfCost(), False)])
def test_a_cost_that_was_kept_small_is_told(
    flow: KeysFlow, desk: Desk, qtbot: QtBot, cost: KdfCost, told: bool
) -> None:
    desk.keys.cost = cost
    _prove(flow, qtbot)
    assert flow.keys.thrifty.isVisible() is told


def test_settings_lead_to_the_keys_of_the_space_that_was_open(
    desk: Desk, window: MainWindow, open_profile: Callable[[], None], qtbot: QtBot
) -> None:
    open_profile()
    assert window.pages is not None
    settings = window.pages.show_page("settings")
    assert isinstance(settings, SettingsPage)
    assert profile_text("teal-1") in settings.profile.text()
    _press(qtbot, settings.keys)
    assert window.is_locked
    qtbot.waitUntil(lambda: desk.shelf.vaults["teal-1"].closed)
    flow = window.unlock_page.keys
    assert flow.door.isVisible()
    assert "1" in flow.door.title.text()
    _prove(flow, qtbot)


def test_guests_have_no_keys(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.unlock_page.session_opened):
        window.unlock_page.profiles.guest.click()
    context = desk.sessions[-1]
    assert context.guest
    qtbot.waitUntil(lambda: window.front is not window.unlock_page)
    page = SettingsPage(PageContext(desk.context, context))
    qtbot.addWidget(page)
    page.show()
    assert not page.keys.isVisible()
    assert "discreet" not in page.editors


def test_no_key_reaches_the_clipboard(flow: KeysFlow, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().clear()
    _prove(flow, qtbot)
    _press(qtbot, flow.keys.change)
    _press(qtbot, flow.change.suggestion.ask)
    _press(qtbot, flow.change.suggestion.another)
    _press(qtbot, flow.change.suggestion.take)
    assert QGuiApplication.clipboard().text() == ""


def test_deleting_waits_for_its_pause_and_goes_on_by_itself(
    flow: KeysFlow, desk: Desk, qtbot: QtBot
) -> None:
    _prove(flow, qtbot)
    _press(qtbot, flow.keys.delete)
    view = flow.delete
    qtbot.keyClicks(view.passphrase.edit, "not this one")
    qtbot.keyClick(view.sure.box, Qt.Key.Key_Space)
    for _ in range(2):
        _press(qtbot, view.delete)
        qtbot.waitUntil(view.notice.isVisible)
        view.notice.clear()
    assert not view.delete.isEnabled()
    qtbot.waitUntil(view.delete.isEnabled, timeout=10_000)
    assert list(desk.shelf.secrets) == ["teal-1"]


def test_locking_forgets_what_was_proved_at_the_door(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.new_profile()
    page = window.unlock_page
    page.reset()
    qtbot.waitUntil(lambda: len(page.profiles.cards) == 1)
    page.profiles.cards[0].click()
    page.passphrase.keys.click()
    _prove(page.keys, qtbot)
    window.lock()
    assert page.keys._secret == ""
    assert page.profiles.isVisible()


def test_a_code_that_nobody_wrote_down_changes_nothing(
    desk: Desk, page: UnlockPage, flow: KeysFlow, qtbot: QtBot
) -> None:
    _prove(flow, qtbot)
    _press(qtbot, flow.keys.code)
    qtbot.waitUntil(lambda: flow.currentWidget() is flow.code)
    page.reset()
    assert desk.shelf.secrets["teal-1"] == [PASSPHRASE, CODE]
    assert flow._secret == flow._drawn == ""
    assert flow.code.code.text() == ""


def test_a_code_that_cannot_be_kept_leaves_the_old_one(
    desk: Desk, flow: KeysFlow, qtbot: QtBot
) -> None:
    _prove(flow, qtbot, CODE)
    _press(qtbot, flow.keys.code)
    desk.shelf.failure = VaultError("vault_disk_full")
    _note_code(flow, qtbot)
    qtbot.waitUntil(lambda: flow.currentWidget() is flow.keys and flow.keys.notice.isVisible())
    assert desk.shelf.secrets["teal-1"] == [PASSPHRASE, CODE]


def test_a_step_that_nobody_goes_on_with_is_left(
    page: UnlockPage, flow: KeysFlow, qtbot: QtBot
) -> None:
    _prove(flow, qtbot)
    assert flow._idle.isActive()
    flow._idle.setInterval(1)
    qtbot.waitUntil(page.profiles.isVisible)
    assert flow._secret == ""
    assert not flow._idle.isActive()
