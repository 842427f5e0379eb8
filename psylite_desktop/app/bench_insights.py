"""How long Insights takes to open over many years, and what its charts cost in memory."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from psylite_desktop.app.open_session import open_session
from psylite_desktop.app.paths import AppPaths
from psylite_desktop.app.services import AppServices, build_services
from psylite_desktop.app.window import build_context, close_context
from psylite_desktop.domain.ports import Vault
from psylite_desktop.evaluation.sample_days import sample_days
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.insights.page import InsightsPage
from psylite_desktop.ui.shell.pages_view import PagesView

MOST_OPEN_MS = 500
MOST_GROWTH_MB = 90
_PATIENCE_S = 60
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class InsightsFigures:
    """Times in milliseconds, memory of the window's process in megabytes.

    `open_ms` runs from the click to the calendar on screen, `whole_ms` until all there is has been
    read; `open_cpu_ms` is what of it the processor worked, whatever else the machine did.
    `charts_ms` is the time in which all charts at once are opened and drawn. The blocks are
    the longest times in which the window answered nothing.
    """

    days: int
    check_ins: int
    open_ms: float
    open_cpu_ms: float
    open_block_ms: float
    whole_ms: float
    charts_ms: float
    charts_block_ms: float
    before_mb: float
    open_mb: float
    charts_mb: float

    def as_dict(self) -> dict[str, object]:
        """Figures with their ratios to the targets; 1 and below is met."""
        growth = self.charts_mb - self.before_mb
        return asdict(self) | {
            "growth_mb": growth,
            "open_of_target": self.open_ms / MOST_OPEN_MS,
            "growth_of_target": growth / MOST_GROWTH_MB,
        }


class _Watch:
    """Counts the longest time between two beats of the event loop."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()
        self.longest_s = 0.0

    def until(self, done: Callable[[], bool]) -> None:
        """Let the window work until `done`."""
        start = time.perf_counter()
        while not done() and time.perf_counter() - start < _PATIENCE_S:
            self._app.processEvents()

    def beat(self) -> None:
        """Count from now."""
        self.longest_s, self._last = 0.0, time.perf_counter()

    def _on_timeout(self) -> None:
        now = time.perf_counter()
        self.longest_s = max(self.longest_s, now - self._last)
        self._last = now


def measure(paths: AppPaths, *, days: int) -> InsightsFigures:
    """Open the page on a guest's vault with made-up days, in a window that is not shown."""
    app = QApplication(["psylite", "-platform", "offscreen"])
    services = build_services(paths)
    context = build_context(app, services)
    vault = services.profiles.guest()
    count = _fill(services, vault, days)
    services.assessor.warm()  # as the window has it done when it starts
    session = open_session(services, vault, guest=True, language=lambda: "en")
    pages = PagesView(PageContext(context, session))
    pages.resize(1024, 680)
    pages.show()
    watch = _Watch(app)
    _rest(watch)
    before = _memory()
    start, worked = time.perf_counter(), time.process_time()
    watch.beat()
    page = pages.show_page("insights")
    if not isinstance(page, InsightsPage):
        raise TypeError
    watch.until(lambda: page.overview.calendar.picture is not None)
    page.repaint()
    opened, open_block = time.perf_counter() - start, watch.longest_s
    worked = time.process_time() - worked
    watch.until(lambda: page.is_whole)
    whole = time.perf_counter() - start
    _rest(watch)
    open_memory = _memory()
    sections = (page.year, *page.sections.values())
    start = time.perf_counter()
    watch.beat()
    for section in sections:
        section.header.setChecked(True)
        app.processEvents()
    watch.until(
        lambda: all(one.card is not None and one.card.picture is not None for one in sections)
    )
    charts = time.perf_counter() - start
    block = watch.longest_s
    page.grab()
    _rest(watch)
    figures = InsightsFigures(
        days=days,
        check_ins=count,
        open_ms=1000 * opened,
        open_cpu_ms=1000 * worked,
        open_block_ms=1000 * open_block,
        whole_ms=1000 * whole,
        charts_ms=1000 * charts,
        charts_block_ms=1000 * block,
        before_mb=before,
        open_mb=open_memory,
        charts_mb=_memory(),
    )
    pages.leave()
    pages.deleteLater()
    vault.close()
    close_context(context)
    return figures


def _fill(services: AppServices, vault: Vault, days: int) -> int:
    words = services.check_in_words
    made = sample_days(
        today=date.fromtimestamp(time.time()),  # noqa: DTZ012 - the day on the wall
        days=days,
        feelings=[one.id for one in words.feelings("en")],
        tags=words.tag_ids,
        exercises=[one.id for one in services.exercises.all("en")][:8],
    )

    def store() -> None:
        for one in made.check_ins:
            vault.check_ins.add(one)
        for run in made.exercise_runs:
            vault.exercise_runs.save(run)
        for scale in made.scale_runs:
            vault.scale_runs.add(scale)

    vault.submit(store).result()
    return len(made.check_ins)


def _rest(watch: _Watch) -> None:
    """Let timers and readings come to an end."""
    end = time.perf_counter() + 0.5
    watch.until(lambda: time.perf_counter() > end)


def _memory() -> float:
    gc.collect()
    return float(psutil.Process().memory_info().rss) / _MB
