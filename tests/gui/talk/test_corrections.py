"""You misread me, this is not about me: why first, then one question, then it counts."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest

from psylite_desktop.domain.correction import Verdict
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.risk import Assessment, Kind, Level, Reason, RiskState, Who
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.pages.talk.crisis_card import Part
from psylite_desktop.ui.pages.talk.crisis_surfaces import Surface

WORDS = {
    Language.EN: {
        "lead": "I went by these words:",
        "layer": "rule",
        "misread": ("Did I hear more in it than you meant?", "Yes, you misread me"),
        "not_me": ("Is it about somebody or something else?", "Yes, it is not about me"),
        "earlier": "wrote earlier",
        "thanks": "Thank you for telling me.",
    },
    Language.ZH: {
        "lead": "我看的是这些字：",
        "layer": "规则",
        "misread": ("我是不是听出了你没有的意思？", "是的，你误会我了"),
        "not_me": ("说的是别人，或者别的事吗？", "是的，这不是说我"),
        "earlier": "之前写的话",
        "thanks": "谢谢你告诉我。",
    },
}


def send(page, text):
    page.composer.put(text)
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)


def say(page, qtbot, text):
    send(page, text)
    qtbot.waitUntil(lambda: not page.presenter.is_busy)


def reaches(qapp, target, key=Qt.Key.Key_Tab, limit=25):
    """Go on with Tab until a widget has the keyboard."""
    for _ in range(limit):
        if qapp.focusWidget() is target:
            return True
        QTest.keyClick(qapp.focusWidget(), key)
    return False


@pytest.fixture(params=list(Language))
def spoken(request, talk, qapp):
    """The window's language, and what it says then."""
    talk.plain.change(language=request.param)
    return WORDS[request.param]


@pytest.mark.parametrize("way", ["misread", "not_me"])
def test_the_words_are_shown_before_anything_changes(page, talk, qtbot, spoken, way):
    say(page, qtbot, "well, level2 it is")
    card = page.crisis.card
    getattr(card, way).click()
    assert card.part is Part.WHY
    assert card.why.lead.text() == spoken["lead"]
    assert [quote.text() for quote in card.why.quotes] == ["“level2”"]
    assert spoken["layer"] in card.why.layers[0].text()
    question, answer = spoken[way]
    assert card.why.question.text() == question
    button = getattr(card.why, way)
    assert button.isVisible()
    assert button.text() == answer
    other = card.why.not_me if way == "misread" else card.why.misread
    assert not other.isVisible()
    assert talk.screening.state.level is Level.CRISIS
    assert talk.vault.corrections.count() == 0
    page.grab()


def test_leaving_help_as_it_is_changes_nothing(page, talk, qtbot):
    say(page, qtbot, "level2")
    card = page.crisis.card
    card.misread.click()
    card.why.stay.click()
    assert card.part is Part.FIRST
    assert card.first.isVisible()
    assert card.misread.isVisible()
    assert talk.screening.state.level is Level.CRISIS
    assert talk.vault.corrections.count() == 0


def test_misread_is_kept_without_a_word_of_the_message(page, talk, qtbot, spoken):
    say(page, qtbot, "a secret sentence with level2 in it")
    card = page.crisis.card
    card.misread.click()
    card.why.misread.click()
    qtbot.waitUntil(lambda: page.crisis.surface is Surface.STRIP)
    assert talk.screening.state.level is Level.WATCH
    (kept,) = talk.vault.corrections.corrections()
    assert kept.verdict is Verdict.MISREAD
    assert (kept.level, kept.kind) == (Level.CRISIS, Kind.SUICIDE)
    assert kept.rules == ("en.intent.test",)
    assert kept.message_id == talk.messages()[0].id
    assert kept.at > 0
    assert "secret" not in str(asdict(kept))
    thanks = page.crisis.answers.thanks
    assert thanks.isVisible()
    assert thanks.text().startswith(spoken["thanks"])
    assert thanks.text().count("?") + thanks.text().count("？") == 1
    say(page, qtbot, "what I meant was something else")
    assert not thanks.isVisible()
    assert page.crisis.strip.isVisible()


def test_the_keyboard_goes_back_to_the_talk(page, talk, qtbot, qapp):
    page.window().activateWindow()
    say(page, qtbot, "level2")
    page.crisis.card.misread.click()
    page.crisis.card.why.misread.click()
    qtbot.waitUntil(lambda: page.crisis.surface is Surface.STRIP)
    qtbot.waitUntil(lambda: qapp.focusWidget() is page.composer.editor)


