"""What a search over everything finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FoundKind(StrEnum):
    """Where words were found, in the order in which it is shown."""

    TITLE = "title"  # of a conversation
    MESSAGE = "message"
    ENTRY = "entry"  # a page of the journal
    CHECK_IN = "check_in"
    RUN = "run"  # an exercise
    NOTE = "note"  # what is remembered


@dataclass(frozen=True, slots=True)
class FoundText:
    """One place that holds the words.

    `id`: of the conversation, the page, the check-in, the run or the note. `day` is local
    (YYYY-MM-DD), empty where `at` (UTC seconds) says enough. `name` is the title of a
    conversation or page, or the id of an exercise (its title with the id in `target`, once it has
    been named). `message_id` is that of a message. `snippet` marks hits with U+E000 and U+E001.
    """

    kind: FoundKind
    id: int
    at: float
    snippet: str
    name: str = ""
    day: str = ""
    message_id: int = 0
    target: str = ""


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """What was found in one kind of place; `more` says that there is more than this."""

    kind: FoundKind
    found: tuple[FoundText, ...]
    more: bool = False
