"""What a person says about a reading of their words: that it was wrong, or not about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from psylite_desktop.domain.risk import Kind, Level


class Verdict(StrEnum):
    """The two ways to correct a reading."""

    MISREAD = "misread"
    NOT_ABOUT_ME = "not_about_me"


class Layer(StrEnum):
    """Which layer of the safety ladder read the words."""

    RULES = "rules"
    LINEAR = "linear"
    MEANING = "meaning"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a message, exactly as they were written, and the layer that went by them."""

    text: str
    layer: Layer


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction as it is kept: which rules spoke, never which words.

    `level` and `kind` are what was shown, `rules` the ids of the evidence. `message_id` is None
    where the message is not stored; with the message goes the correction. `at`: UTC seconds.
    """

    verdict: Verdict
    level: Level
    kind: Kind
    rules: tuple[str, ...] = ()
    message_id: int | None = None
    at: float = 0.0
