"""The pages of the profile to measure with, opened as the window opens them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from psylite_desktop.app.bench_profile import PASSPHRASE
from psylite_desktop.app.event_loop_watch import EventLoopWatch
from psylite_desktop.app.open_session import open_session
from psylite_desktop.app.paths import find_paths
from psylite_desktop.app.services import build_services
from psylite_desktop.app.window import build_context, close_context
from psylite_desktop.services.session import Session
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.shell.pages_view import PagesView


@contextmanager
def opened(
    data: Path, changed: Callable[[Session], Session] = lambda session: session
) -> Iterator[tuple[PagesView, EventLoopWatch]]:
    """Unlock the profile in `data` and show its pages; `changed` may exchange a service."""
    app = QApplication(["psylite"])
    services = build_services(find_paths(data))
    context = build_context(app, services)
    profile = services.profiles.profiles()[0]
    vault = services.profiles.unlock(profile, PASSPHRASE)
    services.read_all()
    context.host.use_none()  # as the window does where no model is chosen
    session = open_session(services, vault, guest=False, language=lambda: "en")
    pages = PagesView(PageContext(context, changed(session)))
    pages.resize(1024, 680)
    pages.show()
    watch = EventLoopWatch(app)
    try:
        yield pages, watch
    finally:
        pages.leave()
        pages.deleteLater()
        watch.rest(0.2)
        vault.close()
        close_context(context)
