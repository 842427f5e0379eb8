"""Check in by keyboard alone: ten seconds for a face, words if one likes, and back again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.check_in import CheckIn, CheckInDraft
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.settings import Language, Theme
from psylite_desktop.ui.pages.checkin.chips import Chip
from psylite_desktop.ui.pages.checkin.page import CheckInPage
from psylite_desktop.ui.pages.talk.crisis_surfaces import Surface
from tests.gui.talk.talk_fakes import Talk

Key = Qt.Key
WORDS = {
    Language.EN: (("Very low", "Low", "So-so", "Good", "Very good"), "Sleep"),
    Language.ZH: (("很难受", "不太好", "一般", "还不错", "很好"), "睡眠"),
}
CRISIS = {
    Language.EN: "Thank you for saying it. You do not have to carry this alone.",
    Language.ZH: "谢谢你说出来。你不用一个人扛着。",
}


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def write(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def tab_to(target: object) -> None:
    for _ in range(40):
        if QApplication.focusWidget() is target:
            return
        press(Key.Key_Tab)
    pytest.fail(f"Tab does not reach {target}")


def kept(talk: Talk) -> list[CheckIn]:
    return talk.vault.check_ins.between("0000", "9999")


def heads(page: CheckInPage) -> list[str]:
    rows = [row for row in page.entries.rows if row.isVisible()]
    return [row.head.text().split(" · ")[0] for row in rows]


def chip(page: CheckInPage, feeling: str) -> Chip:
    groups = page.form.feelings.groups.values()
    return next(group.chips[feeling] for group in groups if feeling in group.chips)


@pytest.mark.parametrize("language", Language)
def test_two_keys_are_enough(
    talk: Talk, open_page: Callable[[], CheckInPage], qtbot: QtBot, language: Language
) -> None:
    talk.plain.change(language=language)
    page = open_page()
    words, _ = WORDS[language]
    assert tuple(button.text() for button in page.form.faces.buttons.values()) == words
    assert words[1] in page.form.faces.buttons[2].accessibleName()
    assert not page.save.isEnabled()
    assert not page.form.details.isVisible()
    press(Key.Key_2)
    assert page.form.faces.buttons[2].isChecked()
    assert page.form.details.isVisible()
    assert not page.saved.isVisible()
    press(Key.Key_Return)
    qtbot.waitUntil(page.saved.isVisible)
    [one] = kept(talk)
    assert (one.mood, one.feelings, one.tags, one.note) == (2, (), (), "")
    assert (one.day, one.backfilled) == (talk.context.session.check_ins.today().isoformat(), False)
    qtbot.waitUntil(lambda: heads(page) == [words[1]])
    assert not page.form.details.isVisible()
    assert page.form.faces.mood == 0
    assert page.form.faces.isAncestorOf(QApplication.focusWidget())


@pytest.mark.parametrize("language", Language)
def test_words_tags_and_a_line_by_keyboard(
    talk: Talk, open_page: Callable[[], CheckInPage], qtbot: QtBot, language: Language
) -> None:
    talk.plain.change(language=language)
    page = open_page()
    form = page.form
    press(Key.Key_1)
    tab_to(chip(page, "wronged"))
    press(Key.Key_Space)
    press(Key.Key_Right)
    assert QApplication.focusWidget() is chip(page, "sad")
    assert form.feelings.gloss.text() == chip(page, "sad").accessibleDescription()
    press(Key.Key_Space)
    press(Key.Key_Space)  # and not after all
    press(Key.Key_Right)
    press(Key.Key_Space)
    first_tag = form.tags.group.chips["sleep"]
    tab_to(first_tag)
    assert first_tag.text() == WORDS[language][1]
    press(Key.Key_Space)
    tab_to(form.tags.field)
    write("roommate")
    press(Key.Key_Return)  # adds the tag, and does not save yet
    assert form.tags.group.chips["roommate"].isChecked()
    assert form.tags.field.text() == ""
    assert kept(talk) == []
    tab_to(form.note)
    write("12 o'clock and awake")
    assert form.faces.mood == 1, "numbers in a line are numbers"
    press(Key.Key_Return)
    qtbot.waitUntil(page.saved.isVisible)
    [one] = kept(talk)
    assert one.feelings == ("wronged", "worn_out")
    assert one.tags == ("sleep", "roommate")
    assert one.note == "12 o'clock and awake"
    qtbot.waitUntil(lambda: len(heads(page)) == 1)
    assert page.entries.rows[0].note.text() == one.note
    assert WORDS[language][1] in page.entries.rows[0].words.text()
    press(Key.Key_3)
    qtbot.waitUntil(lambda: "roommate" in form.tags.group.chips)
    assert not form.tags.group.chips["roommate"].isChecked(), "offered again, not picked again"


def test_a_tag_that_was_typed_counts_without_adding(
    page: CheckInPage, talk: Talk, qtbot: QtBot
) -> None:
    press(Key.Key_3)
    page.form.tags.field.setFocus()
    write("Sleep")
    page.save.setFocus()
    press(Key.Key_Space)
    qtbot.waitUntil(page.saved.isVisible)
    assert kept(talk)[0].tags == ("sleep",)


def test_enter_of_an_input_method_saves_nothing(
    page: CheckInPage, talk: Talk, qtbot: QtBot
) -> None:
    press(Key.Key_3)
    page.form.note.setFocus()
    QApplication.sendEvent(page.form.note, QInputMethodEvent("sanbu", []))
    press(Key.Key_Return)
    assert not page.presenter.is_saving
    assert kept(talk) == []
    done = QInputMethodEvent("", [])
    done.setCommitString("散步")
    QApplication.sendEvent(page.form.note, done)
    press(Key.Key_Return)
    qtbot.waitUntil(page.saved.isVisible)
    assert [one.note for one in kept(talk)] == ["散步"]


def test_saving_is_taken_back(page: CheckInPage, talk: Talk, qtbot: QtBot) -> None:
    press(Key.Key_4)
    press(Key.Key_Return)
    qtbot.waitUntil(page.saved.isVisible)
    assert page.saved.label.text() == "Saved."
    tab_to(page.saved.action)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: kept(talk) == [])
    qtbot.waitUntil(page.entries.empty.isVisible)
    assert not page.saved.isVisible()


def test_changing_and_taking_the_change_back(page: CheckInPage, talk: Talk, qtbot: QtBot) -> None:
    press(Key.Key_4)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(heads(page)) == 1)
    [before] = kept(talk)
    tab_to(page.entries.rows[0].edit)
    press(Key.Key_Space)
    assert page.form.faces.mood == 4
    assert page.cancel.isVisible()
    press(Key.Key_2)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: heads(page) == ["Low"])
    assert [one.id for one in kept(talk)] == [before.id]
    assert not page.cancel.isVisible()
    press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: kept(talk) == [before])
    qtbot.waitUntil(lambda: heads(page) == ["Good"])


def test_escape_leaves_it_as_it_was(page: CheckInPage, talk: Talk, qtbot: QtBot) -> None:
    press(Key.Key_4)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(heads(page)) == 1)
    page.entries.rows[0].edit.click()
    press(Key.Key_1)
    press(Key.Key_Escape)
    assert page.form.faces.mood == 0
    assert not page.save.isEnabled()
    assert [one.mood for one in kept(talk)] == [4]


def test_deleting_and_bringing_back(page: CheckInPage, talk: Talk, qtbot: QtBot) -> None:
    for key in (Key.Key_1, Key.Key_5):
        press(key)
        press(Key.Key_Return)
        qtbot.waitUntil(lambda: not page.presenter.is_saving)
    qtbot.waitUntil(lambda: heads(page) == ["Very low", "Very good"])
    first, second = page.entries.rows
    ways = (page.form.day, first.edit, first.delete, second.edit, second.delete, page.saved.action)
    tab_to(ways[0])
    for way in ways:
        assert QApplication.focusWidget() is way
        press(Key.Key_Tab)
    tab_to(first.delete)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: heads(page) == ["Very good"])
    assert page.saved.label.text() == "Deleted."
    tab_to(page.saved.action)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: heads(page) == ["Very low", "Very good"])


def test_another_day_is_marked_as_added_later(page: CheckInPage, talk: Talk, qtbot: QtBot) -> None:
    today = talk.context.session.check_ins.today()
    tab_to(page.form.day)
    assert page.form.day.currentText() == "Today"
    press(Key.Key_Down)
    assert page.form.day.currentText() == "Yesterday"
    page.form.faces.buttons[1].setFocus()
    press(Key.Key_2)
    press(Key.Key_Return)
    qtbot.waitUntil(page.saved.isVisible)
    [one] = kept(talk)
    assert (one.day, one.backfilled) == ((today - timedelta(days=1)).isoformat(), True)
    assert "Yesterday" in page.saved.label.text()
    assert "added later" in page.saved.label.text()
    qtbot.waitUntil(lambda: len(heads(page)) == 1)
    assert "added later" in page.entries.rows[0].head.text()
    assert page.entries.title.text() == "Yesterday"


def test_an_empty_day_says_one_kind_sentence(page: CheckInPage) -> None:
    assert page.entries.empty.isVisible()
    assert page.entries.empty.text()
    assert page.entries.rows == []


def test_what_the_vault_did_not_take_stays_in_the_form(
    page: CheckInPage, talk: Talk, qtbot: QtBot
) -> None:
    press(Key.Key_2)
    page.form.note.setFocus()
    write("keep me")
    talk.vault.failure = VaultError("vault_disk_full")
    press(Key.Key_Return)
    qtbot.waitUntil(page.notice.isVisible)
    assert "disk is full" in page.notice.label.text()
    assert page.form.note.text() == "keep me"
    assert page.form.faces.mood == 2
    talk.vault.failure = None
    press(Key.Key_Return)
    qtbot.waitUntil(page.saved.isVisible)
    assert [one.note for one in kept(talk)] == ["keep me"]
    assert not page.notice.isVisible()


def test_what_is_being_filled_in_survives_another_page(page: CheckInPage) -> None:
    press(Key.Key_2)
    page.form.note.setFocus()
    write("half a line")
    page.hide()
    page.show()
    assert page.form.note.text() == "half a line"
    assert page.form.faces.mood == 2


def test_languages_and_colours_change_while_it_is_open(
    page: CheckInPage, talk: Talk, qtbot: QtBot
) -> None:
    press(Key.Key_2)
    chip(page, "wronged").click()
    talk.plain.change(language=Language.ZH, theme=Theme.HIGH_CONTRAST)
    qtbot.waitUntil(lambda: chip(page, "wronged").text() == "委屈")
    assert chip(page, "wronged").isChecked()
    assert chip(page, "wronged").toolTip() == "受了不该受的，又说不出口"
    assert page.form.faces.buttons[2].text() == "不太好"
    page.grab()


# -- help


def note(page: CheckInPage, text: str) -> None:
    press(Key.Key_1)
    page.form.note.setFocus()
    write(text)
    press(Key.Key_Return)


@pytest.mark.parametrize("language", Language)
def test_a_line_with_risk_brings_the_card_above_everything(
    talk: Talk, open_page: Callable[[], CheckInPage], qtbot: QtBot, language: Language
) -> None:
    talk.plain.change(language=language)
    page = open_page()
    note(page, "level2")
    card = page.help.crisis.card
    assert card.isVisible(), "before the vault and the engine are asked"
    assert card.sentence.text() == CRISIS[language]
    assert card.first.number.text() == "12356"
    assert not card.shrink.isVisible()
    qtbot.waitUntil(page.saved.isVisible)
    qtbot.waitUntil(lambda: not page.presenter.is_hearing)
    assert kept(talk)[0].level is Level.CRISIS
    assert talk.screening.state.level is Level.CRISIS
    assert card.isAncestorOf(QApplication.focusWidget()) or card.hasFocus()
    top = card.mapTo(page, card.rect().topLeft()).y()
    for other in (page.form, page.saved, page.save):
        assert other.mapTo(page, other.rect().topLeft()).y() > top + card.height()
    card.stay.click()
    card.shrink.click()
    assert page.help.crisis.strip.isVisible()
    assert page.form.isAncestorOf(QApplication.focusWidget())


def test_an_emergency_covers_the_window(page: CheckInPage, talk: Talk, qtbot: QtBot) -> None:
    note(page, "level3")
    cover = page.help.crisis.cover
    assert cover.isVisible()
    assert cover.parentWidget() is page.window()
    assert page.help.crisis.card.first.number.text() == "120"
    qtbot.waitUntil(lambda: len(kept(talk)) == 1)
    qtbot.waitUntil(lambda: not page.presenter.is_hearing)
    assert cover.isAncestorOf(QApplication.focusWidget())


def test_a_tag_of_ones_own_is_read_too(page: CheckInPage, qtbot: QtBot) -> None:
    press(Key.Key_1)
    page.form.tags.field.setFocus()
    write("level2")
    page.form.faces.buttons[1].setFocus()
    press(Key.Key_Return)
    assert page.help.crisis.card.isVisible()
    qtbot.waitUntil(lambda: not page.presenter.is_hearing)


def test_a_quiet_strip_is_enough_for_worry(page: CheckInPage, talk: Talk, qtbot: QtBot) -> None:
    note(page, "level1")
    assert page.help.crisis.strip.isVisible()
    assert not page.help.crisis.card.isVisible()
    qtbot.waitUntil(page.saved.isVisible)
    assert kept(talk)[0].level is Level.WATCH


def test_calm_words_and_a_low_face_bring_nothing(page: CheckInPage, qtbot: QtBot) -> None:
    note(page, "tired")
    qtbot.waitUntil(page.saved.isVisible)
    assert page.help.crisis.surface is Surface.NONE


def test_later_layers_raise_what_is_kept(
    page: CheckInPage, talk: Talk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hear = talk.screening.take
    monkeypatch.setattr(talk.screening, "take", lambda _text: hear("level2"))
    note(page, "words without a sign")
    qtbot.waitUntil(page.help.crisis.card.isVisible)
    qtbot.waitUntil(lambda: [one.level for one in kept(talk)] == [Level.CRISIS])


def test_a_change_of_a_face_does_not_read_old_words_again(
    page: CheckInPage, talk: Talk, qtbot: QtBot
) -> None:
    check_ins = talk.context.session.check_ins
    check_ins.record(CheckInDraft(check_ins.today().isoformat(), 1, note="level2"))
    page.reload()
    qtbot.waitUntil(lambda: len(heads(page)) == 1)
    page.entries.rows[0].edit.click()
    press(Key.Key_2)
    press(Key.Key_Return)
    qtbot.waitUntil(page.saved.isVisible)
    assert page.help.crisis.surface is Surface.NONE
    assert [(one.mood, one.level) for one in kept(talk)] == [(2, Level.CRISIS)]


def test_you_misread_me_lowers_and_is_kept(page: CheckInPage, talk: Talk, qtbot: QtBot) -> None:
    note(page, "level2")
    card = page.help.crisis.card
    card.misread.click()
    assert card.why.isVisible()
    card.why.misread.click()
    qtbot.waitUntil(lambda: page.help.crisis.surface is Surface.STRIP)
    assert talk.screening.state.level is Level.WATCH
    assert talk.vault.corrections.count() == 1


def test_help_of_another_page_is_in_view_here(
    talk: Talk, open_page: Callable[[], CheckInPage]
) -> None:
    first = open_page()
    assert first.help.crisis.surface is Surface.NONE
    first.hide()
    talk.screening.take("level2")
    first.show()
    assert first.help.crisis.strip.isVisible()
    assert open_page().help.crisis.strip.isVisible()
