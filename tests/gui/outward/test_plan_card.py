"""The plan on paper: one page, the words that stand in the window, nothing lost in silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.plan.page import PlanPage
from psylite_desktop.ui.pages.talk.people_on_card import PeopleOnCard
from psylite_desktop.ui.pages.talk.trusted_message import TrustedMessageForm
from tests.fakes.app_context import Desk
from tests.fakes.memory_vault import MemoryVault


@pytest.fixture
def vault() -> MemoryVault:
    vault = MemoryVault()
    vault.safety_plan.save(
        [PlanEntry(PlanStep.REASON, "my cat 猫"), PlanEntry(PlanStep.PEOPLE, "Mum 138\nWang")]
    )
    return vault


@pytest.fixture
def page(desk: Desk, vault: MemoryVault, qtbot: QtBot) -> Iterator[PlanPage]:
    desk.plain.change(region="cn")
    page = PlanPage(PageContext(desk.context, desk.open_session(vault, False)))
    qtbot.addWidget(page)
    page.resize(900, 640)
    page.show()
    page.window().activateWindow()
    qtbot.waitUntil(lambda: page.keeper.is_loaded)
    yield page
    page.leave()


@pytest.mark.parametrize("language", Language)
def test_it_is_saved_as_one_page(
    page: PlanPage, desk: Desk, qtbot: QtBot, tmp_path: Path, language: Language
) -> None:
    desk.plain.change(language=language)
    page.card.save_to(tmp_path / "card.pdf")
    qtbot.waitUntil(page.card.notice.isVisible)
    data = (tmp_path / "card.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") <= 1
    assert b"/FontFile" in data
    assert str(tmp_path / "card.pdf") in page.card.notice.label.text().replace("\u200b", "")


def test_five_panels_hold_what_stands_in_the_window(page: PlanPage) -> None:
    QTest.keyClicks(page.fields[PlanStep.ALONE].editor, "walk")
    card = page._plan_card("how")
    assert len(card.panels) == 5
    assert card.panels[0][0].text == "my cat 猫"
    assert "120" in card.panels[0][1].text
    assert [text.text for text in card.panels[1]] == ["walk"]
    assert [text.text for text in card.panels[2]] == ["Mum 138\nWang"]
    assert card.panels[4] == ()


def test_what_does_not_fit_is_told(page: PlanPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.fields[PlanStep.SURROUNDINGS].editor.setPlainText("很长的一段话 " * 400)
    page.card.save_to(tmp_path / "card.pdf")
    qtbot.waitUntil(page.card.notice.isVisible)
    assert "longer than the card" in page.card.notice.label.text()


def test_a_folder_that_is_gone_is_told(page: PlanPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.card.save_to(tmp_path / "gone" / "card.pdf")
    qtbot.waitUntil(page.card.notice.isVisible)
    assert "not there any more" in page.card.notice.label.text()


def test_a_dialog_asks_where_to(page: PlanPage, qtbot: QtBot, qapp: QApplication) -> None:
    page.card.save.setFocus()
    QTest.keyClick(page.card.save, Qt.Key.Key_Space)
    dialogs = [one for one in page.findChildren(QFileDialog) if one.isVisible()]
    assert len(dialogs) == 1
    assert dialogs[0].defaultSuffix() == "pdf"
    assert "plan" not in dialogs[0].selectedFiles()[0].rpartition("/")[2]
    dialogs[0].reject()


def test_people_of_the_plan_stand_beside_the_message(
    desk: Desk, vault: MemoryVault, qtbot: QtBot
) -> None:
    form = TrustedMessageForm()
    qtbot.addWidget(form)
    PeopleOnCard(desk.open_session(vault, False), form)
    form.show()
    qtbot.waitUntil(form.people.isVisible)
    assert "Mum 138" in form.people.text()


def test_printing_asks_which_printer_and_paints(
    page: PlanPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[QPrinter] = []

    def accept(dialog: QPrintDialog) -> None:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        printed.append(printer)
        dialog.finished.emit(1)

    monkeypatch.setattr(QPrintDialog, "show", accept)
    QTest.keyClick(page.card.print, Qt.Key.Key_Space)
    assert printed[0].docName() == "card"
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    assert not page.card.notice.isVisible()
