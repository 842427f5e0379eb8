"""The journal by keyboard alone: write, find, take back, delete and undo; help where needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QInputMethodEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.settings import Language, PrivateSettings, Theme
from psylite_desktop.ui.pages.home.page import HomePage
from psylite_desktop.ui.pages.journal import hearing, keeper
from psylite_desktop.ui.pages.journal.page import JournalPage
from psylite_desktop.ui.pages.talk.crisis_surfaces import Surface
from psylite_desktop.ui.shell.pages_view import PagesView
from tests.gui.journal.conftest import Hand
from tests.gui.talk.talk_fakes import Talk

Key = Qt.Key
WORDS = {Language.EN: "It rained and I liked it", Language.ZH: "下了一天雨，我挺喜欢"}
FOUND_BY = {Language.EN: "rain", Language.ZH: "喜欢"}
MORE = {Language.EN: " Not now.", Language.ZH: "现在不写了。"}
FIRST = {
    Language.EN: ("Nothing written yet. A page can be one line long.", "Saved", "Give me a prompt"),
    Language.ZH: ("还没写过什么。一页可以只有一行。", "已存好", "给个开头"),
}
CRISIS = {
    Language.EN: "Thank you for saying it. You do not have to carry this alone.",
    Language.ZH: "谢谢你说出来。你不用一个人扛着。",
}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that waits for a pause waits a moment only."""
    monkeypatch.setattr(keeper, "SAVE_MS", 20)
    for name in ("PAUSE_MS", "SENTENCE_MS"):
        monkeypatch.setattr(hearing, name, 20)


def page_of(text: str, day: str = "2026-11-20", **more: object) -> JournalEntry:
    entry = JournalEntry(0, 1_790_000_000.0, day, text, "", Level.NONE, False, 1_790_000_000.0)
    return replace(entry, **more)  # type: ignore[arg-type]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("language", Language)
def test_a_first_page_is_written_found_and_taken_back(
    hand: Hand, qtbot: QtBot, language: Language
) -> None:
    hand.talk.plain.change(language=language)
    page, (sentence, saved, ask) = hand.page, FIRST[language]
    qtbot.waitUntil(lambda: page.entries.empty.sentence.text() == sentence)
    assert not page.entries.search.isVisible()
    hand.wait_for(page.entries.empty.action)
    hand.press(Key.Key_Space)
    hand.wait_for(page.editor.editor)
    assert page.editor.day.text()
    assert page.editor.saved.text() == ""
    assert page.editor.ask.text() == ask
    hand.write(WORDS[language])
    qtbot.waitUntil(lambda: page.editor.saved.text() == saved)
    [kept] = hand.kept()
    assert (kept.text, kept.title, kept.level) == (WORDS[language], "", Level.NONE)
    assert kept.day == hand.talk.context.session.journal.today().isoformat()
    hand.control(Key.Key_P)
    qtbot.waitUntil(page.editor.prompt.isVisible)
    first = page.editor.prompt.text.text()
    assert first
    assert page.editor.editor.hasFocus(), "a prompt does not take the keyboard"
    hand.control(Key.Key_P)
    qtbot.waitUntil(lambda: page.editor.prompt.text.text() != first)
    qtbot.waitUntil(lambda: hand.kept()[0].prompt_id == page.editor.prompt.prompt_id)
    hand.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: len(hand.listed()) == 2)
    assert hand.listed()[1] == WORDS[language]
    hand.control(Key.Key_F)
    assert page.entries.search.hasFocus()
    hand.write(FOUND_BY[language])
    hand.press(Key.Key_Return)
    qtbot.waitUntil(lambda: "\ue000" in str(page.entries.list.rows_model.index(0).data(258)))
    hand.wait_for(page.entries.list)
    hand.press(Key.Key_Return)
    hand.wait_for(page.editor.editor)
    assert page.editor.editor.text() == WORDS[language]
    assert page.editor.prompt.isVisible()
    _change_and_take_back(hand, qtbot, language)


