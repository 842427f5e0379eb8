"""The unlock page: what a person meets at the door."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.pages.unlock.page import UnlockPage
from tests.fakes.app_context import CODE, PASSPHRASE, Desk


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> UnlockPage:
    page = UnlockPage(desk.context)
    qtbot.addWidget(page, before_close_func=lambda p: p.discard())
    page.resize(900, 600)
    page.show()
    page.activateWindow()
    qtbot.waitExposed(page)
    return page


def _choose(page: UnlockPage, desk: Desk, qtbot: QtBot) -> None:
    desk.new_profile()
    page.reset()
    qtbot.waitUntil(lambda: len(page.profiles.cards) == 1)
    page.profiles.cards[0].click()


def _try(page: UnlockPage, qtbot: QtBot, text: str) -> None:
    page.passphrase.passphrase.clear()
    qtbot.keyClicks(page.passphrase.passphrase.edit, text)
    qtbot.keyClick(page.passphrase.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.busy.isVisible())


def test_profiles_are_colours_not_names(page: UnlockPage, desk: Desk, qtbot: QtBot) -> None:
    desk.new_profile()
    desk.new_profile()
    page.reset()
    qtbot.waitUntil(lambda: len(page.profiles.cards) == 2)
    assert [card.text() for card in page.profiles.cards] == ["Teal 1", "Teal 2"]
    assert page.profiles.cards[0].accessibleName() == "Open Teal 1"
    assert not page.profiles.create_first.isVisible()


def test_the_right_passphrase_opens(page: UnlockPage, desk: Desk, qtbot: QtBot) -> None:
    _choose(page, desk, qtbot)
    with qtbot.waitSignal(page.session_opened) as opened:
        _try(page, qtbot, PASSPHRASE)
    assert opened.args[0].vault is desk.shelf.vaults["teal-1"]
    assert not opened.args[0].guest
    assert page.passphrase.passphrase.text == ""


def test_a_wrong_passphrase_says_so_and_lets_try_again(
    page: UnlockPage, desk: Desk, qtbot: QtBot
) -> None:
    _choose(page, desk, qtbot)
    with qtbot.assertNotEmitted(page.session_opened):
        _try(page, qtbot, "not this one")
    assert page.passphrase.notice.isVisible()
    assert "does not fit" in page.passphrase.notice.label.text()
    with qtbot.waitSignal(page.session_opened):
        _try(page, qtbot, PASSPHRASE)


def test_damage_is_not_blamed_on_the_passphrase(page: UnlockPage, desk: Desk, qtbot: QtBot) -> None:
    _choose(page, desk, qtbot)
    desk.shelf.failure = VaultError("vault_damaged")
    _try(page, qtbot, PASSPHRASE)
    assert "Your passphrase is not the reason" in page.passphrase.notice.label.text()


def test_a_session_that_cannot_be_made_leaves_no_vault_open(
    page: UnlockPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise VaultError("vault_damaged")

    _choose(page, desk, qtbot)
    monkeypatch.setattr(desk, "open_session", fail)
    _try(page, qtbot, PASSPHRASE)
    qtbot.waitUntil(page.passphrase.notice.isVisible)
    assert desk.shelf.vaults["teal-1"].closed


def test_the_window_says_what_takes_so_long(page: UnlockPage, desk: Desk, qtbot: QtBot) -> None:
    _choose(page, desk, qtbot)
    qtbot.keyClicks(page.passphrase.passphrase.edit, PASSPHRASE)
    with qtbot.waitSignal(page.session_opened):
        page.passphrase.open.click()
        assert page.busy.isVisible()
        assert not page.passphrase.open.isEnabled()
    assert not page.busy.isVisible()


def test_passphrases_are_hidden_until_asked(page: UnlockPage, desk: Desk, qtbot: QtBot) -> None:
    _choose(page, desk, qtbot)
    field = page.passphrase.passphrase
    assert field.edit.echoMode() == QLineEdit.EchoMode.Password
    field.reveal.click()
    assert field.edit.echoMode() == QLineEdit.EchoMode.Normal
    assert field.reveal.accessibleName() == "Hide what I type"


def test_two_different_passphrases_make_no_profile(
    page: UnlockPage, desk: Desk, qtbot: QtBot
) -> None:
    page.profiles.create_first.click()
    qtbot.keyClicks(page.create_profile.first.edit, PASSPHRASE)
    qtbot.keyClicks(page.create_profile.second.edit, PASSPHRASE + "s")
    page.create_profile.submit.click()
    assert "not the same" in page.create_profile.notice.label.text()
    assert desk.shelf.profiles() == []


@pytest.mark.parametrize("weak", ["short", "1234567890", "我爱你"])
def test_a_weak_passphrase_is_refused_with_a_reason(
    page: UnlockPage, qtbot: QtBot, weak: str
) -> None:
    page.profiles.create_first.click()
    for field in (page.create_profile.first, page.create_profile.second):
        field.edit.setText(weak)
        field.edited.emit()
    assert not page.create_profile.submit.isEnabled()
    assert page.create_profile.hint.text().strip()


def test_the_recovery_code_must_be_written_down(page: UnlockPage, desk: Desk, qtbot: QtBot) -> None:
    page.profiles.create_first.click()
    for field in (page.create_profile.first, page.create_profile.second):
        qtbot.keyClicks(field.edit, PASSPHRASE)
    page.create_profile.submit.click()
    view = page.recovery_code
    qtbot.waitUntil(view.isVisible)
    view.copy.click()
    assert QGuiApplication.clipboard().text() == CODE
    view.written.click()
    with qtbot.assertNotEmitted(page.session_opened):
        for wrong in ("XXX", "2j*"):
            qtbot.keyClicks(view.answer, wrong)
            view.proceed.click()
            assert view.notice.isVisible()
            view.answer.clear()
    qtbot.keyClicks(view.answer, "p6yc - 2 j * ")
    with qtbot.waitSignal(page.session_opened):
        view.proceed.click()
    assert QGuiApplication.clipboard().text() == ""


def test_leaving_before_the_code_is_noted_closes_the_vault(
    page: UnlockPage, desk: Desk, qtbot: QtBot
) -> None:
    page.profiles.create_first.click()
    for field in (page.create_profile.first, page.create_profile.second):
        qtbot.keyClicks(field.edit, PASSPHRASE)
    page.create_profile.submit.click()
    qtbot.waitUntil(page.recovery_code.isVisible)
    page.discard()
    assert desk.shelf.vaults["teal-1"].closed


def test_a_forgotten_passphrase_is_replaced_with_the_code(
    page: UnlockPage, desk: Desk, qtbot: QtBot
) -> None:
    _choose(page, desk, qtbot)
    page.passphrase.recover.click()
    qtbot.keyClicks(page.recover.code, CODE)
    page.recover.open.click()
    qtbot.waitUntil(page.replace.isVisible)
    for field in (page.replace.first, page.replace.second):
        qtbot.keyClicks(field.edit, "eleven green umbrellas")
    with qtbot.waitSignal(page.session_opened):
        page.replace.submit.click()
    assert desk.shelf.secrets["teal-1"][0] == "eleven green umbrellas"


def test_the_new_passphrase_can_wait(page: UnlockPage, desk: Desk, qtbot: QtBot) -> None:
    _choose(page, desk, qtbot)
    page.passphrase.recover.click()
    qtbot.keyClicks(page.recover.code, CODE)
    page.recover.open.click()
    qtbot.waitUntil(page.replace.isVisible)
    with qtbot.waitSignal(page.session_opened):
        page.replace.back.click()
    assert desk.shelf.secrets["teal-1"][0] == PASSPHRASE


def test_a_wrong_code_is_told(page: UnlockPage, desk: Desk, qtbot: QtBot) -> None:
    _choose(page, desk, qtbot)
    page.passphrase.recover.click()
    qtbot.keyClicks(page.recover.code, "AAAA")
    page.recover.open.click()
    qtbot.waitUntil(page.recover.notice.isVisible)


def test_the_language_button_names_the_other_language(
    page: UnlockPage, desk: Desk, qtbot: QtBot
) -> None:
    assert page.language.text() == "中文"
    page.language.click()
    qtbot.waitUntil(lambda: page.language.text() == "English")
    assert desk.context.language.current is Language.ZH
    assert page.profiles.guest.text() == "只聊聊，不保存"
