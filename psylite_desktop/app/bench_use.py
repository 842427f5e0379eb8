"""The window while it is used: a reply streams into a long talk, keys are pressed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from psylite_desktop.app.bench_pages import opened
from psylite_desktop.app.event_loop_watch import Blocks, EventLoopWatch
from psylite_desktop.app.keyboard import type_into
from psylite_desktop.domain.chat_events import (
    ChatEvent,
    ChatRequest,
    Finished,
    Routed,
    Wrote,
)
from psylite_desktop.domain.conversation import Message, Mode, Role, Route
from psylite_desktop.ui.pages.journal.page import JournalPage
from psylite_desktop.ui.pages.talk.page import TalkPage
from psylite_desktop.ui.shell.pages_view import PagesView

TOKENS_A_SECOND = 100
REPLY_TOKENS = 400
REPLIES = 3
KEYS = 200
PIECES = (
    ("It ", "sounds ", "as ", "if ", "the ", "evenings ", "have ", "become ", "long", ". "),
    ("听", "起来", "，", "晚上", "变得", "很", "长", "，", "也", "很", "安静", "。"),
)


class TokenStream:
    """Answers with a fixed number of tokens a second: faster than anybody's model on a laptop."""

    def __init__(self) -> None:
        self._sent = 0

    def start(self) -> int:
        """Not asked for: the conversation is there."""
        raise NotImplementedError

    def read_ahead(self, conversation_id: int, draft: str, *, replaces: int | None) -> bool:
        """There is no model to read."""
        return False

    def drop_ahead(self) -> None:
        """Nothing was read."""

    def answer(self, request: ChatRequest, cancelled: Callable[[], bool]) -> Iterator[ChatEvent]:
        """A reply, token by token, none of it stored."""
        self._sent += 2
        number = 1_000_000 + self._sent
        user = Message(Role.USER, request.text, id=number)
        yield Routed(request.request_id, Route.EXPLORE, card=False, user_message=user)
        pieces = PIECES[self._sent // 2 % 2]
        start, text = time.perf_counter(), ""
        for count in range(REPLY_TOKENS):
            piece = pieces[count % len(pieces)]
            text += piece
            time.sleep(max(0.0, start + count / TOKENS_A_SECOND - time.perf_counter()))
            if cancelled():
                break
            yield Wrote(request.request_id, piece)
        reply = Message(Role.ASSISTANT, text, id=number + 1, mode=Mode.MODEL)
        yield Finished(request.request_id, reply, Route.EXPLORE)


def measure_use(data: Path) -> dict[str, Any]:
    """Open the long talk and the long journal page of the profile in `data`, and use them."""
    chat = TokenStream()
    with opened(data, lambda session: replace(session, chat=chat)) as (pages, watch):  # type: ignore[arg-type]
        watch.rest(1.0)
        watch.take()
        return _talk(pages, watch) | _journal(pages, watch)


def _talk(pages: PagesView, watch: EventLoopWatch) -> dict[str, Any]:
    page: Any = None

    def open_page() -> None:
        nonlocal page
        page = pages.show_page("talk")

    watch.note(open_page)
    if not isinstance(page, TalkPage):
        raise TypeError
    watch.until(lambda: not page.presenter.is_opening, "talk")
    watch.rest(1.0)
    figures: dict[str, Any] = {
        "messages": len(page.presenter.messages.messages()),
        "talk_opening": watch.take().as_dict(),
    }
    figures["talk_typing"] = _typing(page.composer.editor, watch).as_dict()
    page.composer.put("")
    watch.rest(0.5)
    watch.take()
    for _ in range(REPLIES):
        page.presenter.send("This evening was long again.")
        watch.until(lambda: not page.presenter.is_busy, "reply")
    figures["streaming"] = watch.take().as_dict()
    for _ in range(20):
        watch.note(page.view.viewport().repaint)
    figures["talk_paint"] = watch.take().as_dict()
    page.presenter.send("And this one, too.")
    watch.rest(0.5)
    watch.take()
    figures["typing_while_streaming"] = _typing(page.composer.editor, watch).as_dict()
    watch.until(lambda: not page.presenter.is_busy, "reply")
    page.composer.put("")
    return figures


def _journal(pages: PagesView, watch: EventLoopWatch) -> dict[str, Any]:
    page = pages.show_page("journal")
    if not isinstance(page, JournalPage):
        raise TypeError
    model = page.entries.list.rows_model
    watch.until(lambda: model.rowCount() > 0, "journal")
    watch.rest(0.5)
    watch.take()
    page.open_entry(1)
    watch.until(lambda: len(page.editor.editor.toPlainText()) > 0, "page")
    watch.rest(1.0)
    figures: dict[str, Any] = {
        "journal_words": len(page.editor.editor.toPlainText().split()),
        "journal_opening": watch.take().as_dict(),
    }
    figures["journal_typing"] = _typing(page.editor.editor, watch).as_dict()
    watch.rest(3.0)  # it is heard and stored meanwhile
    figures["journal_after_typing"] = watch.take().as_dict()
    return figures


def _typing(editor: Any, watch: EventLoopWatch) -> Blocks:
    """Each key with the painting it leads to; turns between two keys are left out."""
    editor.setFocus()
    watch.rest(0.3)
    noted = EventLoopWatch(watch.app)
    text = "and then I walked home along the river, slowly. "
    for count in range(KEYS):
        letter = text[count % len(text)]
        noted.note(lambda letter=letter: type_into(editor, letter))  # type: ignore[misc]
        watch.rest(0.02)
    watch.take()
    return noted.take()
