"""The conversation as a person meets it: write, read along, stop, change one's mind."""

from __future__ import annotations

import threading

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QTextOption
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from psylite_desktop.domain.conversation import Message, Mode, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.pages.talk.crisis_surfaces import Surface
from psylite_desktop.ui.pages.talk.messages import PAGE
from psylite_desktop.ui.pages.talk.page import PLACE, TalkPage
from tests.gui.talk.talk_fakes import REPLY

WHOLE = "".join(REPLY)


def type_and_send(page, text):
    page.composer.put(text)
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)


def shown(page):
    messages = page.presenter.messages
    return [messages.index(row).data() for row in range(messages.rowCount())]


def is_idle(page):
    return not page.presenter.is_busy


def hold(page, talk, qtbot, text="hello"):
    """Send and wait until the first piece of the reply is shown."""
    talk.chat.gate.clear()
    type_and_send(page, text)
    qtbot.waitUntil(lambda: shown(page)[-1:] == [REPLY[0]])


def test_an_empty_profile_offers_ways_to_begin(page):
    assert page.stack.currentWidget() is page.opening
    page.opening.openers[0].click()
    assert page.composer.text() == page.opening.openers[0].text()
    assert not page.presenter.is_busy


def test_a_message_is_answered_and_kept(page, talk, qtbot):
    type_and_send(page, "I had a fight")
    qtbot.waitUntil(lambda: is_idle(page) and len(shown(page)) == 2)
    assert shown(page) == ["I had a fight", WHOLE]
    assert [m.text for m in talk.messages()] == ["I had a fight", WHOLE]
    assert page.composer.text() == ""
    assert page.title.text() == "I had a fight"
    assert page.stack.currentWidget() is page.view


def test_words_are_shown_while_the_reply_is_being_written(page, talk, qtbot):
    hold(page, talk, qtbot)
    assert page.composer.stop.isVisible()
    assert page.status.label.text() == "writing"
    assert not page.status.regenerate.isVisible()
    talk.chat.gate.set()
    qtbot.waitUntil(lambda: is_idle(page))
    assert shown(page)[-1] == WHOLE
    assert not page.composer.stop.isVisible()


@pytest.mark.parametrize("way", ["button", "escape"])
def test_stop_keeps_what_was_written_so_far(page, talk, qtbot, way):
    hold(page, talk, qtbot)
    if way == "button":
        page.composer.stop.click()
    else:
        QTest.keyClick(page.composer.editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: is_idle(page))
    assert shown(page)[-1] == REPLY[0]
    last = page.presenter.messages.last(Role.ASSISTANT)
    assert not last.complete
    index = page.presenter.messages.index(1)
    assert "stopped" in index.data(Qt.ItemDataRole.AccessibleDescriptionRole)


def test_a_new_message_stops_the_reply_before_it(page, talk, qtbot):
    hold(page, talk, qtbot, "first")
    type_and_send(page, "second")
    talk.chat.gate.set()
    qtbot.waitUntil(lambda: is_idle(page) and len(shown(page)) == 4)
    assert shown(page) == ["first", REPLY[0], "second", WHOLE]
    assert [r.text for r in talk.chat.requests] == ["first", "second"]


def test_another_reply_takes_the_place_of_the_last_one(page, talk, qtbot):
    type_and_send(page, "hello")
    qtbot.waitUntil(lambda: is_idle(page) and len(shown(page)) == 2)
    talk.chat.pieces = ("Another one.",)
    page.status.regenerate.click()
    qtbot.waitUntil(lambda: is_idle(page))
    assert shown(page) == ["hello", "Another one."]
    assert [m.text for m in talk.messages()] == ["hello", "Another one."]


def test_the_last_message_can_be_edited(page, talk, qtbot):
    type_and_send(page, "hello")
    qtbot.waitUntil(lambda: is_idle(page) and len(shown(page)) == 2)
    page.composer.put("half a thought")
    page.status.edit.click()
    assert page.composer.text() == "hello"
    assert page.composer.cancel_edit.isVisible()
    type_and_send(page, "hello again")
    qtbot.waitUntil(lambda: is_idle(page))
    assert shown(page) == ["hello again", WHOLE]
    assert not page.composer.cancel_edit.isVisible()


def test_an_earlier_message_can_be_said_in_another_way_and_brought_back(page, talk, qtbot):
    for text in ("one", "two", "three"):
        type_and_send(page, text)
        qtbot.waitUntil(lambda: is_idle(page))
    before = shown(page)
    page.view.setFocus()
    page.view.setCurrentIndex(page.presenter.messages.index(2))
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    assert page.composer.text() == "two"
    type_and_send(page, "two, differently")
    qtbot.waitUntil(lambda: is_idle(page))
    assert shown(page) == ["one", WHOLE, "two, differently", WHOLE]
    assert page.status.bring_back.isVisible()
    page.status.bring_back.click()
    qtbot.waitUntil(lambda: is_idle(page) and shown(page) == before)


