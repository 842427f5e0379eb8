"""Risk screening of one profile: assess a text, keep the conversation's state."""

from __future__ import annotations

from psylite_desktop.domain.ports import RiskStateStore
from psylite_desktop.domain.risk import Assessment, RiskState
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.safety.state import advance, misread
from psylite_desktop.services.clock import Clock


class Screening:
    """Assesses before anything else happens, and remembers across restarts.

    `look` and `preview` touch nothing and may be called from any thread: the window calls
    `preview` at Enter so that the card never waits for the engine or for the disk.
    """

    def __init__(self, assessor: Assessor, store: RiskStateStore, clock: Clock) -> None:
        """Load the stored state. Raises VaultError."""
        self._assessor = assessor
        self._store = store
        self._clock = clock
        self._state = store.load()

    @property
    def state(self) -> RiskState:
        """Where this profile stands."""
        return self._state

    def look(self, text: str) -> Assessment:
        """Assess one text by itself."""
        return self._assessor.assess(text)

    def preview(self, text: str) -> tuple[Assessment, RiskState]:
        """Assess a text and say what the state would become."""
        assessment = self._assessor.assess(text)
        return assessment, advance(self._state, assessment, now=self._clock.now())

    def take(self, text: str) -> tuple[Assessment, RiskState]:
        """Assess a text, move the state and store it. Raises VaultError after moving it."""
        assessment, state = self.preview(text)
        self._keep(state)
        return assessment, state

    def take_misread(self) -> RiskState:
        """The person said "you misread me": lower the state as far as the rules allow."""
        self._keep(misread(self._state))
        return self._state

    def _keep(self, state: RiskState) -> None:
        if state == self._state:
            return
        self._state = state
        self._store.save(state)
