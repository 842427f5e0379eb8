"""One Talk page on real Qt, with scripted services behind it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent

from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.bridge.deliveries import is_alive
from psylite_desktop.ui.pages.talk.page import TalkPage
from tests.gui.talk.talk_fakes import Talk, make_talk


@pytest.fixture
def talk(qapp):
    """Services of a profile; the engine thread must end with the test."""
    made = make_talk(qapp)
    yield made
    made.chat.gate.set()
    made.chat.door.set()
    assert made.engine.stop(10)
    made.plain.change(language=Language.EN)  # takes the translators off the application
    made.context.app.language.deleteLater()
    made.context.app.theme.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def open_page(qtbot, talk: Talk):
    """Make a shown page; call it again for a second one on the same profile."""
    made: list[TalkPage] = []

    def make() -> TalkPage:
        page = TalkPage(talk.context)
        qtbot.addWidget(page)
        page.resize(1024, 640)
        page.show()
        qtbot.waitUntil(lambda: not page.presenter.is_opening)
        made.append(page)
        return page

    yield make
    for page in made:
        if is_alive(page):
            page.leave()


@pytest.fixture
def page(open_page):
    return open_page()
