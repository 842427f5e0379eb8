"""A suggestion: one thing that may help, with the person's own words or numbers as the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from psylite_desktop.domain.exercise import Badge


class ItemKind(StrEnum):
    """What can be suggested."""

    EXERCISE = "exercise"
    ARTICLE = "article"
    SCALE = "scale"
    PLAN = "plan"
    HELP = "help"
    TALK = "talk"
    CHECK_IN = "check_in"
    JOURNAL = "journal"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing; `id` is empty where there is only one of its kind."""

    kind: ItemKind
    id: str = ""

    @property
    def key(self) -> str:
        """How it is written in content files and stored."""
        return f"{self.kind}:{self.id}" if self.id else str(self.kind)

    @classmethod
    def of(cls, key: str) -> Item:
        """Read a key. Raises ValueError."""
        kind, _, item_id = key.partition(":")
        return cls(ItemKind(kind), item_id)


class SourceKind(StrEnum):
    """Where something was said."""

    CHECK_IN = "check_in"
    MESSAGE = "message"
    ENTRY = "entry"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Source:
    """The place a reason comes from, to go and look.

    `id`: of the check-in, the conversation, the journal entry, or the run. `words` are the
    person's own, letter by letter; empty where nothing may be quoted. `day` is local, YYYY-MM-DD;
    `target` is the id of the exercise of a run.
    """

    kind: SourceKind
    id: int
    day: str
    words: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """An item with what it is called."""

    item: Item
    title: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion in one language. `rule` is the reason's id, `offer` the stored offer's.

    `about` names the reason in a few words; `minutes` is 0 where that is not known.
    """

    rule: str
    about: str
    item: Item
    title: str
    because: str
    helps: str
    badge: Badge
    others: tuple[Named, ...]
    source: Source | None = None
    minutes: int = 0
    offer: int = 0


class NoReason(StrEnum):
    """Why nothing is suggested."""

    REST = "rest"  # the person said "not now" within a day
    DONE_TODAY = "done_today"  # today's suggestion was taken up
    AFTER_DANGER = "after_danger"  # something grave within seven days; plan and help were offered
    NO_WORDS = "no_words"  # no check-in, message or entry in two weeks
    NOTHING = "nothing"  # nothing stands out
    TOLD_LATELY = "told_lately"  # what fits was offered within seven days
    TURNED_OFF = "turned_off"  # what fits was turned off by the person


@dataclass(frozen=True, slots=True)
class NoSuggestion:
    """Nothing now, and why."""

    reason: NoReason


class Answer(StrEnum):
    """What the person said to a suggestion."""

    NOT_NOW = "not_now"  # quiet for a day; no subject
    NOT_THIS = "not_this"  # never this item; the subject is its key
    NOT_FOR_THIS = "not_for_this"  # never for this reason; the subject is the rule's id


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer and what it is about; `at` in UTC seconds."""

    answer: Answer
    subject: str
    at: float


class Place(StrEnum):
    """Where something was offered."""

    HOME = "home"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class Offer:
    """What is kept of an offer; times in UTC seconds. `item` is a key."""

    rule: str
    item: str
    at: float
    place: Place
    opened_at: float | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class ThemeSaid:
    """A theme that the mirror found in one journal entry, with the words it stands on."""

    theme: str
    entry_id: int
    at: float
    day: str
    words: str


class ThemesSource(Protocol):
    """What the mirror knows of journal entries that are not locked."""

    def themes(self, since: float) -> Sequence[ThemeSaid]:
        """Themes of entries written at or after a time (UTC seconds). Raises VaultError."""
        ...
