"""When humor is welcome: the gate before any piece of crosstalk.

Source: design note "Safety", section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path

from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.content.humor import SOUNDED, HumorWords
from psylite_desktop.content.words import count_words
from psylite_desktop.domain.aside import AsideRating, Why
from psylite_desktop.domain.ports import ConversationStore
from psylite_desktop.domain.risk import Assessment, Level, RiskState
from psylite_desktop.domain.stores import AsideStore
from psylite_desktop.safety.lightness import LightnessClassifier
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
    """Whether risk, past week and hard blocks leave room for humor; `now` is lived time."""
    if assessment.level > Level.NONE or state.level > Level.NONE or assessment.humor_blocked:
        return False
    return state.raised_at is None or now - state.raised_at > QUIET_S


class Bar(IntEnum):
    """How firmly a message forbids humor; what is loose, a model that is sure may overrule."""

    NONE = 0
    LOOSE = 1
    FIRM = 2


def bar_of(
    text: str,
    lang: str,
    words: HumorWords,
    situations: GuidedReplies,
    look: Callable[[str], Assessment],
) -> Bar:
    """What the words of a message, its situations and the rules forbid."""

    def bars(said: str) -> bool:
        return words.blocks(said, situations.situations(lang, said), lang) or (
            look(said).humor_blocked
        )

    if not bars(text):
        return Bar.NONE
    return Bar.FIRM if bars(words.without_loose(text, lang)) else Bar.LOOSE


@dataclass(frozen=True, slots=True)
class HumorSigns:
    """What finds signs: patterns, and where they find none a model of the whole wording.

    Without `lightness` the patterns stand alone.
    """

    words: HumorWords
    lightness: LightnessClassifier | None = None

    @classmethod
    def load(cls, assets_dir: Path, model_dir: Path) -> HumorSigns:
        """Read the patterns, and the model if it is whole. Raises InputError("content_invalid")."""
        return cls(HumorWords.load(assets_dir), LightnessClassifier.if_whole(model_dir))

    def sign(self, texts: Sequence[str], lang: str) -> Why | None:
        """The sign in the newest of the person's texts that something light is welcome.

        It is certain only where the text is nothing but a plain wish and nothing was told before.
        What the model alone hears is never certain; where it is sure of the contrary, a sign that
        is not certain is no sign.
        """
        why = self.words.sign(texts[-1], lang)
        if why is None:
            is_light = self.lightness is not None and self.lightness.welcomes(texts, lang)
            return Why(SOUNDED) if is_light else None
        told = any(count_words(text) >= TOLD[lang] for text in texts[-1 - LOOKED_BACK : -1])
        why = replace(why, certain=why.certain and not told)
        if why.certain or self.lightness is None or not self.lightness.doubts(texts, lang):
            return why
        return None

    def is_sure(self, texts: Sequence[str], lang: str) -> bool:
        """Whether the whole sounds so light that words which alone prove nothing do not count."""
        return self.lightness is not None and self.lightness.is_sure(texts, lang)


class HumorGate:
    """Opens at most once a session, for one profile."""

    def __init__(
        self,
        *,
        signs: HumorSigns,
        situations: GuidedReplies,
        conversations: ConversationStore,
        asides: AsideStore,
        is_on: Callable[[], bool],
        look: Callable[[str], Assessment],
        clock: Clock,
    ) -> None:
        """`is_on` reads the person's switch; `look` assesses a text without moving anything."""
        self._signs = signs
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
        why = None if self._is_spent else self._signs.sign(texts, lang)
        if why is None:
            return None
        # What bars in the newest text is judged with the others; any other reason stands.
        own = assessment.humor_blocked and not self._look(texts[-1]).humor_blocked
        newest = replace(assessment, humor_blocked=own)
        if not is_welcome(newest, state, now=self._clock.lived()):
            return None
        bar = max(self._bar(text, lang) for text in texts[-1 - LOOKED_BACK :])
        if bar is Bar.LOOSE and self._signs.is_sure(texts, lang):
            why = replace(why, certain=False)
        elif bar is not Bar.NONE:
            return None
        if not self._is_on() or len(self._conversations.conversations(limit=2)) < 2:
            return None
        recent = self._asides.since(self._clock.now() - NOT_AGAIN_S)
        if any(shown.rating is AsideRating.NOT_FUNNY for shown in recent):
            return None
        return why

    def _bar(self, text: str, lang: str) -> Bar:
        return bar_of(text, lang, self._signs.words, self._situations, self._look)

    def spend(self) -> None:
        """A piece is shown: that was the one of this session."""
        self._is_spent = True
