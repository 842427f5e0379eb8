"""The model reads along at pauses; what a person sees of a model that gets ready."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.settings import Language
from psylite_desktop.host.status import EngineState, EngineStatus
from psylite_desktop.ui.pages.talk.page import TalkPage
from psylite_desktop.ui.pages.talk.reading_ahead import ReadingAhead
from tests.gui.talk.talk_fakes import Talk


@pytest.fixture(autouse=True)
def plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psylite_desktop.ui.pages.talk.reading_ahead.PAUSE_MS", 30)
    monkeypatch.setitem(ReadingAhead.__init__.__kwdefaults__, "is_on_battery", lambda: False)


def drafts(talk: Talk) -> list[str]:
    return [asked[1] for asked in talk.chat.read if asked is not None]


def test_words_are_read_at_a_pause_and_the_reply_after_it(
    talk: Talk, page: TalkPage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.composer.editor, "hello the")
    qtbot.waitUntil(lambda: drafts(talk)[-1:] == ["hello the"])
    assert len(drafts(talk)) <= 3, "not at each key"
    qtbot.keyClicks(page.composer.editor, "re")
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(talk.chat.requests) and not page.presenter.is_busy)
    asked = page.presenter.conversation_id
    qtbot.waitUntil(lambda: talk.chat.read[-1:] == [(asked, "", None)])


def test_nothing_is_read_while_a_reply_is_written(talk: Talk, page: TalkPage, qtbot: QtBot) -> None:
    talk.chat.gate.clear()
    qtbot.keyClicks(page.composer.editor, "one")
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.composer.text() == "")
    talk.chat.read.clear()
    qtbot.keyClicks(page.composer.editor, "two")
    qtbot.wait(120)
    assert talk.chat.read == []
    talk.chat.gate.set()
    qtbot.waitUntil(lambda: drafts(talk)[-1:] == ["two"])


def test_an_edited_message_is_read_in_its_place(talk: Talk, page: TalkPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.composer.editor, "first")
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(page.status.edit.isVisible)
    page.status.edit.click()
    qtbot.keyClicks(page.composer.editor, "!")
    place = talk.messages()[0].id
    asked = page.presenter.conversation_id
    qtbot.waitUntil(lambda: talk.chat.read[-1:] == [(asked, "first!", place)])


def test_on_battery_or_switched_off_nothing_is_read(
    talk: Talk, page: TalkPage, qtbot: QtBot
) -> None:
    page.ahead._is_on_battery = lambda: True
    qtbot.keyClicks(page.composer.editor, "tired")
    qtbot.waitUntil(lambda: talk.chat.read[-1:] == [None], timeout=5_000)
    page.ahead._is_on_battery = lambda: False
    talk.plain.change(read_ahead=False)
    talk.chat.read.clear()
    qtbot.keyClicks(page.composer.editor, " again")
    qtbot.waitUntil(lambda: talk.chat.read[-1:] == [None])
    assert not drafts(talk)
    talk.plain.change(read_ahead=True)
    qtbot.keyClicks(page.composer.editor, ".")
    qtbot.waitUntil(lambda: drafts(talk)[-1:] == ["tired again."])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            Language.EN,
            ("getting ready", "loading the model, 40 %", "warming up", "ready", ""),
        ),
        (
            Language.ZH,
            ("正在准备", "正在载入模型，40%", "正在预热", "准备好了", ""),
        ),
    ],
)
def test_a_model_that_gets_ready_says_how_far_it_is(
    talk: Talk, page: TalkPage, qtbot: QtBot, language: Language, words: tuple[str, ...]
) -> None:
    talk.plain.change(language=language)
    seen: list[str] = []
    for status in (
        EngineStatus(EngineState.STARTING),
        EngineStatus(EngineState.LOADING, 0.4),
        EngineStatus(EngineState.WARMING),
        EngineStatus(EngineState.READY),
    ):
        with qtbot.waitSignal(talk.bridge.engine_changed):
            talk.bridge.publish_status(status)
        seen.append(page.status.label.text())
    qtbot.keyClicks(page.composer.editor, "hello")
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(talk.messages()) and not page.presenter.is_busy)
    seen.append(page.status.label.text())
    assert tuple(seen) == words


def test_a_model_that_is_ready_when_talk_opens_says_nothing(
    talk: Talk, page: TalkPage, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(talk.bridge.engine_changed):
        talk.bridge.publish_status(EngineStatus(EngineState.READY))
    assert page.status.label.text() == ""


def test_a_model_that_got_ready_reads_what_stands_there(
    talk: Talk, page: TalkPage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.composer.editor, "hello")
    qtbot.waitUntil(lambda: drafts(talk)[-1:] == ["hello"])
    talk.chat.read.clear()
    for state in (EngineState.LOADING, EngineState.READY):
        talk.bridge.publish_status(EngineStatus(state))
    qtbot.waitUntil(lambda: drafts(talk) == ["hello"])
