"""How I listen for danger: what is said, what was measured, what was corrected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.content.protocol import (
    ROWS,
    Figure,
    Figures,
    FigureSet,
    ProtocolTexts,
)
from psylite_desktop.domain.correction import Correction, Verdict
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.risk import Kind, Level
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.help.page import HelpPage
from psylite_desktop.ui.pages.protocol.page import ProtocolPage
from psylite_desktop.ui.shell.help_layer import HelpLayer
from psylite_desktop.ui.shell.window import MainWindow
from tests.fakes.app_context import ASSETS, Desk
from tests.fakes.memory_vault import MemoryVault

CORRECTION = Correction(Verdict.MISREAD, Level.CRISIS, Kind.SUICIDE)


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture
def open_page(desk: Desk, vault: MemoryVault, qtbot: QtBot) -> Callable[..., ProtocolPage]:
    """Show the page over the vault, with other figures where they are given."""

    def make(figures: Figures | None = None) -> ProtocolPage:
        app = desk.context
        if figures is not None:
            texts = ProtocolTexts.load(ASSETS)
            texts.figures = figures
            app = replace(app, protocol=texts)
        context = PageContext(app, desk.open_session(vault, False))
        page = ProtocolPage(context.app, session=context.session)
        qtbot.addWidget(page)
        page.resize(900, 640)
        page.show()
        page.window().activateWindow()
        qtbot.waitUntil(lambda: bool(page.corrections.label.text()))
        return page

    return make


def measured() -> Figures:
    return ProtocolTexts.load(ASSETS).figures


SAYS = {
    Language.EN: (
        "How I listen for danger",
        ["Suicide", "Rules", "Emergency", "veiled words", "cannot call", "No clinician", "F1"],
        "not measured yet",
        "No corrections are kept.",
    ),
    Language.ZH: (
        "我怎样留意危险",
        ["自杀", "规则", "紧急", "隐晦的话", "不能替你打电话", "还没有临床人员", "F1"],
        "还没有测过",
        "现在没有留下更正。",
    ),
}


def words(page: ProtocolPage) -> str:
    parts = [page.title.text(), page.intro.text()]
    for view in page.sections.values():
        parts += [view.title.text(), view.text.text(), view.note.text()]
        parts += [label.text() for label in (*view.names, *view.texts)]
    return "\n".join(parts)


@pytest.mark.parametrize("language", Language)
def test_it_says_what_is_heard_how_and_what_not(
    open_page: Callable[..., ProtocolPage], desk: Desk, language: Language
) -> None:
    desk.plain.change(language=language)
    page = open_page()
    title, parts, _, nothing = SAYS[language]
    assert page.title.text() == title
    assert page.accessibleName() == title
    for part in parts:
        assert part in words(page)
    assert page.corrections.label.text() == nothing
    page.grab()


@pytest.mark.parametrize("language", Language)
def test_the_table_shows_the_figures_that_were_measured(
    open_page: Callable[..., ProtocolPage], desk: Desk, language: Language
) -> None:
    desk.plain.change(language=language)
    figures = measured()
    page = open_page()
    assert figures.measured_on in page.measured.text()
    for lang in ("zh", "en"):
        for row in ROWS:
            for engine in (False, True):
                cell = page.figures.cells[lang, row, engine]
                found = figures.of(lang, engine=engine)
                if found is None:
                    assert cell.text() == SAYS[language][2]
                    continue
                figure = found.rows[row]
                assert float(cell.text().removesuffix(" %")) == pytest.approx(
                    100 * figure.share, abs=0.51
                )
                spoken = cell.accessibleName()
                assert str(figure.hits) in spoken
                assert str(figure.total) in spoken
                assert desk.context.protocol.row(row, language.value) in spoken


def test_figures_near_the_ends_are_told_exactly(open_page: Callable[..., ProtocolPage]) -> None:
    rows = {row: Figure(1, 3, (0.06, 0.79)) for row in ROWS}
    rows["noticed"] = Figure(998, 1000, (0.9927, 0.9995))
    rows["false-card"] = Figure(3, 1000, (0.001, 0.0088))
    page = open_page(Figures("2027-01-02", (FigureSet("en", True, 1003, rows),)))
    cells = page.figures.cells
    assert cells["en", "noticed", True].text() == "99.8 %"
    assert "[99.3–99.95 %] 998 of 1000" in cells["en", "noticed", True].accessibleName()
    assert cells["en", "false-card", True].text() == "0.3 %"
    assert cells["en", "watch", True].text() == "33 %"
    assert cells["en", "watch", False].text() == "not measured yet"
    assert cells["zh", "watch", True].text() == "not measured yet"
    assert "1003" in cells["en", "watch", True].accessibleName()
    assert "2027-01-02" in page.measured.text()


def test_corrections_are_counted_and_deleted_after_asking(
    open_page: Callable[..., ProtocolPage], vault: MemoryVault, qtbot: QtBot, qapp: QApplication
) -> None:
    for _ in range(2):
        vault.corrections.add(CORRECTION)
    page = open_page()
    view = page.corrections
    assert view is not None
    assert view.label.text() == "2 corrections are kept."
    view.delete.setFocus()
    QTest.keyClick(view.delete, Qt.Key.Key_Space)
    assert "Nothing brings them back" in view.label.text()
    assert not view.delete.isVisible()
    assert qapp.focusWidget() is view.keep  # the harmless answer
    assert vault.corrections.count() == 2
    QTest.keyClick(view.keep, Qt.Key.Key_Space)
    assert view.label.text() == "2 corrections are kept."
    assert qapp.focusWidget() is view.delete
    QTest.keyClick(view.delete, Qt.Key.Key_Space)
    QTest.keyClick(view.keep, Qt.Key.Key_Tab)
    assert qapp.focusWidget() is view.confirm
    QTest.keyClick(view.confirm, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: view.label.text() == "No corrections are kept.")
    assert vault.corrections.count() == 0
    assert not view.delete.isVisible()
    assert not view.confirm.isVisible()


def test_one_correction_is_one(
    open_page: Callable[..., ProtocolPage], vault: MemoryVault, desk: Desk, qtbot: QtBot
) -> None:
    vault.corrections.add(CORRECTION)
    page = open_page()
    assert page.corrections is not None
    assert page.corrections.label.text() == "One correction is kept."
    desk.context.language.set(Language.ZH)
    qtbot.waitUntil(lambda: "1 条" in page.corrections.label.text())


def test_what_could_not_be_deleted_is_said(
    open_page: Callable[..., ProtocolPage], vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.corrections.add(CORRECTION)
    page = open_page()
    view = page.corrections
    assert view is not None
    view.delete.click()
    vault.failure = VaultError("vault_disk_full")
    view.confirm.click()
    qtbot.waitUntil(lambda: "disk is full" in view.label.text())
    vault.failure = None
    view.reload()
    qtbot.waitUntil(lambda: view.label.text() == "One correction is kept.")


def test_what_was_corrected_meanwhile_is_counted(
    open_page: Callable[..., ProtocolPage], vault: MemoryVault, qtbot: QtBot
) -> None:
    page = open_page()
    page.hide()
    vault.corrections.add(CORRECTION)
    page.show()
    qtbot.waitUntil(lambda: page.corrections.label.text() == "One correction is kept.")


def test_the_keyboard_scrolls_and_goes_back(
    open_page: Callable[..., ProtocolPage], qapp: QApplication, qtbot: QtBot
) -> None:
    page = open_page()
    page.setFocus()
    assert qapp.focusWidget() is page.back
    bar = page.column.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End):
        before = bar.value()
        QTest.keyClick(page.back, key)
        assert bar.value() > before
        assert qapp.focusWidget() is page.back
    assert bar.value() == bar.maximum()
    QTest.keyClick(page.back, Qt.Key.Key_Home)
    assert bar.value() == 0
    with qtbot.waitSignal(page.back_requested):
        QTest.keyClick(page.back, Qt.Key.Key_Escape)


def test_tab_goes_from_back_to_the_corrections(
    open_page: Callable[..., ProtocolPage], vault: MemoryVault, qapp: QApplication
) -> None:
    vault.corrections.add(CORRECTION)
    page = open_page()
    page.setFocus()
    QTest.keyClick(page.back, Qt.Key.Key_Tab)
    assert page.corrections is not None
    assert qapp.focusWidget() is page.corrections.delete


def test_the_help_page_leads_there_and_back(
    open_profile: Callable[[], None], window: MainWindow
) -> None:
    open_profile()
    pages = window.pages
    assert pages is not None
    helping = pages.show_page("help")
    assert isinstance(helping, HelpPage)
    QTest.keyClick(helping.protocol, Qt.Key.Key_Space)
    assert pages.current == "protocol"
    assert pages.rail.buttons["help"].isChecked()
    assert "protocol" not in pages.rail.buttons
    page = pages.made_page("protocol")
    assert isinstance(page, ProtocolPage)
    QTest.keyClick(page.back, Qt.Key.Key_Escape)
    assert pages.current == "help"


def test_it_can_be_read_before_anything_is_unlocked(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    layer = window.front
    assert isinstance(layer, HelpLayer)
    assert not layer.page.plan.isVisible()  # it stands in a vault
    QTest.keyClick(layer.page.protocol, Qt.Key.Key_Space)
    page = layer.front
    assert isinstance(page, ProtocolPage)
    assert page.corrections is None
    assert qapp.focusWidget() is page.back
    assert not layer.back.isVisible()
    QTest.keyClick(page.back, Qt.Key.Key_Escape)
    assert layer.front is layer.page
    assert qapp.focusWidget() is layer.page.protocol
    assert layer.back.isVisible()
    QTest.keyClick(layer, Qt.Key.Key_Escape)
    assert window.front is window.unlock_page
