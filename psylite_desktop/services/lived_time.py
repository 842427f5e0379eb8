"""Lived time of one vault: what ends by itself ends by this, and not by the clock on the wall."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

import msgspec

from psylite_desktop.domain.clock_trust import ClockSeen, first_seen
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.ports import Vault

PLACE = "clock.seen"
"""Where it is kept in the vault: numbers only."""
KEPT_EVERY_S = 600.0
"""Lived seconds that may be lost in a crash; the next look at the clock counts them again."""


class LivedTime:
    """Looks at the clock and remembers in the vault what it saw. Safe to call from any thread.

    `lived` never waits for the disk: what is to be kept is handed to the vault's own thread.
    """

    def __init__(self, vault: Vault, now: Callable[[], float]) -> None:
        """Read what was seen before. Raises VaultError."""
        self._vault = vault
        self._now = now
        self._guard = threading.Lock()
        seen = _read(vault.drafts.load(PLACE))
        self._kept = seen
        self._seen = seen or first_seen(now(), newest=_newest(vault))
        self.lived()

    def lived(self) -> float:
        """Lived time now, in UTC seconds as if the clock had never jumped."""
        with self._guard:
            self._seen = seen = self._seen.at(self._now())
            is_due = self._kept is None or _differs(self._kept, seen)
            if is_due:
                self._kept = seen
        if is_due:
            text = msgspec.json.encode(seen).decode()
            with suppress(VaultError):  # closed meanwhile
                self._vault.submit(lambda: self._save(text))
        return seen.lived

    def shown(self, lived: float) -> float:
        """What the clock on the wall showed at a lived moment, or will show."""
        return self._seen.shown(lived)

    def _save(self, text: str) -> None:
        # A full disk, or a vault that a newer version wrote: it is kept next time.
        with suppress(VaultError):
            self._vault.drafts.save(PLACE, text)


def _read(text: str) -> ClockSeen | None:
    if not text:
        return None
    try:
        return msgspec.json.decode(text, type=ClockSeen)
    except msgspec.MsgspecError:
        return None


def _differs(kept: ClockSeen, seen: ClockSeen) -> bool:
    """Whether more than the last few minutes would be lost."""
    is_same = len(kept.stretches) == len(seen.stretches) and kept.ahead == seen.ahead
    return not is_same or seen.lived - kept.lived >= KEPT_EVERY_S


def _newest(vault: Vault) -> float | None:
    """When something was kept last, by the clock of then; None in a new vault.

    What is damaged is left out: it must not keep the rest of the vault from being opened.
    """
    times: list[float] = []
    with suppress(VaultError):
        times += [one.updated_at for one in vault.conversations.conversations(limit=1)]
    with suppress(VaultError):
        times += [one.updated_at for one in vault.journal.entries(limit=1)]
    with suppress(VaultError):
        latest = vault.check_ins.latest()
        times += [] if latest is None else [latest.at]
    return max(times, default=None)
