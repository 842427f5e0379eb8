"""Finds a piece of crosstalk near what somebody said: one vetted piece, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.content.humor import HumorWords
from psylite_desktop.domain.aside import Aside, AsideKind, Why
from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.ports import PassageIndex
from psylite_desktop.domain.stores import AsideStore
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.humor import NOT_AGAIN_S

CHOICE = 8
"""Pieces that are looked at for one that fits."""
LISTENED_BACK = 3
"""Messages whose situations a piece must not meet."""


class Crosstalk:
    """The pieces, for one profile."""

    def __init__(
        self,
        *,
        words: HumorWords,
        situations: GuidedReplies,
        index: PassageIndex,
        asides: AsideStore,
        clock: Clock,
    ) -> None:
        self._words = words
        self._situations = situations
        self._index = index
        self._asides = asides
        self._clock = clock

    def piece(self, texts: Sequence[str], why: Why, *, lang: str) -> Aside | None:
        """A piece for that sign that was not shown lately and meets no situation it must not.

        Where nothing is near their words, one of general use. Raises VaultError.
        """
        since = self._clock.now() - NOT_AGAIN_S
        recent = {shown.passage_id for shown in self._asides.since(since)}
        situations = {
            tag
            for text in texts[-LISTENED_BACK:]
            for tag in self._situations.situations(lang, text)
        }
        try:
            for query in (texts[-1], self._words.query(lang)):
                found = self._index.search(AsideKind.CROSSTALK, query, lang=lang, limit=CHOICE)
                for passage in (one.passage for one in found):
                    if passage.id in recent:
                        continue
                    if not self._words.is_taboo(passage.taboo, situations, lang):
                        return Aside(AsideKind.CROSSTALK, passage, why)
        except EngineError:
            return None
        return None