def test_not_about_me_keeps_help_for_a_friend_and_watch_at_most(page, talk, qtbot):
    say(page, qtbot, "level2")
    card = page.crisis.card
    card.not_me.click()
    card.why.not_me.click()
    qtbot.waitUntil(lambda: page.crisis.surface is Surface.STRIP)
    state = talk.screening.state
    assert (state.level, state.who) == (Level.WATCH, Who.OTHER)
    assert talk.vault.risk_state.load() == state
    (kept,) = talk.vault.corrections.corrections()
    assert kept.verdict is Verdict.NOT_ABOUT_ME
    page.crisis.strip.open.click()
    assert "friend" in card.sentence.text()


def test_the_card_for_friends_survives_a_restart(page, open_page, talk, qtbot):
    say(page, qtbot, "level2")
    page.crisis.card.not_me.click()
    page.crisis.card.why.not_me.click()
    qtbot.waitUntil(lambda: page.crisis.surface is Surface.STRIP)
    again = open_page()
    again.crisis.strip.open.click()
    assert "friend" in again.crisis.card.sentence.text()


@pytest.mark.parametrize("way", ["misread", "not_me"])
def test_a_clear_emergency_is_corrected_once_and_confirmed_once(page, talk, qtbot, way):
    say(page, qtbot, "level3")
    assert talk.screening.state.strong
    card = page.crisis.card
    getattr(card, way).click()
    getattr(card.why, way).click()
    qtbot.waitUntil(lambda: card.part is Part.SURE)
    assert page.crisis.cover.isVisible()
    assert talk.screening.state.level is Level.EMERGENCY
    card.safe.click()
    qtbot.waitUntil(lambda: page.crisis.surface is Surface.STRIP)
    assert talk.screening.state.level is Level.WATCH
    assert talk.screening.state.who is (Who.OTHER if way == "not_me" else Who.SELF)
    (kept,) = talk.vault.corrections.corrections()
    assert kept.level is Level.EMERGENCY


def test_the_strip_says_why_and_takes_both_answers(page, talk, qtbot, spoken):
    say(page, qtbot, "level1 perhaps")
    strip, answers = page.crisis.strip, page.crisis.answers
    assert not answers.isVisible()
    strip.why.click()
    assert answers.why.isVisible()
    assert [quote.text() for quote in answers.why.quotes] == ["“level1”"]
    assert answers.why.misread.isVisible()
    assert answers.why.not_me.isVisible()
    page.grab()
    answers.why.stay.click()
    assert not answers.isVisible()
    assert talk.vault.corrections.count() == 0
    strip.why.click()
    answers.why.misread.click()
    qtbot.waitUntil(lambda: talk.vault.corrections.count() == 1)
    qtbot.waitUntil(answers.thanks.isVisible)
    assert strip.isVisible()
    assert not answers.why.isVisible()
    assert talk.vault.corrections.corrections()[0].level is Level.WATCH


def test_pressing_why_again_takes_the_reason_away(page, qtbot):
    say(page, qtbot, "level1")
    page.crisis.strip.why.click()
    page.crisis.strip.why.click()
    assert not page.crisis.answers.isVisible()


def test_after_a_restart_it_says_that_the_words_are_not_kept(talk, open_page, spoken):
    talk.screening.state = RiskState(Level.CRISIS, Kind.SUICIDE)
    page = open_page()
    page.crisis.strip.why.click()
    assert page.crisis.answers.why.quotes == []
    assert spoken["earlier"] in page.crisis.answers.why.lead.text()


def test_lesser_words_do_not_hide_the_graver_ones(page, qtbot):
    say(page, qtbot, "first level2")
    say(page, qtbot, "then level1")
    say(page, qtbot, "then nothing")
    page.crisis.card.misread.click()
    assert [quote.text() for quote in page.crisis.card.why.quotes] == ["“level2”"]


def test_signs_that_add_up_are_said_to(page, talk, qtbot):
    talk.screening.state = RiskState(Level.WATCH, signals=(("burden", 1),), turn=1)
    say(page, qtbot, "level1")
    assert talk.screening.state.level is Level.CRISIS
    page.crisis.card.misread.click()
    assert "before" in page.crisis.card.why.lead.text()


def test_at_most_three_words_each_with_its_layer(page, talk, qtbot, monkeypatch):
    rules = ("en.a.b", "model.linear.suicide", "model.encoder.suicide", "zh.c.d")
    text = "aaaa bbbb cccc dddd"
    reasons = tuple(Reason(r, Level.CRISIS, 5 * n, 5 * n + 4) for n, r in enumerate(rules))
    found = Assessment(Level.CRISIS, Kind.SUICIDE, reasons=reasons)
    monkeypatch.setattr(talk.screening, "look", lambda _text: found)
    say(page, qtbot, text)
    page.crisis.card.misread.click()
    why = page.crisis.card.why
    assert [quote.text() for quote in why.quotes] == ["“aaaa”", "“bbbb”", "“cccc”"]
    said = [layer.text() for layer in why.layers]
    assert "rule" in said[0]
    assert "the model" in said[1]
    assert "encoder" in said[2]
    why.misread.click()
    qtbot.waitUntil(lambda: talk.vault.corrections.count() == 1)
    assert talk.vault.corrections.corrections()[0].rules == rules


