"""What the settings page shows: one line for every field of domain/settings.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.settings import AgeBand, Language, Theme
from psylite_desktop.services.sitting import MINUTES
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.settings.editors import (
    ChoiceEditor,
    RegionEditor,
    SwitchEditor,
)
from psylite_desktop.ui.pages.settings.model_editor import ModelEditor
from psylite_desktop.ui.pages.settings.times_editor import TimeBox, TimesEditor
from psylite_desktop.ui.theme.tokens import ZOOM_STEPS

REST_MINUTES = (5, 10, 30, 60)
LOCK_MINUTES = (1, 2, 5, 10, 15, 30, 60)

AnyEditor = ChoiceEditor | RegionEditor | SwitchEditor | ModelEditor | TimesEditor | TimeBox


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting on the page.

    `field` names it in the settings; `label` and `hint` (empty for none) are source texts of the
    context "Settings".
    """

    field: str
    label: str
    create: Callable[[PageContext], AnyEditor]
    hint: str = ""


def _languages(_context: PageContext) -> AnyEditor:
    return ChoiceEditor(
        (
            (None, QT_TRANSLATE_NOOP("Settings", "As the computer does")),
            (Language.ZH, "中文"),
            (Language.EN, "English"),
        )
    )


def _themes(_context: PageContext) -> AnyEditor:
    return ChoiceEditor(
        (
            (Theme.SYSTEM, QT_TRANSLATE_NOOP("Settings", "As the computer does")),
            (Theme.LIGHT, QT_TRANSLATE_NOOP("Settings", "Light")),
            (Theme.DARK, QT_TRANSLATE_NOOP("Settings", "Dark")),
            (Theme.HIGH_CONTRAST, QT_TRANSLATE_NOOP("Settings", "High contrast")),
        )
    )


def _ages(_context: PageContext) -> AnyEditor:
    return ChoiceEditor(
        (
            (AgeBand.UNDER_18, QT_TRANSLATE_NOOP("Settings", "Under 18")),
            (AgeBand.ADULT, QT_TRANSLATE_NOOP("Settings", "18 or older")),
            (AgeBand.UNSET, QT_TRANSLATE_NOOP("Settings", "Not said")),
        )
    )


def _lengths(_context: PageContext) -> AnyEditor:
    return ChoiceEditor(
        [
            (0, QT_TRANSLATE_NOOP("Settings", "No limit")),
            *(
                (minutes, QT_TRANSLATE_NOOP("Settings", "{value} min"))
                for minutes in MINUTES
                if minutes
            ),
        ]
    )


def _rests(_context: PageContext) -> AnyEditor:
    return ChoiceEditor(
        [
            (0, QT_TRANSLATE_NOOP("Settings", "Never")),
            *((minutes, QT_TRANSLATE_NOOP("Settings", "{value} min")) for minutes in REST_MINUTES),
        ]
    )


PLAIN: tuple[SettingLine, ...] = (
    SettingLine("language", QT_TRANSLATE_NOOP("Settings", "Language"), _languages),
    SettingLine("theme", QT_TRANSLATE_NOOP("Settings", "Colours"), _themes),
    SettingLine(
        "zoom",
        QT_TRANSLATE_NOOP("Settings", "Size of text"),
        lambda _context: ChoiceEditor(
            [(step, QT_TRANSLATE_NOOP("Settings", "{value} %")) for step in ZOOM_STEPS]
        ),
        QT_TRANSLATE_NOOP("Settings", "Also with Ctrl and plus, minus or 0."),
    ),
    SettingLine(
        "reduce_motion",
        QT_TRANSLATE_NOOP("Settings", "Nothing on screen moves"),
        lambda _context: SwitchEditor(),
    ),
    SettingLine(
        "region",
        QT_TRANSLATE_NOOP("Settings", "Region for help lines"),
        lambda _context: RegionEditor(),
    ),
    SettingLine(
        "discreet",
        QT_TRANSLATE_NOOP("Settings", "No list of spaces at the start"),
        lambda _context: SwitchEditor(),
        QT_TRANSLATE_NOOP(
            "Settings",
            "You type the colour and number of your space instead. For computers that others use, "
            "too: spaces then lock after one quiet minute, and Windows keeps the window out of "
            "screenshots. Holds from the next unlocking on.",
        ),
    ),
    SettingLine(
        "read_ahead",
        QT_TRANSLATE_NOOP("Settings", "The model reads along while I write"),
        lambda _context: SwitchEditor(),
        QT_TRANSLATE_NOOP(
            "Settings",
            "Replies then begin sooner. It reads nothing on battery, and stores nothing of it.",
        ),
    ),
    SettingLine(
        "rest_after_min",
        QT_TRANSLATE_NOOP("Settings", "Give the model's memory back when it was not used for"),
        _rests,
    ),
    SettingLine(
        "model",
        QT_TRANSLATE_NOOP("Settings", "Language model"),
        lambda context: ModelEditor(context.app),
    ),
)
"""Settings of this computer, in the order of the page."""

