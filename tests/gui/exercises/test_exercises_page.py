"""Exercises by keyboard: chosen, walked to their end, left and gone on with, kept, deleted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.exercise import AFTER, BEFORE, ChoiceStep, InputStep, ListStep
from psylite_desktop.domain.risk import Level, RiskState
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.pages.exercises.list_view import ListView
from psylite_desktop.ui.pages.exercises.rating_view import SliderView
from psylite_desktop.ui.pages.exercises.step_view import ChoiceView, InputView
from psylite_desktop.ui.pages.exercises.timed_view import BreathingView, TimerView
from psylite_desktop.ui.pages.talk.crisis_surfaces import Surface
from psylite_desktop.ui.widgets.text import has_han
from tests.fakes.app_context import Desk
from tests.fakes.memory_vault import MemoryVault
from tests.gui.exercises.conftest import Hand

Open = Callable[..., Hand]
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def give(hand: Hand) -> None:
    """Answer the step in view as a person would, and go on."""
    player = hand.page.keeper.player
    assert player is not None
    match player.step:
        case InputStep(long=is_long):
            hand.type("写一句" if player.exercise.lang == "zh" else "a line")
            hand.press(Key.Key_Return, CTRL if is_long else None)
        case ListStep():
            hand.type("one")
            hand.press(Key.Key_Return)
            hand.press(Key.Key_Return)
        case ChoiceStep():
            hand.press(Key.Key_Return)
        case _ if isinstance(hand.page.player.view, SliderView):
            hand.press(Key.Key_6)
            hand.press(Key.Key_Return)
        case _ if hand.page.player.view.first() is not None:  # timed: skipped
            hand.press(Key.Key_Right, ALT)
        case _:
            hand.press(Key.Key_Space)


@pytest.mark.parametrize("exercise_id", ["thought-record", "body-scan", "gratitude-plain"])
@pytest.mark.parametrize("language", Language)
def test_it_is_walked_to_its_end_by_keyboard(
    open_page: Open, desk: Desk, vault: MemoryVault, language: Language, exercise_id: str
) -> None:
    desk.plain.change(language=language)
    hand = open_page()
    hand.open(exercise_id)
    page, places = hand.page, []
    while page.keeper.player is not None and not page.keeper.player.is_finished:
        place = page.keeper.player.place
        hand.wait_for(place)
        places.append(place)
        assert page.player.count.text()
        if place not in (BEFORE, AFTER):
            assert has_han(page.player.text.text()) is (language is Language.ZH)
        page.grab()
        give(hand)
    assert places[0] == BEFORE
    assert places[-1] == AFTER
    hand.qtbot.waitUntil(page.written.isVisible)
    assert "6" in page.written.ratings.text()
    (run,) = vault.exercise_runs.finished_runs()
    assert run.path == tuple(places)
    assert hand.app.focusWidget() is page.written.done
    hand.press(Key.Key_Space)
    assert page.gallery.isVisible()
    assert hand.app.focusWidget() is page.gallery.cards[exercise_id]


def test_words_of_the_finished_run_are_shown(open_page: Open) -> None:
    hand = open_page()
    hand.open("sleep-line")
    for _ in range(5):
        player = hand.page.keeper.player
        assert player is not None
        hand.wait_for(player.place)
        give(hand)
    hand.qtbot.waitUntil(hand.page.written.isVisible)
    shown = [card.findChildren(type(hand.page.notice.label)) for card in hand.page.written._cards]
    assert [labels[1].text() for labels in shown] == ["a line", "6 / 10", "a line"]


def test_leaving_keeps_the_place_and_it_can_be_gone_on_with(
    open_page: Open, vault: MemoryVault
) -> None:
    hand = open_page()
    hand.open("thought-record")
    hand.press(Key.Key_Return)
    hand.wait_for("situation")
    hand.type("the list came up")
    hand.press(Key.Key_Escape)
    assert hand.page.gallery.isVisible()
    (run,) = vault.exercise_runs.open_runs()
    assert (run.path[-1], run.answers["situation"]) == ("situation", "the list came up")
    again = open_page()
    again.qtbot.waitUntil(again.page.gallery.resume.isVisible)
    assert "Thought record" in again.page.gallery.resume.label.text()
    again.page.gallery.resume.action.setFocus()
    again.press(Key.Key_Space)
    again.wait_for("situation")
    assert isinstance(again.page.player.view, InputView)
    assert again.page.player.view.editor.toPlainText() == "the list came up"


def test_what_is_being_written_is_kept_without_going_on(
    open_page: Open, vault: MemoryVault
) -> None:
    hand = open_page()
    hand.open("letter-friend")
    hand.press(Key.Key_Return)
    hand.wait_for("harsh")
    hand.type("can't do it")
    hand.qtbot.waitUntil(
        lambda: vault.exercise_runs.open_runs()[0].answers.get("harsh") == "can't do it",
        timeout=6_000,
    )


def test_nothing_is_left_of_a_run_that_was_only_looked_at(
    open_page: Open, vault: MemoryVault
) -> None:
    hand = open_page()
    hand.open("breath-box")
    hand.press(Key.Key_Escape)
    hand.qtbot.waitUntil(lambda: vault.exercise_runs.open_runs() == [])


def test_the_thought_stays_in_view(open_page: Open) -> None:
    hand = open_page()
    hand.open("thought-minute")
    assert not hand.page.player.pinned.isVisible()
    hand.press(Key.Key_Return)
    hand.wait_for("thought")
    hand.type("they hate me")
    hand.press(Key.Key_Return)
    hand.wait_for("kind")
    assert hand.page.player.pinned.isVisible()
    assert hand.page.player.pinned_label.text() == "they hate me"
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Return)
    hand.wait_for("guess")
    hand.press(Key.Key_Left, ALT)
    hand.wait_for("kind")
    assert isinstance(hand.page.player.view, ChoiceView)
    assert hand.page.player.view.buttons["guess"].isChecked()


def test_an_empty_step_asks_for_a_word(open_page: Open) -> None:
    hand = open_page()
    hand.open("thought-minute")
    hand.press(Key.Key_Return)
    hand.wait_for("thought")
    hand.press(Key.Key_Return)
    hand.wait_for("thought")
    assert "enough" in hand.page.player.hint.text()


def test_a_list_takes_items_on_and_off(open_page: Open) -> None:
    hand = open_page()
    hand.open("five-senses")
    hand.press(Key.Key_Return)
    hand.wait_for("see")
    view = hand.page.player.view
    assert isinstance(view, ListView)
    for item in ("cup", "door"):
        hand.type(item)
        hand.press(Key.Key_Return)
    view.removes[0].setFocus()
    hand.press(Key.Key_Space)
    hand.type("lamp")  # not added, and still not lost
    hand.press(Key.Key_Right, ALT)
    hand.wait_for("touch")
    player = hand.page.keeper.player
    assert player is not None
    assert player.run.answers["see"] == ("door", "lamp")


def test_timers_can_be_paused_and_skipped_and_start_the_next(open_page: Open) -> None:
    hand = open_page()
    now = [0.0]
    hand.page.player.monotonic = lambda: now[0]
    hand.open("muscle-release")
    hand.press(Key.Key_Return)
    hand.wait_for("how")
    hand.press(Key.Key_Space)
    hand.wait_for("feet-on")
    view = hand.page.player.view
    assert isinstance(view, TimerView)
    assert view.left.text() == "0:06"
    assert not view.watch.is_running
    hand.press(Key.Key_Space)
    assert view.watch.is_running
    now[0] = 2.0
    hand.qtbot.waitUntil(lambda: view.left.text() == "0:04")
    hand.press(Key.Key_Space)
    now[0] = 50.0
    assert not view.watch.is_running
    assert view.watch.elapsed_s == 2.0
    hand.press(Key.Key_Space)
    now[0] = 55.0
    hand.wait_for("feet-off")
    following = hand.page.player.view
    assert isinstance(following, TimerView)
    assert following.watch.is_running
    hand.page.hide()
    assert not following.watch.is_running


@pytest.mark.parametrize("is_still", [False, True])
def test_breathing_is_a_circle_or_words_and_a_bar(
    open_page: Open, desk: Desk, is_still: bool
) -> None:
    desk.plain.change(reduce_motion=is_still)
    hand = open_page()
    now = [0.0]
    hand.page.player.monotonic = lambda: now[0]
    hand.open("breath-sigh")
    hand.press(Key.Key_Return)
    hand.wait_for("how")
    hand.press(Key.Key_Space)
    hand.wait_for("breathe")
    view = hand.page.player.view
    assert isinstance(view, BreathingView)
    assert view.pacer.isVisible() is not is_still
    assert view.bar.isVisible() is is_still
    hand.press(Key.Key_Space)
    now[0] = 1.0
    hand.qtbot.waitUntil(lambda: view.word.text().startswith("Breathe in"))
    assert view.word.text() == ("Breathe in · 2" if is_still else "Breathe in")
    now[0] = 3.0
    hand.qtbot.waitUntil(lambda: view.word.text().startswith("A little more"))
    now[0] = 6.0
    hand.qtbot.waitUntil(lambda: view.word.text().startswith("Breathe out"))
    assert "1" in view.count.text()
    if not is_still:
        hand.qtbot.waitUntil(lambda: 0.5 < view.pacer.fullness < 0.8)
    page = hand.page.grab().toImage()
    assert not page.isNull()
    now[0] = 400.0
    hand.qtbot.waitUntil(lambda: hand.app.focusWidget() is hand.page.player.next)
    desk.plain.change(reduce_motion=not is_still)
    assert view.pacer.isVisible() is is_still


def test_the_language_changes_in_the_middle_and_nothing_is_lost(
    open_page: Open, desk: Desk
) -> None:
    hand = open_page()
    hand.open("letter-friend")
    hand.press(Key.Key_Return)
    hand.wait_for("harsh")
    hand.type("useless")
    desk.plain.change(language=Language.ZH)
    desk.context.language.set(Language.ZH)
    hand.qtbot.waitUntil(lambda: has_han(hand.page.player.text.text()))
    assert isinstance(hand.page.player.view, InputView)
    assert hand.page.player.view.editor.toPlainText() == "useless"


def test_words_find_exercises(open_page: Open) -> None:
    hand = open_page()
    hand.page.gallery.search.setFocus()
    hand.type("miracle")
    assert list(hand.page.gallery.cards) == ["miracle"]
    hand.press(Key.Key_Return)
    assert hand.page.detail.title.text() == "The miracle question"
    assert "solution-focused" in hand.page.detail.source.text()
    hand.press(Key.Key_Escape)
    hand.page.gallery.search.setFocus()
    hand.page.gallery.search.setText("xyzzy")
    assert hand.page.gallery.empty.isVisible()
    hand.page.gallery.empty.action.setFocus()
    hand.press(Key.Key_Space)
    assert len(hand.page.gallery.cards) >= 24


def test_grave_words_bring_the_card_and_the_step_stays(open_page: Open, vault: MemoryVault) -> None:
    hand = open_page()
    page = hand.page
    hand.open("thought-minute")
    hand.press(Key.Key_Return)
    hand.wait_for("thought")
    hand.type("level2")
    hand.press(Key.Key_Return)
    assert page.crisis.surface is Surface.CARD
    assert page.crisis.card.isVisible()
    assert page.pause_offer.isVisible()
    player = page.keeper.player
    assert player is not None
    assert player.place == "thought"
    hand.qtbot.waitUntil(lambda: vault.risk_state.load().level is Level.CRISIS)
    assert vault.exercise_runs.open_runs()[0].answers["thought"] == "level2"
    focused = hand.app.focusWidget()
    assert page.crisis.card.isAncestorOf(focused) or focused is page.crisis.card
    page.pause_offer.action.setFocus()
    hand.press(Key.Key_Space)
    assert page.gallery.isVisible()
    assert page.crisis.card.isVisible()


def test_leaving_with_grave_words_is_heard_as_well(open_page: Open) -> None:
    hand = open_page()
    hand.open("letter-friend")
    hand.press(Key.Key_Return)
    hand.wait_for("harsh")
    hand.type("level3")
    hand.press(Key.Key_Escape)
    assert hand.page.crisis.surface is Surface.COVER


def test_a_worry_added_to_a_list_is_heard_at_once(open_page: Open) -> None:
    hand = open_page()
    hand.open("worry-parking")
    hand.press(Key.Key_Return)
    hand.wait_for("parked")
    hand.type("level1 thing")
    hand.press(Key.Key_Return)
    assert hand.page.crisis.surface is Surface.STRIP


def test_a_misreading_is_taken_back(open_page: Open, vault: MemoryVault) -> None:
    hand = open_page()
    hand.open("thought-minute")
    hand.press(Key.Key_Return)
    hand.wait_for("thought")
    hand.type("level2")
    hand.press(Key.Key_Return)
    page = hand.page
    page.crisis.card.misread.click()
    page.crisis.card.why.misread.click()
    hand.qtbot.waitUntil(lambda: page.crisis.surface is Surface.STRIP)
    hand.qtbot.waitUntil(lambda: vault.corrections.count() == 1)


def test_in_a_crisis_the_miracle_question_is_not_offered(
    open_page: Open, vault: MemoryVault
) -> None:
    vault.risk_state.save(RiskState(level=Level.CRISIS))
    hand = open_page()
    assert hand.page.crisis.surface is Surface.STRIP
    hand.page.gallery.cards["miracle"].click()
    assert not hand.page.detail.start.isVisible()
    assert hand.page.detail.other.isVisible()
    hand.page.detail.other.click()
    assert hand.page.detail.exercise is not None
    assert hand.page.detail.exercise.id == "five-senses"
    assert hand.page.detail.start.isVisible()


def test_earlier_times_are_read_and_deleted_with_a_way_back(
    open_page: Open, vault: MemoryVault, qtbot: QtBot
) -> None:
    hand = open_page()
    page = hand.page
    hand.open("sleep-line")
    for _ in range(5):
        assert page.keeper.player is not None
        hand.wait_for(page.keeper.player.place)
        give(hand)
    qtbot.waitUntil(page.written.isVisible)
    page.written.done.click()
    page.gallery.cards["sleep-line"].click()
    qtbot.waitUntil(lambda: len(page.detail.runs) == 1)
    assert "before 6, after 6" in page.detail.runs[0].text()
    page.detail.runs[0].click()
    assert page.written.isVisible()
    page.written.delete.click()
    assert page.undo.isVisible()
    assert vault.exercise_runs.finished_runs()
    page.undo.action.click()
    page.gallery.cards["sleep-line"].click()
    qtbot.waitUntil(lambda: len(page.detail.runs) == 1)
    page.detail.runs[0].click()
    page.written.delete.click()
    page.hide()
    assert vault.exercise_runs.finished_runs() == []


def test_a_full_disk_is_said_and_nothing_is_lost(open_page: Open, vault: MemoryVault) -> None:
    hand = open_page()
    hand.open("sleep-line")
    hand.press(Key.Key_Return)
    hand.wait_for("line")
    vault.failure = VaultError("vault_disk_full")
    hand.type("one")
    hand.press(Key.Key_Return)
    hand.wait_for("rested")
    hand.qtbot.waitUntil(hand.page.notice.isVisible)
    assert "disk is full" in hand.page.notice.label.text()
    vault.failure = None
    hand.press(Key.Key_Return)
    hand.wait_for("before")
    assert vault.exercise_runs.open_runs()[0].answers["line"] == "one"


@pytest.mark.parametrize(
    ("key", "given"), [(Key.Key_Home, 0), (Key.Key_Left, 0), (Key.Key_3, 3), (Key.Key_End, 10)]
)
def test_a_rating_is_given_by_keys(open_page: Open, key: Qt.Key, given: int) -> None:
    hand = open_page()
    hand.open("breath-box")
    view = hand.page.player.view
    assert isinstance(view, SliderView)
    assert view.number.text() == "–"
    hand.press(key)
    assert view.number.text() == str(given)
    assert hand.page.keeper.player is not None
    assert hand.page.keeper.player.run.rating(BEFORE) == given


def test_a_rating_may_be_left_out(open_page: Open) -> None:
    hand = open_page()
    hand.open("breath-box")
    hand.press(Key.Key_Return)
    hand.wait_for("which")
    assert hand.page.keeper.player is not None
    assert BEFORE not in hand.page.keeper.player.run.answers


def test_another_page_can_lead_to_an_exercise(open_page: Open) -> None:
    hand = open_page()
    hand.page.open_exercise("worry-time")
    hand.qtbot.waitUntil(hand.page.detail.isVisible)
    assert hand.page.detail.title.text() == "Worry time"


def test_what_was_left_can_be_deleted(open_page: Open, vault: MemoryVault) -> None:
    hand = open_page()
    page = hand.page
    hand.open("letter-friend")
    hand.press(Key.Key_5)
    hand.press(Key.Key_Escape)
    hand.qtbot.waitUntil(page.gallery.resume.isVisible)
    page.gallery.cards["letter-friend"].click()
    assert page.detail.resume.isVisible()
    page.detail.discard.setFocus()
    hand.press(Key.Key_Space)
    hand.qtbot.waitUntil(lambda: not page.gallery.resume.isVisible())
    page.hide()
    assert vault.exercise_runs.open_runs() == []


def test_locking_keeps_the_last_words_and_hears_them(open_page: Open, vault: MemoryVault) -> None:
    hand = open_page()
    hand.open("letter-friend")
    hand.press(Key.Key_Return)
    hand.wait_for("harsh")
    hand.type("level2")
    hand.page.leave()
    assert vault.exercise_runs.open_runs()[0].answers["harsh"] == "level2"
    assert vault.risk_state.load().level is Level.CRISIS
