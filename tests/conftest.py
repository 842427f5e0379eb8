"""Ground rules of every test: no screen, no network, no home folder, no logged error."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from psylite_desktop.host.heap import collect_due

# Before pytest-qt is configured and a QApplication is made.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTEST_QT_API", "pyside6")

# A deadline would make a slow machine fail; the time limit of the whole test is enough.
settings.register_profile(
    "default", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, max_examples=200)
settings.register_profile("long", settings.get_profile("default"), max_examples=5000)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default")
)

HOME_KEY = pytest.StashKey[Path]()
HOME_VARIABLES = {
    "HOME": "",
    "USERPROFILE": "",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
}


def pytest_configure(config: pytest.Config) -> None:
    """Give this test process a home folder of its own and take the network away."""
    home = Path(tempfile.mkdtemp(prefix="psylite-test-home-"))
    config.stash[HOME_KEY] = home
    for variable, below in HOME_VARIABLES.items():
        folder = home / below
        folder.mkdir(parents=True, exist_ok=True)
        os.environ[variable] = str(folder)
    _block_network()
    gc.disable()  # see `_garbage_is_collected_on_the_main_thread`


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the home folder again; empty the clipboard.

    Offscreen it is a static object of Qt, which would drop what Python made after Python has gone.
    """
    qt = sys.modules.get("PySide6.QtGui")
    if qt is not None and qt.QGuiApplication.instance() is not None:
        qt.QGuiApplication.clipboard().clear()
    home = config.stash.get(HOME_KEY, None)
    if home is not None:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(autouse=True)
def _garbage_is_collected_on_the_main_thread() -> Iterator[None]:
    """As in the program: no widget that a test left behind is destroyed by another thread."""
    yield
    collect_due()


class NetworkUsedError(RuntimeError):
    """A test, or the code it ran, tried to reach another machine."""


def _block_network() -> None:
    """Make internet sockets refuse to connect; pipes and local sockets work on."""

    def guarded(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: socket.socket, *args: Any) -> Any:
            if self.family in {socket.AF_INET, socket.AF_INET6}:
                message = f"network access in a test: {args[-1]!r}"
                raise NetworkUsedError(message)
            return original(self, *args)

        return call

    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, guarded(getattr(socket.socket, name)))


class _Recorder(logging.Handler):
    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_unexpected_error_is_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test whose code logged an error; a test that expects one asks for ``caplog``."""
    recorder = _Recorder()
    logger = logging.getLogger("psylite_desktop")
    logger.addHandler(recorder)
    try:
        yield
    finally:
        logger.removeHandler(recorder)
    if recorder.lines and "caplog" not in request.fixturenames:
        pytest.fail("logged an error: " + "; ".join(recorder.lines), pytrace=False)
