"""Crosstalk, only where it is welcome: one vetted piece, whole or not at all.

Source: design note "Safety", section 4. In this version the positive sign is an explicit wish;
joking along and relief come with the composer.
"""

from __future__ import annotations

from collections.abc import Callable

from psylite_desktop.content.humor import HumorWords
from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.passage import Passage
from psylite_desktop.domain.ports import ConversationStore, PassageIndex
from psylite_desktop.domain.risk import Assessment, Level, RiskState
from psylite_desktop.services.clock import Clock

CORPUS = "crosstalk"
QUIET_S = 7 * 24 * 3600.0
"""No humor for this long after the last sign of risk, in seconds."""


def is_welcome(assessment: Assessment, state: RiskState, *, now: float) -> bool:
    """Whether risk, past week and hard blocks leave room for humor; `now` in UTC seconds."""
    if assessment.level > Level.NONE or state.level > Level.NONE or assessment.humor_blocked:
        return False
    return state.raised_at is None or now - state.raised_at > QUIET_S


class Humor:
    """Finds a piece for somebody who asks for one."""

    def __init__(
        self,
        *,
        words: HumorWords,
        index: PassageIndex,
        store: ConversationStore,
        is_on: Callable[[], bool],
        clock: Clock,
    ) -> None:
        """`is_on` reads the person's switch."""
        self._words = words
        self._index = index
        self._store = store
        self._is_on = is_on
        self._clock = clock
        self._shown = False

    def piece(
        self, text: str, assessment: Assessment, state: RiskState, *, lang: str
    ) -> Passage | None:
        """A piece to show now, or None. At most one a session, and none in the first one.

        Raises VaultError where settings or conversations cannot be read.
        """
        if self._shown or not self._words.asks(text, lang):
            return None
        if not is_welcome(assessment, state, now=self._clock.now()) or not self._is_on():
            return None
        if len(self._store.conversations(limit=2)) < 2:
            return None
        try:
            found = self._index.search(CORPUS, text, lang=lang, limit=1) or self._index.search(
                CORPUS, self._words.query(lang), lang=lang, limit=1
            )
        except EngineError:
            return None
        self._shown = bool(found)
        return found[0].passage if found else None
