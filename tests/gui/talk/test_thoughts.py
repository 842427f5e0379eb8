"""Thoughts of a model: folded, opened by keyboard, gone with the next turn."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from psylite_desktop.domain.chat_events import Phase, Progressed, Thought
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.pages.talk.page import TalkPage
from tests.gui.talk.talk_fakes import Talk


def say(page: TalkPage, qtbot: Any, text: str = "hello there") -> None:
    page.composer.put(text)
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.presenter.is_busy)


@pytest.mark.parametrize("language", Language)
def test_they_are_folded_and_open_by_keyboard(
    page: TalkPage, talk: Talk, qtbot: Any, language: Language
) -> None:
    talk.plain.change(language=language)
    view = page.beside.thoughts
    assert not view.isVisible()
    bridge = talk.context.app.chat_bridge
    bridge.publish(Thought(41, "They are <b>tired</b>. "))
    bridge.publish(Thought(41, "I ask one thing."))
    qtbot.waitUntil(lambda: view.body.text().endswith("I ask one thing."))
    assert view.isVisible()
    assert not view.body.isVisible()
    view.unfold.setFocus()
    QTest.keyClick(view.unfold, Qt.Key.Key_Space)
    assert view.body.isVisible()
    assert view.body.text() == "They are <b>tired</b>. I ask one thing."
    QTest.keyClick(view.unfold, Qt.Key.Key_Space)
    assert not view.body.isVisible()


def test_the_next_message_takes_them_away(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    view = page.beside.thoughts
    bridge = talk.context.app.chat_bridge
    bridge.publish(Thought(41, "Secret."))
    qtbot.waitUntil(view.isVisible)
    say(page, qtbot)
    assert not view.isVisible()
    bridge.publish(Thought(41, "Too late."))
    bridge.publish(Thought(42, "New."))
    qtbot.waitUntil(view.isVisible)
    assert view.body.text() == "New."


def test_a_wait_says_that_it_thinks(page: TalkPage) -> None:
    page._on_progressed(Progressed(1, Phase.THINKING))
    assert "thinking" in page.status.label.text()


def test_endless_thoughts_are_cut(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    bridge = talk.context.app.chat_bridge
    for _ in range(60):
        bridge.publish(Thought(41, "on and on " * 10))
    view = page.beside.thoughts
    qtbot.waitUntil(lambda: len(view.body.text()) == 4000)
