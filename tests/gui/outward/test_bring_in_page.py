"""Bringing a file in by keyboard: seen before it is kept, never twice, all of it taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.risk import Assessment, Kind, Level, RiskState
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.bring_in.page import BringInPage
from psylite_desktop.ui.pages.talk.crisis_surfaces import Surface
from tests.fakes.app_context import Desk
from tests.fakes.memory_vault import MemoryVault

HEAD = "full_date,date,weekday,time,mood,activities,note_title,note\n"
TABLE = (
    HEAD
    + "2026-11-11,x,y,20:30,good,跑步,,fine\n"
    + "2026-11-12,x,y,20:30,cloudy,,,\n"
    + "someday,x,y,20:30,good,,,\n"
)


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture
def page(desk: Desk, vault: MemoryVault, qtbot: QtBot) -> Iterator[BringInPage]:
    page = BringInPage(PageContext(desk.context, desk.open_session(vault, False)))
    qtbot.addWidget(page)
    page.resize(900, 640)
    page.show()
    page.window().activateWindow()
    yield page
    page.leave()


def _kept(vault: MemoryVault) -> list[tuple[str, int]]:
    return [(one.day, one.mood) for one in vault.check_ins.between("0000", "9999")]


def _use(page: BringInPage, qtbot: QtBot, path: Path, text: str = TABLE) -> None:
    path.write_text(text, encoding="utf-8-sig")
    page.use_file(path)
    qtbot.waitUntil(page.card.isVisible)


@pytest.mark.parametrize("language", Language)
def test_all_of_it_by_keyboard(
    page: BringInPage,
    desk: Desk,
    vault: MemoryVault,
    tmp_path: Path,
    qtbot: QtBot,
    language: Language,
) -> None:
    desk.plain.change(language=language)
    _use(page, qtbot, tmp_path / "d.csv")
    box = page.moods.boxes["cloudy"]
    lines = page.skipped.toPlainText().splitlines()
    assert len(lines) == 2
    assert "3" in lines[0]
    assert "4" in lines[1]
    assert _kept(vault) == []
    box.setFocus()
    for _ in range(4):
        QTest.keyClick(box, Qt.Key.Key_Down)
    box.activated.emit(box.currentIndex())
    assert box.currentData() == 2
    qtbot.waitUntil(lambda: len(page.skipped.toPlainText().splitlines()) == 1)
    QTest.keyClick(page.add, Qt.Key.Key_Space)
    qtbot.waitUntil(page.undo.isVisible)
    assert _kept(vault) == [("2026-11-11", 4), ("2026-11-12", 2)]
    assert "2" in page.notice.label.text()
    QTest.keyClick(page.undo, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not page.undo.isVisible())
    assert _kept(vault) == []


def test_the_same_file_brings_nothing_new(
    page: BringInPage, vault: MemoryVault, tmp_path: Path, qtbot: QtBot
) -> None:
    _use(page, qtbot, tmp_path / "d.csv", HEAD + "2026-11-11,x,y,20:30,good,,,\n")
    page.add.click()
    qtbot.waitUntil(page.undo.isVisible)
    _use(page, qtbot, tmp_path / "d.csv", HEAD + "2026-11-11,x,y,20:30,good,,,\n")
    assert "nothing new" in page.found.text()
    assert "here already" in page.skipped.toPlainText()
    assert not page.add.isEnabled()
    assert page.moods.boxes["good"].isEnabled()
    QTest.keyClick(page.leave_it, Qt.Key.Key_Space)
    assert not page.card.isVisible()
    assert page.choose.hasFocus()
    assert len(_kept(vault)) == 1


def test_another_file_is_refused_with_the_reason(
    page: BringInPage, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "x.txt").write_text("hello")
    page.use_file(tmp_path / "x.txt")
    qtbot.waitUntil(page.notice.isVisible)
    assert "Daylio" in page.notice.label.text()
    assert not page.card.isVisible()
    assert page.choose.isEnabled()


def test_a_full_disk_leaves_nothing(
    page: BringInPage, vault: MemoryVault, tmp_path: Path, qtbot: QtBot
) -> None:
    _use(page, qtbot, tmp_path / "d.csv")
    vault.failure = VaultError("vault_disk_full")
    page.add.click()
    qtbot.waitUntil(page.notice.isVisible)
    assert "disk is full" in page.notice.label.text()
    vault.failure = None
    assert _kept(vault) == []


def test_danger_of_these_days_brings_help_into_view(
    page: BringInPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Assessment(Level.CRISIS, Kind.SUICIDE)
    state = RiskState(Level.CRISIS, Kind.SUICIDE)
    screening = page._session.screening
    look = lambda text: found if "heavy" in text else Assessment()  # noqa: E731
    monkeypatch.setattr(page._service, "_look", look)
    monkeypatch.setattr(type(screening), "preview", lambda _s, _t: (found, state), raising=False)
    monkeypatch.setattr(type(screening), "take", lambda _s, _t: (found, state), raising=False)
    now = datetime.now().astimezone()
    row = {"day": f"{now:%Y-%m-%d}", "at": now.isoformat(), "mood": 1, "note": "heavy words"}
    file = {"format": "psylite-export", "version": 1, "sections": {"check_ins": [row]}}
    _use(page, qtbot, tmp_path / "d.json", json.dumps(file))
    page.add.click()
    qtbot.waitUntil(lambda: page.help.crisis.surface is Surface.CARD)
    assert page.help.crisis.card.isVisible()
    assert page.notice.action.text() == "Help now"
    with qtbot.waitSignal(page.help_requested):
        page.notice.action.click()


def test_danger_of_long_ago_is_met_with_a_word(
    page: BringInPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page._service, "_look", lambda _text: Assessment(Level.CRISIS))
    _use(page, qtbot, tmp_path / "d.csv", HEAD + "2020-11-11,x,y,20:30,good,,,heavy\n")
    page.add.click()
    qtbot.waitUntil(page.notice.isVisible)
    assert page.notice.action.isVisible()
    assert page.help.crisis.surface is Surface.NONE