def _change_and_take_back(hand: Hand, qtbot: QtBot, language: Language) -> None:
    page, before = hand.page, WORDS[language]
    page.editor.editor.selectAll()
    hand.write(MORE[language].strip() * 5)
    qtbot.waitUntil(lambda: hand.kept()[0].text == MORE[language].strip() * 5)
    if not hand.talk.vault.journal.revisions(1):  # too short for a large cut, and too early
        service = hand.talk.context.session.journal
        entry = hand.kept()[0]
        hand.talk.vault.journal.update(replace(entry, text=before))
        hand.talk.vault.journal.update(entry, keep_at=service._clock.now())
    hand.tab_to(page.editor.versions)
    hand.press(Key.Key_Space)
    hand.wait_for(page.versions.view.list)
    assert page.versions.view.words.toPlainText() == before
    hand.press(Key.Key_Return)
    hand.wait_for(page.editor.editor)
    assert page.editor.editor.text() == before
    assert hand.kept()[0].text == before
    kept = hand.talk.vault.journal.revisions(1)
    assert kept[0].text == MORE[language].strip() * 5, "taking back can be taken back"
    hand.tab_to(page.editor.delete)
    hand.press(Key.Key_Space)
    hand.wait_for(page.bin.undo.action)
    assert hand.kept() == []
    hand.press(Key.Key_Space)
    qtbot.waitUntil(lambda: [one.text for one in hand.kept()] == [before])
    hand.wait_for(page.entries.list)
    assert len(hand.listed()) == 1, "the search still stands"
    hand.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: hand.listed()[1:] == [before])


@pytest.mark.usefixtures("quick")
def test_a_page_is_kept_as_it_is_written_and_the_next_one_too(hand: Hand, qtbot: QtBot) -> None:
    hand.new()
    hand.press(Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert hand.page.editor.title.hasFocus()
    hand.write("A title")
    hand.press(Key.Key_Return)
    hand.wait_for(hand.page.editor.editor)
    hand.write("one")
    hand.control(Key.Key_N)
    hand.wait_for(hand.page.editor.editor)
    assert hand.page.editor.sheet().is_blank
    hand.write("two")
    hand.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: len(hand.listed()) == 3)
    assert [(one.title, one.text) for one in hand.kept()] == [("", "two"), ("A title", "one")]


def test_a_page_without_words_leaves_nothing(hand: Hand, qtbot: QtBot) -> None:
    hand.new()
    hand.write("  ")
    hand.press(Key.Key_Escape)
    qtbot.waitUntil(hand.page.entries.empty.isVisible)
    assert hand.kept() == []
    hand.new()
    hand.write("gone again")
    hand.page.keeper.save()
    qtbot.waitUntil(lambda: len(hand.kept()) == 1)
    hand.control(Key.Key_A)
    hand.press(Key.Key_Delete)
    hand.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: hand.kept() == [])
    qtbot.waitUntil(hand.page.entries.empty.isVisible)


def test_a_page_that_was_emptied_keeps_what_stood_there(hand: Hand, qtbot: QtBot) -> None:
    hand.new()
    hand.write("a long line of words that somebody may want back")
    hand.page.keeper.save()
    qtbot.waitUntil(lambda: len(hand.kept()) == 1)
    hand.control(Key.Key_A)
    hand.press(Key.Key_Delete)
    hand.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: hand.listed()[1:] == ["An empty page"])
    assert [one.text for one in hand.talk.vault.journal.revisions(1)] == [
        "a long line of words that somebody may want back"
    ]


@pytest.mark.usefixtures("quick")
def test_a_full_disk_loses_no_words(hand: Hand, qtbot: QtBot) -> None:
    hand.new()
    hand.talk.vault.failure = VaultError("vault_disk_full")
    hand.write("still here")
    qtbot.waitUntil(hand.page.notice.isVisible)
    assert hand.page.editor.saved.text() == "Not saved"
    assert hand.page.editor.editor.text() == "still here"
    hand.talk.vault.failure = None
    hand.write("!")
    qtbot.waitUntil(lambda: hand.page.editor.saved.text() == "Saved")
    assert [one.text for one in hand.kept()] == ["still here!"]
    assert not hand.page.notice.isVisible()


