"""What the person says about something that was offered beside a reply."""

from __future__ import annotations

from psylite_desktop.domain.aside import AsideRating
from psylite_desktop.domain.stores import AsideStore
from psylite_desktop.services.clock import Clock


class AsideService:
    """Keeps ratings; "not funny" is read by the humor gate."""

    def __init__(self, store: AsideStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def rate(self, aside_id: int, rating: AsideRating | None) -> None:
        """Keep a rating; None takes it back. Raises VaultError."""
        self._store.rate(aside_id, rating, at=self._clock.now())