def test_danger_in_words_that_must_wait_still_brings_help(page, talk, qtbot):
    talk.chat.door.clear()
    type_and_send(page, "hello")
    page.composer.put("level2 words")
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    assert page.crisis.surface is not Surface.NONE
    assert page.composer.text() == "level2 words"
    talk.chat.door.set()
    qtbot.waitUntil(lambda: is_idle(page))


def test_words_that_could_not_be_stored_are_heard_all_the_same(page, talk, qtbot):
    talk.vault.failure = VaultError("vault_disk_full")
    page.composer.put("level2 words")
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: talk.screening.state.level >= Level.CRISIS)
    assert page.crisis.surface is not Surface.NONE
    assert page.composer.text() == "level2 words"
    talk.vault.failure = None


def test_an_edit_can_be_left(page, qtbot):
    type_and_send(page, "hello")
    qtbot.waitUntil(lambda: is_idle(page) and len(shown(page)) == 2)
    page.composer.put("half a thought")
    page.status.edit.click()
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Escape)
    assert page.composer.text() == "half a thought"
    assert page.composer.replaces is None


def test_the_text_stays_until_it_is_kept(page, talk, qtbot):
    talk.chat.door.clear()
    type_and_send(page, "hello")
    qtbot.waitUntil(lambda: len(talk.chat.requests) == 1)
    assert page.composer.text() == "hello"
    assert page.status.label.text() == "keeping what you wrote"
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)  # impatience sends nothing twice
    QTest.keyClicks(page.composer.editor, " and more")
    talk.chat.door.set()
    qtbot.waitUntil(lambda: is_idle(page))
    assert page.composer.text() == "and more"
    assert len(talk.chat.requests) == 1


def test_a_failure_before_keeping_leaves_the_words_in_the_editor(page, talk, qtbot):
    type_and_send(page, "first")
    qtbot.waitUntil(lambda: is_idle(page) and len(shown(page)) == 2)
    talk.chat.door.clear()
    type_and_send(page, "important")
    talk.vault.failure = VaultError("vault_disk_full")
    talk.chat.door.set()
    qtbot.waitUntil(lambda: is_idle(page))
    assert page.composer.text() == "important"
    assert "disk is full" in page.status.label.text()
    assert "still in the editor" in page.status.label.text()
    talk.vault.failure = None
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_idle(page) and len(shown(page)) == 4)
    assert page.composer.text() == ""


def test_a_conversation_that_cannot_be_started_keeps_the_words(page, talk, qtbot):
    talk.vault.failure = VaultError("vault_read_only")
    type_and_send(page, "important")
    qtbot.waitUntil(lambda: is_idle(page))
    assert page.composer.text() == "important"
    assert page.status.label.text()
    talk.vault.failure = None


def test_a_failure_in_the_middle_is_said_and_the_window_goes_on(page, talk, qtbot):
    talk.chat.code = "engine_crashed"
    type_and_send(page, "hello")
    qtbot.waitUntil(lambda: is_idle(page))
    assert shown(page) == ["hello"]
    assert "Nothing is lost" in page.status.label.text()
    talk.chat.code = ""
    page.status.regenerate.click()
    qtbot.waitUntil(lambda: is_idle(page) and len(shown(page)) == 2)
    assert page.status.label.text() == ""


def test_trouble_of_the_engine_is_said_beside_a_written_reply(page, talk, qtbot):
    talk.chat.why, talk.chat.mode = "engine_crashed guided:x", Mode.WRITTEN
    type_and_send(page, "hello")
    qtbot.waitUntil(lambda: is_idle(page))
    assert "language model stopped" in page.status.label.text()


@pytest.mark.parametrize(
    ("mode", "says"),
    [(Mode.PRACTICE, "practice model"), (Mode.WRITTEN, "written"), (Mode.CRISIS, "crisis")],
)
def test_each_reply_says_what_made_it(page, talk, qtbot, mode, says):
    talk.chat.mode = mode
    type_and_send(page, "hello")
    qtbot.waitUntil(lambda: is_idle(page) and len(shown(page)) == 2)
    footer = page.presenter.messages.index(1).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert says in footer


