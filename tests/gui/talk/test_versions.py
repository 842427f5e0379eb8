"""Other versions of a message: found again after a lock, stepped through by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from psylite_desktop.domain.conversation import Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.pages.talk.message_view import MessageView
from psylite_desktop.ui.pages.talk.messages import MessageRole
from psylite_desktop.ui.pages.talk.page import TalkPage
from tests.gui.talk.talk_fakes import REPLY, Talk
from tests.gui.talk.test_talk_page import is_idle, shown, type_and_send

WHOLE = "".join(REPLY)


def say(page: TalkPage, qtbot: Any, text: str) -> None:
    type_and_send(page, text)
    qtbot.waitUntil(lambda: is_idle(page))


def choose(page: TalkPage, row: int) -> None:
    page.view.setFocus()
    page.view.setCurrentIndex(page.presenter.messages.index(row))


def step(page: TalkPage, qtbot: Any, key: Qt.Key) -> None:
    QTest.keyClick(page.view, key, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: is_idle(page))


@pytest.fixture
def first(talk: Talk, qtbot: Any) -> TalkPage:
    """A page that goes before the end of the test, with everything it knew."""
    page = TalkPage(talk.context)
    page.resize(1024, 640)
    page.show()
    qtbot.waitUntil(lambda: not page.presenter.is_opening)
    return page


def reopened(page: TalkPage, open_page: Any) -> TalkPage:
    """Lock and unlock."""
    page.leave()
    page.hide()
    shiboken6.delete(page)
    opened: TalkPage = open_page()
    return opened


def footers(page: TalkPage) -> list[str]:
    messages = page.presenter.messages
    return [messages.index(row).data(MessageRole.FOOTER) for row in range(messages.rowCount())]


def edit(page: TalkPage, qtbot: Any, row: int, text: str) -> None:
    choose(page, row)
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    say(page, qtbot, text)


def menu(view: MessageView, row: int) -> list[str]:
    index = view.messages.index(row)
    found = view.messages.row_at(index)
    assert found is not None
    made = view._menu(index, found)
    texts = [action.text() for action in made.actions()]
    shiboken6.delete(made)
    return texts


def test_versions_are_there_after_a_lock(first: TalkPage, talk: Talk, open_page: Any, qtbot: Any):
    say(first, qtbot, "one")
    say(first, qtbot, "two")
    edit(first, qtbot, 0, "one, differently")
    assert shown(first) == ["one, differently", WHOLE]
    again = reopened(first, open_page)
    assert shown(again) == ["one, differently", WHOLE]
    assert again.status.bring_back.isVisible()
    assert footers(again)[0] == "version 2 of 2"
    choose(again, 0)
    step(again, qtbot, Qt.Key.Key_Left)
    assert shown(again) == ["one", WHOLE, "two", WHOLE]
    assert [m.text for m in talk.messages()] == shown(again)
    assert footers(again)[0] == "version 1 of 2"
    assert footers(again)[2] == ""
    assert again.title.text() == "one"
    assert again.view.currentIndex().row() == 0, "one can go on from here"
    assert again.view.hasFocus()
    step(again, qtbot, Qt.Key.Key_Left)
    assert shown(again)[0] == "one", "there is nothing before the first"
    step(again, qtbot, Qt.Key.Key_Right)
    assert shown(again) == ["one, differently", WHOLE]


@pytest.mark.parametrize("language", list(Language))
def test_replies_are_stepped_through_in_both_languages(
    page: TalkPage, talk: Talk, qtbot: Any, language: Language
) -> None:
    talk.plain.change(language=language)
    say(page, qtbot, "hello")
    for text in ("Second.", "Third."):
        talk.chat.pieces = (text,)
        page.status.regenerate.click()
        qtbot.waitUntil(lambda: is_idle(page))
    if language is Language.EN:
        assert footers(page) == ["", "a small practice model · version 3 of 3"]
        assert menu(page.view, 1)[-1] == "Earlier version"
    assert footers(page)[1].count("3") == 2
    choose(page, 1)
    for key, expected in (
        (Qt.Key.Key_Left, "Second."),
        (Qt.Key.Key_Left, WHOLE),
        (Qt.Key.Key_Left, WHOLE),
        (Qt.Key.Key_Right, "Second."),
    ):
        step(page, qtbot, key)
        assert shown(page) == ["hello", expected]
        assert page.view.currentIndex().row() == 1
    assert len(menu(page.view, 1)) == len(menu(page.view, 0)) + 3


def test_the_button_keeps_the_focus_and_goes_round(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    say(page, qtbot, "hello")
    edit(page, qtbot, 0, "hello again")
    page.status.bring_back.setFocus()
    for expected in ("hello", "hello again", "hello"):
        QTest.keyClick(page.status.bring_back, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: is_idle(page))
        assert shown(page)[0] == expected
        assert page.status.bring_back.hasFocus()


def test_a_message_sent_from_another_version_goes_on_there(
    first: TalkPage, talk: Talk, open_page: Any, qtbot: Any
) -> None:
    say(first, qtbot, "one")
    edit(first, qtbot, 0, "one again")
    choose(first, 0)
    step(first, qtbot, Qt.Key.Key_Left)
    say(first, qtbot, "and then")
    assert shown(first) == ["one", WHOLE, "and then", WHOLE]
    assert footers(first)[0] == "version 1 of 2"
    again = reopened(first, open_page)
    choose(again, 0)
    step(again, qtbot, Qt.Key.Key_Right)
    step(again, qtbot, Qt.Key.Key_Left)
    assert shown(again) == ["one", WHOLE, "and then", WHOLE]


def test_nothing_is_stepped_to_beside_danger(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    say(page, qtbot, "hello")
    edit(page, qtbot, 0, "level2")
    choose(page, 0)
    step(page, qtbot, Qt.Key.Key_Left)
    assert shown(page)[0] == "level2"


def test_a_vault_that_refuses_leaves_everything_in_place(
    page: TalkPage, talk: Talk, qtbot: Any
) -> None:
    say(page, qtbot, "hello")
    edit(page, qtbot, 0, "hello again")
    talk.vault.failure = VaultError("vault_disk_full")
    choose(page, 0)
    QTest.keyClick(page.view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool(page.status.label.text()))
    talk.vault.failure = None
    assert shown(page)[0] == "hello again"
    step(page, qtbot, Qt.Key.Key_Left)
    assert shown(page)[0] == "hello"


def test_off_the_record_no_version_is_kept(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    page.presenter.switch_record(off=True)
    say(page, qtbot, "hello")
    edit(page, qtbot, 0, "hello again")
    assert footers(page)[0] == ""
    assert not page.status.bring_back.isVisible()
    last = page.presenter.messages.last(Role.USER)
    assert last is not None
    assert last.text == "hello again"
