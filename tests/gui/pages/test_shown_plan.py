"""Steps of the plan before unlocking: chosen on the plan page, read with F1 at the door."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.errors import InputError, VaultError
from psylite_desktop.domain.safety_plan import Obstacle, PlanEntry, PlanStep
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.context import AppContext, PageContext
from psylite_desktop.ui.pages.help.page import HelpPage
from psylite_desktop.ui.pages.help.plan_view import ShownPlanView
from psylite_desktop.ui.pages.plan.page import PlanPage
from psylite_desktop.ui.pages.plan.shown_choice import ShownChoice
from psylite_desktop.ui.shell.help_layer import HelpLayer
from psylite_desktop.ui.shell.window import MainWindow
from tests.fakes.app_context import Desk
from tests.fakes.memory_vault import MemoryVault

WORDS = {Language.EN: "call my sister", Language.ZH: "给姐姐打电话"}


def shown_at_the_door(window: MainWindow, qtbot: QtBot) -> ShownPlanView:
    """What F1 shows in front of the locked window."""
    qtbot.keyClick(window, Qt.Key.Key_F1)
    front = window.front
    assert isinstance(front, HelpLayer)
    return front.page.shown_plan


def tab_to(target: object, qapp: QApplication) -> None:
    for _ in range(60):
        if qapp.focusWidget() is target:
            return
        QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
    raise AssertionError("the keyboard does not get there")


def plan_page(window: MainWindow, qtbot: QtBot) -> PlanPage:
    assert window.pages is not None
    page = window.pages.show_page("plan")
    assert isinstance(page, PlanPage)
    qtbot.waitUntil(lambda: page.keeper.is_loaded and page.shown.lines[PlanStep.PEOPLE].isEnabled())
    return page


@pytest.mark.parametrize("language", Language)
def test_by_keyboard_from_the_plan_to_the_door(
    open_profile: Callable[[], None],
    window: MainWindow,
    desk: Desk,
    qtbot: QtBot,
    qapp: QApplication,
    language: Language,
) -> None:
    desk.plain.change(language=language)
    open_profile()
    page = plan_page(window, qtbot)
    editor = page.fields[PlanStep.PEOPLE].editor
    tab_to(editor, qapp)
    editor.insertPlainText(WORDS[language])
    line = page.shown.lines[PlanStep.PEOPLE]
    assert not any(each.box.isChecked() for each in page.shown.lines.values())
    assert line.box.accessibleName() == page.fields[PlanStep.PEOPLE].title.text()
    assert line.box.accessibleDescription() == page.shown.note.text()
    tab_to(line.box, qapp)
    QTest.keyClick(line.box, Qt.Key.Key_Space)
    vault = desk.shelf.vaults["teal-1"]
    qtbot.waitUntil(lambda: bool(vault.shown_plan.entries))
    title = page.fields[PlanStep.PEOPLE].title.text()
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(window.unlock_page.profiles.cards) == 1)
    view = shown_at_the_door(window, qtbot)
    qtbot.waitUntil(view.isVisible)
    assert [label.text() for label in view.titles] == [title]
    assert [label.text() for label in view.steps] == [WORDS[language]]
    assert WORDS[language] in view.steps[0].accessibleName()
    tab_to(view.steps[0], qapp)
    view.grab()
    qtbot.keyClick(view.steps[0], Qt.Key.Key_Escape)
    assert window.front is window.unlock_page
    assert view.steps == []


def test_switched_off_it_is_gone_from_the_door(
    open_profile: Callable[[], None], window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    open_profile()
    vault = desk.shelf.vaults["teal-1"]
    session = desk.sessions[-1]
    session.plan.save({PlanStep.PEOPLE: "my sister", PlanStep.ALONE: "walk"})
    session.plan.choose(PlanStep.PEOPLE, is_shown=True)
    page = plan_page(window, qtbot)
    qtbot.waitUntil(page.shown.lines[PlanStep.PEOPLE].box.isChecked)
    assert not page.shown.lines[PlanStep.ALONE].box.isChecked()
    QTest.keyClick(page.shown.lines[PlanStep.PEOPLE].box, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: vault.shown_plan.entries == ())
    window.lock()
    qtbot.waitUntil(lambda: len(window.unlock_page.profiles.cards) == 1)
    view = shown_at_the_door(window, qtbot)
    qtbot.waitUntil(lambda: desk.engine is not None)
    assert not view.isVisible()


@pytest.fixture
def two(desk: Desk, window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Two spaces with something to show each, and the list of them."""
    for name in ("my sister", "my brother"):
        desk.new_profile().shown_plan.entries = (PlanEntry(PlanStep.PEOPLE, name),)
    window.unlock_page.reset()
    qtbot.waitUntil(lambda: len(window.unlock_page.profiles.cards) == 2)
    return window