PRIVATE: tuple[SettingLine, ...] = (
    SettingLine(
        "humor",
        QT_TRANSLATE_NOOP("Settings", "A piece of crosstalk when I ask for something light"),
        lambda _context: SwitchEditor(),
        QT_TRANSLATE_NOOP("Settings", "Never when things are serious."),
    ),
    SettingLine(
        "memory",
        QT_TRANSLATE_NOOP("Settings", "Remember between talks"),
        lambda _context: SwitchEditor(),
        QT_TRANSLATE_NOOP("Settings", "Only what you say yes to, on the page of what I remember."),
    ),
    SettingLine(
        "share_check_in",
        QT_TRANSLATE_NOOP("Settings", "Replies may know my check-in of today"),
        lambda _context: SwitchEditor(),
    ),
    SettingLine("age_band", QT_TRANSLATE_NOOP("Settings", "Your age"), _ages),
    SettingLine(
        "lock_after_min",
        QT_TRANSLATE_NOOP("Settings", "Lock when nobody is here for"),
        lambda _context: ChoiceEditor(
            [(minutes, QT_TRANSLATE_NOOP("Settings", "{value} min")) for minutes in LOCK_MINUTES]
        ),
    ),
    SettingLine(
        "on_this_day",
        QT_TRANSLATE_NOOP("Settings", "Show what I wrote on this day in earlier years"),
        lambda _context: SwitchEditor(),
        QT_TRANSLATE_NOOP("Settings", "In the journal; hard days are left out."),
    ),
    SettingLine("session_minutes", QT_TRANSLATE_NOOP("Settings", "Time for a talk"), _lengths),
    SettingLine(
        "reminders",
        QT_TRANSLATE_NOOP("Settings", "Remind me to check in"),
        lambda _context: SwitchEditor(),
        QT_TRANSLATE_NOOP(
            "Settings",
            "A few neutral words on the screen that name nothing, while PsyLite is running. Where "
            "this computer shows no such notes, use a calendar file instead.",
        ),
    ),
    SettingLine(
        "reminder_times",
        QT_TRANSLATE_NOOP("Settings", "Times of reminders"),
        lambda _context: TimesEditor(),
    ),
    SettingLine(
        "quiet_from",
        QT_TRANSLATE_NOOP("Settings", "Quiet from"),
        lambda _context: TimeBox(),
    ),
    SettingLine(
        "quiet_to",
        QT_TRANSLATE_NOOP("Settings", "Quiet until"),
        lambda _context: TimeBox(),
        QT_TRANSLATE_NOOP("Settings", "No reminder comes in between."),
    ),
    SettingLine(
        "remind_when_locked",
        QT_TRANSLATE_NOOP("Settings", "Also while this space is locked"),
        lambda _context: SwitchEditor(),
        QT_TRANSLATE_NOOP("Settings", "Better off where others use this computer, too."),
    ),
)
"""Settings of the open profile, in the order of the page."""

NOT_FOR_GUESTS = frozenset({"discreet"})
"""Fields that only those decide about who have a space here."""

NOT_SHOWN = frozenset({"welcomed", "plan_shown"})
"""Fields that the app keeps for itself."""


def stretches(editor: QWidget) -> bool:
    """Whether an editor brings its own words and takes the whole width."""
    return isinstance(editor, SwitchEditor | ModelEditor | TimesEditor)