def test_hostile_words_are_quoted_plainly(page, qtbot, talk, monkeypatch):
    text = "<b>\u202elevel2</b>"
    reason = Reason("en.intent.test", Level.CRISIS, 0, len(text))
    found = Assessment(Level.CRISIS, Kind.SUICIDE, reasons=(reason,))
    monkeypatch.setattr(talk.screening, "look", lambda _text: found)
    say(page, qtbot, text)
    page.crisis.card.misread.click()
    (quote,) = page.crisis.card.why.quotes
    assert quote.text() == "“<b>level2</b>”"
    assert quote.textFormat() == Qt.TextFormat.PlainText


def test_a_correction_waits_until_the_message_is_kept(page, talk, qtbot):
    """Else the engine thread would raise again what has just been lowered."""
    talk.chat.door.clear()
    send(page, "level2")
    page.crisis.card.misread.click()
    page.crisis.card.why.misread.click()
    qtbot.wait(50)
    assert talk.vault.corrections.count() == 0
    talk.chat.door.set()
    qtbot.waitUntil(lambda: page.crisis.surface is Surface.STRIP)
    assert talk.screening.state.level is Level.WATCH
    (kept,) = talk.vault.corrections.corrections()
    assert kept.message_id == talk.messages()[0].id


def test_a_message_that_was_not_kept_can_be_corrected(page, talk, qtbot):
    say(page, qtbot, "hello")
    talk.chat.door.clear()
    send(page, "level2")
    talk.vault.failure = VaultError("vault_disk_full")
    page.crisis.card.misread.click()
    page.crisis.card.why.misread.click()
    talk.chat.door.set()
    qtbot.waitUntil(lambda: not page.presenter.is_busy)
    talk.vault.failure = None
    assert page.crisis.surface is not Surface.COVER
    say(page, qtbot, "level2")
    page.crisis.card.misread.click()
    page.crisis.card.why.misread.click()
    qtbot.waitUntil(lambda: talk.vault.corrections.count() == 1)


def test_a_full_disk_is_said_and_help_gets_smaller_all_the_same(page, talk, qtbot, monkeypatch):
    def add(_correction):
        raise VaultError("vault_disk_full")

    say(page, qtbot, "level2")
    monkeypatch.setattr(talk.vault.corrections, "add", add)
    page.crisis.card.misread.click()
    page.crisis.card.why.misread.click()
    qtbot.waitUntil(lambda: page.crisis.surface is Surface.STRIP)
    assert "disk is full" in page.status.label.text()


def test_it_can_be_done_without_a_mouse(page, talk, qtbot, qapp):
    page.window().activateWindow()
    say(page, qtbot, "level3")
    card = page.crisis.card
    assert reaches(qapp, card.not_me)
    QTest.keyClick(card.not_me, Qt.Key.Key_Space)
    assert card.part is Part.WHY
    assert qapp.focusWidget() is card  # a key held down answers nothing
    QTest.keyClick(card, Qt.Key.Key_Tab)
    assert qapp.focusWidget() is card.why.stay  # the harmless answer comes first
    assert reaches(qapp, card.why.not_me)
    QTest.keyClick(card.why.not_me, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: card.part is Part.SURE)
    assert reaches(qapp, card.safe)


def test_the_strip_is_reached_by_tab_in_its_order(page, qtbot, qapp):
    page.window().activateWindow()
    say(page, qtbot, "level1")
    strip = page.crisis.strip
    strip.why.setFocus()
    for button in (strip.plan, strip.open):
        QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
        assert qapp.focusWidget() is button
    QTest.keyClick(strip.why, Qt.Key.Key_Space)
    assert qapp.focusWidget() is page.crisis.answers.why.stay


def test_screen_readers_hear_the_words_and_the_question(page, qtbot):
    say(page, qtbot, "level2")
    card = page.crisis.card
    card.misread.click()
    told = card.accessibleDescription()
    assert "“level2”" in told
    assert "rule" in told
    assert card.why.question.text() in told
    assert page.crisis.strip.why.accessibleName() == "Why is this here?"


def test_the_language_switches_while_it_asks(page, talk, qtbot, qapp):
    say(page, qtbot, "level2")
    card = page.crisis.card
    card.misread.click()
    talk.plain.change(language=Language.ZH)
    qapp.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
    qtbot.waitUntil(lambda: card.why.lead.text() == WORDS[Language.ZH]["lead"])
    assert card.part is Part.WHY
    assert card.why.quotes[0].text() == "“level2”"
    assert card.misread.text() == "你误会我了"
    assert card.not_me.text() == "这不是说我"
