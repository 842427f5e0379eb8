"""Home: where to begin, today in a sentence, two weeks without counting in a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.check_in import CheckInDraft
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.pages.home.page import HomePage
from psylite_desktop.ui.shell import registry
from psylite_desktop.ui.shell.page import PageSpec
from psylite_desktop.ui.shell.pages_view import PagesView
from tests.gui.talk.talk_fakes import Talk

Key = Qt.Key


@pytest.fixture
def open_pages(talk: Talk, qtbot: QtBot) -> Iterator[Callable[[], PagesView]]:
    """The pages of an open profile."""
    made: list[PagesView] = []

    def make() -> PagesView:
        view = PagesView(talk.context, specs=registry.PAGES)
        qtbot.addWidget(view)
        view.resize(1024, 680)
        view.show()
        view.activateWindow()
        view.setFocus()
        qtbot.waitUntil(home(view).talk.hasFocus)
        made.append(view)
        return view

    yield make
    for view in made:
        view.leave()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def pages(open_pages: Callable[[], PagesView]) -> PagesView:
    return open_pages()


def home(pages: PagesView) -> HomePage:
    page = pages.made_page("home")
    assert isinstance(page, HomePage)
    return page


def note(talk: Talk, back: int, mood: int, text: str = "") -> None:
    service = talk.context.session.check_ins
    day = (service.today() - timedelta(days=back)).isoformat()
    service.record(CheckInDraft(day, mood, note=text))


def test_it_is_in_front_and_leads_on_by_keyboard(pages: PagesView, qtbot: QtBot) -> None:
    page = home(pages)
    assert pages.current == "home"
    assert [card.title.text() for card in (page.talk, page.check_in)] == ["Talk", "Check in"]
    assert page.write.isVisible()
    assert QApplication.focusWidget() is page.talk
    QTest.keyClick(page.talk, Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Space)
    assert pages.current == "checkin"
    QTest.keyClick(QApplication.focusWidget(), Key.Key_4)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
    checkin: Any = pages.made_page("checkin")
    qtbot.waitUntil(checkin.saved.isVisible)
    pages.show_page("home")
    qtbot.waitUntil(lambda: page.today.text().endswith(": Good"))
    QTest.keyClick(page.talk, Key.Key_Space)
    assert pages.current == "talk"


def test_the_journal_is_offered_where_there_is_one(
    open_pages: Callable[[], PagesView], monkeypatch: pytest.MonkeyPatch
) -> None:
    if "journal" not in {spec.id for spec in registry.PAGES}:
        other = next(spec for spec in registry.PAGES if spec.id == "history")
        journal: PageSpec = replace(other, id="journal")
        monkeypatch.setattr(registry, "PAGES", (*registry.PAGES, journal))
    view = open_pages()
    page = home(view)
    assert page.write.isVisible()
    page.write.click()
    assert view.current == "journal"


def test_today_is_said_in_one_sentence(pages: PagesView, talk: Talk, qtbot: QtBot) -> None:
    page = home(pages)
    assert page.today.text() == "No check-in today yet; one face is enough."
    assert not page.days.isVisible()
    assert not page.count.isVisible()
    note(talk, 0, 2)
    page.reload()
    qtbot.waitUntil(lambda: page.today.text().startswith("Today at "))
    assert page.today.text().endswith(": Low")
    note(talk, 0, 4)
    page.reload()
    qtbot.waitUntil(lambda: page.today.text().startswith("2 check-ins today"))
    assert page.today.text().endswith(": Good")


@pytest.mark.parametrize(
    ("language", "words"),
    [(Language.EN, ("Very low", "So-so")), (Language.ZH, ("很难受", "一般"))],
)
def test_fourteen_days_are_said_in_words(
    talk: Talk,
    open_pages: Callable[[], PagesView],
    qtbot: QtBot,
    language: Language,
    words: tuple[str, str],
) -> None:
    talk.plain.change(language=language)
    for back in (0, 1, 2, 4, 5, 6, 8, 10, 13, 14, 90):
        note(talk, back, 1)
    note(talk, 1, 4)  # with the 1 of that day: 2.5, a face in the middle
    view = open_pages()
    page = home(view)
    qtbot.waitUntil(page.days.isVisible)
    said = [page.days.said(place) for place in range(14)]
    assert all(one in page.days.accessibleDescription() for one in said)
    assert said[13].endswith(words[0])
    assert said[12].endswith(words[1])
    assert sum(words[0] in one for one in said) == 8
    assert "9" in page.count.text()
    assert "14" in page.count.text()
    page.grab()


def test_it_never_counts_days_in_a_row(pages: PagesView, talk: Talk, qtbot: QtBot) -> None:
    for back in range(14):
        note(talk, back, 3)
    page = home(pages)
    page.reload()
    qtbot.waitUntil(page.count.isVisible)
    assert page.count.text() == "14 of the last 14 days"


def test_help_that_came_into_view_stands_above(pages: PagesView, talk: Talk, qtbot: QtBot) -> None:
    page = home(pages)
    assert not page.help.crisis.strip.isVisible()
    pages.show_page("checkin")
    talk.screening.take("level2")
    pages.show_page("home")
    assert page.help.crisis.strip.isVisible()
    page.help.crisis.strip.plan.click()
    assert pages.current == "plan"
    talk_page: Any = pages.show_page("talk")
    assert talk_page.crisis.strip.isVisible()


def test_talk_shows_help_for_what_a_check_in_said(
    pages: PagesView, talk: Talk, qtbot: QtBot
) -> None:
    talk_page: Any = pages.show_page("talk")
    checkin: Any = pages.show_page("checkin")
    QTest.keyClick(QApplication.focusWidget(), Key.Key_1)
    checkin.form.note.setText("level2")
    checkin.save.click()
    assert checkin.help.crisis.card.isVisible()
    qtbot.waitUntil(lambda: not checkin.presenter.is_hearing)
    pages.show_page("talk")
    assert talk_page.crisis.strip.isVisible()


def test_a_vault_that_cannot_be_read_is_told(pages: PagesView, talk: Talk, qtbot: QtBot) -> None:
    page = home(pages)
    talk.vault.failure = VaultError("vault_io")
    page.reload()
    qtbot.waitUntil(page.notice.isVisible)
    talk.vault.failure = None
    page.reload()
    qtbot.waitUntil(lambda: not page.notice.isVisible())
