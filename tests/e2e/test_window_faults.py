"""The window over a real engine process that is killed, hangs, starves or is given rubbish."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.app.paths import find_paths
from psylite_desktop.app.services import build_services
from psylite_desktop.app.window import build_context, close_context
from psylite_desktop.domain.ports import Generated, Sampling, Turn
from psylite_desktop.domain.settings import AgeBand, Language
from psylite_desktop.engine.gguf_check import check_gguf
from psylite_desktop.host.client import EngineHost
from psylite_desktop.services.generation import MODEL_SAMPLING
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.pages.talk.page import TalkPage
from psylite_desktop.ui.pages.welcome.page import WelcomePage
from psylite_desktop.ui.shell.window import MainWindow
from tests.fakes.mutated_gguf import make_base, mutated
from tests.fakes.tiny_gguf import TinyShape, write_tiny_gguf

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.xdist_group("engine_process"),
    pytest.mark.timeout(300),
    pytest.mark.skipif(os.name != "posix", reason="sends signals"),
]

PATIENCE_MS = 90_000
FIRST = "My flatmate is so loud that I hardly sleep"
SECOND = "I will try and go for a walk now"
CHATML = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
BUSY = "while True: pass"
SHAPE = TinyShape(128, 4, 4, 512, context=8192, control=CHATML)
LONG = replace(MODEL_SAMPLING, max_tokens=2_000)
"""So long that a reply is never over before the test has done something to it."""


@dataclass
class Open:
    """A window with an open guest session on its Talk page."""

    context: AppContext
    window: MainWindow
    page: TalkPage
    qtbot: QtBot

    @property
    def status(self) -> str:
        return self.page.status.label.text()

    def shown(self) -> list[str]:
        messages = self.page.presenter.messages
        return [str(messages.index(row).data()) for row in range(messages.rowCount())]

    def send(self, text: str) -> None:
        self.page.composer.put(text)
        QTest.keyClick(self.page.composer.editor, Qt.Key.Key_Return)

    def await_reply(self, count: int, patience_ms: int = PATIENCE_MS) -> None:
        self.qtbot.waitUntil(
            lambda: not self.page.presenter.is_busy and len(self.shown()) == count,
            timeout=patience_ms,
        )

    def is_well(self, count: int) -> None:
        """The next message is answered, and nothing is wrong any more."""
        self.send(SECOND)
        self.await_reply(count)
        assert self.shown()[-2] == SECOND
        assert self.shown()[-1]
        assert self.status in {"", "ready"}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_gguf(tmp_path_factory.mktemp("model") / "model.gguf", SHAPE)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for all: guests leave nothing in it but the tables of the search."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def opened(
    qapp: QApplication,
    qtbot: QtBot,
    data: Path,
    model: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Open]:
    monkeypatch.setattr("psylite_desktop.services.generation.MODEL_SAMPLING", LONG)
    services = build_services(find_paths(data))
    services.plain.change(language=Language.EN)
    monkeypatch.setattr(
        "psylite_desktop.app.window.use_chosen_model",
        lambda made: made.host.use_model(model, context_length=8192, anyway=True),
    )
    context = build_context(qapp, services)
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    window.unlock_page.profiles.guest.click()
    qtbot.waitUntil(lambda: isinstance(window.front, WelcomePage), timeout=PATIENCE_MS)
    welcome = window.front
    assert isinstance(welcome, WelcomePage)
    welcome.about.proceed.click()
    welcome.choices.ages[AgeBand.ADULT].click()
    welcome.choices.proceed.click()
    welcome.contact.proceed.click()
    qtbot.waitUntil(lambda: window.pages is not None, timeout=PATIENCE_MS)
    assert window.pages is not None
    page = window.pages.show_page("talk")
    assert isinstance(page, TalkPage)
    qtbot.waitUntil(lambda: not page.presenter.is_opening, timeout=PATIENCE_MS)
    yield Open(context, window, page, qtbot)
    window.lock()
    close_context(context)
    context.plain.change(language=Language.EN)
    context.language.deleteLater()
    context.theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def at_first_words(host: EngineHost, act: Callable[[], object]) -> None:
    """Do something once, as soon as the first words of a reply have come."""
    generate = host.generate

    def watched(
        turns: list[Turn], sampling: Sampling, cancelled: Callable[[], bool]
    ) -> Iterator[Generated]:
        for step in generate(turns, sampling, cancelled):
            if step.text and host.generate is watched:
                host.generate = generate  # type: ignore[method-assign]
                act()
            yield step

    host.generate = watched  # type: ignore[method-assign, assignment]


def test_killed_while_it_writes(opened: Open) -> None:
    context, page = opened.context, opened.page
    pids: list[int] = []

    def kill() -> None:
        pids.append(context.host.pid)
        os.kill(context.host.pid, signal.SIGKILL)

    at_first_words(context.host, kill)
    opened.send(FIRST)
    opened.qtbot.waitUntil(lambda: bool(pids), timeout=PATIENCE_MS)
    page.composer.put("and what I am writing now")
    opened.await_reply(2)
    assert opened.window.isVisible()
    assert opened.shown()[0] == FIRST
    assert opened.shown()[1], "a written reply stands in"
    assert "The language model stopped. Nothing is lost" in opened.status
    assert page.composer.text() == "and what I am writing now"
    # it comes back by itself, before anything is asked
    opened.qtbot.waitUntil(
        lambda: context.host.pid not in (0, *pids) and context.host.loaded() is not None,
        timeout=PATIENCE_MS,
    )
    opened.is_well(4)


def test_hanging_while_it_writes(opened: Open) -> None:
    context = opened.context
    pids: list[int] = []

    def stop() -> None:
        pids.append(context.host.pid)
        context.host._silence_s = 2.0  # thirty seconds in earnest
        os.kill(context.host.pid, signal.SIGSTOP)

    at_first_words(context.host, stop)
    opened.send(FIRST)
    opened.qtbot.waitUntil(lambda: bool(pids), timeout=PATIENCE_MS)
    opened.page.composer.put("half a sent")
    opened.await_reply(2)
    context.host._silence_s = 30.0
    assert "did not answer in time" in opened.status
    assert opened.shown()[0] == FIRST
    assert opened.page.composer.text() == "half a sent"
    assert not psutil.pid_exists(pids[0]) or context.host.pid != pids[0]
    opened.is_well(4)


def test_stopped_by_the_person_while_it_hangs(opened: Open) -> None:
    """The button works although nothing answers any more; the process is found out later."""
    context = opened.context
    pids: list[int] = []

    def stop() -> None:
        pids.append(context.host.pid)
        os.kill(context.host.pid, signal.SIGSTOP)

    at_first_words(context.host, stop)
    opened.send(FIRST)
    opened.qtbot.waitUntil(lambda: bool(pids), timeout=PATIENCE_MS)
    opened.qtbot.waitUntil(opened.page.composer.stop.isVisible)
    opened.page.composer.stop.click()
    opened.qtbot.waitUntil(lambda: not opened.page.presenter.is_busy, timeout=5_000)
    assert opened.shown()[0] == FIRST
    os.kill(pids[0], signal.SIGCONT)
    opened.is_well(len(opened.shown()) + 2)


@pytest.mark.ci
def test_starving_while_it_writes(opened: Open) -> None:
    context = opened.context
    others: list[subprocess.Popen[bytes]] = []

    def starve() -> None:
        psutil.Process(context.host.pid).nice(19)
        for _ in range(os.cpu_count() or 1):
            others.append(subprocess.Popen([sys.executable, "-c", BUSY]))
            psutil.Process(others[-1].pid).nice(10)

    at_first_words(context.host, starve)
    try:
        opened.send(FIRST)
        opened.await_reply(2, PATIENCE_MS * 3)
    finally:
        for other in others:
            other.kill()
            other.wait()
    assert others
    assert opened.shown()[0] == FIRST
    assert opened.shown()[1]
    assert opened.status in {"", "ready"}, "slow is not broken"
    opened.is_well(4)


def test_a_long_text_is_being_read_and_stop_is_heard(opened: Open) -> None:
    opened.send("It began on Monday and it does not end. " * 140)
    seen: list[str] = []
    opened.page.presenter.progressed.connect(lambda _event: seen.append(opened.status))
    opened.qtbot.waitUntil(
        lambda: any(one.startswith("reading what you wrote, ") for one in seen),
        timeout=PATIENCE_MS,
    )
    opened.page.composer.stop.click()
    opened.qtbot.waitUntil(lambda: not opened.page.presenter.is_busy, timeout=5_000)
    opened.is_well(len(opened.shown()) + 2)


@pytest.mark.ci
def test_rubbish_that_looks_like_a_model(opened: Open, tmp_path: Path) -> None:
    """Files that pass the check of their header, and what comes of them, one after another."""
    base = make_base(tmp_path / "base.gguf")
    context = opened.context
    count = 0
    for number in (9, 10, 11, 12, 21):  # elements, words, garbage, weights, values
        path = tmp_path / f"{number}.gguf"
        path.write_bytes(mutated(base, number)[1])
        check_gguf(path)
        context.host.use_model(path, anyway=True)
        opened.send(f"{FIRST}, {number}")
        count += 2
        opened.await_reply(count)
        assert opened.window.isVisible()
        assert opened.shown()[-2] == f"{FIRST}, {number}"
        assert opened.shown()[-1]
