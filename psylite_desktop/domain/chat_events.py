"""What happens while a reply is made, as typed events in order.

A turn is: `Assessed`, `Routed`, any number of `Progressed`, `Thought`, `Wrote` and
`Replaced`, then exactly one of `Finished` or `Failed`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from psylite_desktop.domain.aside import Aside
    from psylite_desktop.domain.conversation import Message, Mode, Route
    from psylite_desktop.domain.risk import Assessment, RiskState
    from psylite_desktop.domain.suggestion import Suggestion


class Phase(StrEnum):
    """What the app is doing right now, so that a wait is honest."""

    LOADING = "loading"  # the model is being loaded
    SEARCHING = "searching"  # looking for a passage
    READING = "reading"  # evaluating the prompt
    THINKING = "thinking"  # the model thinks aloud; nothing of it is kept
    WRITING = "writing"  # generating


@dataclass(frozen=True, slots=True)
class Timings:
    """Measured figures of one turn; seconds and token counts."""

    first_token_s: float | None = None
    total_s: float = 0.0
    prompt_tokens_evaluated: int = 0
    reply_tokens: int = 0


@dataclass(frozen=True, slots=True)
class PassageUse:
    """A passage that was found for a turn: corpus, id, score (0-1), and what it is called."""

    corpus: str
    id: str
    score: float
    title: str = ""
    badge: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Assessed:
    """The person's text was assessed; `state` is the conversation's state after it."""

    request_id: int
    assessment: Assessment
    state: RiskState


@dataclass(frozen=True, slots=True)
class Routed:
    """The turn's route was decided; `card` says whether the crisis card must be in view."""

    request_id: int
    route: Route
    card: bool
    user_message: Message


@dataclass(frozen=True, slots=True)
class Progressed:
    """A new phase began; `fraction` is 0-1 where it is known."""

    request_id: int
    phase: Phase
    fraction: float | None = None


@dataclass(frozen=True, slots=True)
class Wrote:
    """A sentence passed the guard and may be shown."""

    request_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Thought:
    """A sentence that the model thought before its reply; for looking at, never kept."""

    request_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """What was shown so far gives way to this text (the guard or the drift check stepped in)."""

    request_id: int
    text: str
    mode: Mode


@dataclass(frozen=True, slots=True)
class Finished:
    """The reply is complete (or was stopped: `reply.complete` is false) and saved."""

    request_id: int
    reply: Message
    route: Route
    timings: Timings = field(default_factory=Timings)
    passages: tuple[PassageUse, ...] = ()
    aside: Aside | None = None
    """What is offered beside the reply."""
    why: str = ""
    """Codes of what decided the turn, separated by spaces (rule ids, guard codes)."""
    rests_on: str = ""
    """Words of the person's that the route, or a reply written beforehand, goes by."""
    memories: tuple[str, ...] = ()
    """Notes that the model had beside the newest message."""
    suggestion: Suggestion | None = None
    """An exercise that may help with what was said."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The turn ended without a reply; `code` is one of `domain.errors`. Nothing typed is lost."""

    request_id: int
    code: str


ChatEvent = Assessed | Routed | Progressed | Thought | Wrote | Replaced | Finished | Failed


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One thing asked of the chat service.

    `text` is the person's message; `regenerate` asks for another reply to the newest message
    (then `text` is empty); `replaces` is the id of a user message that this text edits: it and
    everything after it are dropped.
    """

    request_id: int
    conversation_id: int
    text: str = ""
    regenerate: bool = False
    replaces: int | None = None
