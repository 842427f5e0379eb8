"""The end of a talk as a person meets it: by keyboard, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from psylite_desktop.domain.conversation import Role, Route
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.settings import Language, PrivateSettings
from psylite_desktop.services.clock import Clock
from psylite_desktop.ui.pages.talk.crisis_surfaces import Surface
from psylite_desktop.ui.pages.talk.end_offer import Offer
from psylite_desktop.ui.pages.talk.page import TalkPage
from tests.gui.talk.talk_fakes import REPLY, Talk

SAID = {
    Language.EN: ("I had a fight with my roommate", "I feel so lonely at night", "roommate"),
    Language.ZH: ("室友总是很晚才睡，我有点烦", "我觉得好孤单", "室友"),
}


@dataclass
class Now:
    s: float = 1000.0


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def page(talk: Talk, qtbot: Any, now: Now) -> TalkPage:
    page = TalkPage(talk.context, clock=Clock(lambda: now.s, lambda: now.s))
    qtbot.addWidget(page)
    page.resize(900, 680)
    page.show()
    qtbot.waitUntil(lambda: not page.presenter.is_opening)
    yield page
    page.leave()


def say(page: TalkPage, qtbot: Any, text: str) -> None:
    page.composer.put(text)
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.presenter.is_busy)


def press(button: Any) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def open_view(page: TalkPage, qtbot: Any) -> None:
    press(page.closer.end)
    qtbot.waitUntil(lambda: page.closer.is_open)


def shown(page: TalkPage) -> list[str]:
    return [message.text for message in page.presenter.messages.messages()]


@pytest.mark.parametrize("language", list(Language))
def test_a_talk_is_ended_kept_and_found_again(
    page: TalkPage, talk: Talk, qtbot: Any, language: Language
) -> None:
    talk.context.app.language.set(language)
    assert not page.closer.end.isVisible()
    first, second, word = SAID[language]
    say(page, qtbot, first)
    say(page, qtbot, second)
    open_view(page, qtbot)
    view = page.closer.view
    assert not page.composer.isVisible()
    assert view.goodbye.text()
    assert word in view.lines[0].text()
    assert view.lines[0].hasFocus() or QApplication.focusWidget() is None
    QTest.keyClick(view.lines[0], Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(view.lines[0], " ok")
    QTest.keyClick(view.lines[0], Qt.Key.Key_Return)  # on to the next line, no line break
    press(view.keep)
    qtbot.waitUntil(view.new.isVisible)
    conversation = page.presenter.conversation_id
    kept = talk.vault.endings.load(conversation)
    assert kept.lines[0].endswith("ok")
    assert "\n" not in kept.lines[0]
    press(view.new)
    qtbot.waitUntil(page.composer.isVisible)
    assert page.presenter.messages.is_empty()
    assert not page.closer.strip.isVisible()
    page.open_conversation(conversation)
    qtbot.waitUntil(page.closer.strip.isVisible)
    strip = page.closer.strip
    assert not strip.lines[0].isVisible()
    press(strip.unfold)
    assert strip.lines[0].text() == kept.lines[0]
    assert strip.lines[0].isVisible()
    press(strip.change)
    qtbot.waitUntil(lambda: page.closer.is_open)
    assert view.lines[0].text() == kept.lines[0]
    QTest.keyClick(view.lines[0], Qt.Key.Key_Escape)
    assert page.composer.isVisible()


def test_one_can_leave_without_keeping_or_go_back(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    say(page, qtbot, "I had a fight with my roommate")
    page.composer.put("half a thought")
    open_view(page, qtbot)
    press(page.closer.view.back)
    assert page.composer.isVisible()
    assert page.composer.text() == "half a thought"
    open_view(page, qtbot)
    press(page.closer.view.leave)
    assert "no summary" in page.closer.view.goodbye.text()
    assert talk.vault.endings.load(page.presenter.conversation_id) is None
    press(page.closer.view.change)
    qtbot.waitUntil(page.closer.view.keep.isVisible)


def test_what_cannot_be_kept_stays_in_the_fields(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    say(page, qtbot, "I had a fight with my roommate")
    open_view(page, qtbot)
    view = page.closer.view
    talk.vault.failure = VaultError("vault_disk_full")
    press(view.keep)
    qtbot.waitUntil(view.error.isVisible)
    assert "full" in view.error.text()
    assert view.lines[0].isVisible()
    talk.vault.failure = None
    press(view.keep)
    qtbot.waitUntil(view.new.isVisible)


def test_danger_in_the_talk_leaves_one_neutral_line(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    say(page, qtbot, "my roommate is loud")
    say(page, qtbot, "level2 words")
    qtbot.waitUntil(lambda: page.crisis.surface is Surface.CARD)
    open_view(page, qtbot)
    view = page.closer.view
    assert [editor.isVisible() for editor in view.lines] == [True, False, False]
    assert "roommate" not in view.lines[0].text()
    assert "trust" in view.step.text() or "My plan" in view.step.text()
    assert page.crisis.card.isVisible()


def test_danger_written_into_a_line_brings_help_and_reopens_the_talk(
    page: TalkPage, talk: Talk, qtbot: Any
) -> None:
    say(page, qtbot, "my roommate is loud")
    open_view(page, qtbot)
    page.closer.view.lines[1].setPlainText("level2 in here")
    press(page.closer.view.keep)
    assert page.crisis.surface is Surface.CARD
    assert page.composer.isVisible()
    assert not page.closer.view.isVisible()
    qtbot.waitUntil(lambda: talk.screening.state.level == 2)
    qtbot.waitUntil(page.closer.strip.isVisible)  # the words are theirs and are not lost
    assert page.presenter.corrector.evidence().text == "level2 in here"


def test_an_unchanged_proposal_is_not_taken_for_a_message(
    page: TalkPage, talk: Talk, qtbot: Any
) -> None:
    say(page, qtbot, "my roommate is loud")
    before = len(talk.screening.previewed)
    open_view(page, qtbot)
    press(page.closer.view.keep)
    qtbot.waitUntil(page.closer.view.new.isVisible)
    assert len(talk.screening.previewed) == before


def test_a_goodbye_offers_the_same(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    say(page, qtbot, "my roommate is loud")
    assert not page.closer.offer.isVisible()
    talk.chat.route = Route.GOODBYE
    say(page, qtbot, "good night")
    assert page.closer.offer.kind is Offer.GOODBYE
    press(page.closer.offer.later)
    assert not page.closer.offer.isVisible()
    say(page, qtbot, "good night then")
    press(page.closer.offer.end)
    qtbot.waitUntil(lambda: page.closer.is_open)


def test_the_length_is_chosen_by_keyboard_and_remembered(
    page: TalkPage, talk: Talk, qtbot: Any, open_page: Any
) -> None:
    row = page.opening.length
    assert row.buttons[0].isChecked()
    saved: list[PrivateSettings] = []
    page.reminders.settings_saved.connect(saved.append)
    press(row.buttons[20])
    qtbot.waitUntil(lambda: bool(saved))
    assert talk.vault.settings.load().session_minutes == 20
    other = open_page()
    qtbot.waitUntil(other.opening.length.buttons[20].isChecked)
    talk.context.app.language.set(Language.ZH)
    qtbot.waitUntil(lambda: bool(row.label.text()))


def test_when_the_time_is_up_it_says_so_once_and_interrupts_nobody(
    page: TalkPage, qtbot: Any, now: Now
) -> None:
    press(page.opening.length.buttons[10])
    say(page, qtbot, "hello there")
    now.s += 601
    page.composer.put("still writing")
    page.reminders.look()
    assert not page.closer.offer.isVisible()
    page.composer.put("")
    page.reminders.look()
    assert page.closer.offer.kind is Offer.TIME_UP
    press(page.closer.offer.later)
    say(page, qtbot, "and more")
    assert not page.closer.offer.isVisible()


def test_after_the_reply_the_time_is_told(page: TalkPage, qtbot: Any, now: Now) -> None:
    press(page.opening.length.buttons[10])
    say(page, qtbot, "hello there")
    now.s += 601
    say(page, qtbot, "one more thing")
    assert page.closer.offer.isVisible()
    press(page.closer.offer.end)
    qtbot.waitUntil(lambda: page.closer.is_open)


def test_nothing_about_time_beside_risk(page: TalkPage, qtbot: Any, now: Now) -> None:
    press(page.opening.length.buttons[10])
    say(page, qtbot, "hello level1 there")
    now.s += 3 * 3600
    page.reminders.look()
    assert not page.closer.offer.isVisible()
    assert page.disclosure.isVisible()  # the plain facts are said again all the same


def test_two_hours_bring_the_offer_of_a_pause(page: TalkPage, qtbot: Any, now: Now) -> None:
    for _ in range(6):
        say(page, qtbot, "hello there")
        now.s += 1500
    page.reminders.look()
    assert page.closer.offer.kind is Offer.PAUSE
    assert "two hours" in page.closer.offer.label.text()


def test_another_reply_can_be_taken_back_and_again(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    say(page, qtbot, "hello")
    assert not page.status.bring_back.isVisible()
    talk.chat.pieces = ("Another one.",)
    press(page.status.regenerate)
    qtbot.waitUntil(lambda: not page.presenter.is_busy)
    whole = "".join(REPLY)
    for expected in (whole, "Another one.", whole):
        press(page.status.bring_back)
        qtbot.waitUntil(lambda: not page.presenter.is_busy)
        assert shown(page) == ["hello", expected]
        assert [m.text for m in talk.messages()] == shown(page)
    say(page, qtbot, "and then")
    assert not page.status.bring_back.isVisible()


def test_what_was_written_before_an_edit_comes_back(page: TalkPage, talk: Talk, qtbot: Any) -> None:
    say(page, qtbot, "hello")
    press(page.status.edit)
    say(page, qtbot, "hello again")
    assert shown(page)[0] == "hello again"
    press(page.status.bring_back)
    qtbot.waitUntil(lambda: not page.presenter.is_busy)
    assert shown(page)[0] == "hello"
    assert page.title.text() == "hello"
    last = page.presenter.messages.last(Role.USER)
    assert last.id == talk.messages()[0].id  # it can be edited once more
    talk.vault.failure = VaultError("vault_disk_full")
    press(page.status.bring_back)
    qtbot.waitUntil(lambda: bool(page.status.label.text()))
    talk.vault.failure = None
    assert shown(page)[0] == "hello"


def test_nothing_light_is_brought_back_beside_danger(
    page: TalkPage, talk: Talk, qtbot: Any
) -> None:
    say(page, qtbot, "hello")
    press(page.status.edit)
    say(page, qtbot, "level2")
    assert not page.status.bring_back.isVisible()
