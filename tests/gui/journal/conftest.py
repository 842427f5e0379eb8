"""A profile behind the journal: a vault in memory, scripted screening, real engine thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.bridge.deliveries import is_alive
from psylite_desktop.ui.pages.journal.page import JournalPage
from tests.gui.talk.talk_fakes import Talk, make_talk


@dataclass
class Hand:
    """Drives the page by keys alone, and looks at what is kept."""

    page: JournalPage
    talk: Talk
    qtbot: QtBot

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """A key to whatever has the keyboard."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)

    def control(self, key: Qt.Key) -> None:
        """A key with Control."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def write(self, text: str) -> None:
        """Words to whatever has the keyboard; Chinese comes as from an input method."""
        focused = QApplication.focusWidget()
        assert focused is not None
        if text.isascii():
            QTest.keyClicks(focused, text)
        else:
            insert = getattr(focused, "insertPlainText", None) or focused.insert
            insert(text)

    def wait_for(self, widget: QWidget) -> None:
        """Until a widget has the keyboard."""
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is widget)

    def tab_to(self, widget: QWidget) -> None:
        """Tab until there."""
        for _ in range(40):
            if QApplication.focusWidget() is widget:
                return
            self.press(Qt.Key.Key_Tab)
        pytest.fail(f"Tab does not reach {widget}")

    def kept(self) -> list[JournalEntry]:
        """All pages that are stored."""
        return self.talk.vault.journal.entries()

    def new(self) -> None:
        """An empty page, with the keyboard in it."""
        self.control(Qt.Key.Key_N)
        self.wait_for(self.page.editor.editor)

    def listed(self) -> list[str]:
        """First lines in the list."""
        model = self.page.entries.list.rows_model
        return [str(model.index(row).data()) for row in range(model.rowCount())]


@pytest.fixture
def talk(qapp: QApplication) -> Iterator[Talk]:
    """Services of a profile; the engine thread must end with the test."""
    made = make_talk(qapp)
    yield made
    assert made.engine.stop(10)
    made.plain.change(language=Language.EN)  # takes the translators off the application
    made.context.app.language.deleteLater()
    made.context.app.theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def open_page(qtbot: QtBot, talk: Talk) -> Iterator[Callable[[], Hand]]:
    """Make a shown page; call it again for a second one on the same profile."""
    made: list[JournalPage] = []

    def make() -> Hand:
        page = JournalPage(talk.context)
        qtbot.addWidget(page)
        page.resize(1024, 680)
        page.show()
        page.activateWindow()
        page.setFocus()
        qtbot.waitUntil(lambda: page.entries.is_known)
        made.append(page)
        return Hand(page, talk, qtbot)

    yield make
    for page in made:
        if is_alive(page):
            page.leave()


@pytest.fixture
def hand(open_page: Callable[[], Hand]) -> Hand:
    return open_page()
