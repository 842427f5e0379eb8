"""How replies did: numbers in words and bars, empty at first, following the language."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from psylite_desktop.domain.conversation import Message, Mode, Role, Route
from psylite_desktop.domain.rating import Dimension, ReplyRating
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.history.page import HistoryPage
from psylite_desktop.ui.pages.ratings.page import RatingsPage


@pytest.fixture
def page(page_context: PageContext, qtbot: Any) -> RatingsPage:
    page = RatingsPage(page_context)
    qtbot.addWidget(page)
    page.resize(900, 680)
    page.show()
    page.activateWindow()
    return page


def rate(context: PageContext, **marks: Any) -> None:
    store = context.session.vault.conversations
    talk = store.start(1.0)
    reply = store.append(talk, Message(Role.ASSISTANT, "hm"))
    context.session.ratings.rate(ReplyRating(reply.id, **marks))


def test_at_first_there_is_one_kind_sentence_and_one_way(page: RatingsPage, qtbot: Any) -> None:
    qtbot.waitUntil(page.empty.isVisible)
    with qtbot.waitSignal(page.talk_requested):
        page.empty.action.setFocus()
        QTest.keyClick(page.empty.action, Qt.Key.Key_Space)


def test_means_and_numbers_by_what_wrote_them(
    page: RatingsPage, page_context: PageContext, desk: Any, qtbot: Any
) -> None:
    rate(page_context, helpfulness=5, logic=4, mode=Mode.MODEL, model="qwen-1.7b")
    rate(page_context, helpfulness=2, mode=Mode.WRITTEN, route=Route.EXPLORE)
    page.reload()
    qtbot.waitUntil(page.everything.isVisible)
    cells = page.everything.cells
    assert cells["", Dimension.HELPFULNESS].text() == "3.5 (n\u00a0=\u00a02)"
    assert cells["", Dimension.HELPFULNESS].accessibleName() == "Helpful: 3.5 (n\u00a0=\u00a02)"
    assert cells["", Dimension.FLUENCY].text() == "no marks"
    assert page.everything.bars[Dimension.HELPFULNESS].share == pytest.approx(0.625)
    assert page.everything.bars[Dimension.FLUENCY].share == 0.0
    modes, models, routes = page.tables
    assert modes.cells["model", Dimension.HELPFULNESS].text() == "5.0 (n\u00a0=\u00a01)"
    assert modes.cells["written", Dimension.HELPFULNESS].text() == "2.0 (n\u00a0=\u00a01)"
    name = models.cells["qwen-1.7b", Dimension.LOGIC].accessibleName()
    assert name == "Qwen 1.7B, Made sense: 4.0 (n\u00a0=\u00a01)"
    assert "explore" in {key[0] for key in routes.cells}
    page.grab()
    desk.context.language.set(Language.ZH)
    qtbot.waitUntil(
        lambda: "通义千问" in models.cells["qwen-1.7b", Dimension.LOGIC].accessibleName()
    )


def test_deleted_talks_take_their_marks_along(
    page: RatingsPage, page_context: PageContext, qtbot: Any
) -> None:
    rate(page_context, helpfulness=5)
    page.reload()
    qtbot.waitUntil(page.everything.isVisible)
    store = page_context.session.vault.conversations
    store.delete(store.conversations()[0].id)
    page.reload()
    qtbot.waitUntil(page.empty.isVisible)


def test_escape_leads_back_and_earlier_leads_here(
    page: RatingsPage, page_context: PageContext, qtbot: Any
) -> None:
    page.back.setFocus()
    with qtbot.waitSignal(page.back_requested):
        QTest.keyClick(page.back, Qt.Key.Key_Escape)
    history = HistoryPage(page_context)
    qtbot.addWidget(history)
    with qtbot.waitSignal(history.ratings_requested):
        history.view.ratings.click()
