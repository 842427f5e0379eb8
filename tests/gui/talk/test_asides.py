"""What is offered beside a reply, and why a reply is as it is, as a person meets them."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from psylite_desktop.domain.aside import Aside, AsideKind, AsideRating, Why
from psylite_desktop.domain.chat_events import PassageUse
from psylite_desktop.domain.conversation import Mode, Route
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.passage import Passage
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.pages.talk.page import TalkPage
from tests.gui.talk.talk_fakes import Talk

SCENE = Passage("crosstalk", "printer", "en", "The printer knows", "A: Hello.\nB: Jam.")
READ = Passage(
    "articles",
    "loops",
    "en",
    "Why worry loops",
    "It turns.",
    "Write it down.",
    badge="B",
    source="Worry time trial",
)
ASKED = Aside(AsideKind.CROSSTALK, SCENE, Why("asked_light", "tell me a joke", certain=True))
RELIEVED = Aside(AsideKind.CROSSTALK, SCENE, Why("relieved", "finally done"))
SOUNDED = Aside(AsideKind.CROSSTALK, SCENE, Why("sounded_light"))
ARTICLE = Aside(AsideKind.ARTICLE, READ, Why("article_topic", "worry"))


@pytest.fixture
def page(talk: Talk, qtbot: Any) -> TalkPage:
    page = TalkPage(talk.context)
    qtbot.addWidget(page)
    page.resize(900, 680)
    page.show()
    qtbot.waitUntil(lambda: not page.presenter.is_opening)
    return page


def say(page: TalkPage, qtbot: Any, text: str = "hello there") -> None:
    page.composer.put(text)
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.presenter.is_busy)


def press(button: Any) -> None:
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def test_it_is_folded_says_why_and_opens_by_keyboard(
    page: TalkPage, talk: Talk, qtbot: Any
) -> None:
    talk.chat.aside = RELIEVED
    say(page, qtbot)
    assert page.beside.aside.isVisible()
    assert SCENE.title not in page.beside.aside.title.text()
    assert "finally done" in page.beside.aside.why.text()
    assert not page.beside.aside.body.isVisible()
    press(page.beside.aside.unfold)
    assert SCENE.title in page.beside.aside.title.text()
    assert page.beside.aside.body.isVisible()
    assert page.beside.aside.body.text() == SCENE.text
    press(page.beside.aside.skip)
    assert not page.beside.aside.isVisible()


def test_what_only_sounded_light_is_folded_and_admits_it(
    page: TalkPage, talk: Talk, qtbot: Any
) -> None:
    talk.chat.aside = SOUNDED
    say(page, qtbot)
    assert page.beside.aside.isVisible()
    assert not page.beside.aside.body.isVisible()
    assert "sounded light" in page.beside.aside.why.text()
    assert "mistake" in page.beside.aside.why.text()


def test_who_asked_sees_it_at_once(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    talk.chat.aside = ASKED
    say(page, qtbot)
    assert page.beside.aside.body.isVisible()


def test_not_funny_is_kept_and_answered(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    talk.chat.aside = ASKED
    say(page, qtbot)
    press(page.beside.aside.buttons[AsideRating.NOT_FUNNY])
    qtbot.waitUntil(lambda: talk.vault.asides.since(0.0)[0].rating is AsideRating.NOT_FUNNY)
    assert not page.beside.aside.body.isVisible()
    assert "thirty days" in page.beside.aside.why.text()


def test_a_rating_can_be_taken_back(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    talk.chat.aside = ASKED
    say(page, qtbot)
    good = page.beside.aside.buttons[AsideRating.LIKED]
    press(good)
    qtbot.waitUntil(lambda: talk.vault.asides.since(0.0)[0].rating is AsideRating.LIKED)
    press(good)
    qtbot.waitUntil(lambda: talk.vault.asides.since(0.0)[0].rating is None)


def test_a_rating_that_cannot_be_kept_says_so(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    talk.chat.aside = ASKED
    say(page, qtbot)
    talk.vault.failure = VaultError("vault_disk_full")
    press(page.beside.aside.buttons[AsideRating.LIKED])
    qtbot.waitUntil(lambda: bool(page.status.label.text()))
    talk.vault.failure = None


def test_an_article_names_its_evidence(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    talk.chat.aside = ARTICLE
    say(page, qtbot)
    press(page.beside.aside.unfold)
    assert page.beside.aside.body.text() == "It turns.\nWrite it down."
    assert "B" in page.beside.aside.source.text()
    assert "Worry time trial" in page.beside.aside.source.text()
    assert not page.beside.aside.buttons[AsideRating.NOT_FUNNY].isVisible()


def test_the_next_message_takes_it_away(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    talk.chat.aside = RELIEVED
    say(page, qtbot)
    talk.chat.aside = None
    say(page, qtbot, "and another thing")
    assert not page.beside.aside.isVisible()


def test_it_follows_the_language(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    talk.chat.aside = RELIEVED
    say(page, qtbot)
    talk.context.app.language.set(Language.ZH)
    qtbot.waitUntil(lambda: "轻松" in page.beside.aside.title.text())
    assert "finally done" in page.beside.aside.why.text()


def test_why_this_reply_is_one_press_away(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    assert not page.status.why.isVisible()
    talk.chat.route, talk.chat.rests_on = Route.ACTION, "what should i do"
    talk.chat.mode, talk.chat.why = Mode.WRITTEN, "guard:dose guided:exam-1"
    say(page, qtbot)
    press(page.status.why)
    said = page.beside.reason.label.text()
    assert page.beside.reason.isVisible()
    assert "small step" in said
    assert "what should i do" in said
    assert "held back" in said
    press(page.beside.reason.action)
    assert not page.beside.reason.isVisible()


@pytest.mark.parametrize(
    ("language", "words"),
    [(Language.EN, "I heard this in it: “Said, not done”."), (Language.ZH, "“说好了却没做”")],
)
def test_a_reply_to_what_was_told_says_what_it_heard(
    page: TalkPage, talk: Talk, qtbot: Any, language: Language, words: str
) -> None:
    talk.context.app.language.set(language)
    title = {Language.EN: "Said, not done", Language.ZH: "说好了却没做"}[language]
    talk.chat.mode = Mode.WRITTEN
    talk.chat.passages = (PassageUse("moments", "promised-didnt", 0.6, title),)
    talk.chat.why = "guided:moment-promised-didnt"
    say(page, qtbot)
    press(page.status.why)
    assert words in page.beside.reason.label.text()


def test_what_only_lay_near_is_not_said_to_be_heard(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    talk.chat.mode = Mode.WRITTEN
    talk.chat.passages = (PassageUse("techniques", "money-worries", 0.3, "Money worries"),)
    talk.chat.why = "guided:unclear-3"
    say(page, qtbot)
    press(page.status.why)
    assert "Money worries" not in page.beside.reason.label.text()


@pytest.mark.parametrize("route", list(Route))
def test_every_route_can_say_why(page: TalkPage, talk: Talk, qtbot: Any, route: Route) -> None:
    talk.chat.route = route
    say(page, qtbot)
    press(page.status.why)
    assert len(page.beside.reason.label.text()) > 30
