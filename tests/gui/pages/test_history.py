"""The history page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.history.page import HistoryPage
from psylite_desktop.ui.pages.history.rows import (
    ConversationRow,
    DayRow,
    HitRow,
    id_of,
    marked_spans,
)

DAY_S = 86_400
TITLES = ("Exams", "", "Roommate again")


@pytest.fixture
def page(page_context: PageContext, qtbot: QtBot) -> HistoryPage:
    """Three conversations: the newest today, the others on the two days before."""
    now = QDateTime.currentSecsSinceEpoch()
    store = page_context.session.vault.conversations
    for days, title in zip((2, 1, 0), TITLES, strict=True):
        conversation = store.start(now - days * DAY_S)
        store.rename(conversation, title)
        text = f"宿舍的灯又亮到两点 {title}"
        store.append(conversation, Message(Role.USER, text, created_at=now - days * DAY_S))
    page = HistoryPage(page_context)
    qtbot.addWidget(page, before_close_func=lambda p: p.leave())
    page.resize(800, 600)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.list.rows_model.rowCount() == 6)
    return page


def _ids(page: HistoryPage) -> list[int]:
    return [id_of(row) for row in page.list.rows_model.rows if id_of(row)]


def _find(page: HistoryPage, qtbot: QtBot, words: str) -> None:
    page.search.setText(words)
    qtbot.keyClick(page.search, Qt.Key.Key_Return)


def _texts(page: HistoryPage) -> list[str]:
    model = page.list.rows_model
    return [str(model.index(at).data()) for at in range(model.rowCount())]


def test_newest_first_under_their_days(page: HistoryPage) -> None:
    rows = page.list.rows_model.rows
    assert [type(row) for row in rows] == [DayRow, ConversationRow] * 3
    texts = _texts(page)
    assert (texts[0], texts[1]) == ("Today", "Roommate again")
    assert (texts[2], texts[3]) == ("Yesterday", "A conversation")
    assert texts[5] == "Exams"


def test_screen_readers_hear_the_whole_row(page: HistoryPage) -> None:
    index = page.list.rows_model.index(1)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Roommate again" in spoken
    assert "messages: 1" in spoken


def test_enter_opens(page: HistoryPage, qtbot: QtBot) -> None:
    assert page.list.selected_id == 3
    with qtbot.waitSignal(page.open_conversation_requested) as opened:
        page.open.click()
    assert opened.args == [3]
    page.list.setFocus()
    with qtbot.waitSignal(page.open_conversation_requested):
        qtbot.keyClick(page.list, Qt.Key.Key_Return)


def test_headings_cannot_be_opened(page: HistoryPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(page.open_conversation_requested):
        page.list.activated.emit(page.list.rows_model.index(0))


def test_search_shows_where_the_words_stand(page: HistoryPage, qtbot: QtBot) -> None:
    _find(page, qtbot, "Exams")
    qtbot.waitUntil(lambda: _ids(page) == [1])
    row = page.list.rows_model.rows[0]
    assert isinstance(row, HitRow)
    text, spans = marked_spans(row.hit.snippet)
    assert [text[start : start + length] for start, length in spans]
    assert "\ue000" not in text
    assert not page.rename.isVisible()


def test_nothing_found_offers_the_way_back(page: HistoryPage, qtbot: QtBot) -> None:
    _find(page, qtbot, "zebra")
    qtbot.waitUntil(page.empty.isVisible)
    page.empty.action.click()
    assert page.search.text() == ""
    assert _ids(page) == [3, 2, 1]


def test_an_empty_history_invites_to_talk(page_context: PageContext, qtbot: QtBot) -> None:
    page = HistoryPage(page_context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.empty.isVisible)
    with qtbot.waitSignal(page.talk_requested):
        page.empty.action.click()


def test_a_title_is_edited_in_place(
    page: HistoryPage, page_context: PageContext, qtbot: QtBot
) -> None:
    page.rename.click()
    editor = page.list.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "Roommate again"
    editor.setText("  Lights at two  ")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Lights at two" in _texts(page))
    store = page_context.session.vault.conversations
    assert store.conversations()[0].title == "Lights at two"


def test_deleting_can_be_undone(page: HistoryPage, page_context: PageContext, qtbot: QtBot) -> None:
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert _ids(page) == [2, 1]
    assert page.undo.isVisible()
    page.undo.action.click()
    assert _ids(page) == [3, 2, 1]
    assert page.list.selected_id == 3
    assert len(page_context.session.vault.conversations.conversations()) == 3


def test_a_deletion_is_carried_out_when_the_line_goes(
    page: HistoryPage, page_context: PageContext, qtbot: QtBot
) -> None:
    page.delete.click()
    with qtbot.waitSignal(page.conversation_deleted) as deleted:
        page.undo.expired.emit()
    assert deleted.args == [3]
    assert [c.id for c in page_context.session.vault.conversations.conversations()] == [2, 1]


def test_leaving_carries_a_deletion_out(
    page: HistoryPage, page_context: PageContext, qtbot: QtBot
) -> None:
    page.delete.click()
    page.leave()
    assert [c.id for c in page_context.session.vault.conversations.conversations()] == [2, 1]


def test_a_vault_that_fails_is_told(
    page: HistoryPage, page_context: PageContext, qtbot: QtBot
) -> None:
    page_context.session.vault.failure = VaultError("vault_io")  # type: ignore[attr-defined]
    page.reload()
    qtbot.waitUntil(page.notice.isVisible)


def test_spans_count_as_qt_does() -> None:
    text, spans = marked_spans("😀\ue000灯\ue001\n亮")
    assert text == "😀灯 亮"
    assert spans == [(2, 1)]
    assert marked_spans("a\ue001b\ue000c") == ("abc", [])
