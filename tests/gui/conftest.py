"""A desk to work at: real widgets, theme and language; fakes behind everything slow."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.shell.window import MainWindow
from tests.fakes.app_context import PASSPHRASE, Desk, make_desk
from tests.fakes.memory_vault import MemoryVault


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    """An English desk in light colours."""
    desk = make_desk(qapp)
    yield desk
    desk.close()


@pytest.fixture
def page_context(desk: Desk) -> PageContext:
    """What a page is built from, over an empty vault in memory."""
    return PageContext(desk.context, desk.open_session(MemoryVault(), False))


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    """The main window, locked, at its usual size."""
    window = MainWindow(desk.context)
    qtbot.addWidget(window, before_close_func=lambda w: w.lock())
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    yield window
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def open_profile(desk: Desk, window: MainWindow, qtbot: QtBot) -> Callable[[], None]:
    """Opens a profile that has been welcomed before."""

    def open_it() -> None:
        desk.new_profile()
        unlock = window.unlock_page
        unlock.reset()
        qtbot.waitUntil(lambda: len(unlock.profiles.cards) == 1)
        unlock.profiles.cards[0].click()
        qtbot.keyClicks(unlock.passphrase.passphrase.edit, PASSPHRASE)
        unlock.passphrase.open.click()
        qtbot.waitUntil(lambda: window.pages is not None)

    return open_it
