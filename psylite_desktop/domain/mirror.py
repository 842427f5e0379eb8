"""What the Mirror reads out of a person's own entry; every claim stands on exact words of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Theme(StrEnum):
    """What an entry is about."""

    STUDY = "study"
    WORK = "work"
    FAMILY = "family"
    FRIENDS = "friends"
    ROMANCE = "romance"
    SLEEP = "sleep"
    BODY = "body"
    MONEY = "money"
    SELF_WORTH = "self_worth"
    LONELINESS = "loneliness"
    FUTURE = "future"
    GRIEF = "grief"
    ANGER = "anger"
    JOY = "joy"
    GRATITUDE = "gratitude"
    CONFLICT = "conflict"
    ACHIEVEMENT = "achievement"
    CHANGE = "change"


class Distortion(StrEnum):
    """Habits of thought as cognitive therapy names them (Burns 1980)."""

    ALL_OR_NOTHING = "all_or_nothing"
    OVERGENERALISING = "overgeneralising"
    MENTAL_FILTER = "mental_filter"
    DISCOUNTING_POSITIVE = "discounting_positive"
    MIND_READING = "mind_reading"
    FORTUNE_TELLING = "fortune_telling"
    CATASTROPHISING = "catastrophising"
    EMOTIONAL_REASONING = "emotional_reasoning"
    SHOULD_STATEMENTS = "should_statements"
    LABELLING = "labelling"
    PERSONALISING = "personalising"
    BLAMING = "blaming"


class ClaimKind(StrEnum):
    """What a claim is about; a correction names it."""

    THEME = "theme"
    TONE = "tone"
    DISTORTION = "distortion"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of an entry as they stand there: `text` is the entry from `start` to `end`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ThemeFound:
    """A theme and the sentences that speak of it, the most telling first."""

    theme: Theme
    quotes: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class DistortionFound:
    """A sentence that may show a habit of thought; offsets into the entry."""

    kind: Distortion
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Repeated:
    """A thought that comes again: where it stands in this entry, and in how many earlier ones."""

    quotes: tuple[Excerpt, ...]
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class Mirror:
    """Everything that was read out of one entry.

    `tone` runs from -2 (very heavy) to 2 (very glad); `tone_quotes` are the sentences that carry
    it, none where it is plain.
    """

    themes: tuple[ThemeFound, ...] = ()
    tone: int = 0
    tone_quotes: tuple[Excerpt, ...] = ()
    distortions: tuple[DistortionFound, ...] = ()
    repeated: tuple[Repeated, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be said but that the tone is plain."""
        return not (self.themes or self.tone_quotes or self.distortions or self.repeated)


@dataclass(frozen=True, slots=True)
class MirrorCorrection:
    """A claim that the person took back: this kind with this phrase is not claimed again.

    `label` is the theme, the habit or the tone, "" where the kind needs none. `entry_id` is the
    entry it was said about, 0 where that is not stored. `at`: UTC seconds.
    """

    kind: ClaimKind
    label: str
    quote: str
    at: float = 0.0
    entry_id: int = 0