def test_shift_enter_makes_a_line_and_empty_text_is_not_sent(page, talk):
    editor = page.composer.editor
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "one")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(editor, "two")
    assert page.composer.text() == "one\ntwo"
    assert not talk.chat.requests


def test_enter_belongs_to_the_input_method_while_a_word_is_being_composed(page, talk, qapp):
    editor = page.composer.editor
    qapp.sendEvent(editor, QInputMethodEvent("ni", []))
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert not page.presenter.is_busy
    done = QInputMethodEvent("", [])
    done.setCommitString("你")
    qapp.sendEvent(editor, done)
    assert page.composer.text() == "你"
    assert not talk.chat.requests


def test_a_draft_comes_back(page, open_page, talk, qtbot):
    page.composer.put("not yet sent")
    page.drafts.save()
    qtbot.waitUntil(lambda: talk.vault.drafts.load(PLACE) == "not yet sent")
    second = open_page()
    qtbot.waitUntil(lambda: second.composer.text() == "not yet sent")


def test_a_draft_is_saved_by_itself_and_goes_with_the_message(page, talk, qtbot):
    page.composer.put("not yet sent")
    qtbot.waitUntil(lambda: talk.vault.drafts.load(PLACE) == "not yet sent")
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_idle(page))
    qtbot.waitUntil(lambda: talk.vault.drafts.load(PLACE) == "")


def test_leaving_the_page_saves_the_draft(page, talk, qtbot):
    page.composer.put("not yet sent")
    page.hide()
    qtbot.waitUntil(lambda: talk.vault.drafts.load(PLACE) == "not yet sent")


def test_the_newest_conversation_is_open_at_the_start(talk, open_page, qtbot):
    place = talk.vault.conversations.start(1.0)
    talk.vault.conversations.append(place, Message(Role.USER, "from yesterday"))
    page = open_page()
    assert shown(page) == ["from yesterday"]
    page.new.click()
    assert page.stack.currentWidget() is page.opening
    page.open_conversation(place)
    qtbot.waitUntil(lambda: shown(page) == ["from yesterday"])


def test_events_of_a_conversation_that_was_left_change_nothing(page, talk, qtbot):
    hold(page, talk, qtbot)
    page.new.click()
    talk.chat.gate.set()
    type_and_send(page, "another matter")
    qtbot.waitUntil(lambda: is_idle(page) and len(shown(page)) == 2)
    assert shown(page) == ["another matter", WHOLE]


def test_closing_in_the_middle_of_a_reply_leaves_no_thread(talk, open_page, qtbot):
    page = open_page()
    hold(page, talk, qtbot)
    page.leave()
    page.close()
    assert talk.engine.stop(10)
    assert not [t for t in threading.enumerate() if t.name == "engine"]


def test_a_page_that_is_gone_hears_nothing(talk, open_page, qtbot):
    gone = TalkPage(talk.context)
    gone.show()
    qtbot.waitUntil(lambda: not gone.presenter.is_opening)
    hold(gone, talk, qtbot)
    gone.leave()
    shiboken6.delete(gone)
    other = open_page()
    talk.chat.gate.set()
    type_and_send(other, "still here")
    qtbot.waitUntil(lambda: is_idle(other) and other.composer.text() == "")


def test_a_huge_paste_is_sent_whole(page, talk, qtbot, qapp):
    text = "很长的话" * 50_000
    qapp.clipboard().setText(text)
    page.composer.editor.paste()
    assert page.composer.notice.isVisible()
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_idle(page) and page.composer.text() == "")
    assert talk.messages()[0].text == text
    assert len(talk.screening.previewed[0]) < 10_000  # the window does not wait for all of it


def test_a_run_without_a_gap_is_wrapped_anywhere_and_words_after_it_are_not(page, qapp):
    editor = page.composer.editor
    usual = editor.wordWrapMode()
    qapp.clipboard().setText("x" * 100_000)
    editor.paste()
    assert editor.wordWrapMode() == QTextOption.WrapMode.WrapAnywhere
    page.composer.put("")
    assert editor.wordWrapMode() == usual


def test_the_editor_grows_with_its_text_up_to_six_lines(page):
    editor = page.composer.editor
    heights = []
    for lines in range(1, 10):
        page.composer.put("\n".join(["line"] * lines))
        heights.append(editor.height())
    assert heights[:6] == sorted(set(heights[:6]))
    assert set(heights[5:]) == {heights[5]}


