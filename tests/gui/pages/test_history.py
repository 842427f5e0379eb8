"""The history page."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.conversation import Conversation, Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.exercise import ExerciseRun
from psylite_desktop.domain.found import FoundKind
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.memory import MemoryNote, Topic
from psylite_desktop.domain.risk import Level
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.history.page import PAGE_LENGTH, HistoryPage
from psylite_desktop.ui.pages.history.rows import (
    ConversationRow,
    HitRow,
    KindRow,
    Period,
    PeriodRow,
    id_of,
    period_of,
    rows_of_conversations,
)
from psylite_desktop.ui.widgets.marked_text import marked_spans
from tests.fakes.app_context import Desk
from tests.fakes.memory_vault import MemoryVault

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
    qtbot.addWidget(page)
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
    assert [type(row) for row in rows] == [PeriodRow, ConversationRow] * 3
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
        page.view.open.click()
    assert opened.args == [3]
    page.list.setFocus()
    with qtbot.waitSignal(page.open_conversation_requested):
        qtbot.keyClick(page.list, Qt.Key.Key_Return)


def test_headings_cannot_be_opened(page: HistoryPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(page.open_conversation_requested):
        page.list.activated.emit(page.list.rows_model.index(0))


def test_search_shows_where_the_words_stand(page: HistoryPage, qtbot: QtBot) -> None:
    _find(page, qtbot, "Exams")
    qtbot.waitUntil(lambda: _ids(page) == [1, 1])
    titles, title, messages, row = page.list.rows_model.rows
    assert isinstance(titles, KindRow)
    assert isinstance(title, HitRow)
    assert isinstance(messages, KindRow)
    assert isinstance(row, HitRow)
    text, spans = marked_spans(row.found.snippet)
    assert [text[start : start + length] for start, length in spans]
    assert "\ue000" not in text
    assert not page.view.rename.isVisible()


def test_nothing_found_offers_the_way_back(page: HistoryPage, qtbot: QtBot) -> None:
    _find(page, qtbot, "zebra")
    qtbot.waitUntil(page.view.empty.isVisible)
    page.view.empty.action.click()
    assert page.search.text() == ""
    assert _ids(page) == [3, 2, 1]


def test_an_empty_history_invites_to_talk(page_context: PageContext, qtbot: QtBot) -> None:
    page = HistoryPage(page_context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.view.empty.isVisible)
    with qtbot.waitSignal(page.talk_requested):
        page.view.empty.action.click()


def test_a_title_is_edited_in_place(
    page: HistoryPage, page_context: PageContext, qtbot: QtBot
) -> None:
    page.view.rename.click()
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
    with qtbot.waitSignal(page.conversation_deleted) as deleted:
        qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert deleted.args == [3]
    qtbot.waitUntil(lambda: _ids(page) == [2, 1])
    store = page_context.session.vault.conversations
    assert [c.id for c in store.conversations()] == [2, 1], "it is in the bin at once"
    assert page.bin.undo.isVisible()
    qtbot.waitUntil(page.bin.undo.action.hasFocus)
    qtbot.keyClick(page.bin.undo.action, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: _ids(page) == [3, 2, 1])
    assert page.list.selected_id == 3
    assert len(store.conversations()) == 3


def test_the_bin_brings_back_and_erases(
    page: HistoryPage, page_context: PageContext, qtbot: QtBot
) -> None:
    store = page_context.session.vault.conversations
    for conversation_id in (1, 2):
        page_context.session.earlier.delete(conversation_id)
    page.view.bin.click()
    shelf = page.bin.view
    qtbot.waitUntil(shelf.isVisible)
    assert shelf.list.count() == 2
    assert "宿舍的灯又亮到两点" in shelf.words.toPlainText()
    qtbot.waitUntil(shelf.list.hasFocus)
    shelf.list.setCurrentRow(1)
    shelf.choose.click()
    qtbot.waitUntil(lambda: _ids(page) == [3, 1])
    page.view.bin.click()
    qtbot.waitUntil(shelf.isVisible)
    shelf.drop.click()
    assert shelf.sure.isVisible()
    shelf.sure.action.click()
    qtbot.waitUntil(shelf.empty.isVisible)
    assert store.messages(2) == []
    qtbot.keyClick(shelf, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.view.isVisible)


def test_topics_are_found_out_and_chosen(
    page: HistoryPage, page_context: PageContext, qtbot: QtBot
) -> None:
    store = page_context.session.vault.conversations
    other = store.start(1.0)
    store.append(other, Message(Role.USER, "老板又骂我了", created_at=1.0))
    page.reload()
    qtbot.waitUntil(lambda: page.topic.isVisible() and page.topic.findData("boss") > 0)
    at = page.topic.findData("boss")
    page.topic.setCurrentIndex(at)
    page.topic.activated.emit(at)
    qtbot.waitUntil(lambda: _ids(page) == [other])
    page.topic.setCurrentIndex(0)
    page.topic.activated.emit(0)
    qtbot.waitUntil(lambda: len(_ids(page)) == 4)


def test_in_the_space_of_a_newer_version_nothing_is_found_out(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = MemoryVault()
    vault.is_read_only = True
    conversation = vault.conversations.start(1.0)
    vault.conversations.append(conversation, Message(Role.USER, "老板又骂我了", created_at=1.0))
    context = PageContext(desk.context, desk.open_session(vault, False))
    page = HistoryPage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: _ids(page) == [conversation])
    monkeypatch.setattr(page, "_tasks", None)  # whatever is asked of the vault now would fail
    page._sort()
    assert vault.earlier.topics() == []


def test_search_finds_what_was_written_elsewhere(
    page: HistoryPage, page_context: PageContext, qtbot: QtBot
) -> None:
    vault = page_context.session.vault
    vault.check_ins.add(CheckIn(1.0, "2026-03-01", 2, note="the tram again"))
    vault.memory_notes.add(MemoryNote("takes the tram", Topic.OWN, "en", created_at=1.0))
    vault.exercise_runs.save(
        ExerciseRun("sleep-line", "en", ("line",), {"line": "tram noise"}, 1.0, 1.0)
    )
    vault.journal.add(
        JournalEntry(0, 1.0, "2026-03-01", "a tram page", "Rails", Level.NONE, False, 1.0)
    )
    _find(page, qtbot, "tram")
    qtbot.waitUntil(lambda: page.list.rows_model.rowCount() == 8)
    kinds = [r.found.kind for r in page.list.rows_model.rows if isinstance(r, HitRow)]
    assert kinds == [FoundKind.ENTRY, FoundKind.CHECK_IN, FoundKind.RUN, FoundKind.NOTE]
    assert not page.view.delete.isEnabled(), "nothing here is a conversation"
    with qtbot.waitSignal(page.found_requested) as found:
        page.view.open.click()
    assert found.args[0].id == 1
    qtbot.keyClick(page.list, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: _ids(page) == [3, 2, 1])


def test_one_conversation_is_exported(page: HistoryPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.export_requested) as asked:
        page.view.export.click()
    assert asked.args == [3, "Roommate again"]


def test_more_is_read_when_the_end_comes(
    page: HistoryPage, page_context: PageContext, qtbot: QtBot
) -> None:
    store = page_context.session.vault.conversations
    for number in range(PAGE_LENGTH + 10):
        store.append(store.start(1.0), Message(Role.USER, str(number), created_at=1.0))
    page.reload()
    qtbot.waitUntil(lambda: len(_ids(page)) == PAGE_LENGTH)
    page.list.end_reached.emit()
    qtbot.waitUntil(lambda: len(_ids(page)) == PAGE_LENGTH + 13)


def test_headings_of_time() -> None:
    wednesday = date(2026, 11, 18)
    days = {
        date(2026, 11, 19): Period.TODAY,  # the clock was set back
        wednesday: Period.TODAY,
        date(2026, 11, 17): Period.YESTERDAY,
        date(2026, 11, 16): Period.WEEK,
        date(2026, 11, 15): Period.MONTH,
    }
    assert {day: period_of(day, wednesday) for day in days} == days
    months = [datetime(2026, month, 3, 12).timestamp() for month in (10, 9, 9, 1)]  # noqa: DTZ001
    rows = rows_of_conversations([Conversation(1, "", 0.0, at) for at in months], wednesday)
    headings = [row.day.month for row in rows if isinstance(row, PeriodRow)]
    assert headings == [10, 9, 1]


def test_a_vault_that_fails_is_told(
    page: HistoryPage, page_context: PageContext, qtbot: QtBot
) -> None:
    page_context.session.vault.failure = VaultError("vault_io")  # type: ignore[attr-defined]
    page.reload()
    qtbot.waitUntil(page.view.notice.isVisible)


def test_spans_count_as_qt_does() -> None:
    text, spans = marked_spans("😀\ue000灯\ue001\n亮")
    assert text == "😀灯 亮"
    assert spans == [(2, 1)]
    assert marked_spans("a\ue001b\ue000c") == ("abc", [])
