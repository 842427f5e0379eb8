"""One reply in the making: what is asked, what is known about it, what has been shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from psylite_desktop.domain.aside import Aside
from psylite_desktop.domain.chat_events import PassageUse, Timings
from psylite_desktop.domain.conversation import Message, Mode, Role, Route
from psylite_desktop.domain.passage import Near
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.suggestion import Suggestion
from psylite_desktop.domain.talk import Move, Stage


@dataclass(slots=True)
class Draft:
    """A reply in the making, and what is known about how it was made."""

    request_id: int
    history: list[Message]
    """All messages up to and including the newest one of the person."""
    lang: str
    route: Route
    level: Level
    started: float
    is_felt: bool = False
    """Whether models alone felt the worry: mostly a mistake, so replies stay as they are."""
    move: Move = Move.TELL
    stage: Stage = Stage.EXPLORE
    tags: tuple[str, ...] = ()
    """Situations that are known beside the words."""
    aside: Aside | None = None
    suggestion: Suggestion | None = None
    rests_on: str = ""
    """Words of the person's that the route, or a written reply, goes by."""
    memories: tuple[str, ...] = ()
    """Notes from earlier talks that stand beside the newest message."""
    sentences: list[str] = field(default_factory=list)
    thought: str = ""
    """The beginning of a sentence that is being thought; the others are gone."""
    is_thinking: bool = False
    mode: Mode = Mode.WRITTEN
    complete: bool = True
    note: str = ""
    why: list[str] = field(default_factory=list)
    passages: tuple[PassageUse, ...] = ()
    near: Near = field(default_factory=Near)
    timings: Timings = field(default_factory=Timings)

    @property
    def user(self) -> Message:
        """The message to answer."""
        return self.history[-1]

    @property
    def texts(self) -> list[str]:
        """What the person wrote in this conversation, oldest first."""
        return [m.text for m in self.history if m.role is Role.USER]

    @property
    def shown(self) -> list[str]:
        """Earlier replies, oldest first: nothing is said twice."""
        return [m.text for m in self.history if m.role is Role.ASSISTANT and m.text]

    @property
    def text(self) -> str:
        """What has been shown so far."""
        return joined(self.sentences)


def joined(sentences: Sequence[str]) -> str:
    """Join sentences: a space between Latin ones, none between Chinese ones."""
    text = ""
    for sentence in sentences:
        part = sentence.strip()
        latin = bool(text) and text[-1].isascii() and part[:1].isascii()
        text += f" {part}" if latin else part
    return text
