"""`psylite bench tight`: the window and a model in less memory than both would like."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from psylite_desktop.app.bench_profile import PASSPHRASE, fill
from psylite_desktop.app.bench_ui import run_window
from psylite_desktop.domain.chat_events import ChatEvent, ChatRequest, Finished, Routed, Wrote
from psylite_desktop.domain.conversation import Message, Mode, Role, Route
from psylite_desktop.domain.ports import Sampling, TextModel, Turn
from psylite_desktop.evaluation.memory_limit import forget_cached, limited

if TYPE_CHECKING:
    from psylite_desktop.app.paths import AppPaths
    from psylite_desktop.host.client import EngineHost

SILENCE_S = 600.0
"""A model that is read from the disk for every word says nothing for long."""
_MB = 1_000_000
_SAID = "It rained again today and I walked home slowly, thinking about the week."


def measure_tight(model: Path, *, limit_mb: int, turns: int, tokens: int) -> dict[str, Any]:
    """Hold a talk in the real window, window and engine process together within the limit.

    `tokens` is the most a reply may have. Raises InputError (no_memory_limit) where this machine
    has no such limit, RuntimeError where the window did not live to the end.
    """
    with tempfile.TemporaryDirectory(prefix="psylite-bench-") as folder:
        data = Path(folder)
        fill(data)
        with limited(limit_mb * _MB) as room:
            forget_cached(model)
            words = [str(model), str(turns), str(tokens)]
            figures = run_window("tight", data, room=room, words=words)
            figures["peak_mb"] = round(room.peak / _MB)
            figures["killed"] = room.killed
    return {"model": model.name, "limit_mb": limit_mb} | figures


class ModelTalk:
    """Answers with the model alone: no rules, passages or memory; nothing is stored."""

    def __init__(self, model: TextModel, tokens: int) -> None:
        self._model = model
        self._sampling = Sampling(max_tokens=tokens)
        self._turns: list[Turn] = []
        self._last_id = 1_000_000
        self.seconds: list[float] = []
        self.tokens = 0

    def start(self) -> int:
        """Not asked for: the conversation is there."""
        raise NotImplementedError

    def read_ahead(self, conversation_id: int, draft: str, *, replaces: int | None) -> bool:
        """Left out: every turn reads its own message."""
        return False

    def drop_ahead(self) -> None:
        """Nothing was read."""

    def answer(self, request: ChatRequest, cancelled: Callable[[], bool]) -> Iterator[ChatEvent]:
        """The next turn of one growing talk."""
        started = time.perf_counter()
        self._last_id += 2
        user = Message(Role.USER, request.text, id=self._last_id)
        yield Routed(request.request_id, Route.EXPLORE, card=False, user_message=user)
        self._turns.append(Turn("user", request.text))
        text = ""
        for step in self._model.generate(self._turns, self._sampling, cancelled):
            if step.text:
                text += step.text
                yield Wrote(request.request_id, step.text)
            if step.done:
                self.tokens += step.reply_tokens
        self._turns.append(Turn("assistant", text))
        self.seconds.append(time.perf_counter() - started)
        reply = Message(Role.ASSISTANT, text, id=self._last_id + 1, mode=Mode.MODEL)
        yield Finished(request.request_id, reply, Route.EXPLORE)


def talk_in_window(data: Path, model: Path, turns: int, tokens: int) -> dict[str, Any]:
    """What runs within the limit: Talk with its 2,000 messages, and `turns` more."""
    from PySide6.QtWidgets import QApplication

    from psylite_desktop.app.event_loop_watch import EventLoopWatch
    from psylite_desktop.app.open_session import open_session
    from psylite_desktop.app.paths import find_paths
    from psylite_desktop.app.services import build_services
    from psylite_desktop.app.window import build_context, close_context
    from psylite_desktop.host.footprint import megabytes
    from psylite_desktop.ui.context import PageContext
    from psylite_desktop.ui.pages.talk.page import TalkPage
    from psylite_desktop.ui.shell.pages_view import PagesView

    app = QApplication(["psylite"])
    paths = find_paths(data)
    services = build_services(paths)
    context = build_context(app, services)
    vault = services.profiles.unlock(services.profiles.profiles()[0], PASSPHRASE)
    services.read_all()
    host = _host(paths, model)
    talk = ModelTalk(host, tokens)
    session = open_session(services, vault, guest=False, language=lambda: "en")
    pages = PagesView(PageContext(context, replace(session, chat=talk)))  # type: ignore[arg-type]
    pages.resize(1024, 680)
    pages.show()
    watch = EventLoopWatch(app, patience_s=float("inf"))
    try:
        page: Any = pages.show_page("talk")
        if not isinstance(page, TalkPage):
            raise TypeError
        watch.until(lambda: not page.presenter.is_opening, "talk")
        watch.rest(1.0)
        watch.take()
        for _ in range(turns):
            before = len(talk.seconds)
            page.presenter.send(_SAID)
            watch.until(lambda before=before: len(talk.seconds) > before, "reply")  # type: ignore[misc]
            watch.until(lambda: not page.presenter.is_busy, "end of the reply")
        return {
            "turns": len(talk.seconds),
            "tokens": talk.tokens,
            "first_turn_s": round(talk.seconds[0], 1),
            "median_turn_s": round(median(talk.seconds), 1),
            "window": watch.take().as_dict(),
            "window_mb": megabytes(os.getpid()),
            "engine_mb": megabytes(host.pid),
        }
    finally:
        host.close()
        pages.leave()
        pages.deleteLater()
        watch.rest(0.2)
        vault.close()
        close_context(context)


def _host(paths: AppPaths, model: Path) -> EngineHost:
    from psylite_desktop.host.client import EngineHost

    host = EngineHost(
        assets=paths.assets,
        models=paths.model_store,
        index=paths.index,
        tuning=paths.tuning,
        silence_s=SILENCE_S,
    )
    host.use_model(model, anyway=True)
    return host
