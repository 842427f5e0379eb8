"""The journal in plain memory; a part of `memory_vault`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from psylite_desktop.domain.journal import (
    BinnedEntry,
    JournalEntry,
    JournalHit,
    Revision,
)
from psylite_desktop.domain.mirror import MirrorCorrection
from psylite_desktop.domain.risk import Level

if TYPE_CHECKING:
    from tests.fakes.memory_vault import MemoryVault

WORDS = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")


class MemoryJournal:
    """JournalStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self._kept: dict[int, JournalEntry] = {}
        self._deleted: dict[int, float] = {}
        self._revisions: dict[int, Revision] = {}
        self._entry_ids = 0
        self._revision_ids = 0

    def add(self, entry: JournalEntry) -> JournalEntry:
        with self._vault.guard:
            self._vault.check()
            self._entry_ids += 1
            stored = self._kept[self._entry_ids] = replace(_cleaned(entry), id=self._entry_ids)
            return stored

    def update(self, entry: JournalEntry, *, keep_at: float | None = None) -> None:
        with self._vault.guard:
            old = self.entry(entry.id)
            if old is None:
                return
            if keep_at is not None:
                self._revision_ids += 1
                self._revisions[self._revision_ids] = Revision(
                    self._revision_ids, old.id, old.updated_at, keep_at, old.text, old.title
                )
            self._kept[old.id] = replace(_cleaned(entry), at=old.at, day=old.day, locked=old.locked)

    def set_level(self, entry_id: int, level: Level) -> None:
        with self._vault.guard:
            old = self.entry(entry_id)
            if old is not None:
                self._kept[entry_id] = replace(old, level=level)

    def set_locked(self, entry_id: int, *, locked: bool) -> None:
        with self._vault.guard:
            old = self.entry(entry_id)
            if old is not None:
                self._kept[entry_id] = replace(old, locked=locked)

    def entry(self, entry_id: int) -> JournalEntry | None:
        self._vault.check()
        return None if entry_id in self._deleted else self._kept.get(entry_id)

    def entries(self, *, limit: int = 50, offset: int = 0) -> list[JournalEntry]:
        with self._vault.guard:
            self._vault.check()
            return self._in_order()[max(0, offset) :][: max(0, limit)]

    def of_days(self, days: Sequence[str]) -> list[JournalEntry]:
        self._vault.check()
        return [one for one in self._in_order() if one.day in days]

    def search(self, query: str, *, limit: int = 50) -> list[JournalHit]:
        self._vault.check()
        wanted = set(WORDS.findall(plain(query[:200])))
        if not wanted:
            return []
        found = [
            JournalHit(one.id, one.at, one.day, one.title, marked(one.text, min(wanted)))
            for one in self._in_order()
            if holds_all(plain(f"{one.title}\n{one.text}"), wanted)
        ]
        return found[: max(0, limit)]

    def delete(self, entry_id: int, *, at: float) -> None:
        self._vault.check()
        if entry_id in self._kept:
            self._deleted.setdefault(entry_id, at)

    def restore(self, entry_id: int) -> None:
        self._vault.check()
        self._deleted.pop(entry_id, None)

    def binned(self) -> list[BinnedEntry]:
        self._vault.check()
        order = sorted(self._deleted, key=lambda key: (self._deleted[key], key), reverse=True)
        return [BinnedEntry(self._kept[key], self._deleted[key]) for key in order]

    def erase(self, entry_id: int) -> None:
        with self._vault.guard:
            self._vault.check()
            self._kept.pop(entry_id, None)
            self._deleted.pop(entry_id, None)
            self._revisions = {
                key: one for key, one in self._revisions.items() if one.entry_id != entry_id
            }
            self._vault.mirror_corrections.forget_page(entry_id)

    def erase_binned(self, before: float) -> None:
        for key, at in list(self._deleted.items()):
            if at <= before:
                self.erase(key)

    def revisions(self, entry_id: int) -> list[Revision]:
        self._vault.check()
        return [one for one in reversed(self._revisions.values()) if one.entry_id == entry_id]

    def newest_revision(self, entry_id: int) -> Revision | None:
        return next(iter(self.revisions(entry_id)), None)

    def drop_revisions(self, revision_ids: Sequence[int]) -> None:
        self._vault.check()
        for revision_id in revision_ids:
            self._revisions.pop(revision_id, None)

    def holds(self, entry_id: int) -> bool:
        """Whether a page is stored, in the bin or not; not part of the port."""
        return entry_id in self._kept

    def _in_order(self) -> list[JournalEntry]:
        shown = [one for key, one in self._kept.items() if key not in self._deleted]
        return sorted(shown, key=lambda one: (one.day, one.at, one.id), reverse=True)


class MemoryMirrorCorrections:
    """MirrorCorrectionStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self._kept: dict[tuple[str, str, str], MirrorCorrection] = {}

    def add(self, correction: MirrorCorrection) -> None:
        self._vault.check()
        kept = replace(correction, label=_clean(correction.label), quote=_clean(correction.quote))
        if not self._vault.journal.holds(kept.entry_id):
            kept = replace(kept, entry_id=0)
        self._kept[(kept.kind, kept.label, kept.quote)] = kept

    def remove(self, correction: MirrorCorrection) -> None:
        self._vault.check()
        claim = (correction.kind, _clean(correction.label), _clean(correction.quote))
        self._kept.pop(claim, None)

    def corrections(self) -> list[MirrorCorrection]:
        self._vault.check()
        return sorted(self._kept.values(), key=lambda one: one.at)

    def forget_page(self, entry_id: int) -> None:
        """The page is erased; not part of the port."""
        self._kept = {key: one for key, one in self._kept.items() if one.entry_id != entry_id}


def _cleaned(entry: JournalEntry) -> JournalEntry:
    return replace(entry, text=_clean(entry.text), title=_clean(entry.title))


def _clean(text: str) -> str:
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "\ufffd")


def plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", _clean(text)).casefold()
    return "".join(part for part in parts if not unicodedata.combining(part))


def holds_all(text: str, wanted: set[str]) -> bool:
    words = set(WORDS.findall(text))
    return all(
        any(found.startswith(word) for found in words) if word.isascii() else word in text
        for word in wanted
    )


def marked(text: str, word: str) -> str:
    at = plain(text).find(word)
    if at < 0 or text[at : at + len(word)].casefold() != word:
        return text[:120]
    end = at + len(word)
    return f"{text[max(0, at - 24) : at]}\ue000{text[at:end]}\ue001{text[end : end + 60]}"
