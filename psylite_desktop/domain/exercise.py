"""Guided exercises: what they consist of, and how far somebody has come in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

BEFORE = "_before"
"""Id under which the rating before the first step is kept."""
AFTER = "_after"
"""Id under which the rating after the last step is kept."""
RATING_MAX = 10
"""Ratings and sliders run from 0 to this."""

Answer = str | int | tuple[str, ...]
"""Words, a number, or the items of a list."""


class Family(StrEnum):
    """What an exercise works on, in the order the gallery shows them."""

    BREATHING = "breathing"
    BODY = "body"
    THOUGHTS = "thoughts"
    WORRY = "worry"
    ACTION = "action"
    VALUES = "values"
    KINDNESS = "kindness"
    SLEEP = "sleep"
    PEOPLE = "people"
    STUDY = "study"


class Badge(StrEnum):
    """How well an exercise is tested.

    A several good trials, B trials that help but may be biased, C one small, empty or mixed
    trial, D practice wisdom.
    """

    A = "A"
    B = "B"
    C = "C"
    D = "D"


@dataclass(frozen=True, slots=True)
class TextStep:
    """Something to read. `to` names the step that follows; the next one in order where empty."""

    id: str
    text: str
    to: str = ""
    recall: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InputStep:
    """Something to write; `prompt` stands in the empty field."""

    id: str
    text: str
    prompt: str = ""
    long: bool = False
    optional: bool = False
    to: str = ""
    recall: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to a choice; `to` names the step it leads to."""

    id: str
    text: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceStep:
    """One of several."""

    id: str
    text: str
    options: tuple[Option, ...]
    optional: bool = False
    to: str = ""
    recall: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SliderStep:
    """A number from 0 to 10; `low` and `high` say what the ends mean. May be left out."""

    id: str
    text: str
    low: str
    high: str
    to: str = ""
    recall: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimerStep:
    """Something to do for a while; may be paused and skipped."""

    id: str
    text: str
    seconds: int
    to: str = ""
    recall: tuple[str, ...] = ()


class Phase(StrEnum):
    """A part of one breath; SIP is a second, short breath in on top of the first."""

    INHALE = "inhale"
    SIP = "sip"
    HOLD = "hold"
    EXHALE = "exhale"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a breathing pattern stands.

    `fraction` is the part of the phase that is over, `left` its seconds to go, `round` counts
    from 1, `fullness` says how full the lungs are, 0 to 1.
    """

    phase: Phase
    fraction: float
    left: float
    round: int
    fullness: float


SIP_FROM = 0.8
"""How full the first breath in fills where a second one follows."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Seconds of each part of one breath, and how many breaths."""

    inhale: float
    exhale: float
    rounds: int
    sip: float = 0.0
    hold: float = 0.0
    rest: float = 0.0

    @property
    def phases(self) -> tuple[tuple[Phase, float], ...]:
        """The parts that take time, in their order, with their seconds."""
        parts = (
            (Phase.INHALE, self.inhale),
            (Phase.SIP, self.sip),
            (Phase.HOLD, self.hold),
            (Phase.EXHALE, self.exhale),
            (Phase.REST, self.rest),
        )
        return tuple((phase, seconds) for phase, seconds in parts if seconds > 0)

    @property
    def round_s(self) -> float:
        """Seconds of one breath."""
        return sum(seconds for _phase, seconds in self.phases)

    @property
    def total_s(self) -> float:
        """Seconds of all breaths."""
        return self.round_s * self.rounds

    def at(self, seconds: float) -> Moment | None:
        """Where the pattern stands after a time; None once it is over."""
        if seconds >= self.total_s:
            return None
        number, into = divmod(max(seconds, 0.0), self.round_s)
        phase, length = self.phases[-1]
        for candidate, its_length in self.phases:
            phase, length = candidate, its_length
            if into < length:
                break
            into -= length
        fraction = min(into / length, 1.0)
        fullness = self._fullness(phase, fraction)
        return Moment(phase, fraction, max(length - into, 0.0), int(number) + 1, fullness)

    def _fullness(self, phase: Phase, fraction: float) -> float:
        first = SIP_FROM if self.sip else 1.0
        match phase:
            case Phase.INHALE:
                return first * fraction
            case Phase.SIP:
                return first + (1.0 - first) * fraction
            case Phase.HOLD:
                return 1.0
            case Phase.EXHALE:
                return 1.0 - fraction
        return 0.0


@dataclass(frozen=True, slots=True)
class BreathingStep:
    """Breathing at a pace; may be paused and skipped."""

    id: str
    text: str
    pattern: Pattern
    to: str = ""
    recall: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListStep:
    """Items to add and to take away.

    `bring` names another exercise and a list step of it ("exercise.step"): the list begins with
    what stood there last.
    """

    id: str
    text: str
    prompt: str = ""
    optional: bool = True
    bring: str = ""
    to: str = ""
    recall: tuple[str, ...] = ()


Step = TextStep | InputStep | ChoiceStep | SliderStep | TimerStep | BreathingStep | ListStep


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise in one language.

    `pin` names the step whose answer stays in view on every later step. `not_in_crisis`: not
    offered while the safety layer hears a crisis.
    """

    id: str
    lang: str
    title: str
    minutes: int
    family: Family
    badge: Badge
    source: str
    when: str
    caution: str
    steps: tuple[Step, ...]
    pin: str = ""
    not_in_crisis: bool = False


@dataclass(frozen=True, slots=True)
class ExerciseRun:
    """One time through an exercise, finished or not. Times in UTC seconds.

    `path` holds the ids of the steps gone through; the last one is where the person stands.
    `answers` holds what was given, also on branches that were left again.
    """

    exercise_id: str
    lang: str
    path: tuple[str, ...]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    started_at: float = 0.0
    updated_at: float = 0.0
    finished_at: float | None = None
    id: int = 0

    def rating(self, place: str) -> int | None:
        """The rating kept under BEFORE or AFTER; None where none was given."""
        value = self.answers.get(place)
        return value if isinstance(value, int) else None