@pytest.mark.usefixtures("quick")
def test_a_page_that_was_left_on_a_full_disk_is_kept_later(
    hand: Hand, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "RETRY_MS", 50)
    hand.new()
    hand.talk.vault.failure = VaultError("vault_disk_full")
    hand.write("left behind")
    hand.press(Key.Key_Escape)
    qtbot.waitUntil(hand.page.notice.isVisible)
    hand.talk.vault.failure = None
    qtbot.waitUntil(lambda: [one.text for one in hand.kept()] == ["left behind"])


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("language", Language)
def test_danger_brings_help_and_takes_no_words(
    hand: Hand, qtbot: QtBot, language: Language
) -> None:
    hand.talk.plain.change(language=language)
    page, card = hand.page, hand.page.help.crisis.card
    hand.new()
    hand.write("it is level2 today. ")
    qtbot.waitUntil(card.isVisible)
    assert card.sentence.text() == CRISIS[language]
    assert page.editor.editor.hasFocus(), "who writes goes on writing"
    hand.write("and more")
    qtbot.waitUntil(lambda: [one.text for one in hand.kept()] == ["it is level2 today. and more"])
    assert hand.kept()[0].level is Level.CRISIS
    qtbot.waitUntil(lambda: hand.talk.vault.risk_state.load().level is Level.CRISIS)
    qtbot.waitUntil(lambda: not page.keeper.is_hearing)
    assert not page.editor.look.isVisible(), "nothing is analysed now"
    assert not page.editor.ask.isVisible()
    card.danger.click()
    card.shrink.click()
    assert page.help.crisis.surface is Surface.STRIP
    hand.wait_for(page.editor.editor)
    hand.write(" calm words")
    qtbot.waitUntil(lambda: hand.kept()[0].text.endswith("calm words"))
    qtbot.waitUntil(
        lambda: not page.keeper.is_hearing and page.keeper.hearing.heard.endswith("words")
    )
    assert page.help.crisis.surface is Surface.STRIP, "what was heard is not told again"
    hand.write(" level2 again.")
    qtbot.waitUntil(lambda: page.help.crisis.surface is Surface.CARD)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("language", Language)
def test_one_key_leads_from_the_page_to_the_help_and_back(
    hand: Hand, qtbot: QtBot, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            told.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(hear))
    hand.talk.plain.change(language=language)
    page, crisis = hand.page, hand.page.help.crisis
    hand.new()
    hand.press(Key.Key_F6)
    assert page.editor.editor.hasFocus(), "there is no help to go to"
    hand.write("it is level2 today. ")
    qtbot.waitUntil(crisis.card.isVisible)
    qtbot.waitUntil(lambda: any("F6" in one for one in told))
    assert page.editor.editor.hasFocus()
    assert "F6" in crisis.card.key.text()
    assert crisis.card.key.isVisible()
    hand.press(Key.Key_F6)
    assert crisis.card.hasFocus()
    hand.press(Key.Key_F6)
    assert page.editor.editor.hasFocus()
    hand.press(Key.Key_F6)
    hand.tab_to(crisis.card.danger)
    hand.press(Key.Key_Space)
    hand.tab_to(crisis.card.shrink)
    hand.press(Key.Key_Space)
    assert crisis.surface is Surface.STRIP
    hand.wait_for(page.editor.editor)
    hand.press(Key.Key_F6)
    assert crisis.strip.open.hasFocus()
    hand.press(Key.Key_F6)
    assert page.editor.editor.hasFocus()


@pytest.mark.usefixtures("quick")
def test_an_emergency_covers_the_window_and_keeps_the_words(hand: Hand, qtbot: QtBot) -> None:
    page = hand.page
    hand.new()
    hand.write("level3 now.")
    qtbot.waitUntil(lambda: page.help.crisis.surface is Surface.COVER)
    assert not page.editor.editor.hasFocus()
    page.help.crisis.card.danger.click()
    page.help.crisis.card.shrink.click()
    assert page.help.crisis.surface is Surface.CARD
    hand.wait_for(page.editor.editor)
    assert page.editor.editor.text() == "level3 now."
    qtbot.waitUntil(lambda: [one.level for one in hand.kept()] == [Level.EMERGENCY])


@pytest.mark.usefixtures("quick")
def test_a_title_is_heard_as_well(hand: Hand, qtbot: QtBot) -> None:
    hand.new()
    hand.page.editor.title.setFocus()
    hand.write("level2")
    qtbot.waitUntil(lambda: hand.page.help.crisis.surface is Surface.CARD)
    assert hand.page.editor.title.hasFocus()
    qtbot.waitUntil(lambda: [one.level for one in hand.kept()] == [Level.CRISIS])
    hand.write(" and more")
    qtbot.waitUntil(lambda: [one.title for one in hand.kept()] == ["level2 and more"])


