"""The Privacy page: places, sockets, what is not protected, the way out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.settings import Language
from psylite_desktop.domain.whereabouts import (
    OpenSocket,
    PlaceKind,
    SocketFamily,
    SocketReport,
)
from psylite_desktop.services.whereabouts import Whereabouts
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.privacy.page import PrivacyPage
from psylite_desktop.ui.widgets.text import PlainLabel


@pytest.fixture
def context(page_context: PageContext, tmp_path: Path) -> PageContext:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "vault.db").write_bytes(b"x" * 2048)
    where = Whereabouts(
        {PlaceKind.SPACES: tmp_path / "profiles", PlaceKind.MODELS: tmp_path / "models"}
    )
    return replace(page_context, app=replace(page_context.app, whereabouts=where))


@pytest.fixture
def page(context: PageContext, qtbot: QtBot) -> PrivacyPage:
    page = PrivacyPage(context)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    qtbot.waitUntil(page.places.names[PlaceKind.SPACES].isVisible)
    return page


def said(page: PrivacyPage) -> str:
    labels = page.findChildren(PlainLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def test_it_says_where_and_how_much(page: PrivacyPage, tmp_path: Path) -> None:
    places = page.places
    assert "2" in places.names[PlaceKind.SPACES].text()
    shown = places.paths[PlaceKind.SPACES].text().replace("\u200b", "")
    assert shown == str(tmp_path / "profiles")
    assert "nothing yet" in places.names[PlaceKind.MODELS].text()
    assert not places.names[PlaceKind.INDEX].isVisible(), "it is not known here"


def test_the_window_reports_its_own_sockets(page: PrivacyPage) -> None:
    assert "process" in page.sockets.window_name.text()
    assert page.sockets.window_said.text()
    assert "does not run" in page.sockets.engine_said.text()


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (SocketReport(7, is_known=True, is_fenced=True), "no other one either"),
        (
            SocketReport(
                7, is_known=True, is_fenced=True, sockets=(OpenSocket(SocketFamily.LOCAL, "@x"),)
            ),
            "lines to programs of this computer (screen, keyboard, the other process): 1.",
        ),
        (
            SocketReport(
                7, is_known=True, is_fenced=False, sockets=(OpenSocket(SocketFamily.INTERNET),)
            ),
            "could reach another computer",
        ),
        (SocketReport(7, is_known=False, is_fenced=False), "does not tell"),
    ],
)
def test_what_the_engine_process_says_is_shown(
    page: PrivacyPage, context: PageContext, qtbot: QtBot, report: SocketReport, words: str
) -> None:
    host: Any = context.app.host
    host.report = report
    qtbot.waitUntil(lambda: not page._is_asking)
    page.look()
    qtbot.waitUntil(lambda: words in page.sockets.engine_said.text())
    assert ("kernel refuses" in page.sockets.engine_said.text()) == report.is_fenced


def test_a_busy_engine_keeps_its_last_word(page: PrivacyPage) -> None:
    page.sockets.show_engine(SocketReport(7, is_known=True, is_fenced=True))
    page.sockets.show_engine(None, is_busy=True)
    assert "no other one either" in page.sockets.engine_said.text()


def test_every_promise_is_said_with_its_end(page: PrivacyPage) -> None:
    text = said(page)
    for promise in (
        "nobody opens your space, we neither",
        "keyring of this computer is asked only if",
        "F9",
        "seven days and four weeks",
        "never replaced by an empty one",
        "A wrong clock empties nothing",
        "Nobody is told",
        "process of its own, without your key",
        "No log",
    ):
        assert promise in text, promise


def test_what_is_not_protected_is_said_plainly(page: PrivacyPage) -> None:
    words = said(page)
    for part in ("passphrase", "record keys", "photo", "hibernation", "SSD", "Exports"):
        assert part in words


def test_ways_by_keyboard(page: PrivacyPage, qtbot: QtBot) -> None:
    page.activateWindow()
    page.export.setFocus()
    with qtbot.waitSignal(page.page_requested) as asked:
        qtbot.keyClick(page.export, Qt.Key.Key_Space)
    assert asked.args == ["export"]
    with qtbot.waitSignal(page.delete_requested):
        qtbot.keyClick(page.delete, Qt.Key.Key_Space)
    with qtbot.waitSignal(page.back_requested):
        qtbot.keyClick(page, Qt.Key.Key_Escape)


def test_backups_are_offered_where_there_is_a_page(page: PrivacyPage) -> None:
    assert not page.backup.isVisible()
    page.offer_pages({"backup"})
    assert page.backup.isVisible()


def test_a_guest_has_nothing_to_delete(context: PageContext, qtbot: QtBot) -> None:
    page = PrivacyPage(replace(context, session=replace(context.session, guest=True)))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.places.guest.isVisible)
    assert not page.delete.isVisible()


def test_it_follows_the_language(
    page: PrivacyPage, context: PageContext, qapp: QApplication
) -> None:
    context.app.plain.change(language=Language.ZH)
    qapp.processEvents()
    assert page.title.text()
    context.app.plain.change(language=Language.EN)
