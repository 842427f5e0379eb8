"""Risk screening of one profile: assess a text, keep the conversation's state."""

from __future__ import annotations

import threading
from contextlib import suppress

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.ports import RiskStateStore
from psylite_desktop.domain.risk import Assessment, Level, RiskState
from psylite_desktop.safety.state import advance, misread, not_about_me
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.listening import Listening

UNHEARD = 20
"""Texts kept for the later layers while they do not run yet; in memory only."""


class Screening:
    """Assesses before anything else happens, and remembers across restarts.

    Safe to call from any thread. `look` and `preview` touch nothing: the window calls `preview` at
    Enter so that the card never waits for the engine or for the disk.
    """

    def __init__(self, listening: Listening, store: RiskStateStore, clock: Clock) -> None:
        """Load the stored state. Raises VaultError."""
        self._listening = listening
        self._store = store
        self._clock = clock
        self._state = self._stored = store.load()
        self._unheard: list[str] = []
        self._moving = threading.Lock()

    @property
    def state(self) -> RiskState:
        """Where this profile stands."""
        return self._state

    def look(self, text: str) -> Assessment:
        """Assess one text by itself, by the floor alone."""
        return self._listening.floor(text)

    def preview(self, text: str) -> tuple[Assessment, RiskState]:
        """Assess a text by the floor and say what the state would become."""
        assessment = self.look(text)
        return assessment, advance(self._state, assessment, now=self._clock.lived())

    def take(self, text: str, *, only_up: bool = False) -> tuple[Assessment, RiskState]:
        """Assess a text by all layers, move the state and store it.

        With `only_up` a calm text leaves the state: words written to nobody are no turn of a talk.
        What was written while a layer did not run yet is heard first. A state that the disk does
        not take now stands all the same, and is stored with the next one: a full disk must not
        hide risk.
        """
        earlier = self._caught_up()
        assessment, complete = self._listening.hear(text)
        now = self._clock.lived()
        with self._moving:  # never around hearing or saving: both wait for other threads
            if not complete:
                self._unheard = [*self._unheard, text][-UNHEARD:]
            state = self._state
            for one in earlier:
                if one.level > state.level:
                    state = advance(state, one, now=now)
            if assessment.level > Level.NONE or not only_up:
                state = advance(state, assessment, now=now)
            self._state = state
        with suppress(VaultError):
            self._save()
        return assessment, state

    def preview_answer(self, assessment: Assessment) -> RiskState:
        """Say what the state would become after an answer that no text was read for."""
        return advance(self._state, assessment, now=self._clock.lived())

    def take_answer(self, assessment: Assessment) -> RiskState:
        """Move the state for an answer to a question, for example of a scale, and store it.

        As with a text, a state that the disk does not take now stands all the same.
        """
        with self._moving:
            self._state = state = self.preview_answer(assessment)
        with suppress(VaultError):
            self._save()
        return state

    def take_misread(self) -> RiskState:
        """The person said "you misread me": lower the state as far as the rules allow."""
        with self._moving:
            self._unheard = []
            self._state = state = misread(self._state)
        self._save()
        return state

    def take_not_about_me(self) -> RiskState:
        """The person said "this is not about me": as far as after "you misread me", no farther."""
        with self._moving:
            self._unheard = []
            self._state = state = not_about_me(self._state)
        self._save()
        return state

    def _caught_up(self) -> list[Assessment]:
        """What later layers hear in earlier texts; it may only raise the state."""
        found: list[Assessment] = []
        while waiting := self._unheard:
            assessment, complete = self._listening.hear(waiting[0])
            if not complete:
                break
            with self._moving:
                if self._unheard[:1] != waiting[:1]:
                    break  # corrected meanwhile: what was waiting is not held against them
                self._unheard = self._unheard[1:]
            found.append(assessment)
        return found

    def _save(self) -> None:
        """Store what stands now; another thread may move it on the way."""
        while (state := self._state) != self._stored:
            self._store.save(state)
            self._stored = state
