"""What the vault holds already, so that a file brings nothing in twice."""

from __future__ import annotations

from collections.abc import Hashable

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.exercise import ExerciseRun
from psylite_desktop.domain.imports import Brought, BroughtTalk
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.memory import MOST_NOTES, MemoryNote
from psylite_desktop.domain.ports import Vault
from psylite_desktop.domain.safety_plan import PlanEntry
from psylite_desktop.domain.scale import ScaleRun

PAGE = 200


class KnownItems:
    """Remembers marks of everything stored, and of everything asked about. May raise VaultError."""

    def __init__(self, vault: Vault, now: float) -> None:
        self._vault = vault
        self._seen: set[Hashable] = set()
        self._stored = {mark(one) for one in vault.check_ins.between("0000", "9999")}
        self._stored |= {mark(run) for run in vault.scale_runs.runs()}
        self._read_runs()
        self._read_pages()
        notes = vault.memory_notes.notes(now)
        self._stored |= {mark(note) for note in notes}
        self._room = MOST_NOTES - len(notes)
        self._plan = {entry.step: entry.text for entry in vault.safety_plan.entries()}
        self._has_talks = False

    def why_not(self, value: Brought) -> str:
        """Why a thing stays outside, empty where nothing speaks against it."""
        if isinstance(value, BroughtTalk) and not self._has_talks:
            self._read_talks()
        if isinstance(value, PlanEntry) and value.step in self._plan:
            return "exists" if self._plan[value.step] == value.text else "filled"
        own = mark(value)
        if own in self._stored:
            return "exists"
        if own in self._seen:
            return "twice"
        if isinstance(value, MemoryNote):
            if self._room <= 0:
                return "full"
            self._room -= 1
        self._seen.add(own)
        return ""

    def _read_runs(self) -> None:
        offset = 0
        while page := self._vault.exercise_runs.finished_runs(limit=PAGE, offset=offset):
            self._stored |= {mark(run) for run in page}
            offset += len(page)

    def _read_pages(self) -> None:
        offset = 0
        while pages := self._vault.journal.entries(limit=PAGE, offset=offset):
            self._stored |= {mark(page) for page in pages}
            offset += len(pages)

    def _read_talks(self) -> None:
        self._has_talks = True
        offset = 0
        store = self._vault.conversations
        while page := store.conversations(limit=PAGE, offset=offset):
            for one in page:
                messages = tuple(store.messages(one.id))
                beginnings = [messages[:1]]
                beginnings += [
                    (other.message,) for other in store.other_versions(one.id) if not other.after
                ]
                for first in filter(None, beginnings):
                    self._stored.add(mark(BroughtTalk(one.title, first)))
            offset += len(page)


def mark(value: Brought) -> Hashable:  # noqa: PLR0911 - one for every kind of thing
    """What makes two things the same: when, and what was said."""
    match value:
        case CheckIn():
            return ("check_in", value.day, int(value.at // 60), value.mood, value.note)
        case JournalEntry():
            return ("journal", value.day, value.title, value.text)
        case ScaleRun():
            return ("scale", value.scale, round(value.at, 3), tuple(sorted(value.scores)))
        case ExerciseRun():
            return ("exercise", value.exercise_id, round(value.started_at, 3))
        case MemoryNote():
            return ("memory", value.text)
        case PlanEntry():
            return ("plan", value.step)
        case BroughtTalk():
            first = value.messages[0]
            return ("talk", round(first.created_at, 3), first.role, first.text)
