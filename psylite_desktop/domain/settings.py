"""Settings: plain ones (readable before unlock) and private ones (inside the vault)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Language(StrEnum):
    """Languages of the window and of the content."""

    ZH = "zh"
    EN = "en"


class Theme(StrEnum):
    """Colour schemes."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class AgeBand(StrEnum):
    """Age as coarse as it can be and still be useful."""

    UNSET = "unset"
    UNDER_18 = "under_18"
    ADULT = "adult"


REGIONS = ("cn", "hk", "mo", "tw", "us", "ca", "gb", "ie", "au", "nz", "sg", "in", "eu", "jp", "my")
"""Regions that assets/hotlines.toml has entries for; chosen by the person, never guessed."""


WRITTEN = ""
"""The model of whoever chose none: replies are those written beforehand."""


@dataclass(frozen=True, slots=True)
class PlainSettings:
    """What may stand in a plain file beside the profiles: nothing private.

    `language` None follows the system. `model` is the id of a catalogue entry or an absolute
    path, or `WRITTEN`. `zoom` is percent, 80 to 200.
    """

    language: Language | None = None
    theme: Theme = Theme.SYSTEM
    model: str = WRITTEN
    zoom: int = 100
    reduce_motion: bool = False
    region: str = ""
    """Region for help lines; needed before unlock because F1 works there."""
    discreet: bool = False
    """Whether the start shows no list of profiles; they are named instead."""
    read_ahead: bool = True
    """Whether a model reads along while somebody writes; never on battery."""
    rest_after_min: int = 10
    """Minutes without a question until the engine process gives its memory back; 0 is never."""


@dataclass(frozen=True, slots=True)
class PrivateSettings:
    """What belongs to one profile and stays in its vault."""

    welcomed: bool = False
    age_band: AgeBand = AgeBand.UNSET
    humor: bool = True
    memory: bool = True
    """Whether notes are offered and used between talks; nothing is kept without a yes."""
    share_check_in: bool = True
    """Whether replies may know today's check-in."""
    lock_after_min: int = field(default=5)
    """Minutes without a key or click until the vault locks; 1 to 60."""
    session_minutes: int = 0
    """How long a talk shall take; 0 is no limit."""
    reminders: bool = False
    """Whether a few neutral words may come up at the times below."""
    reminder_times: tuple[str, ...] = ("20:00",)
    """Times of day as HH:MM, local."""
    quiet_from: str = "22:00"
    quiet_to: str = "08:00"
    """No reminder from the first time to the second, which may be the next day's."""
    remind_when_locked: bool = False
    """Whether reminders come while the space is locked, when others may sit at the computer."""
    on_this_day: bool = False
    """Whether the journal shows pages written on this day of earlier years."""
    plan_shown: tuple[str, ...] = ()
    """Steps of the plan that may be read before unlocking; none unless somebody chose them."""
