"""My plan: written in one's own words, kept as it is written, reached from every help surface."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.domain.settings import AgeBand, Language, PrivateSettings
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.help.page import HelpPage
from psylite_desktop.ui.pages.plan.page import PlanPage
from psylite_desktop.ui.shell.window import MainWindow
from tests.fakes.app_context import Desk
from tests.fakes.memory_vault import MemoryVault


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture
def open_page(desk: Desk, vault: MemoryVault, qtbot: QtBot) -> Callable[..., PlanPage]:
    """Show the page over the vault, as often as asked."""

    made: list[PlanPage] = []  # as the window does: no page goes while it has the keyboard

    def make(*, guest: bool = False) -> PlanPage:
        page = PlanPage(PageContext(desk.context, desk.open_session(vault, guest)))
        qtbot.addWidget(page)
        made.append(page)
        page.resize(900, 640)
        page.show()
        page.window().activateWindow()
        qtbot.waitUntil(lambda: page.keeper.is_loaded or page.notice.isVisible())
        return page

    return make


def write(page: PlanPage, step: PlanStep, text: str) -> None:
    QTest.keyClicks(page.fields[step].editor, text)


def kept(vault: MemoryVault) -> dict[PlanStep, str]:
    return {entry.step: entry.text for entry in vault.safety_plan.entries()}


TITLES = {
    Language.EN: ("My plan", "Why I want to go on living", "6 · Making the place around me safer"),
    Language.ZH: ("我的计划", "我为什么想活下去", "6 · 让身边安全一些"),
}


@pytest.mark.parametrize("language", Language)
def test_it_shows_a_line_and_six_steps(
    open_page: Callable[..., PlanPage], desk: Desk, language: Language
) -> None:
    desk.plain.change(language=language)
    page = open_page()
    title, first, last = TITLES[language]
    assert page.title.text() == title
    assert len(page.fields) == 7
    assert page.fields[PlanStep.REASON].title.text() == first
    assert page.fields[PlanStep.SURROUNDINGS].title.text() == last
    for field in page.fields.values():
        assert field.editor.placeholderText()
        assert field.editor.accessibleName() == field.title.text()
        assert field.editor.accessibleDescription() == field.editor.placeholderText()
        assert not field.editor.isReadOnly()
    page.grab()


def test_it_is_kept_by_itself_and_comes_back(
    open_page: Callable[..., PlanPage], vault: MemoryVault, qtbot: QtBot
) -> None:
    page = open_page()
    write(page, PlanStep.ALONE, "walk")
    qtbot.waitUntil(lambda: kept(vault) == {PlanStep.ALONE: "walk"}, timeout=6_000)
    again = open_page()
    assert again.fields[PlanStep.ALONE].editor.text() == "walk"
    assert not again.fields[PlanStep.ALONE].editor.document().isUndoAvailable()


@pytest.mark.parametrize("way", ["hide", "leave"])
def test_leaving_keeps_what_was_just_written(
    open_page: Callable[..., PlanPage], vault: MemoryVault, qtbot: QtBot, way: str
) -> None:
    page = open_page()
    write(page, PlanStep.PEOPLE, "my sister")
    getattr(page, way)()
    qtbot.waitUntil(lambda: kept(vault) == {PlanStep.PEOPLE: "my sister"})


def test_an_emptied_step_is_forgotten(
    open_page: Callable[..., PlanPage], vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.safety_plan.save([PlanEntry(PlanStep.ALONE, "walk"), PlanEntry(PlanStep.SIGNS, "nights")])
    page = open_page()
    editor = page.fields[PlanStep.ALONE].editor
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    page.hide()
    qtbot.waitUntil(lambda: kept(vault) == {PlanStep.SIGNS: "nights"})


def test_undo_is_the_editors_own(open_page: Callable[..., PlanPage]) -> None:
    page = open_page()
    editor = page.fields[PlanStep.SIGNS].editor
    QTest.keyClicks(editor, "one")
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == ""
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "\n"


def test_lines_of_the_region_are_offered_and_added_on_request(
    open_page: Callable[..., PlanPage], desk: Desk, qtbot: QtBot, vault: MemoryVault
) -> None:
    desk.plain.change(region="cn")
    page = open_page()
    editor = page.fields[PlanStep.PROFESSIONALS].editor
    assert editor.text() == ""
    button = page.lines.buttons["12356"]
    assert button.isVisible()
    assert button.accessibleName() == "Add 12356 to my plan"
    QTest.keyClicks(editor, "Dr. Lin")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    first, second = editor.text().split("\n")
    assert first == "Dr. Lin"
    assert second.startswith("12356 · ")
    assert not button.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == "Dr. Lin"
    assert button.isVisible()
    page.hide()
    qtbot.waitUntil(lambda: kept(vault) == {PlanStep.PROFESSIONALS: "Dr. Lin"})


def test_the_number_stays_above_the_plan(open_page: Callable[..., PlanPage], desk: Desk) -> None:
    desk.plain.change(region="cn")
    page = open_page()
    assert "120" in page.number_label.text()
    assert "12356" in page.number_label.text()
    page.hide()
    desk.plain.change(region="us")
    page.show()
    assert "988" in page.number_label.text()
    assert "988" in page.lines.buttons


def test_without_a_region_it_says_where_to_choose_one(open_page: Callable[..., PlanPage]) -> None:
    page = open_page()
    assert page.lines.buttons == {}
    assert "F1" in page.lines.lead.text()
    assert page.number_label.text()


def test_young_people_are_offered_their_line(
    open_page: Callable[..., PlanPage], desk: Desk, vault: MemoryVault, qtbot: QtBot
) -> None:
    desk.plain.change(region="cn")
    assert "12355" not in open_page().lines.buttons
    vault.settings.save(PrivateSettings(age_band=AgeBand.UNDER_18))
    page = open_page()
    qtbot.waitUntil(lambda: "12355" in page.lines.buttons)


def test_a_guest_is_told_that_it_goes(open_page: Callable[..., PlanPage]) -> None:
    assert "guest" in open_page(guest=True).kept.text()
    assert "encrypted" in open_page().kept.text()


def test_what_could_not_be_read_is_not_written_over(
    open_page: Callable[..., PlanPage], vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.safety_plan.save([PlanEntry(PlanStep.ALONE, "walk")])
    vault.failure = VaultError("vault_io")
    page = open_page()
    assert page.notice.isVisible()
    write(page, PlanStep.ALONE, "something else")
    page.hide()
    vault.failure = None
    page.show()
    qtbot.waitUntil(lambda: page.keeper.is_loaded)
    assert page.fields[PlanStep.ALONE].editor.text() == "walk"
    assert not page.notice.isVisible()


def test_what_could_not_be_saved_is_said_and_tried_again(
    open_page: Callable[..., PlanPage], vault: MemoryVault, qtbot: QtBot
) -> None:
    page = open_page()
    write(page, PlanStep.ALONE, "walk")
    vault.failure = VaultError("vault_disk_full")
    page.keeper.save()
    qtbot.waitUntil(page.notice.isVisible)
    assert "disk is full" in page.notice.label.text()
    vault.failure = None
    page.keeper.save()
    qtbot.waitUntil(lambda: kept(vault) == {PlanStep.ALONE: "walk"})
    qtbot.waitUntil(lambda: not page.notice.isVisible())


def test_tab_goes_from_the_top_to_the_bottom(
    open_page: Callable[..., PlanPage], desk: Desk, qapp: QApplication
) -> None:
    desk.plain.change(region="cn")
    page = open_page()
    page.back.setFocus()
    seen = [page.back]
    for _ in range(7 + len(page.lines.buttons)):
        QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
        seen.append(qapp.focusWidget())
    editors = [field.editor for field in page.fields.values()]
    assert seen == [page.back, *editors[:6], *page.lines.buttons.values(), editors[6]]


def test_a_huge_paste_does_not_stop_the_window(
    open_page: Callable[..., PlanPage], qapp: QApplication, vault: MemoryVault, qtbot: QtBot
) -> None:
    page = open_page()
    text = "x" * 100_000
    qapp.clipboard().setText(text)
    page.fields[PlanStep.SIGNS].editor.paste()
    page.hide()
    qtbot.waitUntil(lambda: kept(vault) == {PlanStep.SIGNS: text})


def test_fields_grow_with_their_words(open_page: Callable[..., PlanPage]) -> None:
    editor = open_page().fields[PlanStep.SIGNS].editor
    before = editor.height()
    editor.insertPlainText("睡不着\n" * 6)
    assert editor.height() > before
    assert editor.verticalScrollBar().maximum() == 0


def test_the_help_page_leads_there_and_back(
    open_profile: Callable[[], None], window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    open_profile()
    pages = window.pages
    assert pages is not None
    helping = pages.show_page("help")
    assert isinstance(helping, HelpPage)
    QTest.keyClick(helping.plan, Qt.Key.Key_Space)
    assert pages.current == "plan"
    assert pages.rail.buttons["help"].isChecked()
    page = pages.made_page("plan")
    assert isinstance(page, PlanPage)
    qtbot.waitUntil(lambda: page.keeper.is_loaded)
    write(page, PlanStep.REASON, "my cat")
    QTest.keyClick(page.fields[PlanStep.REASON].editor, Qt.Key.Key_Escape)
    assert pages.current == "help"
    vault = desk.shelf.vaults["teal-1"]
    qtbot.waitUntil(lambda: kept(vault) == {PlanStep.REASON: "my cat"})


def test_locking_keeps_the_last_words(
    open_profile: Callable[[], None], window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    open_profile()
    assert window.pages is not None
    page = window.pages.show_page("plan")
    assert isinstance(page, PlanPage)
    qtbot.waitUntil(lambda: page.keeper.is_loaded)
    write(page, PlanStep.REASON, "my cat")
    window.lock()
    vault = desk.shelf.vaults["teal-1"]
    qtbot.waitUntil(lambda: vault.closed)
    vault.closed = False
    assert kept(vault) == {PlanStep.REASON: "my cat"}
