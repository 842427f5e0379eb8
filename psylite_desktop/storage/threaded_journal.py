"""The journal as other threads see it: every call is run on the vault's own thread."""

from __future__ import annotations

from collections.abc import Sequence

from psylite_desktop.domain.journal import (
    BinnedEntry,
    JournalEntry,
    JournalHit,
    Revision,
)
from psylite_desktop.domain.mirror import MirrorCorrection
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.stores import JournalStore, MirrorCorrectionStore
from psylite_desktop.storage.thread import StorageThread


class ThreadedJournal:
    """JournalStore for any thread."""

    def __init__(self, thread: StorageThread, store: JournalStore) -> None:
        self._thread = thread
        self._store = store

    def add(self, entry: JournalEntry) -> JournalEntry:
        """See JournalStore."""
        return self._thread.run(lambda: self._store.add(entry))

    def update(self, entry: JournalEntry, *, keep_at: float | None = None) -> None:
        """See JournalStore."""
        self._thread.run(lambda: self._store.update(entry, keep_at=keep_at))

    def set_level(self, entry_id: int, level: Level) -> None:
        """See JournalStore."""
        self._thread.run(lambda: self._store.set_level(entry_id, level))

    def set_locked(self, entry_id: int, *, locked: bool) -> None:
        """See JournalStore."""
        self._thread.run(lambda: self._store.set_locked(entry_id, locked=locked))

    def entry(self, entry_id: int) -> JournalEntry | None:
        """See JournalStore."""
        return self._thread.run(lambda: self._store.entry(entry_id))

    def entries(self, *, limit: int = 50, offset: int = 0) -> list[JournalEntry]:
        """See JournalStore."""
        return self._thread.run(lambda: self._store.entries(limit=limit, offset=offset))

    def of_days(self, days: Sequence[str]) -> list[JournalEntry]:
        """See JournalStore."""
        return self._thread.run(lambda: self._store.of_days(days))

    def search(self, query: str, *, limit: int = 50) -> list[JournalHit]:
        """See JournalStore."""
        return self._thread.run(lambda: self._store.search(query, limit=limit))

    def delete(self, entry_id: int, *, at: float) -> None:
        """See JournalStore."""
        self._thread.run(lambda: self._store.delete(entry_id, at=at))

    def restore(self, entry_id: int) -> None:
        """See JournalStore."""
        self._thread.run(lambda: self._store.restore(entry_id))

    def binned(self) -> list[BinnedEntry]:
        """See JournalStore."""
        return self._thread.run(self._store.binned)

    def erase(self, entry_id: int) -> None:
        """See JournalStore."""
        self._thread.run(lambda: self._store.erase(entry_id))

    def erase_binned(self, before: float) -> None:
        """See JournalStore."""
        self._thread.run(lambda: self._store.erase_binned(before))

    def revisions(self, entry_id: int) -> list[Revision]:
        """See JournalStore."""
        return self._thread.run(lambda: self._store.revisions(entry_id))

    def newest_revision(self, entry_id: int) -> Revision | None:
        """See JournalStore."""
        return self._thread.run(lambda: self._store.newest_revision(entry_id))

    def drop_revisions(self, revision_ids: Sequence[int]) -> None:
        """See JournalStore."""
        self._thread.run(lambda: self._store.drop_revisions(revision_ids))


class ThreadedMirrorCorrections:
    """MirrorCorrectionStore for any thread."""

    def __init__(self, thread: StorageThread, store: MirrorCorrectionStore) -> None:
        self._thread = thread
        self._store = store

    def add(self, correction: MirrorCorrection) -> None:
        """See MirrorCorrectionStore."""
        self._thread.run(lambda: self._store.add(correction))

    def remove(self, correction: MirrorCorrection) -> None:
        """See MirrorCorrectionStore."""
        self._thread.run(lambda: self._store.remove(correction))

    def corrections(self) -> list[MirrorCorrection]:
        """See MirrorCorrectionStore."""
        return self._thread.run(self._store.corrections)
