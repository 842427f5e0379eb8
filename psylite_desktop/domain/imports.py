"""What a file would bring into the vault, before anything of it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.conversation import Message
from psylite_desktop.domain.exercise import ExerciseRun
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.memory import MemoryNote
from psylite_desktop.domain.safety_plan import PlanEntry
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.domain.versions import OtherVersion


@dataclass(frozen=True, slots=True)
class BroughtTalk:
    """A conversation with what was kept at its end (`lines` empty where nothing was).

    With `others`, what is not shown of it, messages have the numbers that these refer to as ids.
    """

    title: str
    messages: tuple[Message, ...]
    lines: tuple[str, ...] = ()
    next_step: str = ""
    ended_at: float = 0.0
    others: tuple[OtherVersion, ...] = ()


Brought = CheckIn | JournalEntry | ScaleRun | ExerciseRun | MemoryNote | PlanEntry | BroughtTalk


@dataclass(frozen=True, slots=True)
class Found:
    """One thing of a file. `number` is its line, or its place in its section from 1 on.

    `mood_name` names a mood that the person has to place; `value` then holds a middle one.
    """

    section: str
    number: int
    value: Brought
    mood_name: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """One thing that stays outside.

    `reason`: unreadable, day, time, mood, mood_open, cut (it comes, but its note is shortened),
    unknown, unfinished, ended, risk, exists, twice, filled, full, no_talk, section.
    """

    section: str
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class MoodName:
    """A mood as a file names it; `mood` 1 to 5, 0 where nobody knows, and -1 to leave it out."""

    name: str
    count: int
    mood: int


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was read, without a look at the vault. `kind`: own or daylio."""

    kind: str
    found: tuple[Found, ...]
    skipped: tuple[Skipped, ...] = ()
    moods: tuple[MoodName, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What would be added and what would not."""

    added: tuple[Found, ...]
    skipped: tuple[Skipped, ...]

    def counts(self) -> dict[str, int]:
        """How much would be added, by section."""
        found: dict[str, int] = {}
        for one in self.added:
            found[one.section] = found.get(one.section, 0) + 1
        return found


@dataclass(frozen=True, slots=True)
class ImportStep:
    """How far an import has come.

    `heavy`: texts of the last days in which danger was heard; `has_heavy`: any such text.
    """

    done: int
    total: int
    finished: bool = False
    heavy: tuple[str, ...] = field(default=())
    has_heavy: bool = False


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many things of an import went, and which conversations among them."""

    count: int
    conversations: tuple[int, ...] = ()
