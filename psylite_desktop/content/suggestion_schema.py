"""Shape of the suggestion files, checked by msgspec.

A condition names what must be known; `SLOTS` are the numbers and words it gives to a reason.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from psylite_desktop.content.crisis import About
from psylite_desktop.content.schema import Id, Sentence
from psylite_desktop.domain.exercise import Badge

_Count = Annotated[int, msgspec.Meta(ge=1, le=30)]
_Days = Annotated[int, msgspec.Meta(ge=1, le=14)]
_Back = Annotated[int, msgspec.Meta(ge=2, le=120)]
_Hour = Annotated[int, msgspec.Meta(ge=0, le=24)]
_Mood = Annotated[int, msgspec.Meta(ge=1, le=5)]
ItemKey = Annotated[str, msgspec.Meta(pattern=r"^[a-z_]+(:[a-z][a-z0-9_-]*)?$", max_length=60)]


class _Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="is"):
    """Something that must hold."""

    SLOTS: ClassVar[tuple[str, ...]] = ()


class Feelings(_Condition, frozen=True, tag="feelings", kw_only=True):
    """One of these feelings was ticked in at least so many check-ins of the last days."""

    SLOTS: ClassVar[tuple[str, ...]] = ("count", "days", "words")

    found: Annotated[tuple[Id, ...], msgspec.Meta(min_length=1)] = msgspec.field(name="any")
    at_least: _Count = 2
    days: _Days = 7


class Tags(_Condition, frozen=True, tag="tags", kw_only=True):
    """One of these default tags stood on at least so many check-ins with such moods."""

    SLOTS: ClassVar[tuple[str, ...]] = ("count", "days", "words")

    found: Annotated[tuple[Id, ...], msgspec.Meta(min_length=1)] = msgspec.field(name="any")
    at_least: _Count = 2
    days: _Days = 7
    lowest: _Mood = 1
    highest: _Mood = 5


class Moods(_Condition, frozen=True, tag="moods", kw_only=True):
    """On at least so many of the last days the mean of the check-ins lay within these bounds."""

    SLOTS: ClassVar[tuple[str, ...]] = ("count", "days")

    at_least: _Count = 3
    days: _Days = 7
    lowest: _Mood = 1
    highest: _Mood = 5


class Topics(_Condition, frozen=True, tag="topics", kw_only=True):
    """Words of these situations stood in at least so many messages of the last days."""

    SLOTS: ClassVar[tuple[str, ...]] = ("count", "days", "words")

    found: Annotated[tuple[Id, ...], msgspec.Meta(min_length=1)] = msgspec.field(name="any")
    at_least: _Count = 2
    days: _Days = 14


class Themes(_Condition, frozen=True, tag="themes", kw_only=True):
    """The mirror found one of these themes in at least so many journal entries."""

    SLOTS: ClassVar[tuple[str, ...]] = ("count", "days")

    found: Annotated[tuple[Id, ...], msgspec.Meta(min_length=1)] = msgspec.field(name="any")
    at_least: _Count = 2
    days: _Days = 14


class Helped(_Condition, frozen=True, tag="helped", kw_only=True):
    """An exercise after which it felt lighter by at least `by`; the rule's item is that one."""

    SLOTS: ClassVar[tuple[str, ...]] = ("before", "after", "ago", "title")

    by: _Count = 2
    days_from: _Back = 3
    days_to: _Back = 60


class OpenRun(_Condition, frozen=True, tag="open_run", kw_only=True):
    """An exercise that was begun and not finished; the rule's item is that one."""

    SLOTS: ClassVar[tuple[str, ...]] = ("ago", "title")

    days_from: _Back = 2
    days_to: _Back = 10


class LastCheckIn(_Condition, frozen=True, tag="last_check_in", kw_only=True):
    """The newest check-in was such a mood, and some days ago."""

    SLOTS: ClassVar[tuple[str, ...]] = ("ago", "mood")

    highest: _Mood = 2
    days_from: _Back = 3
    days_to: _Back = 13


class ScaleDue(_Condition, frozen=True, tag="scale_due", kw_only=True):
    """As much time went by since this scale as its manual asks for.

    `before`: it was filled in earlier; else it never was, or long enough ago.
    """

    SLOTS: ClassVar[tuple[str, ...]] = ("ago", "score")

    scale: Id
    before: bool = False
    days_to: _Back = 60


class Lighter(_Condition, frozen=True, tag="lighter", kw_only=True):
    """The mean of the last seven days stands higher than that of the seven before."""

    SLOTS: ClassVar[tuple[str, ...]] = ("now", "then", "days_now", "days_then")

    by: Annotated[float, msgspec.Meta(ge=0.3, le=4)] = 0.7
    at_least: _Count = 3


class Hours(_Condition, frozen=True, tag="hours", kw_only=True):
    """The time of day; past midnight where `until` is the smaller one."""

    since: _Hour
    until: _Hour


class PlanEmpty(_Condition, frozen=True, tag="plan_empty"):
    """Nothing stands in the plan for hard moments."""


class PlanFilled(_Condition, frozen=True, tag="plan_filled"):
    """Something stands in the plan for hard moments."""


class AfterDanger(_Condition, frozen=True, tag="after_danger"):
    """Something grave was heard within the last seven days; only such rules speak then."""


Condition = (
    Feelings
    | Tags
    | Moods
    | Topics
    | Themes
    | Helped
    | OpenRun
    | LastCheckIn
    | ScaleDue
    | Lighter
    | Hours
    | PlanEmpty
    | PlanFilled
    | AfterDanger
)
SAME = "same"
"""An item that a condition finds: the exercise that helped, or the one that was begun."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One reason to suggest something.

    `badge` is that of the item; with `same` it is the found exercise's own and D stands here.
    `about` names the reason in a few words; `talk` names situations that make it fit beside a
    reply in Talk.
    """

    id: Id
    item: ItemKey
    badge: Badge
    when: Annotated[tuple[Condition, ...], msgspec.Meta(min_length=1)]
    others: Annotated[tuple[ItemKey, ...], msgspec.Meta(min_length=3)]
    about: Sentence
    because: Sentence
    helps: Sentence
    talk: tuple[Id, ...] = ()

    @property
    def is_gentle(self) -> bool:
        """Whether it may speak after something grave."""
        return any(isinstance(one, AfterDanger) for one in self.when)


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words (or ticked feelings) that a caution speaks of, and what is not suggested then."""

    id: Id
    words: Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=1)]
    forbids: Annotated[tuple[ItemKey, ...], msgspec.Meta(min_length=1)]
    feelings: tuple[Id, ...] = ()


class SuggestionsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """content/<lang>/suggestions.toml; `names` are the titles of items that have no file."""

    about: About
    names: dict[Id, Sentence]
    said: tuple[Said, ...]
    rule: tuple[Rule, ...]
