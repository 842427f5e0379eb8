"""How long somebody has been talking, and what is worth saying about it."""

from __future__ import annotations

from enum import StrEnum

from psylite_desktop.services.clock import Clock

MINUTES = (10, 20, 40, 0)
"""Lengths that are offered; 0 is no limit."""
PAUSE_AFTER_S = 2 * 3600
FACTS_EVERY_S = 3 * 3600
REST_S = 30 * 60
"""Without a message for so long, a sitting is over."""


class Due(StrEnum):
    """What is due to be said, quietly."""

    TIME_UP = "time_up"
    PAUSE = "pause"
    FACTS = "facts"


class Sitting:
    """Counts the time of one talk and of one sitting. Each thing is due once; no timers here."""

    def __init__(self, clock: Clock) -> None:
        """The plain facts count as said now: a session begins with them."""
        self._clock = clock
        self._minutes = 0
        self._talk_began: float | None = None
        self._sat_down: float | None = None
        self._last_message: float | None = None
        self._facts_said = clock.monotonic()
        self._is_time_told = False
        self._is_pause_offered = False

    def set_minutes(self, minutes: int) -> None:
        """How long the person has; 0 or less is no limit."""
        self._minutes = max(minutes, 0)

    def begin_talk(self) -> None:
        """Another conversation is open; its time counts from its next message."""
        self._talk_began, self._is_time_told = None, False

    def note_message(self) -> None:
        """The person wrote."""
        now = self._clock.monotonic()
        if self._last_message is None or now - self._last_message > REST_S:
            self._sat_down, self._is_pause_offered = now, False
        self._last_message = now
        if self._talk_began is None:
            self._talk_began = now

    def due(self, *, is_calm: bool) -> Due | None:
        """What to say now; beside any risk only the plain facts."""
        now = self._clock.monotonic()
        if is_calm and self._is_time_up(now):
            return Due.TIME_UP
        if is_calm and self._is_pause_due(now):
            return Due.PAUSE
        return Due.FACTS if now - self._facts_said >= FACTS_EVERY_S else None

    def note_said(self, due: Due) -> None:
        """It was said."""
        match due:
            case Due.TIME_UP:
                self._is_time_told = True
            case Due.PAUSE:
                self._is_pause_offered = True
            case Due.FACTS:
                self._facts_said = self._clock.monotonic()

    def _is_time_up(self, now: float) -> bool:
        if not self._minutes or self._talk_began is None or self._is_time_told:
            return False
        return now - self._talk_began >= self._minutes * 60

    def _is_pause_due(self, now: float) -> bool:
        if self._sat_down is None or self._last_message is None or self._is_pause_offered:
            return False
        return now - self._last_message <= REST_S and now - self._sat_down >= PAUSE_AFTER_S
