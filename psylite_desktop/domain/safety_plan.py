"""The six-step plan for hard moments, in the person's own words.

Steps after Stanley and Brown, "Safety planning intervention", Cognitive and Behavioral Practice
19 (2012) 256-264; all wording of the app is its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PlanStep(StrEnum):
    """The parts in their order; the first one is a line above the six steps."""

    REASON = "reason"
    SIGNS = "signs"
    ALONE = "alone"
    DISTRACTION = "distraction"
    PEOPLE = "people"
    PROFESSIONALS = "professionals"
    SURROUNDINGS = "surroundings"


class Obstacle(StrEnum):
    """Why no part of a plan may be read before unlocking."""

    GUEST = "guest"  # nothing of a guest's is kept
    DISCREET = "discreet"  # the start does not even show which spaces there are
    UNKNOWN = "unknown"  # the settings were not read, and they may say discreet
    STICK = "stick"  # the data goes with a stick from computer to computer


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """What stands in one step; `updated_at` in UTC seconds."""

    step: PlanStep
    text: str
    updated_at: float = 0.0
