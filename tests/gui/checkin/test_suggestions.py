"""A suggestion on Home, as a person meets it: read, opened, folded, refused, taken back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.check_in import CheckInDraft
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.domain.settings import Language
from psylite_desktop.domain.suggestion import Answer
from psylite_desktop.ui.dialogs.text_dialog import TextDialog
from psylite_desktop.ui.pages.suggestions.place import SuggestionPlace
from psylite_desktop.ui.shell import registry
from psylite_desktop.ui.shell.pages_view import PagesView
from tests.gui.talk.talk_fakes import Talk

Key = Qt.Key


@pytest.fixture
def open_pages(talk: Talk, qtbot: QtBot) -> Iterator[Callable[[], PagesView]]:
    made: list[PagesView] = []

    def make() -> PagesView:
        view = PagesView(talk.context, specs=registry.PAGES)
        qtbot.addWidget(view)
        view.resize(1024, 680)
        view.show()
        view.activateWindow()
        made.append(view)
        return view

    yield make
    for view in made:
        view.leave()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def place_of(view: PagesView) -> SuggestionPlace:
    page: Any = view.made_page("home")
    found: SuggestionPlace = page.suggestion
    return found


def feel(talk: Talk, *feelings: str, backs: tuple[int, ...] = (1, 2), note: str = "") -> None:
    service = talk.context.session.check_ins
    for back in backs:
        day = (service.today() - timedelta(days=back)).isoformat()
        service.record(CheckInDraft(day, 3, feelings, note=note))


def press(button: Any) -> None:
    button.setFocus()
    QTest.keyClick(button, Key.Key_Space)


@pytest.mark.parametrize(
    ("language", "title", "because", "other"),
    [
        (
            Language.EN,
            "Muscles: tighten, let go",
            "You picked “tense” in 2 check-ins over the last 7 days.",
            "Body scan, feet to face",
        ),
        (
            Language.ZH,
            "肌肉放松：绷紧，松开",
            "最近 7 天记心情时，有 2 次你选了“紧绷”。",
            "身体扫描：从脚到头",
        ),
    ],
)
def test_what_because_how_and_what_else(
    open_pages: Callable[[], PagesView],
    talk: Talk,
    qtbot: QtBot,
    language: Language,
    title: str,
    because: str,
    other: str,
) -> None:
    talk.plain.change(language=language)
    feel(talk, "tense", note="肩膀一直端着")
    place = place_of(open_pages())
    qtbot.waitUntil(place.card.isVisible)
    card = place.card
    assert card.title.text().startswith(title)
    assert card.because.text() == because
    assert "肩膀一直端着" in card.quote.text()
    assert "B" in card.badge.text()
    assert next(button.text() for button in card.others if button.isVisible()) == other
    assert not place.none.isVisible()


def test_it_opens_the_exercise_by_keyboard(
    open_pages: Callable[[], PagesView], talk: Talk, qtbot: QtBot
) -> None:
    feel(talk, "tense")
    view = open_pages()
    place = place_of(view)
    qtbot.waitUntil(place.card.isVisible)
    place.card.fold.setFocus()
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert QApplication.focusWidget() is place.card.open
    QTest.keyClick(place.card.open, Key.Key_Space)
    assert view.current == "exercises"
    page: Any = view.made_page("exercises")
    qtbot.waitUntil(lambda: page.detail.exercise is not None)
    assert page.detail.exercise.id == "muscle-release"
    view.show_page("home")
    qtbot.waitUntil(place.none.isVisible)
    assert "tomorrow" in place.none.text()


def test_the_reason_leads_to_that_check_in(
    open_pages: Callable[[], PagesView], talk: Talk, qtbot: QtBot
) -> None:
    feel(talk, "tense", note="shoulders up")
    view = open_pages()
    place = place_of(view)
    qtbot.waitUntil(place.card.isVisible)
    press(place.card.where)
    assert view.current == "checkin"
    page: Any = view.made_page("checkin")
    day = (talk.context.session.check_ins.today() - timedelta(days=1)).isoformat()
    assert page.form.day.day == day
    qtbot.waitUntil(lambda: len(page.entries.rows) == 1)


def test_the_reason_leads_to_that_talk(
    open_pages: Callable[[], PagesView], talk: Talk, qtbot: QtBot
) -> None:
    store, now = talk.vault.conversations, time.time()
    ids = []
    for _ in range(2):
        ids.append(store.start(now))
        store.append(ids[-1], Message(Role.USER, "I keep putting off my essay", created_at=now))
    other = store.start(now + 1)
    store.append(other, Message(Role.USER, "hello", created_at=now + 1))
    view = open_pages()
    place = place_of(view)
    qtbot.waitUntil(place.card.isVisible)
    assert "“I keep putting off my essay”" in place.card.quote.text()
    press(place.card.where)
    assert view.current == "talk"
    page: Any = view.made_page("talk")
    qtbot.waitUntil(lambda: page.presenter.conversation_id in ids)


@pytest.mark.parametrize("answer", list(Answer))
def test_every_answer_is_kept_and_can_be_taken_back(
    open_pages: Callable[[], PagesView], talk: Talk, qtbot: QtBot, answer: Answer
) -> None:
    feel(talk, "tense")
    place = place_of(open_pages())
    qtbot.waitUntil(place.card.isVisible)
    press(place.card.answers[answer])
    qtbot.waitUntil(place.answered.isVisible)
    assert not place.card.isVisible()
    assert talk.vault.suggestions.answers()[0].answer is answer
    qtbot.waitUntil(place.answered.action.hasFocus)
    QTest.keyClick(place.answered.action, Key.Key_Space)
    qtbot.waitUntil(lambda: talk.vault.suggestions.answers() == [])
    qtbot.waitUntil(place.card.isVisible)


def test_what_was_turned_off_is_listed_and_comes_back(
    open_pages: Callable[[], PagesView], talk: Talk, qtbot: QtBot
) -> None:
    feel(talk, "tense")
    view = open_pages()
    place = place_of(view)
    qtbot.waitUntil(place.card.isVisible)
    press(place.card.answers[Answer.NOT_FOR_THIS])
    qtbot.waitUntil(place.answered.isVisible)
    press(place.turned_off)
    assert view.current == "suggestions"
    page: Any = view.made_page("suggestions")
    qtbot.waitUntil(lambda: len(page.lines) == 1)
    assert "feeling tense" in page.lines[0].text()
    press(page.take_back[0])
    qtbot.waitUntil(page.off.isVisible)
    assert talk.vault.suggestions.answers() == []
    QTest.keyClick(page.back, Key.Key_Escape)
    assert view.current == "home"
    qtbot.waitUntil(place.card.isVisible)


def test_another_way_is_taken_instead(
    open_pages: Callable[[], PagesView], talk: Talk, qtbot: QtBot
) -> None:
    feel(talk, "tense")
    view = open_pages()
    place = place_of(view)
    qtbot.waitUntil(place.card.isVisible)
    press(place.card.others[0])
    assert view.current == "exercises"
    page: Any = view.made_page("exercises")
    qtbot.waitUntil(lambda: page.detail.exercise is not None)
    assert page.detail.exercise.id == "body-scan"


def test_a_scale_that_is_due_comes_into_view(
    open_pages: Callable[[], PagesView], talk: Talk, qtbot: QtBot
) -> None:
    at = time.time() - 20 * 24 * 3600
    talk.vault.scale_runs.add(ScaleRun("phq9", at, "en", (("total", 7),)))
    view = open_pages()
    place = place_of(view)
    qtbot.waitUntil(place.card.isVisible)
    assert "20 days ago; the total was 7" in place.card.because.text()
    press(place.card.open)
    assert view.current == "scales"
    page: Any = view.made_page("scales")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.list.cards["phq9"].first)
    assert page.stack.currentWidget() is page.list, "it is not begun"


def test_the_card_folds_away_and_stays_so(
    open_pages: Callable[[], PagesView], talk: Talk, qtbot: QtBot
) -> None:
    feel(talk, "tense")
    place = place_of(open_pages())
    qtbot.waitUntil(place.card.isVisible)
    press(place.card.fold)
    qtbot.waitUntil(place.unfold.isVisible)
    assert not place.card.isVisible()
    again = place_of(open_pages())
    qtbot.waitUntil(again.unfold.isVisible)
    assert not again.card.isVisible()
    press(again.unfold)
    qtbot.waitUntil(again.card.isVisible)


def test_an_article_is_read_in_place(
    open_pages: Callable[[], PagesView], talk: Talk, qtbot: QtBot
) -> None:
    feel(talk, "lonely")
    view = open_pages()
    place = place_of(view)
    qtbot.waitUntil(place.card.isVisible)
    press(place.card.open)
    qtbot.waitUntil(lambda: bool(place.findChildren(TextDialog)))
    (dialog,) = place.findChildren(TextDialog)
    assert dialog.windowTitle() in place.card.title.text()
    assert len(dialog.text.toPlainText()) > 400
    dialog.accept()
    assert view.current == "home"


def test_it_follows_the_language(
    open_pages: Callable[[], PagesView], talk: Talk, qtbot: QtBot
) -> None:
    feel(talk, "tense")
    place = place_of(open_pages())
    qtbot.waitUntil(place.card.isVisible)
    talk.context.app.language.set(Language.ZH)
    qtbot.waitUntil(lambda: place.card.title.text().startswith("肌肉放松"))
    assert len(talk.vault.suggestions.since(0)) == 1, "still the same offer"


def test_with_nothing_it_says_why(
    open_pages: Callable[[], PagesView], talk: Talk, qtbot: QtBot
) -> None:
    view = open_pages()
    place = place_of(view)
    qtbot.waitUntil(place.none.isVisible)
    assert "nothing from the last two weeks" in place.none.text()
    feel(talk, "calm")
    view.show_page("talk")
    view.show_page("home")
    qtbot.waitUntil(lambda: "nothing stands out" in place.none.text())


def test_after_something_grave_only_the_plan(
    open_pages: Callable[[], PagesView], talk: Talk, qtbot: QtBot
) -> None:
    feel(talk, "tense")
    feel(talk, "sad", backs=(3,), note="level2")
    view = open_pages()
    place = place_of(view)
    qtbot.waitUntil(place.card.isVisible)
    assert not place.card.quote.isVisible()
    assert not place.card.where.isVisible()
    press(place.card.open)
    assert view.current == "plan"


def test_a_vault_that_cannot_be_read_is_told(
    open_pages: Callable[[], PagesView], talk: Talk, qtbot: QtBot
) -> None:
    place = place_of(open_pages())
    qtbot.waitUntil(place.none.isVisible)
    talk.vault.failure = VaultError("vault_io")
    place.reload()
    qtbot.waitUntil(place.notice.isVisible)
    talk.vault.failure = None
    place.reload()
    qtbot.waitUntil(lambda: not place.notice.isVisible())
