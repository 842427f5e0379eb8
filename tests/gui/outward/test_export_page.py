"""Export by keyboard: named before it is written, stopped without a trace, told where it failed."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.export import ExportFormat
from psylite_desktop.domain.settings import Language
from psylite_desktop.services import outgoing_file
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.export.page import ExportPage
from psylite_desktop.ui.widgets.text import has_han
from tests.fakes.app_context import Desk
from tests.fakes.memory_vault import MemoryVault

NOW = 1_795_000_000.0
ZERO = "\u200b"


@pytest.fixture
def vault() -> MemoryVault:
    vault = MemoryVault()
    number = vault.conversations.start(NOW)
    vault.conversations.append(number, Message(Role.USER, "<b>words</b> 室友", created_at=NOW))
    for place in range(3):
        vault.check_ins.add(CheckIn(NOW + place, "2026-11-18", 2, note="=SUM(A1)"))
    return vault


@pytest.fixture
def page(desk: Desk, vault: MemoryVault, qtbot: QtBot) -> Iterator[ExportPage]:
    page = ExportPage(PageContext(desk.context, desk.open_session(vault, False)))
    qtbot.addWidget(page)
    page.resize(900, 640)
    page.show()
    page.window().activateWindow()
    qtbot.waitUntil(lambda: "(3)" in page.choice.sections["check_ins"].words.text())
    yield page
    page.leave()


def _tick(page: ExportPage, section: str) -> None:
    box = page.choice.sections[section].box
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)


def test_nothing_is_ticked_and_nothing_can_be_saved(page: ExportPage) -> None:
    assert page.choice.chosen == ()
    assert not page.save.isEnabled()
    assert "Nothing is ticked" in page.contents.text()
    assert "NOT encrypted" in page.readers.text()


def test_it_names_what_the_file_will_hold(page: ExportPage) -> None:
    _tick(page, "check_ins")
    assert "Check-ins: 3" in page.contents.text()
    assert "Talks" not in page.contents.text()
    assert "Without levels of risk" in page.contents.text()
    QTest.keyClick(page.choice.risk.box, Qt.Key.Key_Space)
    assert "With levels of risk" in page.contents.text()
    assert page.save.isEnabled()


@pytest.mark.parametrize("language", Language)
def test_all_of_it_by_keyboard(
    page: ExportPage, desk: Desk, tmp_path: Path, qtbot: QtBot, language: Language
) -> None:
    desk.plain.change(language=language)
    QTest.keyClick(page.choice.all, Qt.Key.Key_Space)
    button = page.choice.formats[ExportFormat.JSON]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    target = tmp_path / "mine.json"
    page.save_to(target)
    qtbot.waitUntil(page.notice.isVisible)
    assert str(target) in page.notice.label.text().replace(ZERO, "")
    made = json.loads(target.read_text(encoding="utf-8"))
    assert len(made["sections"]["check_ins"]) == 3
    assert page.save.hasFocus()
    QTest.keyClick(page.save, Qt.Key.Key_Escape)


@pytest.mark.parametrize("kind", ExportFormat)
def test_every_kind_of_file(
    page: ExportPage, tmp_path: Path, qtbot: QtBot, kind: ExportFormat
) -> None:
    _tick(page, "check_ins")
    _tick(page, "conversations")
    page.choice.formats[kind].click()
    target = tmp_path / f"x.{kind.value}"
    page.save_to(target)
    qtbot.waitUntil(page.notice.isVisible)
    data = target.read_bytes()
    match kind:
        case ExportFormat.PDF:
            assert data.startswith(b"%PDF")
            assert data.rstrip().endswith(b"%%EOF")
            assert b"/FontFile" in data or b"/FontFile2" in data or b"/FontFile3" in data
        case ExportFormat.CSV:
            with zipfile.ZipFile(target) as archive:
                assert sorted(archive.namelist()) == ["check_ins.csv", "conversations.csv"]
                assert b"'=SUM(A1)" in archive.read("check_ins.csv")
        case ExportFormat.MARKDOWN:
            assert "\\<b\\>words\\</b\\>" in data.decode()
        case ExportFormat.JSON:
            assert json.loads(data)["version"] == 1
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_days_are_asked_for_in_order(page: ExportPage, qtbot: QtBot) -> None:
    _tick(page, "check_ins")
    page.choice.period.setCurrentIndex(page.choice.period.count() - 1)
    page.choice.period.activated.emit(page.choice.period.currentIndex())
    QTest.keyClicks(page.choice.first, "2026-12-01")
    QTest.keyClicks(page.choice.last, "2026-11-01")
    assert page.choice.days_note.isVisible()
    assert not page.save.isEnabled()
    page.choice.first.clear()
    QTest.keyClicks(page.choice.first, "2026-10-01")
    qtbot.waitUntil(lambda: "(0)" in page.choice.sections["check_ins"].words.text())
    assert page.save.isEnabled()


def test_stopping_leaves_no_file(
    page: ExportPage, vault: MemoryVault, tmp_path: Path, qtbot: QtBot
) -> None:
    for place in range(500):
        vault.check_ins.add(CheckIn(NOW + place, "2026-11-18", 3))
    _tick(page, "check_ins")
    page.save_to(tmp_path / "x.pdf")
    assert page.working.isVisible()
    assert not page.choice.isEnabled()
    QTest.keyClick(page.working.stop, Qt.Key.Key_Space)
    qtbot.waitUntil(page.notice.isVisible)
    assert "No file was left" in page.notice.label.text()
    assert list(tmp_path.iterdir()) == []
    assert page.choice.isEnabled()


def test_locking_half_way_leaves_no_file(page: ExportPage, tmp_path: Path, qtbot: QtBot) -> None:
    _tick(page, "check_ins")
    page.save_to(tmp_path / "x.json")
    page.leave()
    qtbot.wait(50)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_with_what_is_missing(
    page: ExportPage,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(outgoing_file.os, "fsync", full)
    _tick(page, "check_ins")
    page.save_to(tmp_path / "x.pdf")
    qtbot.waitUntil(page.notice.isVisible)
    said = page.notice.label.text().replace(ZERO, "")
    assert str(tmp_path / "x.pdf") in said
    assert "MB" in said
    assert list(tmp_path.iterdir()) == []
    assert page.save.isEnabled()
    assert str(tmp_path) not in caplog.text
    assert "SUM" not in caplog.text


def test_a_vault_that_cannot_be_read_is_told(
    page: ExportPage, vault: MemoryVault, tmp_path: Path, qtbot: QtBot
) -> None:
    _tick(page, "check_ins")
    vault.failure = VaultError("vault_io")
    page.save_to(tmp_path / "x.json")
    qtbot.waitUntil(page.notice.isVisible)
    assert "disk" in page.notice.label.text()
    vault.failure = None


def test_it_is_reached_from_the_settings_and_left_again(
    open_profile, window, desk: Desk, qapp: QApplication
) -> None:
    open_profile()
    settings = window.pages.show_page("settings")
    QTest.keyClick(settings.links.buttons["export"], Qt.Key.Key_Space)
    assert window.pages.current == "export"
    assert window.pages.rail.buttons["settings"].isChecked()
    page = window.pages.made_page("export")
    QTest.keyClick(page.back, Qt.Key.Key_Space)
    assert window.pages.current == "settings"
    for name in ("bring_in", "calendar", "welcome"):
        QTest.keyClick(settings.links.buttons[name], Qt.Key.Key_Space)
        assert window.pages.current == name
        QTest.keyClick(window.pages.made_page(name).back, Qt.Key.Key_Space)
        assert window.pages.current == "settings"


def test_words_of_the_file_follow_the_language(
    page: ExportPage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.plain.change(language=Language.ZH)
    _tick(page, "check_ins")
    page.choice.formats[ExportFormat.MARKDOWN].click()
    page.save_to(tmp_path / "x.md")
    qtbot.waitUntil(page.notice.isVisible)
    assert has_han((tmp_path / "x.md").read_text(encoding="utf-8"))


def test_stopping_between_two_pages_leaves_no_file(
    page: ExportPage, vault: MemoryVault, tmp_path: Path, qtbot: QtBot
) -> None:
    for place in range(3000):
        vault.check_ins.add(CheckIn(NOW + place, "2026-11-18", 3, note="很长的一段话 " * 20))
    _tick(page, "check_ins")
    page.save_to(tmp_path / "x.pdf")
    qtbot.waitUntil(lambda: page.exporter._painter is not None, timeout=20_000)
    page.working.stop.click()
    qtbot.waitUntil(page.notice.isVisible)
    assert "No file was left" in page.notice.label.text()
    assert list(tmp_path.iterdir()) == []
    page.choice.formats[ExportFormat.JSON].click()
    page.save_to(tmp_path / "x.json")
    qtbot.waitUntil((tmp_path / "x.json").exists)
