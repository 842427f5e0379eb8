"""When humor is welcome: the gate before any piece of crosstalk.

Source: design note "Safety", section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.content.humor import HumorWords
from psylite_desktop.content.words import count_words
from psylite_desktop.domain.aside import AsideRating, Why
from psylite_desktop.domain.ports import ConversationStore
from psylite_desktop.domain.risk import Assessment, Level, RiskState
from psylite_desktop.domain.stores import AsideStore
from psylite_desktop.services.clock import Clock

DAY_S = 24 * 3600.0
QUIET_S = 7 * DAY_S
"""No humor for this long after the last sign of risk, in seconds."""
NOT_AGAIN_S = 30 * DAY_S
"""What was shown does not come back, and "not funny" holds, for this long."""
TOLD = {"zh": 8, "en": 5}
"""Characters or words with which an earlier message tells something; then a piece is offered."""
LOOKED_BACK = 8
"""Earlier messages of the conversation in which a block still counts."""


def is_welcome(assessment: Assessment, state: RiskState, *, now: float) -> bool:
    """Whether risk, past week and hard blocks leave room for humor; `now` in UTC seconds."""
    if assessment.level > Level.NONE or state.level > Level.NONE or assessment.humor_blocked:
        return False
    return state.raised_at is None or now - state.raised_at > QUIET_S


class HumorGate:
    """Opens at most once a session, for one profile."""

    def __init__(
        self,
        *,
        words: HumorWords,
        situations: GuidedReplies,
        conversations: ConversationStore,
        asides: AsideStore,
        is_on: Callable[[], bool],
        look: Callable[[str], Assessment],
        clock: Clock,
    ) -> None:
        """`is_on` reads the person's switch; `look` assesses a text without moving anything."""
        self._words = words
        self._situations = situations
        self._conversations = conversations
        self._asides = asides
        self._is_on = is_on
        self._look = look
        self._clock = clock
        self._is_spent = False

    def sign(
        self, texts: Sequence[str], assessment: Assessment, state: RiskState, *, lang: str
    ) -> Why | None:
        """The sign in the newest of the person's texts that humor is welcome, if nothing bars it.

        Raises VaultError where settings or conversations cannot be read.
        """
        why = None if self._is_spent else self._words.sign(texts[-1], lang)
        if why is None or not is_welcome(assessment, state, now=self._clock.now()):
            return None
        if any(self._forbids(text, lang) for text in texts[-1 - LOOKED_BACK :]):
            return None
        if not self._is_on() or len(self._conversations.conversations(limit=2)) < 2:
            return None
        recent = self._asides.since(self._clock.now() - NOT_AGAIN_S)
        if any(shown.rating is AsideRating.NOT_FUNNY for shown in recent):
            return None
        told = any(count_words(text) >= TOLD[lang] for text in texts[-1 - LOOKED_BACK : -1])
        return replace(why, certain=why.certain and not told)

    def _forbids(self, text: str, lang: str) -> bool:
        situations = self._situations.situations(lang, text)
        return self._words.blocks(text, situations, lang) or self._look(text).humor_blocked

    def spend(self) -> None:
        """A piece is shown: that was the one of this session."""
        self._is_spent = True
