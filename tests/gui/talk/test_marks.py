"""Marks for replies, as a person gives them: by keyboard, changed, taken back, never asked for."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from psylite_desktop.domain.conversation import Mode, Role, Route
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.rating import Dimension, ReplyRating
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.pages.talk.page import TalkPage
from tests.gui.talk.talk_fakes import Talk

Key = Qt.Key


@pytest.fixture
def page(talk: Talk, qtbot: Any) -> TalkPage:
    page = TalkPage(talk.context)
    qtbot.addWidget(page)
    page.resize(900, 680)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: not page.presenter.is_opening)
    return page


def say(page: TalkPage, qtbot: Any, text: str = "hello there") -> None:
    page.composer.put(text)
    QTest.keyClick(page.composer.editor, Key.Key_Return)
    qtbot.waitUntil(lambda: not page.presenter.is_busy)


def press(key: Any) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def kept(talk: Talk) -> list[ReplyRating]:
    return talk.vault.ratings.ratings()


def open_marks(page: TalkPage, qtbot: Any) -> None:
    page.beside.marks.open.setFocus()
    press(Key.Key_Space)
    row = page.beside.marks.rows[Dimension.HELPFULNESS]
    qtbot.waitUntil(row.hasFocus)


@pytest.mark.parametrize("language", [Language.EN, Language.ZH])
def test_four_marks_by_keyboard(page: TalkPage, talk: Talk, qtbot: Any, language: Language) -> None:
    talk.context.app.language.set(language)
    talk.chat.route, talk.chat.mode = Route.ACTION, Mode.MODEL
    say(page, qtbot)
    assert page.beside.marks.open.isVisible()
    assert not page.beside.marks.is_open, "it never opens by itself"
    open_marks(page, qtbot)
    for key in (Key.Key_4, Key.Key_Tab, Key.Key_5, Key.Key_Tab, Key.Key_Tab, Key.Key_1):
        press(key)
    qtbot.waitUntil(lambda: bool(kept(talk)) and kept(talk)[0].logic == 1)
    (found,) = kept(talk)
    assert (found.helpfulness, found.fluency, found.relevance, found.logic) == (4, 5, None, 1)
    assert (found.mode, found.route) == (Mode.MODEL, Route.ACTION)
    assert found.message_id == talk.messages()[-1].id
    assert "4" in page.beside.marks.rows[Dimension.HELPFULNESS].accessibleName()
    press(Key.Key_Escape)
    assert not page.beside.marks.is_open
    assert "4 · 5 · – · 1" in page.beside.marks.open.text()
    assert page.beside.marks.open.hasFocus()


def test_marks_can_be_changed_and_taken_back(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    say(page, qtbot)
    open_marks(page, qtbot)
    press(Key.Key_2)
    qtbot.waitUntil(lambda: bool(kept(talk)))
    press(Key.Key_Right)
    qtbot.waitUntil(lambda: kept(talk)[0].helpfulness == 3)
    press(Key.Key_0)
    qtbot.waitUntil(lambda: kept(talk) == [])
    page.beside.marks.rows[Dimension.LOGIC].buttons[5].click()
    qtbot.waitUntil(lambda: bool(kept(talk)))
    page.beside.marks.rows[Dimension.LOGIC].buttons[5].click()
    qtbot.waitUntil(lambda: kept(talk) == [])
    press(Key.Key_5)
    qtbot.waitUntil(lambda: bool(kept(talk)))
    page.beside.marks.take_back.setFocus()
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: kept(talk) == [])
    assert page.beside.marks.rows[Dimension.HELPFULNESS].hasFocus()


def test_escape_in_the_panel_does_not_reach_the_page(
    page: TalkPage, talk: Talk, qtbot: Any
) -> None:
    say(page, qtbot)
    page.composer.begin_edit(talk.messages()[0].id, "hello there")
    open_marks(page, qtbot)
    press(Key.Key_Escape)
    assert not page.beside.marks.is_open
    assert page.composer.replaces is not None, "the edit goes on"


def test_an_earlier_reply_is_rated_from_the_list(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    talk.chat.pieces = ("First reply.",)
    say(page, qtbot)
    talk.chat.pieces = ("Second reply.",)
    say(page, qtbot, "more")
    page.view.setFocus()
    page.view.setCurrentIndex(page.presenter.messages.index(1))
    QTest.keyClick(page.view, Key.Key_R)
    qtbot.waitUntil(page.beside.marks.rows[Dimension.HELPFULNESS].hasFocus)
    assert "First reply." in page.beside.marks.quote.text()
    press(Key.Key_3)
    qtbot.waitUntil(lambda: bool(kept(talk)))
    assert kept(talk)[0].message_id == talk.messages()[1].id
    page.view.setFocus()
    page.view.setCurrentIndex(page.presenter.messages.index(0))
    press(Key.Key_Escape)
    QTest.keyClick(page.view, Key.Key_R)
    assert kept(talk)[0].message_id == talk.messages()[1].id, "own words have no marks"


def test_marks_come_back_with_the_conversation(open_page: Any, talk: Talk, qtbot: Any) -> None:
    first = open_page()
    say(first, qtbot)
    talk.vault.ratings.save(ReplyRating(talk.messages()[-1].id, 5, 4, 3, 2, 1.0))
    second = open_page()
    qtbot.waitUntil(lambda: "5 · 4 · 3 · 2" in second.beside.marks.open.text())
    assert not second.beside.marks.is_open


@pytest.mark.parametrize("text", ["level2", "level3"])
def test_nothing_is_rated_beside_danger(page: TalkPage, talk: Talk, qtbot: Any, text: str) -> None:
    talk.chat.mode = Mode.CRISIS
    say(page, qtbot, text)
    assert not page.beside.marks.isVisible()
    reply = page.presenter.messages.last(Role.ASSISTANT)
    assert reply is not None
    page.beside.rate(reply.id)
    assert not page.beside.marks.isVisible()
    talk.chat.mode = Mode.PRACTICE
    say(page, qtbot, "something else")
    assert not page.beside.marks.isVisible(), "the danger still stands"


def test_off_the_record_leaves_no_marks(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    page.presenter.switch_record(off=True)
    say(page, qtbot)
    assert not page.beside.marks.isVisible()


def test_another_reply_takes_the_marks_along(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    say(page, qtbot)
    open_marks(page, qtbot)
    press(Key.Key_1)
    qtbot.waitUntil(lambda: bool(kept(talk)))
    page.status.regenerate.click()
    qtbot.waitUntil(lambda: not page.presenter.is_busy)
    assert kept(talk) == []
    qtbot.waitUntil(page.beside.marks.open.isVisible)
    assert "1" not in page.beside.marks.open.text()


def test_what_cannot_be_kept_is_told(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    say(page, qtbot)
    open_marks(page, qtbot)
    talk.vault.failure = VaultError("vault_disk_full")
    press(Key.Key_3)
    qtbot.waitUntil(lambda: bool(page.status.label.text()))
    talk.vault.failure = None
