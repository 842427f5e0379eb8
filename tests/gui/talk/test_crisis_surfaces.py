"""Help comes into view at Enter, stays, and needs nobody's permission to work."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from psylite_desktop.domain.risk import Kind, Level, RiskState, Who
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.pages.talk.crisis_card import Part
from psylite_desktop.ui.pages.talk.crisis_surfaces import Surface


def send(page, text):
    page.composer.put(text)
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)


def settle(page, qtbot):
    qtbot.waitUntil(lambda: not page.presenter.is_busy)


@pytest.fixture
def blocked(talk):
    """The engine thread is busy with something that does not end."""
    gate, inside = threading.Event(), threading.Event()

    def work() -> None:
        inside.set()
        gate.wait(20)

    talk.engine.run(work, lambda _: None, lambda _: None, talk.context.app.theme)
    assert inside.wait(5)
    yield
    gate.set()


def test_the_card_is_there_before_the_engine_is_asked(page, talk, blocked, qapp):
    send(page, "level2")
    assert page.crisis.card.isVisible()
    assert page.crisis.card.first.number.text() == "12356"
    assert not talk.chat.requests
    assert page.composer.text() == "level2"
    page.grab()


def test_an_emergency_covers_the_window_before_the_engine_is_asked(page, talk, blocked):
    send(page, "level3")
    cover = page.crisis.cover
    assert cover.isVisible()
    assert cover.parentWidget() is page.window()
    assert cover.size() == page.window().size()
    assert page.crisis.card.first.number.text() == "120"  # the emergency number first
    assert page.crisis.card.second.number.text() == "12356"
    assert not talk.chat.requests


def test_a_quiet_strip_is_enough_for_worry(page, qtbot):
    send(page, "level1")
    assert page.crisis.strip.isVisible()
    assert "12356" in page.crisis.strip.label.text()
    assert not page.crisis.card.isVisible()
    settle(page, qtbot)
    page.crisis.strip.open.click()
    assert page.crisis.card.isVisible()


def test_calm_words_bring_nothing(page, qtbot):
    send(page, "hello")
    settle(page, qtbot)
    assert page.crisis.surface is Surface.NONE
    assert not page.crisis.strip.isVisible()


def test_the_card_stays_until_something_is_chosen(page, talk, qtbot):
    send(page, "level2")
    settle(page, qtbot)
    assert not page.crisis.card.shrink.isVisible()
    send(page, "never mind")
    settle(page, qtbot)
    assert page.crisis.card.isVisible()
    page.crisis.card.stay.click()
    assert page.crisis.card.part is Part.STAY
    page.crisis.card.shrink.click()
    assert not page.crisis.card.isVisible()
    assert page.crisis.strip.isVisible()
    send(page, "never mind")
    settle(page, qtbot)
    assert not page.crisis.card.isVisible()  # shrunk by choice, and nothing new was said
    assert page.crisis.strip.isVisible()
    send(page, "level2 again")
    assert page.crisis.card.isVisible()


def test_a_choice_takes_the_cover_away_step_by_step(page, qtbot):
    send(page, "level3")
    settle(page, qtbot)
    card = page.crisis.card
    card.danger.click()
    assert card.part is Part.DANGER
    assert card.emergency.number.text() == "120"
    card.shrink.click()
    assert page.crisis.surface is Surface.CARD
    assert not page.crisis.cover.isVisible()
    assert card.isVisible()
    card.shrink.click()
    assert page.crisis.surface is Surface.STRIP


def test_every_way_to_help_works(page, qtbot):
    send(page, "level2")
    settle(page, qtbot)
    card = page.crisis.card
    card.first.copy.click()
    assert QGuiApplication.clipboard().text() == "12356"
    assert card.first.code.isVisible()
    card.talk.click()
    assert card.part is Part.LINES
    assert card.all_lines.count() == 2
    card.trusted.click()
    card.message.text.setPlainText("Please call me.")
    card.message.copy.click()
    assert QGuiApplication.clipboard().text() == "Please call me."
    card.stay.click()
    first = card.grounding.step.text()
    card.grounding.next.click()
    assert card.grounding.step.text() != first
    card.stay.click()
    assert card.part is Part.FIRST


def test_misread_keeps_the_strip(page, talk, qtbot):
    send(page, "level2")
    settle(page, qtbot)
    page.crisis.card.misread.click()
    assert page.crisis.card.part is Part.WHY
    assert talk.screening.state.level is Level.CRISIS
    page.crisis.card.why.misread.click()
    qtbot.waitUntil(lambda: page.crisis.surface is Surface.STRIP)
    assert talk.screening.state.level is Level.WATCH
    assert page.crisis.strip.isVisible()
    assert not page.crisis.card.isVisible()


def test_a_very_clear_emergency_is_asked_about_once_more(page, talk, qtbot):
    talk.screening.state = RiskState(Level.EMERGENCY, Kind.SUICIDE, strong=True)
    send(page, "level3")
    settle(page, qtbot)
    talk.screening.state = RiskState(Level.EMERGENCY, Kind.SUICIDE, strong=True)
    card = page.crisis.card
    card.misread.click()
    card.why.misread.click()
    qtbot.waitUntil(lambda: card.part is Part.SURE)
    assert page.crisis.cover.isVisible()
    assert card.safe.isVisible()
    card.safe.click()
    qtbot.waitUntil(lambda: page.crisis.surface is Surface.STRIP)
    assert not page.crisis.cover.isVisible()


def test_not_about_me_leads_to_the_card_for_friends(page, talk, qtbot):
    send(page, "level2")
    settle(page, qtbot)
    page.crisis.card.not_me.click()
    page.crisis.card.why.not_me.click()
    qtbot.waitUntil(lambda: page.crisis.surface is Surface.STRIP)
    assert talk.help.asked[-1].who is Who.OTHER
    page.crisis.strip.open.click()
    assert "friend" in page.crisis.card.sentence.text()


def test_a_worried_friend_gets_a_card(page, talk, qtbot):
    send(page, "friend2")
    assert page.crisis.card.isVisible()
    assert "friend" in page.crisis.card.sentence.text()
    settle(page, qtbot)
    assert talk.screening.state.level is Level.WATCH


def test_help_is_still_there_after_a_restart(talk, open_page):
    talk.screening.state = RiskState(Level.CRISIS, Kind.SUICIDE)
    page = open_page()
    assert page.crisis.strip.isVisible()
    assert not page.crisis.card.isVisible()


def test_the_card_has_the_keyboard_and_a_held_enter_presses_nothing(page, qapp, qtbot):
    page.window().activateWindow()
    send(page, "level2")
    card = page.crisis.card
    assert qapp.focusWidget() is card
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert card.part is Part.FIRST
    QTest.keyClick(card, Qt.Key.Key_Tab)
    assert card.isAncestorOf(qapp.focusWidget())


def test_tab_stays_inside_the_cover(page, qapp, qtbot):
    page.window().activateWindow()
    send(page, "level3")
    settle(page, qtbot)
    seen = set()
    for key in [Qt.Key.Key_Tab] * 12 + [Qt.Key.Key_Backtab] * 12:
        QTest.keyClick(qapp.focusWidget(), key)
        assert page.crisis.cover.isAncestorOf(qapp.focusWidget())
        seen.add(qapp.focusWidget())
    assert page.crisis.card.danger in seen
    assert page.crisis.card.misread in seen


def test_escape_closes_no_card(page, qtbot):
    send(page, "level3")
    settle(page, qtbot)
    QTest.keyClick(page.crisis.card, Qt.Key.Key_Escape)
    assert page.crisis.cover.isVisible()


def test_screen_readers_get_sentence_and_number(page):
    send(page, "level2")
    spoken = page.crisis.card.accessibleDescription()
    assert "Thank you for saying it" in spoken
    assert "12356" in spoken
    assert page.crisis.card.accessibleName() == "Help right now"
    assert "12356" in page.crisis.card.first.copy.accessibleName()
    assert "12356" in page.crisis.card.first.code.accessibleName()


def test_the_cover_gives_way_to_another_page_and_comes_back(page, qtbot):
    send(page, "level3")
    settle(page, qtbot)
    page.hide()
    assert not page.crisis.cover.isVisible()
    page.show()
    assert page.crisis.cover.isVisible()
    page.leave()
    assert not page.crisis.cover.isVisible()


def test_the_cover_keeps_the_size_of_the_window(page):
    send(page, "level3")
    page.window().resize(820, 610)
    assert page.crisis.cover.size() == page.window().size()


def test_without_a_region_the_card_asks_for_it(page, talk, qtbot):
    talk.plain.change(region="")
    send(page, "level2")
    settle(page, qtbot)
    card = page.crisis.card
    assert card.region.isVisible()
    assert not card.first.isVisible()
    assert "Choose a region" in card.region_hint.text()
    card.region.setCurrentIndex(card.region.findData("cn"))
    card.region.activated.emit(card.region.currentIndex())
    assert talk.plain.current.region == "cn"
    assert card.first.isVisible()
    assert not card.region.isVisible()


def test_the_card_switches_its_language(page, talk, qtbot, qapp):
    send(page, "level2")
    settle(page, qtbot)
    page.crisis.card.stay.click()
    talk.plain.change(language=Language.ZH)
    qapp.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
    qtbot.waitUntil(lambda: "谢谢" in page.crisis.card.sentence.text())
    assert page.crisis.card.danger.text() == "我现在有危险"
    assert page.crisis.card.part is Part.STAY


def test_a_calmer_level_does_not_end_help(page, talk, qtbot):
    send(page, "level2")
    settle(page, qtbot)
    send(page, "level1")
    settle(page, qtbot)
    assert page.crisis.card.isVisible()


def test_a_card_in_a_small_window_shows_its_number_and_choices(page, qtbot):
    page.resize(700, 540)
    send(page, "level2")
    settle(page, qtbot)
    card = page.crisis.card
    seen = card.viewport().rect()
    place = card.danger.mapTo(card.viewport(), card.danger.rect().bottomRight())
    assert seen.contains(place)


@pytest.mark.parametrize("language", Language)
def test_with_large_text_in_a_small_window_the_number_is_in_view(page, talk, qtbot, language):
    talk.plain.change(zoom=175, language=language)
    page.resize(720, 600)
    page.disclosure.say_facts()
    assert page.disclosure.isVisible()
    send(page, "level2")
    qtbot.waitUntil(page.crisis.card.isVisible)
    assert not page.disclosure.isVisible()  # what the program is can wait
    card, number = page.crisis.card, page.crisis.card.first.number

    def is_in_view() -> bool:
        bottom = number.mapTo(card.viewport(), number.rect().bottomLeft()).y()
        return 0 < bottom <= card.viewport().height()

    qtbot.waitUntil(is_in_view)
    settle(page, qtbot)


def test_the_plain_facts_come_back_when_help_is_small_again(page):
    page.disclosure.say_facts()
    page.crisis.room_taken.emit(True)
    assert not page.disclosure.isVisible()
    page.crisis.room_taken.emit(False)
    assert page.disclosure.isVisible()
    page.disclosure.action.click()
    page.crisis.room_taken.emit(True)
    page.crisis.room_taken.emit(False)
    assert not page.disclosure.isVisible()
