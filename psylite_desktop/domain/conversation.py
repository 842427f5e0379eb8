"""Conversations and their messages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who wrote a message."""

    USER = "user"
    ASSISTANT = "assistant"


class Mode(StrEnum):
    """What made a reply: the window says so under each one."""

    MODEL = "model"  # an imported or comfortable model
    PRACTICE = "practice"  # psylite-nano, the small practice model
    WRITTEN = "written"  # a sentence written beforehand
    CRISIS = "crisis"  # a vetted crisis template


class Route(StrEnum):
    """What kind of turn this is (design note "Architecture", section 6)."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    WATCH = "watch"
    HARMFUL = "harmful"
    PRIVACY = "privacy"
    CLINICAL = "clinical"
    JAILBREAK = "jailbreak"
    SMALLTALK = "smalltalk"
    JOY = "joy"
    EXPLORE = "explore"
    INSIGHT = "insight"
    ACTION = "action"
    EXERCISE = "exercise"
    GOODBYE = "goodbye"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of one side.

    `id` is 0 until stored. `note` is the technique passage that stood in the prompt beside a
    user's text; it is kept verbatim so that the cached prefix of the model stays valid.
    `level` is the risk level found in a user's text. `created_at`: UTC seconds.
    `complete` is false for a reply that was stopped or cut off by a crash.
    """

    role: Role
    text: str
    id: int = 0
    created_at: float = 0.0
    level: int = 0
    note: str = ""
    mode: Mode = Mode.WRITTEN
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as lists show it; `title` is empty until there is something to name it by."""

    id: int
    title: str
    started_at: float
    updated_at: float
    message_count: int = 0


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One message found by full-text search; `snippet` marks hits with U+E000 and U+E001.

    `title` is that of its conversation.
    """

    conversation_id: int
    message_id: int
    created_at: float
    snippet: str
    title: str = ""
