"""What shipped passages lie near a message, and near the talk as a whole."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from psylite_desktop.content.moments import CORPUS as MOMENTS
from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.passage import Found, Near
from psylite_desktop.domain.ports import PassageIndex
from psylite_desktop.services.passage_use import used
from psylite_desktop.services.prompt_window import CHARACTERS_A_TURN
from psylite_desktop.services.prompting import shortened
from psylite_desktop.services.reply_draft import Draft

SITUATIONS = "techniques"
CANDIDATES = 5
"""Moments among which one that patterns hear is believed."""

TOGETHER = 4
"""Messages that together say what a talk is about: the first one and the last ones."""
CHARACTERS_TOGETHER = 600
"""Of each of them."""

Cancelled = Callable[[], bool]


class Nearby:
    """Looks for passages and notes them in a draft."""

    def __init__(self, index: PassageIndex) -> None:
        """Use `index`."""
        self._index = index

    def message(self, draft: Draft, cancelled: Cancelled) -> str:
        """Find the techniques near the newest message; returns an error's code where none can be.

        They count as used: a model is told of them, and a written reply goes by them.
        """
        try:
            found = self._search(SITUATIONS, _newest(draft), draft, cancelled)
        except EngineError as error:
            return error.code
        draft.near = Near(message=tuple(found))
        draft.passages = tuple(used(one) for one in found)
        return ""

    def rest(self, draft: Draft, cancelled: Cancelled) -> None:
        """Find moments near the newest message, and what lies near the talk as a whole.

        Where nothing can be found replies go on by words and by what was found before.
        """
        with suppress(EngineError):
            near = self._search(MOMENTS, _newest(draft), draft, cancelled, limit=CANDIDATES)
            draft.near = replace(draft.near, moments=tuple(near))
            if len(draft.texts) > 1:
                found = self._search(SITUATIONS, _together(draft), draft, cancelled)
                draft.near = replace(draft.near, talk=tuple(found))

    def _search(
        self, corpus: str, query: str, draft: Draft, cancelled: Cancelled, *, limit: int = 3
    ) -> list[Found]:
        found = self._index.search(corpus, query, lang=draft.lang, limit=limit, cancelled=cancelled)
        return list(found)


def _newest(draft: Draft) -> str:
    return shortened(draft.user.text, CHARACTERS_A_TURN)


def _together(draft: Draft) -> str:
    texts = draft.texts
    said = texts if len(texts) <= TOGETHER else [texts[0], *texts[1 - TOGETHER :]]
    return " ".join(shortened(text, CHARACTERS_TOGETHER) for text in said)