def test_of_several_spaces_only_the_chosen_one_is_shown(
    two: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    view = shown_at_the_door(two, qtbot)
    assert not view.isVisible()
    qtbot.keyClick(two, Qt.Key.Key_Escape)
    second = two.unlock_page.profiles.cards[1]
    second.setFocus()
    qtbot.keyClick(second, Qt.Key.Key_Space)
    shown_at_the_door(two, qtbot)
    qtbot.waitUntil(view.isVisible)
    assert [label.text() for label in view.steps] == ["my brother"]
    qtbot.keyClick(two, Qt.Key.Key_Escape)
    two.unlock_page.passphrase.back_requested.emit()
    assert two.unlock_page.chosen is None
    shown_at_the_door(two, qtbot)
    assert view.steps == []
    assert not view.isVisible()


def test_where_the_list_is_hidden_nothing_is_shown(
    two: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    two.unlock_page.profiles.hide_list.click()
    assert two.unlock_page.chosen is None
    assert not shown_at_the_door(two, qtbot).isVisible()


def test_the_only_space_is_not_named_where_the_list_is_hidden(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.new_profile().shown_plan.entries = (PlanEntry(PlanStep.PEOPLE, "my sister"),)
    window.unlock_page.reset()
    qtbot.waitUntil(lambda: window.unlock_page.chosen is not None)
    desk.plain.change(discreet=True)
    window.unlock_page.reset()
    assert window.unlock_page.chosen is None
    assert not shown_at_the_door(window, qtbot).isVisible()


@pytest.fixture
def open_page(desk: Desk, qtbot: QtBot) -> Callable[..., PlanPage]:
    made: list[PlanPage] = []  # as the window does: no page goes while it has the keyboard

    def make(vault: MemoryVault, *, guest: bool = False) -> PlanPage:
        page = PlanPage(PageContext(desk.context, desk.open_session(vault, guest)))
        qtbot.addWidget(page)
        made.append(page)
        page.show()
        qtbot.waitUntil(lambda: page.keeper.is_loaded)
        return page

    return make


class DamagedPlan:
    """A context whose words of the plan are damaged."""

    def __init__(self, context: AppContext) -> None:
        self._context = context

    def __getattr__(self, name: str) -> object:
        if name == "plan":
            raise InputError("content_invalid", file="plan.toml", where="", reason="")
        return getattr(self._context, name)


def test_numbers_are_shown_where_the_words_of_the_plan_are_damaged(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.plain.change(region="hk")
    page = HelpPage(cast("AppContext", DamagedPlan(desk.context)))
    qtbot.addWidget(page)
    page.show()
    assert page.views
    page.shown_plan.show_steps([PlanEntry(PlanStep.PEOPLE, "my sister")])
    assert not page.shown_plan.isVisible()
    assert page.shown_plan.steps == []
    page.retranslate()
    page.shown_plan.retranslate()
    assert page.views


def test_a_guest_is_not_asked(open_page: Callable[..., PlanPage]) -> None:
    assert not open_page(MemoryVault(), guest=True).shown.isVisible()


def test_with_the_list_hidden_the_page_says_why_there_is_no_choice(
    open_page: Callable[..., PlanPage], desk: Desk
) -> None:
    desk.plain.change(discreet=True)
    page = open_page(MemoryVault())
    assert "no list of spaces" in page.shown.note.text()
    assert not any(line.isVisible() for line in page.shown.lines.values())
    page.hide()
    desk.plain.change(discreet=False)
    page.show()
    assert "anyone at this computer can read it" in page.shown.note.text()
    assert all(line.isVisible() for line in page.shown.lines.values())


def test_without_settings_the_page_says_why_there_is_no_choice(qtbot: QtBot) -> None:
    choice = ShownChoice()
    qtbot.addWidget(choice)
    choice.show()
    choice.show_obstacle(Obstacle.UNKNOWN)
    assert "without its settings" in choice.note.text()
    assert not any(line.isVisible() for line in choice.lines.values())


def test_what_could_not_be_kept_is_said_and_the_switch_tells_the_truth(
    open_page: Callable[..., PlanPage], qtbot: QtBot
) -> None:
    vault = MemoryVault()
    page = open_page(vault)
    line = page.shown.lines[PlanStep.ALONE]
    qtbot.waitUntil(line.isEnabled)
    vault.failure = VaultError("vault_disk_full")
    QTest.keyClick(line.box, Qt.Key.Key_Space)
    qtbot.waitUntil(page.notice.isVisible)
    vault.failure = None
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: not line.box.isChecked())
    assert vault.shown_plan.entries == ()
