"""The Exercises page over a vault in memory, with words that a fake screening hears."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.services.clock import Clock
from psylite_desktop.services.corrections import CorrectionService
from psylite_desktop.services.exercises import ExerciseService
from psylite_desktop.ui.bridge.deliveries import is_alive
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.exercises.page import ExercisesPage
from tests.fakes.app_context import EXERCISES, Desk
from tests.fakes.memory_vault import MemoryVault
from tests.gui.talk.talk_fakes import FakeScreening


@dataclass
class Hand:
    """Drives the page by keys alone."""

    app: QApplication
    qtbot: QtBot
    page: ExercisesPage

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """A key to whatever has the keyboard."""
        focused = self.app.focusWidget()
        assert focused is not None
        assert self.page.isAncestorOf(focused) or focused is self.page, focused
        QTest.keyClick(focused, key, modifier or Qt.KeyboardModifier.NoModifier)

    def type(self, text: str) -> None:
        """Words to whatever has the keyboard; Chinese comes as from an input method."""
        focused = self.app.focusWidget()
        assert focused is not None
        if text.isascii():
            QTest.keyClicks(focused, text)
        else:
            insert = getattr(focused, "insertPlainText", None) or focused.insert
            insert(text)

    def wait_for(self, place: str) -> None:
        """Until a step is in view and has the keyboard."""
        keeper, player = self.page.keeper, self.page.player

        def there() -> bool:
            focused = self.app.focusWidget()
            return (
                keeper.player is not None
                and keeper.player.place == place
                and not keeper.player.is_finished
                and focused is (player.view.first() or player.next)
            )

        self.qtbot.waitUntil(there)

    def open(self, exercise_id: str) -> None:
        """From the gallery to the first rating."""
        page = self.page
        self.qtbot.waitUntil(lambda: exercise_id in page.gallery.cards)
        page.gallery.cards[exercise_id].setFocus()
        self.press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.app.focusWidget() is page.detail.first())
        self.press(Qt.Key.Key_Space)
        self.wait_for("_before")


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture
def open_page(
    desk: Desk, vault: MemoryVault, qtbot: QtBot, qapp: QApplication
) -> Callable[..., Hand]:
    """Show the page over the vault, as often as asked."""
    made: list[ExercisesPage] = []

    def make(*, guest: bool = False) -> Hand:
        screening = cast(Any, FakeScreening(vault))
        session = replace(
            desk.open_session(vault, guest),
            screening=screening,
            corrections=CorrectionService(vault.corrections, screening, Clock()),
            exercises=ExerciseService(EXERCISES, vault.exercise_runs, screening, Clock()),
        )
        page = ExercisesPage(PageContext(desk.context, session))
        qtbot.addWidget(page)
        page.resize(1024, 680)
        page.show()
        page.window().activateWindow()
        qtbot.waitUntil(lambda: bool(page.gallery.cards) or page.notice.isVisible())
        made.append(page)
        return Hand(qapp, qtbot, page)

    yield make
    for page in made:
        if is_alive(page):
            page.leave()
