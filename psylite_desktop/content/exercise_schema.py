"""Shape of the exercise files, checked by msgspec."""

from __future__ import annotations

from typing import Annotated

import msgspec

from psylite_desktop.content.crisis import About
from psylite_desktop.content.schema import Id, Sentence
from psylite_desktop.domain.exercise import Badge, Family

_Seconds = Annotated[float, msgspec.Meta(ge=0, le=30)]
_Label = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
_StepPath = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_-]*\.[a-z][a-z0-9_-]*$")]


class _Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """What all kinds of steps have; `to` names another step than the next one in order."""

    id: Id
    text: Sentence
    to: Id | None = None
    recall: tuple[Id, ...] = ()


class TextKind(_Kind, frozen=True, tag="text"):
    """Something to read."""


class InputKind(_Kind, frozen=True, tag="input"):
    """Something to write."""

    prompt: str = ""
    long: bool = False
    optional: bool = False


class OptionText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer to a choice."""

    id: Id
    text: Sentence
    to: Id | None = None


class ChoiceKind(_Kind, frozen=True, tag="choice", kw_only=True):
    """One of several."""

    option: Annotated[tuple[OptionText, ...], msgspec.Meta(min_length=2)]
    optional: bool = False


class SliderKind(_Kind, frozen=True, tag="slider", kw_only=True):
    """A number from 0 to 10."""

    low: _Label
    high: _Label


class TimerKind(_Kind, frozen=True, tag="timer", kw_only=True):
    """Something to do for a while."""

    seconds: Annotated[int, msgspec.Meta(ge=3, le=1800)]


class PatternText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Seconds of each part of one breath."""

    inhale: Annotated[float, msgspec.Meta(gt=0, le=30)]
    exhale: Annotated[float, msgspec.Meta(gt=0, le=30)]
    rounds: Annotated[int, msgspec.Meta(ge=1, le=200)]
    sip: _Seconds = 0.0
    hold: _Seconds = 0.0
    rest: _Seconds = 0.0


class BreathingKind(_Kind, frozen=True, tag="breathing", kw_only=True):
    """Breathing at a pace."""

    pattern: PatternText


class ListKind(_Kind, frozen=True, tag="list"):
    """Items to add."""

    prompt: str = ""
    optional: bool = True
    bring: _StepPath | None = None


StepText = TextKind | InputKind | ChoiceKind | SliderKind | TimerKind | BreathingKind | ListKind


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of an exercise before it begins."""

    id: Id
    title: _Label
    minutes: Annotated[int, msgspec.Meta(ge=1, le=60)]
    family: Family
    badge: Badge
    source: Sentence
    when: Sentence
    caution: Sentence
    pin: Id | None = None
    not_in_crisis: bool = False


class ExerciseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """content/<lang>/exercises/<id>.toml."""

    about: About
    exercise: Head
    step: Annotated[tuple[StepText, ...], msgspec.Meta(min_length=1)]