@pytest.mark.usefixtures("quick")
def test_worry_brings_one_quiet_line(hand: Hand, qtbot: QtBot) -> None:
    hand.new()
    hand.write("level1 maybe.")
    qtbot.waitUntil(lambda: hand.page.help.crisis.surface is Surface.STRIP)
    qtbot.waitUntil(lambda: [one.level for one in hand.kept()] == [Level.WATCH])
    assert hand.page.editor.editor.hasFocus()


@pytest.mark.usefixtures("quick")
def test_you_misread_me_holds_for_the_page(hand: Hand, qtbot: QtBot) -> None:
    page, card = hand.page, hand.page.help.crisis.card
    hand.new()
    hand.write("level2 is a song.")
    qtbot.waitUntil(card.isVisible)
    qtbot.waitUntil(lambda: not page.keeper.is_hearing)
    card.misread.click()
    card.why.misread.click()
    qtbot.waitUntil(lambda: page.help.crisis.surface is Surface.STRIP)
    qtbot.waitUntil(lambda: hand.kept()[0].level is Level.WATCH)
    page.editor.editor.setFocus()
    hand.write(" It goes on.")
    qtbot.waitUntil(lambda: hand.kept()[0].text.endswith("goes on."))
    assert hand.kept()[0].level is Level.WATCH, "the same words are not held against them again"
    assert page.editor.look.isVisible()


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("opens_anew", [False, True])
def test_you_misread_me_reaches_a_page_that_was_left(
    hand: Hand, qtbot: QtBot, opens_anew: bool
) -> None:
    page, card = hand.page, hand.page.help.crisis.card
    hand.new()
    hand.write("level2 is a song.")
    qtbot.waitUntil(card.isVisible)
    qtbot.waitUntil(lambda: not page.keeper.is_hearing)
    assert hand.kept()[0].level is Level.CRISIS
    hand.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.keeper.is_open)
    hand.new()
    hand.write("another page")
    qtbot.waitUntil(lambda: len(hand.kept()) == 2)
    if opens_anew:
        hand.press(Key.Key_Escape)
        page.open_entry(min(one.id for one in hand.kept()))
        qtbot.waitUntil(lambda: page.keeper.level is Level.CRISIS)
    card.misread.click()
    card.why.misread.click()
    qtbot.waitUntil(lambda: page.help.crisis.surface is Surface.STRIP)
    qtbot.waitUntil(lambda: {one.level for one in hand.kept()} == {Level.NONE, Level.WATCH})
    levels = {one.text: one.level for one in hand.kept()}
    assert levels == {"level2 is a song.": Level.WATCH, "another page": Level.NONE}
    if opens_anew:
        assert page.keeper.level is Level.WATCH


def test_danger_is_heard_when_the_profile_is_locked_at_once(hand: Hand, qtbot: QtBot) -> None:
    hand.new()
    hand.write("level2 and away")
    hand.page.leave()
    qtbot.waitUntil(lambda: hand.talk.vault.risk_state.load().level is Level.CRISIS)
    assert [(one.text, one.level) for one in hand.kept()] == [("level2 and away", Level.CRISIS)]


@pytest.mark.usefixtures("quick")
def test_half_a_word_is_not_heard(
    hand: Hand, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "PAUSE_MS", 60_000)
    hand.new()
    hand.write("level2")
    qtbot.waitUntil(lambda: len(hand.kept()) == 1)
    QApplication.sendEvent(hand.page.editor.editor, QInputMethodEvent("cuole", []))
    assert hand.page.help.crisis.surface is Surface.NONE
    hand.write(".")
    qtbot.waitUntil(lambda: hand.page.help.crisis.surface is Surface.CARD)


def test_a_page_is_kept_out_of_the_mirror(hand: Hand, qtbot: QtBot) -> None:
    page = hand.page
    kept = hand.talk.vault.journal.add(page_of("some words 😀 about a day"))
    page.open_entry(kept.id)
    hand.wait_for(page.editor.editor)
    assert page.editor.look.isVisible()
    hand.tab_to(page.editor.look)
    hand.press(Key.Key_Space)
    assert page.editor.mirror_place.isVisible()
    panel = page.mirror.panel
    assert panel is not None
    panel.quote_activated.emit(13, 18)
    assert page.editor.editor.textCursor().selectedText() == "about"
    hand.tab_to(page.editor.lock)
    hand.press(Key.Key_Space)
    qtbot.waitUntil(lambda: hand.kept()[0].locked)
    assert not page.editor.look.isVisible()
    assert not page.editor.mirror_place.isVisible()
    page.editor.editor.setFocus()
    hand.write("more ")
    page.keeper.save()
    qtbot.waitUntil(lambda: hand.kept()[0].text != kept.text)
    assert hand.kept()[0].locked
    hand.press(Key.Key_Escape)
    page.open_entry(kept.id)
    hand.wait_for(page.editor.editor)
    assert page.editor.lock.isChecked()


