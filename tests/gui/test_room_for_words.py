"""With large text in the smallest window, pages that hold something do not run off the side."""

from __future__ import annotations

import time

import pytest
from PySide6.QtWidgets import QFileDialog, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.conversation import Message, Mode, Role, Route
from psylite_desktop.domain.exercise import AFTER, BEFORE, ExerciseRun
from psylite_desktop.domain.rating import ReplyRating
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.dialogs.file_words import name_parts
from psylite_desktop.ui.pages.checkin.page import CheckInPage
from psylite_desktop.ui.pages.exercises.page import ExercisesPage
from psylite_desktop.ui.pages.history.page import HistoryPage
from psylite_desktop.ui.pages.ratings.page import RatingsPage
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import OneLine, joined
from tests.fakes.app_context import Desk

SMALL = (720, 600)
"""A page beside the folded rail in a window of 800 by 600."""
LARGE = 175


def settle(qtbot: QtBot) -> None:
    for _ in range(3):
        qtbot.wait(10)


def show(page: QWidget, qtbot: QtBot) -> None:
    qtbot.addWidget(page)
    page.resize(*SMALL)
    page.show()
    qtbot.waitExposed(page)
    settle(qtbot)


def runs_off(page: QWidget) -> list[int]:
    """By how many pixels scrolling parts are wider than what is seen of them."""
    areas = [area for area in page.findChildren(QScrollArea) if area.isVisible()]
    return [area.horizontalScrollBar().maximum() for area in areas]


@pytest.fixture(params=Language)
def large(request: pytest.FixtureRequest, desk: Desk, page_context: PageContext) -> PageContext:
    desk.plain.change(zoom=LARGE, language=request.param)
    return page_context


def test_five_faces_stand_side_by_side(large: PageContext, qtbot: QtBot) -> None:
    page = CheckInPage(large)
    show(page, qtbot)
    assert not any(runs_off(page))
    for button in page.form.faces.buttons.values():
        assert button.width() >= button.sizeHint().width()
    page.leave()


def test_marks_fit_with_long_names_of_models(large: PageContext, qtbot: QtBot) -> None:
    store = large.session.vault.conversations
    talk = store.start(1.0)
    names = ("a-very-long-file-name-of-somebody-who-keeps-many.Q5_K_M.gguf", "qwen3-1.7b-q4_k_m")
    for name in names:
        reply = store.append(talk, Message(Role.ASSISTANT, "hm"))
        marks = {"helpfulness": 5, "fluency": 4, "relevance": 3, "logic": 2}
        large.session.ratings.rate(
            ReplyRating(reply.id, **marks, mode=Mode.MODEL, model=name, route=Route.INSIGHT)
        )
    page = RatingsPage(large)
    show(page, qtbot)
    qtbot.waitUntil(page.everything.isVisible)
    settle(qtbot)
    assert not any(runs_off(page))


def test_earlier_times_of_an_exercise_fit(large: PageContext, qtbot: QtBot) -> None:
    rated = {BEFORE: 10, AFTER: 10}
    longest = ExerciseRun("breath-box", "en", (), answers=rated, finished_at=1_795_610_000.0)
    large.session.vault.exercise_runs.save(longest)
    page = ExercisesPage(large)
    show(page, qtbot)
    qtbot.waitUntil(lambda: "breath-box" in page.gallery.cards)
    page.open_exercise("breath-box")
    qtbot.waitUntil(lambda: bool(page.detail.runs))
    settle(qtbot)
    assert page.detail.runs[0].isVisible()
    assert not any(runs_off(page))
    page.leave()


def test_the_search_of_earlier_talks_shows_all_its_words(large: PageContext, qtbot: QtBot) -> None:
    store = large.session.vault.conversations
    talk = store.start(time.time())
    store.append(talk, Message(Role.USER, "室友又吵架了", created_at=time.time()))
    page = HistoryPage(large)
    qtbot.addWidget(page)
    page.resize(*SMALL)
    page.show()
    assert not page.view.empty.isVisible()  # nothing was read yet
    show(page, qtbot)
    search = page.view.search
    words = search.fontMetrics().horizontalAdvance(search.placeholderText())
    assert search.width() > words + 3 * GRID  # its edges


def test_parts_of_a_file_dialog_have_our_words(qtbot: QtBot) -> None:
    """In Chinese Qt leaves two of them in English."""
    dialog = name_parts(QFileDialog())
    qtbot.addWidget(dialog)
    assert dialog.labelText(QFileDialog.DialogLabel.LookIn) == "Look &in:"
    assert dialog.labelText(QFileDialog.DialogLabel.FileType) == "&Kind of file:"


def test_chinese_sentences_follow_each_other_without_a_space() -> None:
    assert joined("好的。", "", "再说。") == "好的。再说。"
    assert joined("Good.", "", "And more.") == "Good. And more."
    assert joined("如果占线：", "热线") == "如果占线：热线"


def test_a_long_title_ends_in_dots_and_leaves_room(qtbot: QtBot) -> None:
    line = OneLine("heading")
    qtbot.addWidget(line)
    line.setText("妈妈今天打电话来问我什么时候回家，我说下周，其实我也不知道")
    assert line.minimumSizeHint().width() * 4 < line.sizeHint().width()
    line.resize(200, 40)
    line.show()
    line.grab()
    assert line.shown().endswith("…")
    assert line.toolTip() == line.text()
    line.resize(2000, 40)
    line.grab()
    assert line.shown() == line.text()
    assert line.toolTip() == ""
