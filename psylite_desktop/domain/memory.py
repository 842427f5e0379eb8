"""What is remembered between talks: short notes that the person has agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_NOTES = 2_000
"""Beyond this the oldest that are not pinned go first."""
LONGEST_NOTE = 300
"""Characters of one note."""
DAY_S = 86_400.0
KEPT_S = 90 * DAY_S
"""Seconds until a note that is not pinned goes by itself."""


class Topic(StrEnum):
    """What a note is about."""

    WISH = "wish"
    PLAN = "plan"
    LIKING = "liking"
    HELP = "help"
    LIFE = "life"
    OWN = "own"  # written by hand


@dataclass(frozen=True, slots=True)
class MemoryNote:
    """One thing that is remembered.

    `id` is 0 until stored. `message_id` is the message it was taken from, None where it was
    written by hand or the message is gone. Times are UTC seconds; `expires_at` None never ends,
    and a pinned note outlives its end.
    """

    text: str
    topic: Topic = Topic.OWN
    lang: str = "zh"
    id: int = 0
    message_id: int | None = None
    created_at: float = 0.0
    expires_at: float | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A note that could be kept, if the person says yes."""

    text: str
    topic: Topic
    lang: str
    message_id: int
