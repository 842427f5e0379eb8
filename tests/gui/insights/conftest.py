"""A profile behind Insights: the vault's port, and check-ins of days before today."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.settings import Language
from psylite_desktop.evaluation.sample_days import moment
from psylite_desktop.ui.bridge.deliveries import is_alive
from psylite_desktop.ui.pages.insights.page import InsightsPage
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
def note(talk: Talk) -> Callable[..., CheckIn]:
    """Puts a check-in `back` days ago into the vault."""
    today = talk.context.session.check_ins.today()

    def put(back: int, mood: int, *, hour: int = 12, **more) -> CheckIn:
        day = today - timedelta(days=back)
        one = CheckIn(at=moment(day, hour), day=day.isoformat(), mood=mood, **more)
        return talk.vault.check_ins.add(one)

    return put


@pytest.fixture
def open_page(qtbot: QtBot, talk: Talk) -> Iterator[Callable[[], InsightsPage]]:
    """Make a shown page that has read what is there."""
    made: list[InsightsPage] = []

    def make() -> InsightsPage:
        page = InsightsPage(talk.context)
        qtbot.addWidget(page)
        page.resize(1024, 680)
        page.show()
        page.activateWindow()
        page.setFocus()
        qtbot.waitUntil(lambda: page.empty.isVisible() or page.period.isVisible())
        made.append(page)
        return page

    yield make
    for page in made:
        if is_alive(page):
            page.leave()