def test_a_hard_page_is_never_looked_back_at(hand: Hand) -> None:
    kept = hand.talk.vault.journal.add(page_of("level2", level=Level.CRISIS))
    hand.page.open_entry(kept.id)
    hand.wait_for(hand.page.editor.editor)
    assert not hand.page.editor.look.isVisible()
    assert hand.page.help.crisis.surface is Surface.NONE, "opening a page is no new danger"


def test_deleted_pages_are_brought_back_or_erased(hand: Hand, qtbot: QtBot) -> None:
    page, journal = hand.page, hand.talk.vault.journal
    for text in ("first", "second"):
        journal.add(page_of(text))
    page.entries.reload()
    qtbot.waitUntil(lambda: len(hand.listed()) == 3)
    for _ in range(2):
        hand.tab_to(page.entries.list)
        hand.press(Key.Key_Delete)
        hand.wait_for(page.bin.undo.action)
    qtbot.waitUntil(page.entries.empty.isVisible)
    hand.tab_to(page.entries.bin)
    hand.press(Key.Key_Space)
    hand.wait_for(page.bin.view.list)
    assert page.bin.view.list.count() == 2
    assert page.bin.view.words.toPlainText() == "first"
    hand.tab_to(page.bin.view.drop)
    hand.press(Key.Key_Space)
    hand.wait_for(page.bin.view.sure.action)
    assert len(journal.binned()) == 2, "nothing is erased before the second yes"
    hand.press(Key.Key_Space)
    qtbot.waitUntil(lambda: [one.entry.text for one in journal.binned()] == ["second"])
    hand.wait_for(page.bin.view.list)
    hand.press(Key.Key_Return)
    qtbot.waitUntil(lambda: [one.text for one in hand.kept()] == ["second"])
    hand.wait_for(page.entries.list)
    hand.tab_to(page.entries.bin)
    hand.press(Key.Key_Space)
    hand.wait_for(page.bin.view.empty.action)
    hand.press(Key.Key_Escape)
    qtbot.waitUntil(page.entries.list.isVisible)


def test_earlier_versions_are_forgotten(hand: Hand, qtbot: QtBot) -> None:
    page, journal = hand.page, hand.talk.vault.journal
    kept = journal.add(page_of("now"))
    journal.update(replace(kept, text="and now"), keep_at=1_790_000_700.0)
    page.open_entry(kept.id)
    hand.wait_for(page.editor.editor)
    hand.tab_to(page.editor.versions)
    hand.press(Key.Key_Space)
    hand.wait_for(page.versions.view.list)
    hand.tab_to(page.versions.view.drop_all)
    hand.press(Key.Key_Space)
    hand.wait_for(page.versions.view.sure.action)
    hand.press(Key.Key_Space)
    qtbot.waitUntil(lambda: journal.revisions(kept.id) == [])
    hand.wait_for(page.versions.view.empty.action)
    hand.press(Key.Key_Escape)
    hand.wait_for(page.editor.editor)
    assert page.editor.editor.text() == "and now"


def test_what_is_not_found_leads_back_to_all(hand: Hand, qtbot: QtBot) -> None:
    page = hand.page
    hand.talk.vault.journal.add(page_of("a day"))
    page.entries.reload()
    qtbot.waitUntil(lambda: len(hand.listed()) == 2)
    hand.control(Key.Key_F)
    hand.write("nothing like that")
    hand.press(Key.Key_Return)
    qtbot.waitUntil(page.entries.empty.isVisible)
    assert page.entries.empty.sentence.text() == "Nothing found for these words."
    hand.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: len(hand.listed()) == 2)
    assert page.entries.search.text() == ""


