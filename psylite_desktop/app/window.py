"""Puts the window together: services, engine thread, bridge, window; stops them in order."""

from __future__ import annotations

import contextlib
import gc
import importlib
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from psylite_desktop.app.crash import install_excepthooks
from psylite_desktop.app.instance import SingleInstance
from psylite_desktop.app.paths import AppPaths
from psylite_desktop.app.services import AppServices, build_services, use_chosen_model
from psylite_desktop.app.window_context import WindowContext
from psylite_desktop.domain.errors import ModelFileError, PsyLiteError
from psylite_desktop.host.heap import give_back, spare_memory
from psylite_desktop.host.isolation import fence_window, keep_private
from psylite_desktop.ui.bridge.chat_bridge import ChatBridge
from psylite_desktop.ui.bridge.engine_thread import EngineThread
from psylite_desktop.ui.bridge.garbage import GarbageCollection
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.language import LanguageSwitch
from psylite_desktop.ui.shell.window import MainWindow
from psylite_desktop.ui.theme.switch import ThemeSwitch

if TYPE_CHECKING:
    from psylite_desktop.domain.ports import Vault
    from psylite_desktop.services.session import Session

SWITCH_S = 0.001
_BEHIND_THE_DOOR = (
    "psylite_desktop.app.open_session",
    "psylite_desktop.storage.vault",
    "psylite_desktop.ui.shell.pages_view",
    "psylite_desktop.ui.pages.home.page",
    "psylite_desktop.ui.pages.talk.page",
)
ALREADY_OPEN = -1
"""What `run_window` returns where another window was brought forward."""


class FirstPaint(QObject):
    """Notices that a widget has been painted for the first time.

    Signals:
        painted: It is on the screen now.
    """

    painted = Signal()

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Wait for the first painting, and for its end."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.painted.emit)
        return False


def run_window(paths: AppPaths, *, on_shown: Callable[[], None] | None = None) -> int:
    """Show the window until it is closed; returns the exit status.

    `ALREADY_OPEN` where a window of the same data folder was brought forward instead. With
    `on_shown` the window closes as soon as it has been painted, after that call: for measuring.
    Raises VaultError where the data folder cannot be written.
    """
    install_excepthooks()
    keep_private()
    spare_memory()
    # A thread that computes lets the window have Python's lock after this time, not after 5 ms.
    sys.setswitchinterval(SWITCH_S)
    fence_window()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("PsyLite")
    app.setDesktopFileName("psylite")
    GarbageCollection(app).start()
    instance = SingleInstance(paths.data)
    if not instance.claim():
        return ALREADY_OPEN
    try:
        return _shown(app, paths, instance, on_shown)
    finally:
        instance.release()


def _shown(
    app: QApplication,
    paths: AppPaths,
    instance: SingleInstance,
    on_shown: Callable[[], None] | None,
) -> int:
    services = build_services(paths)
    context = build_context(app, services)
    window = show_window(services, context, on_shown)
    instance.called.connect(lambda: _bring_forward(app, window))
    try:
        return app.exec()
    finally:
        close_context(context)


def show_window(
    services: AppServices, context: AppContext, on_shown: Callable[[], None] | None = None
) -> MainWindow:
    """Show the door; what lies behind it is read meanwhile, on a thread."""
    window = MainWindow(context)
    if on_shown is not None:
        first = FirstPaint(window)
        first.painted.connect(on_shown)
        first.painted.connect(window.close)
    window.show()
    threading.Thread(target=_read_on, args=(services,), name="reading", daemon=True).start()
    return window


def _read_on(services: AppServices) -> None:
    """Read the rest while the passphrase is being typed; the first message finds all of it there.

    What cannot be read is told when a space is opened: nobody can be helped at the door.
    """
    for name in _BEHIND_THE_DOOR:  # imports are half the work
        importlib.import_module(name)
    with contextlib.suppress(PsyLiteError):
        services.read_all()
    gc.freeze()  # all of that stays: 50 ms less for each full collection on the GUI thread
    give_back()


def _bring_forward(app: QApplication, window: MainWindow) -> None:
    """In front of other windows, or with a mark in the task bar where that is not allowed."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    app.alert(window)


def build_context(app: QApplication, services: AppServices) -> AppContext:
    """Make what pages are given. A model that is missing shows when it is first needed."""
    bridge = ChatBridge(app)
    services.host.watch(bridge.publish_status)
    language = LanguageSwitch(app, services.plain, services.paths.assets)
    return WindowContext(
        services,
        language=language,
        theme=ThemeSwitch(app, services.plain, services.paths.assets),
        engine=EngineThread(bridge.publish),
        chat_bridge=bridge,
        open_session=lambda vault, guest: _open_session(services, vault, language, guest=guest),
    )


def _open_session(
    services: AppServices, vault: Vault, language: LanguageSwitch, *, guest: bool
) -> Session:
    from psylite_desktop.app.open_session import open_session

    with contextlib.suppress(ModelFileError):
        use_chosen_model(services)
    return open_session(services, vault, guest=guest, language=lambda: language.current.value)


def close_context(context: AppContext) -> None:
    """Stop in order: nobody asks the engine any more, then the engine process goes."""
    context.host.stop_now()
    context.engine.stop(timeout_s=5.0)
    context.host.close()
