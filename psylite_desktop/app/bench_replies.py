"""Written replies in the window: from sending a message to an idle page, without a model."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from psylite_desktop.app.bench_pages import opened
from psylite_desktop.app.event_loop_watch import EventLoopWatch, percentile
from psylite_desktop.ui.pages.talk.page import TalkPage

# Made for this measurement, in the words of nobody.
SAID = (
    "My flatmate plays music until two and I have lectures at eight.",
    "I asked twice and nothing came of it.",
    "Now I come home late so that I need not see them.",
    "室友半夜还在放歌，我早上八点有课。",
    "说过两次了，没有用。",
    "现在我都晚点回去，省得碰面。",
)
ROUNDS = 3


def measure_replies(data: Path) -> dict[str, Any]:
    """Send short messages in both languages; the first one, which opens everything, apart."""
    with opened(data) as (pages, watch):
        page = pages.show_page("talk")
        if not isinstance(page, TalkPage):
            raise TypeError
        watch.until(lambda: not page.presenter.is_opening, "talk")
        watch.rest(1.0)
        watch.take()
        waits = [_wait(page, text, watch) for text in SAID * ROUNDS]
        blocks = watch.take().as_dict()
    ordered = sorted(waits[1:])
    return {
        "replies": len(ordered),
        "first_ms": waits[0],
        "p50_ms": percentile(ordered, 50),
        "p95_ms": percentile(ordered, 95),
        "blocks": blocks,
    }


def _wait(page: TalkPage, text: str, watch: EventLoopWatch) -> float:
    """Milliseconds from sending to an idle page."""
    started = time.perf_counter()
    page.presenter.send(text)
    watch.until(lambda: not page.presenter.is_busy, "reply")
    return round(1000 * (time.perf_counter() - started), 1)
