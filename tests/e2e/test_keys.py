"""The window with real vaults: keys are changed while a space is closed, and hold afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.app.paths import find_paths
from psylite_desktop.app.services import build_services
from psylite_desktop.app.window import build_context, close_context
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.settings import Language, PrivateSettings
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.pages.unlock.keys_flow import KeysFlow
from psylite_desktop.ui.shell.window import MainWindow

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
OLD, NEW = "a cat asleep on the sill", "eleven green umbrellas"

pytestmark = pytest.mark.e2e


@pytest.fixture
def context(qapp: QApplication, tmp_path: Path) -> Iterator[AppContext]:
    services = build_services(find_paths(tmp_path / "data"))
    services.profiles.cost = lambda: CHEAP
    services.plain.change(language=Language.EN)
    context = build_context(qapp, services)
    yield context
    close_context(context)
    services.plain.change(language=Language.EN)
    for part in (context.language, context.theme):
        part.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(context: AppContext, qtbot: QtBot) -> MainWindow:
    """A window with one space that was welcomed, locked."""
    _new, vault = context.profiles.create(OLD)
    vault.settings.save(PrivateSettings(welcomed=True))
    vault.close()
    window = MainWindow(context)
    qtbot.addWidget(window, before_close_func=lambda w: w.lock())
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: len(window.unlock_page.profiles.cards) == 1)
    return window


def _open(window: MainWindow, qtbot: QtBot, passphrase: str) -> None:
    page = window.unlock_page
    qtbot.waitUntil(lambda: page.profiles.isVisible() and bool(page.profiles.cards))
    page.profiles.cards[0].click()
    page.passphrase.passphrase.put(passphrase)
    page.passphrase.open.click()
    qtbot.waitUntil(lambda: window.pages is not None, timeout=20_000)


def _to_keys(window: MainWindow, qtbot: QtBot, passphrase: str) -> KeysFlow:
    assert window.pages is not None
    window.pages.lock_for_keys()
    flow = window.unlock_page.keys
    flow.door.passphrase.put(passphrase)
    flow.door.open.click()
    qtbot.waitUntil(lambda: flow.currentWidget() is flow.keys, timeout=20_000)
    return flow


def test_everything_anew_from_the_settings_and_open_again(
    context: AppContext, window: MainWindow, qtbot: QtBot
) -> None:
    _open(window, qtbot, OLD)
    flow = _to_keys(window, qtbot, OLD)
    flow.keys.renew.click()
    for field in (flow.renew.first, flow.renew.second):
        field.put(NEW)
    flow.renew.submit.click()
    qtbot.waitUntil(lambda: flow.currentWidget() is flow.code, timeout=20_000)
    code = flow.code.code.text()
    flow.code.written.click()
    flow.code.answer.setText(code[-8:])
    flow.code.proceed.click()
    flow.keys.back.click()
    (profile,) = context.profiles.profiles()
    with pytest.raises(VaultError):
        context.profiles.unlock(profile, OLD)
    context.profiles.unlock(profile, code).close()
    _open(window, qtbot, NEW)


def test_a_space_goes_for_good(
    context: AppContext, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    _open(window, qtbot, OLD)
    flow = _to_keys(window, qtbot, OLD)
    flow.keys.delete.click()
    flow.delete.passphrase.put(OLD)
    flow.delete.sure.box.click()
    flow.delete.delete.click()
    page = window.unlock_page
    qtbot.waitUntil(page.profiles.create_first.isVisible, timeout=20_000)
    assert context.profiles.profiles() == []
    assert [entry.name for entry in (tmp_path / "data" / "profiles").iterdir()] == ["lock"]
