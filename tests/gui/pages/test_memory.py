"""What I remember: offered, kept, changed, pinned and forgotten, all by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.memory import LONGEST_NOTE, Topic
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.settings import Language, PrivateSettings
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.memory.page import MemoryPage
from psylite_desktop.ui.pages.settings.page import SettingsPage
from psylite_desktop.ui.pages.talk.crisis_surfaces import Surface
from tests.gui.talk.talk_fakes import Talk, make_talk


@pytest.fixture
def talk(qapp: QApplication) -> Iterator[Talk]:
    made = make_talk(qapp)
    yield made
    assert made.engine.stop(10)
    made.plain.change(language=Language.EN)
    made.context.app.language.deleteLater()
    made.context.app.theme.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def open_page(talk: Talk, qtbot: QtBot) -> Iterator[Callable[[], MemoryPage]]:
    made: list[MemoryPage] = []

    def make() -> MemoryPage:
        page = MemoryPage(talk.context)
        qtbot.addWidget(page)
        page.resize(900, 680)
        page.show()
        page.window().activateWindow()
        qtbot.waitUntil(page.switch.isEnabled)
        made.append(page)
        return page

    yield make
    for page in made:
        page.leave()


def press(button: QPushButton) -> None:
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def said(talk: Talk, *texts: str, level: Level = Level.NONE) -> None:
    store = talk.vault.conversations
    conversation = store.start(1.0)
    for text in texts:
        store.append(conversation, Message(Role.USER, text, created_at=1.0, level=level))


def kept(talk: Talk) -> list[str]:
    return [note.text for note in talk.vault.memory_notes.notes(0.0)]


SAID = {
    Language.EN: ("I work nights", "talking to my sister helps", "Talking to my sister helps me"),
    Language.ZH: ("我上夜班", "跟姐姐聊天会让我好一点", "跟姐姐聊天对我有帮助"),
}


@pytest.mark.parametrize("language", Language)
def test_what_was_said_is_offered_and_waits_for_a_yes(
    open_page: Callable[[], MemoryPage], talk: Talk, qtbot: QtBot, language: Language
) -> None:
    talk.plain.change(language=language)
    first, second, wanted = SAID[language]
    said(talk, first, second)
    page = open_page()
    assert [card.text.paragraph.text() for card in page.offered.cards] == [wanted, first]
    assert kept(talk) == []
    press(page.offered.cards[0].keep)
    qtbot.waitUntil(lambda: kept(talk) == [wanted] and len(page.offered.cards) == 1)
    assert page.list.cards[0].text.paragraph.text() == wanted
    assert talk.vault.memory_notes.notes(0.0)[0].topic is Topic.HELP
    press(page.offered.cards[0].no)
    qtbot.waitUntil(lambda: not page.offered.isVisible())
    assert kept(talk) == [wanted]
    again = open_page()
    assert not again.offered.isVisible()


def test_an_offer_can_be_put_into_other_words(
    open_page: Callable[[], MemoryPage], talk: Talk, qtbot: QtBot
) -> None:
    said(talk, "I like drawing")
    page = open_page()
    card = page.offered.cards[0]
    press(card.edit)
    assert card.text.editor.hasFocus()
    QTest.keyClicks(card.text.editor, "Drawing is mine")
    QTest.keyClick(card.text.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kept(talk) == ["Drawing is mine"])


def test_nothing_is_offered_from_a_heavy_talk(
    open_page: Callable[[], MemoryPage], talk: Talk
) -> None:
    said(talk, "I like drawing", level=Level.WATCH)
    page = open_page()
    assert not page.offered.isVisible()
    assert page.empty.isVisible()


def test_it_is_written_by_hand(
    open_page: Callable[[], MemoryPage], talk: Talk, qtbot: QtBot
) -> None:
    page = open_page()
    assert page.empty.sentence.text()
    press(page.empty.action)
    assert page.editor.hasFocus()
    QTest.keyClick(page.editor, Qt.Key.Key_Return)
    QTest.keyClicks(page.editor, "I am called Fox here")
    QTest.keyClick(page.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kept(talk) == ["I am called Fox here"] and not page.editor.text())
    qtbot.waitUntil(lambda: not page.empty.isVisible())


def test_too_much_for_a_note_says_so(open_page: Callable[[], MemoryPage], talk: Talk) -> None:
    page = open_page()
    page.editor.setPlainText("x" * (LONGEST_NOTE + 1))
    press(page.add)
    assert str(LONGEST_NOTE) in page.notice.label.text()
    assert kept(talk) == []
    assert page.editor.text()


def test_a_note_is_changed_in_place(
    open_page: Callable[[], MemoryPage], talk: Talk, qtbot: QtBot
) -> None:
    talk.context.session.memory.write("I work nights")
    page = open_page()
    card = page.list.cards[0]
    press(card.edit)
    QTest.keyClick(card.text.editor, Qt.Key.Key_Escape)
    assert card.edit.hasFocus()
    press(card.edit)
    QTest.keyClicks(card.text.editor, "I work days")
    press(card.text.save)
    qtbot.waitUntil(lambda: kept(talk) == ["I work days"])
    qtbot.waitUntil(lambda: page.list.cards[0].text.paragraph.text() == "I work days")
    qtbot.waitUntil(page.list.cards[0].edit.hasFocus)


def test_a_note_is_pinned_and_let_go(
    open_page: Callable[[], MemoryPage], talk: Talk, qtbot: QtBot
) -> None:
    talk.context.session.memory.write("I work nights")
    page = open_page()
    assert "until" in page.list.cards[0].about.text()
    press(page.list.cards[0].pin)
    qtbot.waitUntil(lambda: talk.vault.memory_notes.notes(0.0)[0].pinned)
    qtbot.waitUntil(lambda: page.list.cards[0].pin.text() == "Pinned")
    assert "until you forget it" in page.list.cards[0].about.text()
    press(page.list.cards[0].pin)
    qtbot.waitUntil(lambda: not talk.vault.memory_notes.notes(0.0)[0].pinned)


def test_forgetting_can_be_taken_back(
    open_page: Callable[[], MemoryPage], talk: Talk, qtbot: QtBot
) -> None:
    for text in ("one", "two"):
        talk.context.session.memory.write(text)
    page = open_page()
    press(page.list.cards[0].forget)
    assert [card.note.text for card in page.list.cards] == ["one"]
    assert page.undo.action.hasFocus()
    press(page.undo.action)
    assert [card.note.text for card in page.list.cards] == ["two", "one"]
    assert page.list.cards[0].forget.hasFocus()
    press(page.list.cards[0].forget)
    page.undo.expired.emit()
    qtbot.waitUntil(lambda: kept(talk) == ["one"])


@pytest.mark.parametrize("way", ["hide", "leave"])
def test_leaving_forgets_what_was_to_be_forgotten(
    open_page: Callable[[], MemoryPage], talk: Talk, qtbot: QtBot, way: str
) -> None:
    talk.context.session.memory.write("one")
    page = open_page()
    press(page.list.cards[0].forget)
    getattr(page, way)()
    qtbot.waitUntil(lambda: kept(talk) == [])


def test_forgetting_all_asks_once_more(
    open_page: Callable[[], MemoryPage], talk: Talk, qtbot: QtBot
) -> None:
    talk.context.session.memory.write("one")
    page = open_page()
    press(page.forget_all.ask)
    assert page.forget_all.keep.hasFocus()
    press(page.forget_all.keep)
    assert kept(talk) == ["one"]
    press(page.forget_all.ask)
    press(page.forget_all.confirm)
    qtbot.waitUntil(lambda: kept(talk) == [] and page.empty.isVisible())
    assert not page.forget_all.isVisible()


def test_switched_off_it_offers_nothing_and_can_still_forget(
    open_page: Callable[[], MemoryPage], talk: Talk, qtbot: QtBot
) -> None:
    said(talk, "I like drawing")
    talk.context.session.memory.write("one")
    page = open_page()
    with qtbot.waitSignal(page.private_settings_saved) as saved:
        QTest.keyClick(page.switch.box, Qt.Key.Key_Space)
    assert saved.args == [PrivateSettings(memory=False)]
    qtbot.waitUntil(lambda: not page.offered.isVisible())
    assert not page.editor.isVisible()
    press(page.list.cards[0].forget)
    page.undo.expired.emit()
    qtbot.waitUntil(lambda: kept(talk) == [])
    press(page.empty.action)
    qtbot.waitUntil(lambda: talk.vault.settings.load().memory and page.offered.isVisible())


def test_another_page_does_not_undo_the_switch(page_context: PageContext, qtbot: QtBot) -> None:
    page = SettingsPage(page_context)
    qtbot.addWidget(page)
    qtbot.waitUntil(page.profile_card.isEnabled)
    store = page_context.session.vault.settings
    store.save(PrivateSettings(memory=False))
    page.know_settings(store.load())
    page.editors["humor"].box.click()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: not store.load().humor)
    assert not store.load().memory


def test_words_of_danger_bring_help_and_are_not_kept(
    open_page: Callable[[], MemoryPage], talk: Talk, qtbot: QtBot
) -> None:
    page = open_page()
    QTest.keyClicks(page.editor, "level2 thoughts")
    QTest.keyClick(page.editor, Qt.Key.Key_Return)
    assert page.care.surfaces.surface is Surface.CARD
    assert page.care.surfaces.card.isVisible()
    assert kept(talk) == []
    assert page.editor.text() == "level2 thoughts"
    qtbot.waitUntil(lambda: talk.vault.risk_state.load().level >= Level.CRISIS)


def test_a_full_disk_is_told_and_loses_no_words(
    open_page: Callable[[], MemoryPage], talk: Talk, qtbot: QtBot
) -> None:
    page = open_page()
    QTest.keyClicks(page.editor, "I work nights")
    talk.vault.failure = VaultError("vault_disk_full")
    press(page.add)
    qtbot.waitUntil(page.notice.isVisible)
    assert page.editor.text() == "I work nights"
    talk.vault.failure = None


def test_many_notes_are_shown_in_steps(
    open_page: Callable[[], MemoryPage], talk: Talk, qtbot: QtBot
) -> None:
    for number in range(35):
        talk.context.session.memory.write(str(number))
    page = open_page()
    qtbot.waitUntil(lambda: len(page.list.cards) == 30)
    press(page.list.more)
    assert len(page.list.cards) == 35
    assert page.list.cards[30].edit.hasFocus()
    assert not page.list.more.isVisible()


def test_an_open_editor_outlives_a_change_of_language(
    open_page: Callable[[], MemoryPage], talk: Talk, qtbot: QtBot
) -> None:
    said(talk, "I like drawing")
    page = open_page()
    press(page.offered.cards[0].edit)
    QTest.keyClicks(page.offered.cards[0].text.editor, "half a")
    talk.context.app.language.set(Language.ZH)
    qtbot.wait(10)
    assert page.offered.cards[0].text.editor.text() == "half a"
