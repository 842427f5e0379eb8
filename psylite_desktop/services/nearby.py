"""What shipped passages lie near a message: the situation, the talk as a whole, the moment told."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from psylite_desktop.domain.chat_events import PassageUse
from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.passage import Found, Near
from psylite_desktop.domain.ports import PassageIndex
from psylite_desktop.services.prompt_window import CHARACTERS_A_TURN
from psylite_desktop.services.prompting import shortened
from psylite_desktop.services.reply_draft import Draft

SITUATIONS = "techniques"
MOMENTS = "moments"

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

    def situation(self, draft: Draft, cancelled: Cancelled) -> str:
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
        """Find the moments that the newest message tells, and what lies near the talk as a whole.

        What cannot be found is left out: replies go on by words and by what was found before.
        """
        with suppress(EngineError):
            moments = self._search(MOMENTS, _newest(draft), draft, cancelled)
            draft.near = replace(draft.near, moments=tuple(moments))
            if len(draft.texts) > 1:
                talk = self._search(SITUATIONS, _together(draft), draft, cancelled)
                draft.near = replace(draft.near, talk=tuple(talk))

    def _search(self, corpus: str, query: str, draft: Draft, cancelled: Cancelled) -> list[Found]:
        return list(self._index.search(corpus, query, lang=draft.lang, cancelled=cancelled))


def _newest(draft: Draft) -> str:
    return shortened(draft.user.text, CHARACTERS_A_TURN)


def _together(draft: Draft) -> str:
    texts = draft.texts
    said = texts if len(texts) <= TOGETHER else [texts[0], *texts[1 - TOGETHER :]]
    return " ".join(shortened(text, CHARACTERS_TOGETHER) for text in said)


def used(found: Found) -> PassageUse:
    """What a turn keeps of a passage."""
    passage = found.passage
    return PassageUse(
        passage.corpus,
        passage.id,
        round(found.score, 3),
        passage.title,
        passage.badge,
        passage.source,
    )
