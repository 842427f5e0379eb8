"""The welcome page."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.settings import AgeBand, Language, PrivateSettings
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.welcome.page import WelcomePage
from tests.fakes.app_context import Desk


def _page(context: PageContext, qtbot: QtBot) -> WelcomePage:
    page = WelcomePage(context, PrivateSettings())
    qtbot.addWidget(page)
    page.show()
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