def test_this_day_of_earlier_years_only_where_it_is_wanted(hand: Hand, qtbot: QtBot) -> None:
    page, vault = hand.page, hand.talk.vault
    today = date.today()  # noqa: DTZ011 - the calendar on the wall
    if (today.month, today.day) == (2, 29):
        pytest.skip("a day without last year")
    vault.journal.add(page_of("a year ago", today.replace(year=today.year - 1).isoformat()))
    page.entries.reload()
    qtbot.waitUntil(lambda: len(hand.listed()) == 2)
    assert not page.entries.memory.isVisible()
    page.know_settings(PrivateSettings(on_this_day=True))
    qtbot.waitUntil(page.entries.memory.isVisible)
    assert page.entries.memory.label.text() == f"On this day in {today.year - 1}: a year ago"
    hand.tab_to(page.entries.memory.action)
    hand.press(Key.Key_Space)
    hand.wait_for(page.editor.editor)
    assert page.editor.editor.text() == "a year ago"


@pytest.mark.usefixtures("quick")
def test_prompts_follow_the_check_in_and_can_be_sent_away(hand: Hand, qtbot: QtBot) -> None:
    page, service = hand.page, hand.talk.context.session.journal
    hand.talk.vault.check_ins.add(CheckIn(1.0, service.today().isoformat(), 1))
    hand.new()
    seen = set()
    for _ in range(5):
        before = page.editor.prompt.prompt_id
        hand.control(Key.Key_P)
        qtbot.waitUntil(lambda before=before: page.editor.prompt.prompt_id != before)
        prompt = service.prompt("en", page.editor.prompt.prompt_id)
        assert prompt is not None
        assert prompt.energy == "low"
        seen.add(prompt.family)
    assert len(seen) == 5, "family after family"
    hand.write("words")
    qtbot.waitUntil(lambda: len(hand.kept()) == 1)
    assert hand.kept()[0].prompt_id
    hand.tab_to(page.editor.prompt.none)
    hand.press(Key.Key_Space)
    assert not page.editor.prompt.isVisible()
    assert page.editor.ask.isVisible()
    qtbot.waitUntil(lambda: hand.kept()[0].prompt_id == "")


@pytest.mark.usefixtures("quick")
def test_the_language_changes_in_the_middle_of_a_page(hand: Hand, qtbot: QtBot) -> None:
    page = hand.page
    hand.new()
    hand.write("half a thought")
    hand.control(Key.Key_P)
    qtbot.waitUntil(page.editor.prompt.isVisible)
    prompt_id = page.editor.prompt.prompt_id
    hand.talk.plain.change(language=Language.ZH)
    service = hand.talk.context.session.journal
    said = service.prompt("zh", prompt_id)
    assert said is not None
    qtbot.waitUntil(lambda: page.editor.prompt.text.text() == said.text)
    assert page.editor.delete.text() == "删除"
    assert page.editor.editor.text() == "half a thought"
    hand.talk.plain.change(theme=Theme.DARK, zoom=175)
    assert page.editor.editor.text() == "half a thought"
    hand.write("!")
    qtbot.waitUntil(lambda: [one.text for one in hand.kept()] == ["half a thought!"])


@pytest.mark.usefixtures("quick")
def test_what_is_pasted_is_words_alone(hand: Hand, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold\x00 \u202eand\r\nlong " + "好" * 30_000)
    hand.new()
    hand.page.editor.editor.insertFromMimeData(data)
    qtbot.waitUntil(lambda: len(hand.kept()) == 1)
    text = hand.kept()[0].text
    assert text.startswith("bold \u202eand\nlong 好")
    assert len(text) > 30_000


def test_home_offers_to_write(talk: Talk, qtbot: QtBot) -> None:
    pages = PagesView(talk.context)
    qtbot.addWidget(pages)
    pages.resize(1024, 680)
    pages.show()
    pages.activateWindow()
    home = pages.show_page("home")
    assert isinstance(home, HomePage)
    assert home.write.isVisible()
    home.write.setFocus()
    qtbot.waitUntil(home.write.hasFocus)
    QTest.keyClick(home.write, Key.Key_Space)
    assert pages.current == "journal"
    page = pages.made_page("journal")
    assert isinstance(page, JournalPage)
    qtbot.waitUntil(lambda: page.isAncestorOf(QApplication.focusWidget()))
    assert pages.rail.buttons["journal"].text() == "Write"
    assert list(pages.rail.buttons)[2:4] == ["checkin", "journal"]
    pages.leave()
