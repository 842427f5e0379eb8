"""What can be done to the profile of a vault, or beside it, while a process works on it.

A new kind is a function here and a line in `SHELF_STEPS`: it gets the place where the process
works, and changes it where another passphrase or another open vault is the outcome.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage.journal_mode import JournalMode
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.profiles import ProfileShelf
from psylite_desktop.storage.vault import SqlcipherVault
from tests.faults.operations import PHRASES, Operation, apply

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)


@dataclass
class Place:
    """Where a process works: a shelf, a profile on it, its passphrase and its open vault."""

    root: Path
    profile: Profile
    phrase: int
    journal: JournalMode = JournalMode.LOG
    vault: SqlcipherVault | None = None

    @property
    def shelf(self) -> ProfileShelf:
        """The shelf, opened anew."""
        return ProfileShelf(self.root, journal=self.journal)

    def unlock(self) -> SqlcipherVault:
        """Open the vault; it stands in `vault` afterwards."""
        self.vault = self.shelf.unlock(self.profile, PHRASES[self.phrase])
        return self.vault

    def lock(self) -> None:
        """Close the vault where it is open."""
        vault, self.vault = self.vault, None
        if vault is not None:
            vault.close()

    def do(self, operation: Operation) -> None:
        """Do an operation of either sort."""
        step = SHELF_STEPS.get(operation["kind"])
        if step is not None:
            step(self)
        else:
            apply(self.vault or self.unlock(), operation)


def _change_phrase(place: Place) -> None:
    old, new = PHRASES[place.phrase], PHRASES[1 - place.phrase]
    place.shelf.change_passphrase(place.profile, old, new, cost=CHEAP)
    place.phrase = 1 - place.phrase


def _lock(place: Place) -> None:
    place.lock()
    place.unlock()


def _neighbour(place: Place) -> None:
    """Another profile comes, and all others go."""
    shelf = place.shelf
    for profile in shelf.profiles():
        if profile.folder != place.profile.folder:
            shelf.delete(profile)
    shelf.create(PHRASES[0], cost=CHEAP)[1].close()


SHELF_STEPS: dict[str, Callable[[Place], None]] = {
    "phrase": _change_phrase,
    "lock": _lock,
    "neighbour": _neighbour,
}
"""Every kind of operation on a profile, by name. None changes what its vault holds."""
