"""From the start of the process to a page that can be typed in, and what memory that takes."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from psylite_desktop.app.bench_profile import PASSPHRASE
from psylite_desktop.app.event_loop_watch import EventLoopWatch, LateError
from psylite_desktop.app.keyboard import press, type_into
from psylite_desktop.host.footprint import megabytes
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.shell.window import MainWindow

CORPUS = "techniques"
SEARCHES = 5


def measure_start(data: Path, started: float) -> dict[str, Any]:
    """Start as `psylite run` does, unlock, wait for the engine, open all pages. Times in seconds.

    The profile in `data` has a cheap key derivation: its price is deliberate and is not ours to
    measure here.
    """
    from psylite_desktop.app.paths import find_paths
    from psylite_desktop.app.services import build_services
    from psylite_desktop.app.window import SWITCH_S, build_context, close_context, show_window
    from psylite_desktop.host.heap import spare_memory

    spare_memory()
    sys.setswitchinterval(SWITCH_S)
    paths = find_paths(data)
    app = QApplication(["psylite"])
    services = build_services(paths)
    context = build_context(app, services)
    window = show_window(services, context)
    watch = EventLoopWatch(app)
    figures: dict[str, Any] = {"shown_s": time.monotonic() - started}
    try:
        _open_the_door(window, watch)
        figures["usable_s"] = time.monotonic() - started
        figures["usable_cpu_s"] = time.process_time()
        figures["door_mb"] = megabytes(os.getpid())
        # What the thread beside the window still reads makes way for keys, too.
        edit = window.unlock_page.passphrase.passphrase.edit
        watch.take()
        for letter in PASSPHRASE:
            watch.note(lambda letter=letter: type_into(edit, letter))  # type: ignore[misc]
            watch.rest(0.02)
        figures["typing_while_reading"] = watch.take().as_dict()
        opened = time.monotonic()
        press(edit, Qt.Key.Key_Return)
        _open_talk(window, watch)
        figures["talk_after_unlock_s"] = time.monotonic() - opened
        figures["unlock_blocks"] = watch.take().as_dict()
        host = context.host
        watch.until(lambda: host.status().state.value == "ready", "engine")
        figures["engine_after_unlock_s"] = time.monotonic() - opened
        watch.until(lambda: not _is_reading(), "reading")
        _search(window, context, watch)
        watch.rest(1.0)
        figures["talk_mb"] = megabytes(os.getpid())
        figures["engine_mb"] = megabytes(host.pid)
        figures["pages"] = _all_pages(window, watch)
        figures["pages_mb"] = megabytes(os.getpid())
    finally:
        window.close()
        watch.until(lambda: not window.isVisible(), "close")
        close_context(context)
    return figures


def _search(window: MainWindow, context: AppContext, watch: EventLoopWatch) -> None:
    """Have the engine process open what it searches in; the first time that is built.

    A busy machine may take longer to build it than the window waits: then it is asked again.
    """
    for _ in range(SEARCHES):
        found: list[object] = []
        context.engine.run(
            lambda: context.host.search(CORPUS, "sleep", lang="en"),
            found.append,
            found.append,
            window,
        )
        watch.until(lambda found=found: bool(found), "search")  # type: ignore[misc]
        if isinstance(found[0], list):
            return
    raise LateError("search")


def _is_reading() -> bool:
    import threading

    return any(thread.name == "reading" for thread in threading.enumerate())


def _open_the_door(window: MainWindow, watch: EventLoopWatch) -> None:
    """Wait until the passphrase can be typed, and type a letter."""
    unlock = window.unlock_page
    watch.until(lambda: len(unlock.profiles.cards) == 1, "profiles")
    if not unlock.passphrase.isVisible():
        unlock.profiles.cards[0].click()
    edit = unlock.passphrase.passphrase.edit
    watch.until(edit.isVisible, "passphrase")
    watch.note(lambda: type_into(edit, "x"))
    if edit.text() != "x":
        raise RuntimeError("not typed")
    edit.clear()


def _open_talk(window: MainWindow, watch: EventLoopWatch) -> None:
    from psylite_desktop.ui.pages.talk.page import TalkPage

    watch.until(lambda: window.pages is not None, "pages")
    pages = window.pages
    page = pages.show_page("talk") if pages is not None else None
    if not isinstance(page, TalkPage):
        raise TypeError
    watch.until(lambda: not page.presenter.is_opening, "talk")
    watch.note(lambda: type_into(page.composer.editor, "x"))
    if page.composer.text() != "x":
        raise RuntimeError("not typed")
    page.composer.put("")


def _all_pages(window: MainWindow, watch: EventLoopWatch) -> dict[str, dict[str, float]]:
    """The longest turn of the event loop when each page comes to the front, twice."""
    from psylite_desktop.ui.shell.registry import PAGES

    blocks: dict[str, dict[str, float]] = {spec.id: {} for spec in PAGES}
    for round_name in ("first", "second"):
        for spec in PAGES:
            pages = window.pages
            if pages is None:
                continue
            watch.take()
            watch.note(lambda pages=pages, spec=spec: pages.show_page(spec.id))  # type: ignore[misc]
            watch.rest(0.4)
            found = watch.take()
            blocks[spec.id][f"{round_name}_ms"] = found.worst_ms
            blocks[spec.id][f"{round_name}_cpu_ms"] = found.cpu_worst_ms
    return blocks
