"""A new user without a mouse: check-in, a page with the mirror, a thought record and PHQ-9.

Nothing but keys goes to whatever has the keyboard, and no engine is there.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.exceptions import TimeoutError as QtBotTimeout
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.pages.exercises.page import ExercisesPage
from psylite_desktop.ui.pages.journal.page import JournalPage
from psylite_desktop.ui.pages.scales.page import ScalesPage
from psylite_desktop.ui.shell.pages_view import PagesView
from psylite_desktop.ui.shell.window import MainWindow
from tests.fakes.app_context import Desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
MOST_TABS = 70

WORDS = {
    Language.ZH: {
        "check in": "记心情",
        "write": "写一写",
        "new page": "写第一页",
        "look back": "回头看看",
        "page": "今天组会又被导师点名了，我什么都做不好。晚上和室友吵了一架。",
        "thought record": "想法记录",
        "begin": "开始",
        "scales": "自评量表",
        "answer": "写几个字",
        "phq9": "PHQ-9",
    },
    Language.EN: {
        "check in": "Check in",
        "write": "Write",
        "new page": "Write a first page",
        "look back": "Look back at this",
        "page": "My teacher called on me again. I can't do anything right. Fought with Mum.",
        "thought record": "Thought record",
        "begin": "Begin",
        "scales": "Self-rating scales",
        "answer": "a few words",
        "phq9": "PHQ-9",
    },
}


class Keyboard:
    """Sends keys to the widget that has the keyboard, and finds things by Tab alone."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot

    @property
    def at(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the keyboard"
        return widget

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        for key in keys:
            if modifier is None:
                QTest.keyClick(self.at, key)
            else:
                QTest.keyClick(self.at, key, modifier)

    def type(self, text: str) -> None:
        """As an input method hands words over, Chinese or not."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.at, event)

    def tab_to(self, name: str) -> None:
        """Tab until something with this name has the keyboard; what is still coming is awaited."""
        seen: list[str] = []

        def is_reached() -> bool:
            seen.clear()
            for _ in range(MOST_TABS):
                seen.extend(names_of(self.at))
                if any(
                    one.startswith(name) or one.endswith(": " + name) for one in names_of(self.at)
                ):
                    return True
                self.press(Key.Key_Tab)
            return False

        try:
            self.qtbot.waitUntil(is_reached, timeout=10_000)
        except QtBotTimeout:
            raise AssertionError(f"{name} is not reached by Tab, only {set(seen)}") from None

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)


def names_of(widget: QWidget) -> list[str]:
    """What a screen reader says, and what stands on a button."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return [widget.accessibleName(), text]


@pytest.mark.parametrize("language", Language)
def test_everything_is_found_and_done_by_keyboard(
    desk: Desk,
    window: MainWindow,
    open_profile: Callable[[], None],
    qtbot: QtBot,
    language: Language,
) -> None:
    desk.plain.change(language=language, region="cn")
    open_profile()
    pages = window.pages
    assert pages is not None
    words, hand = WORDS[language], Keyboard(qtbot)
    vault = desk.shelf.vaults["teal-1"]
    check_in(hand, pages, words, vault)
    write(hand, pages, words, vault)
    record_a_thought(hand, pages, words, vault)
    fill_in_a_scale(hand, pages, words, vault)
    assert desk.host.warmed <= 1  # the window warmed it up; no page asked for it


def check_in(hand: Keyboard, pages: PagesView, words: dict[str, str], vault) -> None:
    assert pages.current == "home"
    hand.until(lambda: pages.isAncestorOf(QApplication.focusWidget()))
    hand.tab_to(words["check in"])
    hand.press(Key.Key_Space)
    hand.until(lambda: pages.current == "checkin")
    hand.until(lambda: pages.made_page("checkin").isAncestorOf(QApplication.focusWidget()))
    hand.press(Key.Key_4, Key.Key_Return)
    hand.until(lambda: vault.check_ins.between("0000", "9999"))
    (kept,) = vault.check_ins.between("0000", "9999")
    assert kept.mood == 4


def write(hand: Keyboard, pages: PagesView, words: dict[str, str], vault) -> None:
    hand.press(Key.Key_4, modifier=CTRL)
    hand.until(lambda: pages.current == "journal")
    page = pages.made_page("journal")
    assert isinstance(page, JournalPage)
    hand.until(lambda: page.isAncestorOf(QApplication.focusWidget()))
    hand.tab_to(words["new page"])
    hand.press(Key.Key_Space)
    hand.until(page.editor.editor.hasFocus)
    hand.type(words["page"])
    hand.until(vault.journal.entries)
    assert vault.journal.entries()[0].text == words["page"]
    hand.tab_to(words["look back"])
    hand.press(Key.Key_Space)
    hand.until(lambda: page.mirror.panel is not None and page.mirror.panel.isVisible())
    panel = page.mirror.panel
    assert panel is not None
    hand.until(lambda: any(name in words["page"] for name in quotes_of(panel)))


def quotes_of(panel: QWidget) -> list[str]:
    """What the mirror's buttons quote."""
    marks = "“”…"
    names = [button.toolTip() or button.text() for button in panel.findChildren(QAbstractButton)]
    return [name.strip(marks) for name in names if len(name.strip(marks)) > 5]


def record_a_thought(hand: Keyboard, pages: PagesView, words: dict[str, str], vault) -> None:
    hand.press(Key.Key_5, modifier=CTRL)
    hand.until(lambda: pages.current == "exercises")
    page = pages.made_page("exercises")
    assert isinstance(page, ExercisesPage)
    hand.until(lambda: page.gallery.cards and page.isAncestorOf(QApplication.focusWidget()))
    hand.tab_to(words["thought record"])
    hand.press(Key.Key_Space)
    hand.until(page.detail.isVisible)
    hand.until(lambda: page.detail.isAncestorOf(QApplication.focusWidget()))
    hand.tab_to(words["begin"])
    hand.press(Key.Key_Space)
    hand.until(lambda: page.keeper.player is not None and page.player.isVisible())
    while page.keeper.player is not None and not page.keeper.player.is_finished:
        place = page.keeper.player.place
        hand.until(
            lambda: QApplication.focusWidget() is (page.player.view.first() or page.player.next)
        )
        answer_step(hand, page, words["answer"])
        hand.until(
            lambda place=place: (
                page.keeper.player is None
                or page.keeper.player.is_finished
                or page.keeper.player.place != place
            )
        )
    hand.until(vault.exercise_runs.finished_runs)
    (run,) = vault.exercise_runs.finished_runs()
    assert run.exercise_id == "thought-record"
    assert words["answer"] in str(run.answers)


def answer_step(hand: Keyboard, page: ExercisesPage, answer: str) -> None:
    """Write where there is a field, choose where there is a scale, and go on."""
    player = page.keeper.player
    assert player is not None
    kind = type(page.player.view).__name__
    if kind == "SliderView":
        hand.press(Key.Key_6, Key.Key_Return)
    elif "List" in kind:
        hand.type(answer)
        hand.press(Key.Key_Return, Key.Key_Return)
    elif "Input" in kind or ("Text" in kind and getattr(player.step, "long", None) is not None):
        hand.type(answer)
        if getattr(player.step, "long", False):
            hand.press(Key.Key_Return, modifier=CTRL)
        else:
            hand.press(Key.Key_Return)
    else:
        hand.press(Key.Key_Space)


def fill_in_a_scale(hand: Keyboard, pages: PagesView, words: dict[str, str], vault) -> None:
    hand.press(Key.Key_5, modifier=CTRL)
    exercises = pages.made_page("exercises")
    assert isinstance(exercises, ExercisesPage)
    if exercises.written.isVisible():
        hand.press(Key.Key_Space)
    hand.until(exercises.gallery.isVisible)
    hand.tab_to(words["scales"])
    hand.press(Key.Key_Space)
    hand.until(lambda: pages.current == "scales")
    page = pages.made_page("scales")
    assert isinstance(page, ScalesPage)
    hand.until(lambda: page.list.isAncestorOf(QApplication.focusWidget()))
    hand.tab_to(words["phq9"])
    hand.press(Key.Key_Space)
    hand.until(lambda: page.stack.currentWidget() is page.questions)
    for answer in "111111110":  # the ninth asks about death
        QTest.keyClicks(hand.at, answer)
    hand.until(lambda: page.stack.currentWidget() is page.result)
    (run,) = vault.scale_runs.runs()
    assert run.scale == "phq9"
    assert page.result.parts[0].score.text()
