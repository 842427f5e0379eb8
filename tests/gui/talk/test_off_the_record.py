"""Off the record: chosen before the first word, said while it holds, and nothing is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.conversation import Mode
from psylite_desktop.domain.risk import Level
from psylite_desktop.ui.pages.talk.page import TalkPage
from tests.gui.talk.talk_fakes import Talk

MARKER = "mint-green lighthouse"


def say(page: TalkPage, qtbot: QtBot, text: str) -> None:
    page.composer.put(text)
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.presenter.is_busy)


def press(button: Any) -> None:
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def begin(page: TalkPage) -> None:
    press(page.record.button)
    assert page.record.isVisible()
    assert page.record.button.isChecked()


def test_nothing_of_it_is_kept(page: TalkPage, talk: Talk, qtbot: QtBot) -> None:
    begin(page)
    assert "nothing of this talk" in page.record.label.text()
    say(page, qtbot, f"the {MARKER} again")
    assert page.presenter.messages.rowCount() == 2
    assert page.record.isVisible()
    assert not page.record.button.isEnabled()
    assert talk.messages() == []
    assert talk.vault.drafts.load("talk") == ""
    press(page.new)
    assert not page.record.isVisible()
    assert page.record.button.isEnabled()
    assert not page.record.button.isChecked()
    assert not any(talk.chat.store.messages(number) for number in (-1, -2))
    say(page, qtbot, "kept words")
    assert talk.messages()[0].text == "kept words"
    assert MARKER not in repr(talk.messages())


def test_it_cannot_be_chosen_once_something_was_said(
    page: TalkPage, talk: Talk, qtbot: QtBot
) -> None:
    say(page, qtbot, "hello")
    assert not page.record.button.isVisible()
    page.presenter.switch_record(off=True)
    assert not page.presenter.is_off_record


def test_it_can_be_taken_back_before_the_first_message(
    page: TalkPage, talk: Talk, qtbot: QtBot
) -> None:
    begin(page)
    press(page.record.button)
    assert not page.record.isVisible()
    say(page, qtbot, "hello")
    assert len(talk.messages()) == 2


def test_unsent_words_are_no_draft(
    page: TalkPage, talk: Talk, qtbot: QtBot, open_page: Callable[[], TalkPage]
) -> None:
    page.composer.put(MARKER)
    page.drafts.save()
    qtbot.waitUntil(lambda: talk.vault.drafts.load("talk") == MARKER)
    begin(page)
    qtbot.waitUntil(lambda: talk.vault.drafts.load("talk") == "")
    page.composer.put(f"{MARKER} more")
    page.leave()
    assert talk.vault.drafts.load("talk") == ""
    press(page.new)
    assert page.composer.text() == ""


def test_an_edit_that_was_open_brings_no_words_over(
    page: TalkPage, talk: Talk, qtbot: QtBot
) -> None:
    begin(page)
    say(page, qtbot, "first")
    page.composer.put(MARKER)
    page.status.edit.click()
    press(page.new)
    assert page.composer.text() == ""


def test_help_comes_all_the_same(page: TalkPage, talk: Talk, qtbot: QtBot) -> None:
    begin(page)
    say(page, qtbot, f"level2 {MARKER}")
    assert page.crisis.card.isVisible()
    assert talk.vault.risk_state.load().level >= Level.CRISIS
    assert talk.messages() == []


def test_a_stored_talk_can_be_opened_over_it(page: TalkPage, talk: Talk, qtbot: QtBot) -> None:
    say(page, qtbot, "kept words")
    stored = talk.vault.conversations.conversations()[0].id
    press(page.new)
    begin(page)
    say(page, qtbot, MARKER)
    page.open_conversation(stored)
    qtbot.waitUntil(lambda: page.presenter.messages.rowCount() == 2)
    assert not page.record.isVisible()
    assert not page.record.button.isVisible()


def test_a_reply_says_what_it_remembered(page: TalkPage, talk: Talk, qtbot: QtBot) -> None:
    talk.chat.mode, talk.chat.memories = Mode.MODEL, ("I have an exam in June",)
    say(page, qtbot, "hello there")
    press(page.status.why)
    assert "“I have an exam in June”" in page.beside.reason.label.text()