def test_hostile_text_is_stored_clean_and_shown_plain(page, talk, qtbot):
    type_and_send(page, "<b>bold</b> \ud800 \x00 \u202eevil\u2066 <img src=x>")
    qtbot.waitUntil(lambda: is_idle(page) and len(shown(page)) == 2)
    stored = talk.messages()[0].text
    assert "\x00" not in stored
    stored.encode()
    painted = shown(page)[0]
    assert "\u202e" not in painted
    assert "\u2066" not in painted
    assert "<b>bold</b>" in painted
    page.grab()


def test_a_long_message_is_folded_and_opens_as_text(page, talk, qtbot):
    place = talk.vault.conversations.start(1.0)
    text = "word " * 3_000
    talk.vault.conversations.append(place, Message(Role.USER, text))
    page.open_conversation(place)
    qtbot.waitUntil(lambda: len(shown(page)) == 1)
    page.grab()
    page.view.setFocus()
    page.view.setCurrentIndex(page.presenter.messages.index(0))
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    dialog = page.view.findChild(QDialog)
    assert dialog.text.toPlainText().replace("\n", "") == text.replace("\n", "")
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == text
    dialog.close()


def test_two_thousand_messages_come_a_page_at_a_time(page, talk, qtbot):
    place = talk.vault.conversations.start(1.0)
    for number in range(2_000):
        talk.vault.conversations.append(place, Message(Role.USER, f"message {number}"))
    page.open_conversation(place)
    qtbot.waitUntil(lambda: shown(page)[-1:] == ["message 1999"])
    assert len(shown(page)) == PAGE
    bar = page.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    while len(shown(page)) < 2_000:
        before = len(shown(page))
        bar.setValue(bar.minimum())
        assert len(shown(page)) == before + PAGE
        assert bar.value() > bar.minimum()  # what was read stays where it was
    assert shown(page)[0] == "message 0"
    page.grab()


def fill(page, talk, qtbot, count=30):
    place = talk.vault.conversations.start(1.0)
    for number in range(count):
        talk.vault.conversations.append(place, Message(Role.ASSISTANT, f"line {number} " * 20))
    page.open_conversation(place)
    bar = page.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    return bar


def test_new_text_is_followed_at_the_bottom(page, talk, qtbot):
    bar = fill(page, talk, qtbot)
    hold(page, talk, qtbot)
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    assert page.view.is_following
    assert not page.view.new_text.isVisible()


def test_somebody_who_reads_above_is_left_there(page, talk, qtbot):
    bar = fill(page, talk, qtbot)
    hold(page, talk, qtbot)
    bar.setValue(bar.maximum() // 2)
    here = bar.value()
    talk.chat.gate.set()
    qtbot.waitUntil(lambda: is_idle(page))
    assert bar.value() == here
    assert page.view.new_text.isVisible()
    page.view.new_text.click()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    assert not page.view.new_text.isVisible()


def test_screen_readers_are_told_who_said_what(page, talk, qtbot):
    type_and_send(page, "hello")
    qtbot.waitUntil(lambda: is_idle(page) and len(shown(page)) == 2)
    messages = page.presenter.messages
    role = Qt.ItemDataRole.AccessibleTextRole
    assert messages.index(0).data(role) == "You: hello"
    assert messages.index(1).data(role) == f"Reply: {WHOLE}"
    for widget in (page.view, page.composer.editor, page.new):
        assert widget.accessibleName()
    for button in (page.composer.send, page.composer.stop, page.view.new_text):
        assert button.text()


def test_the_language_switches_live(page, talk, qtbot, qapp):
    type_and_send(page, "hello")
    qtbot.waitUntil(lambda: is_idle(page) and len(shown(page)) == 2)
    assert page.composer.send.text() == "Send"
    talk.plain.change(language=Language.ZH)
    qapp.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
    qtbot.waitUntil(lambda: page.composer.send.text() == "发送")
    spoken = page.presenter.messages.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "你：hello"
    assert page.new.accessibleName() == "新对话"


def test_what_it_is_and_is_not_is_said_once(page, qtbot):
    assert page.disclosure.isVisible()
    assert "cannot alert" in page.disclosure.label.text()
    page.disclosure.action.click()
    assert not page.disclosure.isVisible()


def test_a_short_talk_shows_no_bar_and_a_long_one_does(page, talk, qtbot):
    type_and_send(page, "I had a fight")
    qtbot.waitUntil(lambda: is_idle(page) and len(shown(page)) == 2)
    bar = page.view.verticalScrollBar()
    width = page.view.viewport().width()
    assert bar.isVisible()
    assert not bar.isEnabled(), "its room is kept, without a handle"
    for _ in range(12):
        type_and_send(page, "and another one")
        qtbot.waitUntil(lambda: is_idle(page))
    qtbot.waitUntil(bar.isEnabled)
    assert page.view.viewport().width() == width
