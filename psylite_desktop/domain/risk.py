"""Risk as the app speaks about it: levels, kinds, requests, and what an assessment rests on.

Source: design note "Safety", section 1 (levels mapped to the C-SSRS screener).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """One scale for chat, journal, mood notes and imported text."""

    NONE = 0
    WATCH = 1
    CRISIS = 2
    EMERGENCY = 3


class Kind(StrEnum):
    """What the risk is about."""

    NONE = "none"
    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    ABUSE = "abuse"
    HARM_OTHERS = "harm_others"
    EATING = "eating"
    PSYCHOSIS = "psychosis"


class Who(StrEnum):
    """Whose risk it is."""

    SELF = "self"
    OTHER = "other"


class Request(StrEnum):
    """What a message asks for; a separate axis, never mixed up with risk."""

    NONE = "none"
    HARMFUL = "harmful"
    PRIVACY = "privacy"
    CLINICAL = "clinical"
    JAILBREAK = "jailbreak"


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: a rule and the span of the original text it stands on.

    `start` and `end` are character offsets into the text as the person wrote it.
    """

    rule: str
    level: Level
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the safety layers say about one text.

    `cleared` marks an explicit denial of risk. `humor_blocked` is true when the words forbid humor
    whatever the level. `unsure`: a layer that should have answered did not. `by_the_way`: the
    request is heard by a model alone, in words that do not speak of such things.
    """

    level: Level = Level.NONE
    kind: Kind = Kind.NONE
    who: Who = Who.SELF
    request: Request = Request.NONE
    reasons: tuple[Reason, ...] = ()
    cleared: bool = False
    humor_blocked: bool = False
    unsure: bool = False
    by_the_way: bool = False


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a layer above the rules says of one text; it may raise a level, never lower it.

    `rule` names the layer and what it went by; `start` and `end` are offsets into the original.
    """

    rule: str
    level: Level
    kind: Kind
    who: Who
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RiskState:
    """Where a conversation stands; stored in the vault and kept for seven days.

    `denied` says that the person denied risk explicitly since the last signal; `calm_turns`
    counts the level-0 turns after that denial; `raised_at` is lived time, in UTC seconds.
    `turn` counts the turns taken; `signals` holds the families of level-1 signals with the turn
    each was last heard in (those of the models turn by turn); `strong` says that a strong rule
    set the level; `misread` counts "you misread me".
    """

    level: Level = Level.NONE
    kind: Kind = Kind.NONE
    who: Who = Who.SELF
    calm_turns: int = 0
    denied: bool = False
    raised_at: float | None = None
    turn: int = 0
    signals: tuple[tuple[str, int], ...] = ()
    strong: bool = False
    misread: int = 0


CALM = Assessment()


def raised(found: Assessment, said: Opinion | None) -> Assessment:
    """An assessment raised to an opinion's level; an explicit denial holds it at watch."""
    if said is None:
        return found
    level = min(said.level, Level.WATCH) if found.cleared else said.level
    if level <= found.level:
        return found
    return replace(
        found,
        level=level,
        kind=said.kind,
        who=Who.OTHER if found.who is Who.OTHER else said.who,
        reasons=(Reason(said.rule, level, said.start, said.end), *found.reasons),
        cleared=found.cleared and level < Level.CRISIS,
        humor_blocked=True,
    )


def told_by(assessment: Assessment, state: RiskState) -> Assessment:
    """What a turn is about: the text's own assessment, or the state where that stands higher."""
    if assessment.level >= state.level:
        return assessment
    return replace(assessment, level=state.level, kind=state.kind, who=state.who)
