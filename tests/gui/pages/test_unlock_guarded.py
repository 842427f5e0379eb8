"""At the door: what a passphrase is worth, pauses after wrong ones, a start without a list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.settings import Language
from psylite_desktop.storage.kdf_tuning import TINY_COST
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.ui.pages.unlock.page import UnlockPage
from psylite_desktop.ui.pages.unlock.profile_labels import label_of, profile_text
from psylite_desktop.ui.widgets.text import has_han
from tests.fakes.app_context import CODE, PASSPHRASE, WORD_LISTS, Desk, make_desk

COLOURS = ("teal", "amber", "plum", "moss", "coral", "slate", "olive", "sky")


@pytest.fixture(params=Language)
def desk(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Desk]:
    desk = make_desk(qapp, language=request.param)
    yield desk
    desk.close()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> UnlockPage:
    desk.new_profile()
    page = UnlockPage(desk.context)
    qtbot.addWidget(page, before_close_func=lambda p: p.discard())
    page.resize(900, 700)
    page.show()
    page.activateWindow()
    qtbot.waitExposed(page)
    qtbot.waitUntil(lambda: len(page.profiles.cards) == 1)
    return page


def _try(page: UnlockPage, qtbot: QtBot, text: str = "not this one") -> None:
    view = page.passphrase
    qtbot.waitUntil(view.open.isEnabled, timeout=10_000)
    view.passphrase.clear()
    qtbot.keyClicks(view.passphrase.edit, text)
    qtbot.keyClick(view.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.busy.isVisible())


def _name(page: UnlockPage, qtbot: QtBot, name: str, passphrase: str) -> None:
    view = page.discreet
    qtbot.waitUntil(view.open.isEnabled, timeout=10_000)
    view.name.clear()
    view.passphrase.clear()
    view.name.setFocus()
    entered = QInputMethodEvent()
    entered.setCommitString(name)
    QApplication.sendEvent(view.name, entered)
    qtbot.keyClick(view.name, Qt.Key.Key_Return)
    assert view.passphrase.edit.hasFocus()
    qtbot.keyClicks(view.passphrase.edit, passphrase)
    qtbot.keyClick(view.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.busy.isVisible())


# What a passphrase is worth


def test_four_words_are_drawn_taken_over_and_typed_once_more(
    page: UnlockPage, desk: Desk, qtbot: QtBot
) -> None:
    lang = desk.context.language.current.value
    page.profiles.create_another.click()
    view = page.create_profile
    view.suggestion.ask.setFocus()
    qtbot.keyClick(view.suggestion.ask, Qt.Key.Key_Space)
    assert view.suggestion.take.hasFocus()
    first = view.suggestion.words.text()
    qtbot.keyClick(view.suggestion.another, Qt.Key.Key_Space)
    drawn = view.suggestion.words.text()
    assert drawn != first
    words = drawn.split() if lang == "en" else [drawn[at : at + 2] for at in range(0, 8, 2)]
    assert len(words) == 4
    assert set(words) <= set(WORD_LISTS[lang])
    qtbot.keyClick(view.suggestion.take, Qt.Key.Key_Space)
    assert view.first.text == drawn
    assert view.second.edit.hasFocus()
    assert not view.submit.isEnabled()
    assert "100" in view.hint.text()
    view.second.put(drawn)
    with qtbot.waitSignal(view.submitted) as submitted:
        qtbot.keyClick(view.second.edit, Qt.Key.Key_Return)
    assert submitted.args == [drawn]


def test_words_are_forgotten_when_the_view_is_left(page: UnlockPage, qtbot: QtBot) -> None:
    page.profiles.create_another.click()
    page.create_profile.suggestion.ask.click()
    page.create_profile.back.click()
    assert page.create_profile.suggestion.words.text() == ""
    assert not page.create_profile.suggestion.card.isVisible()


def test_the_hint_counts_with_what_a_guess_costs_here(
    page: UnlockPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.shelf, "cost", lambda: KdfCost(passes=12))
    page.profiles.create_another.click()
    view = page.create_profile
    view.suggestion.ask.click()
    view.suggestion.take.click()
    qtbot.waitUntil(lambda: "600" in view.hint.text())
    assert not view.thrifty.isVisible()


def test_a_tiny_computer_says_that_it_can_do_less(
    page: UnlockPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.shelf, "cost", lambda: TINY_COST)
    page.profiles.create_another.click()
    qtbot.waitUntil(page.create_profile.thrifty.isVisible)


@pytest.mark.parametrize(
    "passphrase", ["sunflower 88 now", "我们一起去看海", "x" * 5 + "Kite!moss&9lamp," * 12]
)
def test_any_accepted_passphrase_gets_an_honest_sentence(
    page: UnlockPage, qtbot: QtBot, passphrase: str
) -> None:
    page.profiles.create_another.click()
    hint = page.create_profile.hint
    hint.judge(passphrase)
    assert hint.is_accepted
    assert "{" not in hint.text()
    assert len(hint.text()) > 15


# Pauses after wrong ones


def test_wrong_passphrases_cost_a_growing_pause_and_help_stays(
    page: UnlockPage, qtbot: QtBot
) -> None:
    page.profiles.cards[0].click()
    _try(page, qtbot)
    assert page.passphrase.open.isEnabled()
    _try(page, qtbot)
    view = page.passphrase
    assert view.pause.isVisible()
    assert not view.open.isEnabled()
    assert view.passphrase.edit.isEnabled()  # typing goes on
    with qtbot.assertNotEmitted(view.submitted):
        qtbot.keyClick(view.passphrase.edit, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.help_requested):
        page.help.click()
    with qtbot.waitSignal(page.session_opened, timeout=10_000):
        _try(page, qtbot, PASSPHRASE)
    assert not view.pause.isVisible()


def test_the_pause_cannot_be_walked_around(page: UnlockPage, qtbot: QtBot) -> None:
    page.profiles.cards[0].click()
    for _ in range(3):
        _try(page, qtbot)
    page.passphrase.recover.click()
    assert not page.recover.open.isEnabled()
    qtbot.keyClicks(page.recover.code, CODE)
    with qtbot.assertNotEmitted(page.recover.submitted):
        qtbot.keyClick(page.recover.code, Qt.Key.Key_Return)
    page.recover.back.click()
    page.passphrase.keys.click()
    assert not page.keys.door.open.isEnabled()
    page.keys.door.back.click()
    qtbot.waitUntil(lambda: page.profiles.isVisible() and bool(page.profiles.cards))
    page.profiles.cards[0].click()
    assert not page.passphrase.open.isEnabled()


def test_another_space_does_not_wait(page: UnlockPage, desk: Desk, qtbot: QtBot) -> None:
    desk.new_profile()
    page.reset()
    qtbot.waitUntil(lambda: len(page.profiles.cards) == 2)
    page.profiles.cards[0].click()
    for _ in range(3):
        _try(page, qtbot)
    page.passphrase.back.click()
    page.profiles.cards[1].click()
    assert page.passphrase.open.isEnabled()


# A start without a list


@pytest.fixture
def discreet(page: UnlockPage, desk: Desk) -> UnlockPage:
    desk.plain.change(discreet=True)
    page.reset()
    return page


def test_the_list_can_be_hidden_and_brought_back_at_once(
    page: UnlockPage, desk: Desk, qtbot: QtBot
) -> None:
    page.profiles.hide_list.setFocus()
    qtbot.keyClick(page.profiles.hide_list, Qt.Key.Key_Space)
    assert desk.plain.current.discreet
    assert page.discreet.isVisible()
    assert page.discreet.notice.isVisible()
    page.discreet.notice.action.click()
    assert not desk.plain.current.discreet
    qtbot.waitUntil(page.profiles.isVisible)


def test_a_named_space_opens(discreet: UnlockPage, desk: Desk, qtbot: QtBot) -> None:
    assert discreet.discreet.name.hasFocus()
    name = "青色 1" if desk.context.language.current is Language.ZH else "teal 1"
    with qtbot.waitSignal(discreet.session_opened) as opened:
        _name(discreet, qtbot, name, PASSPHRASE)
    assert opened.args[0].vault is desk.shelf.vaults["teal-1"]
    assert discreet.discreet.name.text() == discreet.discreet.passphrase.text == ""


def test_a_wrong_name_and_a_wrong_passphrase_sound_the_same(
    discreet: UnlockPage, qtbot: QtBot
) -> None:
    answers = []
    for name in ("teal 1", "sky 7"):
        for _ in range(2):
            _name(discreet, qtbot, name, "not this one")
        view = discreet.discreet
        answers.append((view.notice.label.text(), view.open.isEnabled(), view.pause.isVisible()))
        view.name.clear()
        view.hold(0)
    assert answers[0] == answers[1]
    assert not answers[0][1]


def test_naming_another_space_asks_for_its_own_pause(discreet: UnlockPage, qtbot: QtBot) -> None:
    for _ in range(3):
        _name(discreet, qtbot, "teal 1", "not this one")
    view = discreet.discreet
    assert not view.open.isEnabled()
    qtbot.keyClicks(view.name, "2")
    assert view.open.isEnabled()
    qtbot.keyClick(view.name, Qt.Key.Key_Backspace)
    assert not view.open.isEnabled()


def test_without_a_name_nothing_is_tried(discreet: UnlockPage, qtbot: QtBot) -> None:
    view = discreet.discreet
    qtbot.keyClicks(view.passphrase.edit, PASSPHRASE)
    with qtbot.assertNotEmitted(view.submitted):
        qtbot.keyClick(view.passphrase.edit, Qt.Key.Key_Return)
    assert view.notice.isVisible()
    assert view.name.hasFocus()


def test_a_named_space_is_recovered_with_its_code(discreet: UnlockPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(discreet.discreet.name, "teal-1")
    discreet.discreet.recover.click()
    qtbot.keyClicks(discreet.recover.code, CODE)
    qtbot.keyClick(discreet.recover.code, Qt.Key.Key_Return)
    qtbot.waitUntil(discreet.replace.isVisible)
    with qtbot.waitSignal(discreet.session_opened):
        discreet.replace.back.click()


def test_keys_of_a_named_space(discreet: UnlockPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(discreet.discreet.name, "teal 1")
    discreet.discreet.keys.click()
    door = discreet.keys.door
    qtbot.keyClicks(door.passphrase.edit, PASSPHRASE)
    qtbot.keyClick(door.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(discreet.keys.keys.isVisible)


def test_a_new_space_says_its_name_where_no_list_will(discreet: UnlockPage, qtbot: QtBot) -> None:
    discreet.discreet.create_another.click()
    for field in (discreet.create_profile.first, discreet.create_profile.second):
        qtbot.keyClicks(field.edit, PASSPHRASE)
    discreet.create_profile.submit.click()
    qtbot.waitUntil(discreet.recovery_code.isVisible)
    assert discreet.recovery_code.name.isVisible()
    assert "51" in discreet.recovery_code.name.text()


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("teal 1", "teal-1"),
        (" TEAL-01 ", "teal-1"),
        ("Teal１", "teal-1"),
        ("sky 12", "sky-12"),
        ("no such 1", "no such 1"),
        ("", ""),
    ],
)
def test_names_are_typed_as_people_type(desk: Desk, typed: str, label: str) -> None:
    assert label_of(typed) == label


@given(st.sampled_from(COLOURS), st.integers(0, 999))
def test_what_a_label_shows_can_be_typed(colour: str, number: int) -> None:
    for shown in (profile_text(f"{colour}-{number}"), f"{colour.upper()}{number}"):
        assert label_of(shown) == f"{colour}-{number}"


@given(st.text(max_size=50))
def test_any_text_may_be_typed_as_a_name(text: str) -> None:
    assert label_of(label_of(text)) == label_of(text)


def test_chinese_names_are_known(desk: Desk) -> None:
    desk.context.language.set(Language.ZH)
    assert {label_of(typed) for typed in ("青色 2", "青2", "青色２", "teal 2")} == {"teal-2"}
    assert label_of("琥珀 3") == "amber-3"
    for colour in COLOURS:
        shown = profile_text(f"{colour}-5")
        assert has_han(shown)
        assert label_of(shown) == f"{colour}-5"
