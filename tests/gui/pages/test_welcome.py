"""The welcome page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.safety_plan import PlanStep
from psylite_desktop.domain.settings import AgeBand, Language, PrivateSettings
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.help.page import HelpPage
from psylite_desktop.ui.pages.settings.page import SettingsPage
from psylite_desktop.ui.pages.welcome.again import WelcomeAgainPage
from psylite_desktop.ui.pages.welcome.page import WelcomePage
from psylite_desktop.ui.shell.window import MainWindow
from tests.fakes.app_context import Desk


def _page(context: PageContext, qtbot: QtBot) -> WelcomePage:
    page = WelcomePage(context, PrivateSettings())
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def test_it_says_what_it_is_not(page_context: PageContext, qtbot: QtBot) -> None:
    page = _page(page_context, qtbot)
    said = " ".join(line.text() for line in page.about.lines)
    assert len(page.about.lines) == 4
    assert "not a person" in said
    assert "can be wrong" in said
    assert "F1" in said


def test_the_language_changes_on_the_spot(
    desk: Desk, page_context: PageContext, qtbot: QtBot
) -> None:
    page = _page(page_context, qtbot)
    page.about.languages[Language.ZH].click()
    qtbot.waitUntil(lambda: page.about.title.text() == "开始之前")
    assert desk.plain.current.language is Language.ZH


def test_the_answers_are_stored(desk: Desk, page_context: PageContext, qtbot: QtBot) -> None:
    page = _page(page_context, qtbot)
    page.about.proceed.click()
    page.choices.ages[AgeBand.ADULT].click()
    page.choices.region.setCurrentIndex(page.choices.region.findData("hk"))
    page.choices.region.activated.emit(page.choices.region.currentIndex())
    with qtbot.waitSignal(page.finished) as finished:
        page.choices.proceed.click()
        page.contact.proceed.click()
    assert finished.args == [PrivateSettings(welcomed=True, age_band=AgeBand.ADULT)]
    assert page_context.session.vault.settings.load() == finished.args[0]
    assert desk.plain.current.region == "hk"


def test_a_full_disk_does_not_stand_in_the_way(page_context: PageContext, qtbot: QtBot) -> None:
    page = _page(page_context, qtbot)
    page.about.proceed.click()
    page_context.session.vault.failure = VaultError("vault_disk_full")  # type: ignore[attr-defined]
    with qtbot.waitSignal(page.finished):
        page.choices.proceed.click()
        page.contact.proceed.click()


def test_there_is_a_way_back(page_context: PageContext, qtbot: QtBot) -> None:
    page = _page(page_context, qtbot)
    page.about.proceed.click()
    assert page.choices.isVisible()
    page.choices.back.click()
    assert page.about.isVisible()


@pytest.mark.parametrize("language", Language)
def test_all_of_it_by_keyboard(
    desk: Desk, page_context: PageContext, qtbot: QtBot, qapp: QApplication, language: Language
) -> None:
    desk.plain.change(language=language)
    page = _page(page_context, qtbot)

    def press(wanted: QWidget, key: Qt.Key = Qt.Key.Key_Space) -> None:
        """Go there by Tab and press."""
        qtbot.waitUntil(lambda: qapp.focusWidget() is not None)
        for _ in range(12):
            if qapp.focusWidget() is wanted:
                break
            QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
        assert qapp.focusWidget() is wanted
        QTest.keyClick(wanted, key)

    page.setFocus()
    qtbot.waitUntil(lambda: qapp.focusWidget() in page.about.languages.values())
    press(page.about.proceed)
    press(page.choices.memory.box)
    press(page.choices.proceed)
    assert page.contact.isVisible()
    QTest.keyClicks(qapp.focusWidget(), "Mum")
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Return)
    assert page.contact.number.hasFocus()
    QTest.keyClicks(page.contact.number, "138 0000")
    with qtbot.waitSignal(page.finished) as finished:
        QTest.keyClick(page.contact.number, Qt.Key.Key_Return)
    assert not finished.args[0].memory
    assert page_context.session.plan.people() == "Mum · 138 0000"


def test_everything_may_be_skipped(page_context: PageContext, qtbot: QtBot) -> None:
    page = _page(page_context, qtbot)
    with qtbot.waitSignal(page.finished) as finished:
        QTest.keyClick(page.about.skip, Qt.Key.Key_Space)
    assert finished.args == [PrivateSettings(welcomed=True)]
    assert page_context.session.plan.people() == ""


def test_escape_goes_back_step_by_step(page_context: PageContext, qtbot: QtBot) -> None:
    page = _page(page_context, qtbot)
    page.about.proceed.click()
    page.choices.proceed.click()
    QTest.keyClicks(page.contact.name, "Mum")
    QTest.keyClick(page.contact.name, Qt.Key.Key_Escape)
    assert page.choices.isVisible()
    QTest.keyClick(page.choices.proceed, Qt.Key.Key_Escape)
    assert page.about.isVisible()
    page.about.proceed.click()
    page.choices.proceed.click()
    assert page.contact.name.text() == "Mum"


def test_a_person_already_in_the_plan_is_not_added_twice(
    page_context: PageContext, qtbot: QtBot
) -> None:
    plan = page_context.session.plan
    plan.save({PlanStep.PEOPLE: "my sister"})
    for _ in range(2):
        page = _page(page_context, qtbot)
        page.about.proceed.click()
        page.choices.proceed.click()
        page.contact.name.setText("Mum")
        with qtbot.waitSignal(page.finished):
            page.contact.proceed.click()
    assert plan.people() == "my sister\nMum"


def test_it_can_be_seen_again_from_the_settings(
    open_profile: Callable[[], None], window: MainWindow, qtbot: QtBot
) -> None:
    open_profile()
    pages = window.pages
    assert pages is not None
    settings = pages.show_page("settings")
    assert isinstance(settings, SettingsPage)
    settings.links.buttons["welcome"].click()
    again = pages.made_page("welcome")
    assert isinstance(again, WelcomeAgainPage)
    qtbot.waitUntil(lambda: again.welcome is not None and again.welcome.isVisible())
    assert again.welcome is not None
    again.welcome.about.proceed.click()
    again.welcome.choices.ages[AgeBand.ADULT].click()
    again.welcome.choices.proceed.click()
    again.welcome.contact.name.setText("Mum")
    again.welcome.contact.proceed.click()
    qtbot.waitUntil(lambda: pages.current == "settings")
    qtbot.waitUntil(lambda: settings.editors["age_band"].currentIndex() == 1)
    helping = pages.show_page("help")
    assert isinstance(helping, HelpPage)
    qtbot.waitUntil(helping.people.card.isVisible)
    assert helping.people.people.text() == "Mum"
