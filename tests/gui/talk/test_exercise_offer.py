"""An exercise beside a reply: one line, opened or passed over, never while somebody writes."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from psylite_desktop.domain.suggestion import Answer, Suggestion
from psylite_desktop.ui.pages.exercises.page import ExercisesPage
from psylite_desktop.ui.pages.talk.page import TalkPage
from psylite_desktop.ui.shell import registry
from psylite_desktop.ui.shell.pages_view import PagesView
from tests.gui.talk.talk_fakes import Talk


@pytest.fixture
def pages(talk: Talk, qtbot: Any) -> Any:
    view = PagesView(talk.context, specs=registry.PAGES)
    qtbot.addWidget(view)
    view.resize(1024, 680)
    view.show()
    view.activateWindow()
    talk_page = view.show_page("talk")
    qtbot.waitUntil(lambda: not talk_page.presenter.is_opening)  # type: ignore[attr-defined]
    yield view
    view.leave()


@pytest.fixture
def page(pages: PagesView) -> TalkPage:
    found = pages.made_page("talk")
    assert isinstance(found, TalkPage)
    return found


def offered(talk: Talk) -> Suggestion:
    found = talk.context.session.suggestions.in_talk(
        ["I keep putting off my essay"], "en", is_asked=False
    )
    assert found is not None
    talk.chat.suggestion = found
    return found


def say(page: TalkPage, qtbot: Any, text: str = "I keep putting off my essay") -> None:
    page.composer.put(text)
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.presenter.is_busy)


def press(button: Any) -> None:
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def test_it_leads_to_the_exercise(pages: PagesView, page: TalkPage, talk: Talk, qtbot: Any) -> None:
    one = offered(talk)
    say(page, qtbot)
    offer = page.beside.exercise
    assert offer.isVisible()
    assert "A five-minute start" in offer.label.text()
    assert "evidence D" in offer.label.text()
    press(offer.open)
    assert pages.current == "exercises"
    exercises = pages.made_page("exercises")
    assert isinstance(exercises, ExercisesPage)
    qtbot.waitUntil(lambda: exercises.detail.exercise is not None)
    assert exercises.detail.exercise is not None
    assert exercises.detail.exercise.id == one.item.id == "five-minutes"
    qtbot.waitUntil(lambda: talk.vault.suggestions.since(0)[0].opened_at is not None)


def test_not_now_is_quiet_for_a_day(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    offered(talk)
    say(page, qtbot)
    press(page.beside.exercise.not_now)
    assert not page.beside.exercise.isVisible()
    qtbot.waitUntil(lambda: bool(talk.vault.suggestions.answers()))
    assert talk.vault.suggestions.answers()[0].answer is Answer.NOT_NOW


def test_the_next_message_takes_it_away(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    offered(talk)
    say(page, qtbot)
    talk.chat.suggestion = None
    say(page, qtbot, "another thing")
    assert not page.beside.exercise.isVisible()


def test_never_in_the_middle_of_typing_and_never_beside_danger(
    page: TalkPage, talk: Talk, qtbot: Any
) -> None:
    offered(talk)
    talk.chat.gate.clear()
    page.composer.put("I keep putting off my essay")
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.composer.text())
    page.composer.put("and also")
    talk.chat.gate.set()
    qtbot.waitUntil(lambda: not page.presenter.is_busy)
    assert not page.beside.exercise.isVisible()
    say(page, qtbot, "level2")
    assert not page.beside.exercise.isVisible()
