"""A profile behind Home and Check in: real vault port, scripted screening, real engine thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.bridge.deliveries import is_alive
from psylite_desktop.ui.pages.checkin.page import CheckInPage
from tests.gui.talk.talk_fakes import Talk, make_talk


@pytest.fixture
def talk(qapp: QApplication) -> Iterator[Talk]:
    """Services of a profile; the engine thread must end with the test."""
    made = make_talk(qapp)
    yield made
    assert made.engine.stop(10)
    made.plain.change(language=Language.EN)  # takes the translators off the application
    made.context.app.language.deleteLater()
    made.context.app.theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def open_page(qtbot: QtBot, talk: Talk) -> Iterator[Callable[[], CheckInPage]]:
    """Make a shown page; call it again for a second one on the same profile."""
    made: list[CheckInPage] = []

    def make() -> CheckInPage:
        page = CheckInPage(talk.context)
        qtbot.addWidget(page)
        page.resize(1024, 680)
        page.show()
        page.activateWindow()
        page.setFocus()
        qtbot.waitUntil(page.form.faces.buttons[1].hasFocus)
        made.append(page)
        return page

    yield make
    for page in made:
        if is_alive(page):
            page.leave()


@pytest.fixture
def page(open_page: Callable[[], CheckInPage]) -> CheckInPage:
    return open_page()
