"""The real window over the real engine process and the real vault."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.app.paths import find_paths
from psylite_desktop.app.services import build_services
from psylite_desktop.app.window import build_context, close_context
from psylite_desktop.domain.conversation import Mode, Role
from psylite_desktop.domain.settings import AgeBand, Language
from psylite_desktop.host.status import EngineState
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.pages.settings.page import SettingsPage
from psylite_desktop.ui.pages.talk.page import TalkPage
from psylite_desktop.ui.pages.welcome.page import WelcomePage
from psylite_desktop.ui.shell.window import MainWindow

PASSPHRASE = "three quiet otters and a kettle"
TURNS = ("最近就业压力很大，我很苦恼", "我不想活了", "I had a fight with my roommate")
PATIENCE_MS = 60_000

Start = Callable[[], tuple[AppContext, MainWindow]]


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Start]:
    """Start the program on the same data folder, as often as asked."""
    running: list[tuple[AppContext, MainWindow]] = []

    def make() -> tuple[AppContext, MainWindow]:
        context = build_context(qapp, build_services(find_paths(tmp_path / "data")))
        window = MainWindow(context)
        qtbot.addWidget(window)
        window.show()
        running.append((context, window))
        return context, window

    yield make
    for context, window in running:
        window.lock()
        close_context(context)
        context.language.deleteLater()
        context.theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def create_profile(window: MainWindow, qtbot: QtBot) -> None:
    unlock = window.unlock_page
    unlock.profiles.create_first.click()
    for field in (unlock.create_profile.first, unlock.create_profile.second):
        qtbot.keyClicks(field.edit, PASSPHRASE)
    unlock.create_profile.submit.click()
    code = unlock.recovery_code
    qtbot.waitUntil(code.isVisible, timeout=PATIENCE_MS)
    end = "".join(code.code.text().split()[-2:])
    code.written.click()
    qtbot.keyClicks(code.answer, end)
    code.proceed.click()
    qtbot.waitUntil(lambda: isinstance(window.front, WelcomePage), timeout=PATIENCE_MS)
    welcome = window.front
    assert isinstance(welcome, WelcomePage)
    welcome.about.proceed.click()
    welcome.choices.ages[AgeBand.ADULT].click()
    welcome.choices.proceed.click()
    welcome.contact.proceed.click()


def unlock(window: MainWindow, qtbot: QtBot, passphrase: str) -> None:
    qtbot.waitUntil(lambda: len(window.unlock_page.profiles.cards) == 1, timeout=PATIENCE_MS)
    page = window.unlock_page
    if not page.passphrase.isVisible():
        page.profiles.cards[0].click()
    page.passphrase.passphrase.clear()
    qtbot.keyClicks(page.passphrase.passphrase.edit, passphrase)
    page.passphrase.open.click()


def talk_page(window: MainWindow, qtbot: QtBot) -> TalkPage:
    qtbot.waitUntil(lambda: window.pages is not None, timeout=PATIENCE_MS)
    assert window.pages is not None
    page = window.pages.show_page("talk")
    assert isinstance(page, TalkPage)
    qtbot.waitUntil(lambda: not page.presenter.is_opening, timeout=PATIENCE_MS)
    return page


def send(page: TalkPage, text: str) -> None:
    page.composer.put(text)
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)


def shown(page: TalkPage) -> list[str]:
    messages = page.presenter.messages
    return [str(messages.index(row).data()) for row in range(messages.rowCount())]


def say(page: TalkPage, qtbot: QtBot, text: str) -> None:
    before = len(shown(page))
    send(page, text)
    qtbot.waitUntil(
        lambda: not page.presenter.is_busy and len(shown(page)) == before + 2,
        timeout=PATIENCE_MS,
    )


def raw_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.timeout(300)
def test_a_new_user_meets_written_replies_and_may_choose_the_practice_model(
    start: Start, qtbot: QtBot
) -> None:
    context, window = start()
    context.plain.change(language=Language.ZH)
    create_profile(window, qtbot)
    page = talk_page(window, qtbot)
    say(page, qtbot, TURNS[0])
    first = page.presenter.messages.last(Role.ASSISTANT)
    assert first is not None
    assert first.mode is Mode.WRITTEN
    page.status.why.click()
    reason = page.beside.reason.label.text()
    assert reason.endswith("这句是事先写好的。"), "nobody was asked, so nobody failed to answer"
    host = context.host
    qtbot.waitUntil(lambda: host.status().state is EngineState.READY, timeout=PATIENCE_MS)
    assert host.loaded() is None, "the process runs, and holds no model"

    assert window.pages is not None
    settings = window.pages.show_page("settings")
    assert isinstance(settings, SettingsPage)
    models = settings.editors["model"].models
    qtbot.waitUntil(lambda: models.count() > 1, timeout=PATIENCE_MS)
    QTest.keyClick(models, Qt.Key.Key_Down)
    page = talk_page(window, qtbot)
    say(page, qtbot, "室友又很晚才睡，我睡不着")
    assert host.loaded() is not None
    pid = host.pid

    settings = window.pages.show_page("settings")
    QTest.keyClick(models, Qt.Key.Key_Up)
    page = talk_page(window, qtbot)
    say(page, qtbot, "今天又是这样，有点累")
    last = page.presenter.messages.last(Role.ASSISTANT)
    assert last is not None
    assert last.mode is Mode.WRITTEN
    assert (host.loaded(), host.pid) == (None, pid)


@pytest.mark.timeout(300)
def test_three_turns_are_kept_behind_the_passphrase(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    context, window = start()
    create_profile(window, qtbot)
    page = talk_page(window, qtbot)

    say(page, qtbot, TURNS[0])
    assert not page.crisis.card.isVisible()
    say(page, qtbot, TURNS[1])
    assert page.crisis.card.isVisible()
    say(page, qtbot, TURNS[2])
    assert page.crisis.card.isVisible(), "a change of topic leaves the card in view"

    stored = page.presenter.messages.last(Role.ASSISTANT)
    assert stored is not None
    assert stored.mode is Mode.CRISIS
    assert stored.text.isascii(), "an English message is answered in English"
    said = shown(page)
    assert tuple(said[::2]) == TURNS

    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    close_context(context)

    data = raw_bytes(tmp_path)
    for words in ("就业压力", "不想活", "roommate", *(text[:8] for text in said[1::2])):
        for encoding in ("utf-8", "utf-16-le"):
            assert words.encode(encoding) not in data, words

    _, again = start()
    unlock(again, qtbot, "not the right one at all")
    qtbot.waitUntil(again.unlock_page.passphrase.notice.isVisible, timeout=PATIENCE_MS)
    assert again.is_locked
    unlock(again, qtbot, PASSPHRASE)
    assert shown(talk_page(again, qtbot)) == said


@pytest.mark.timeout(300)
@pytest.mark.skipif(os.name != "posix", reason="sends SIGKILL")
def test_a_killed_engine_leaves_the_window_alive(start: Start, qtbot: QtBot) -> None:
    context, window = start()
    create_profile(window, qtbot)
    page = talk_page(window, qtbot)
    say(page, qtbot, "今天上课有点累")

    first = context.host.pid
    assert first
    send(page, "室友总是很晚才睡，我有点烦")
    os.kill(first, signal.SIGKILL)
    qtbot.waitUntil(lambda: not page.presenter.is_busy, timeout=PATIENCE_MS)
    assert window.isVisible()
    assert "室友总是很晚才睡，我有点烦" in shown(page)

    say(page, qtbot, "我想先去散散步")
    assert shown(page)[-1]
    assert context.host.pid not in (0, first)
