"""A vault in plain memory, for tests of everything that stands behind the Vault port.

It shares no code with the real one. The cases of tests/contract hold for both.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar

from psylite_desktop.domain.aside import AsideRating, ShownAside
from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.clock_trust import LAST_BELIEVED
from psylite_desktop.domain.conversation import Conversation, Message, SearchHit
from psylite_desktop.domain.correction import Correction
from psylite_desktop.domain.ending import Ending
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.exercise import Answer, ExerciseRun
from psylite_desktop.domain.memory import MOST_NOTES, MemoryNote
from psylite_desktop.domain.risk import Level, RiskState
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.domain.versions import OtherVersion
from tests.fakes.memory_backups import MemoryBackups
from tests.fakes.memory_earlier import MemoryEarlier, MemoryKeptWords
from tests.fakes.memory_feedback import MemoryRatings, MemorySuggestions
from tests.fakes.memory_journal import MemoryJournal, MemoryMirrorCorrections

T = TypeVar("T")

_WORDS = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")


class MemoryVault:
    """Vault port in memory; safe to call from any thread.

    `failure` set to a VaultError makes each following call raise it, which is how a test plays a
    full disk.
    """

    def __init__(self) -> None:
        self.failure: VaultError | None = None
        self.closed = False
        self.guard = threading.RLock()
        self.conversations = MemoryConversations(self)
        self.risk_state = MemoryRiskState(self)
        self.settings = MemoryPrivateSettings(self)
        self.drafts = MemoryDrafts(self)
        self.corrections = MemoryCorrections(self)
        self.safety_plan = MemorySafetyPlan(self)
        self.shown_plan = MemoryShownPlan(self)
        self.asides = MemoryAsides(self)
        self.memory_notes = MemoryMemoryNotes(self)
        self.endings = MemoryEndings(self)
        self.check_ins = MemoryCheckIns(self)
        self.scale_runs = MemoryScaleRuns(self)
        self.exercise_runs = MemoryExerciseRuns(self)
        self.backups = MemoryBackups(self)
        self.is_read_only = False
        self.ratings = MemoryRatings(self)
        self.suggestions = MemorySuggestions(self)
        self.journal = MemoryJournal(self)
        self.mirror_corrections = MemoryMirrorCorrections(self)
        self.earlier = MemoryEarlier(self)
        self.kept_words = MemoryKeptWords(self)

    def submit(self, function: Callable[[], T]) -> Future[T]:
        """Call the function now and return a finished future."""
        self.check()
        future: Future[T] = Future()
        try:
            future.set_result(function())
        except Exception as error:  # noqa: BLE001 - a future carries whatever was raised
            future.set_exception(error)
        return future

    def close(self) -> None:
        """Refuse everything from now on."""
        self.closed = True

    def check(self) -> None:
        """Raise what a real vault would: locked, or the failure a test asked for."""
        if self.closed:
            raise VaultError("vault_locked")
        if self.failure is not None:
            raise self.failure


class MemoryConversations:
    """ConversationStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self._rows: dict[int, Conversation] = {}
        self._messages: dict[int, tuple[int, Message]] = {}
        self._conversation_ids = 0
        self._message_ids = 0
        self._others: dict[int, tuple[int, int]] = {}  # id: what it followed, when it gave way

    def start(self, now: float) -> int:
        with self._vault.guard:
            self._vault.check()
            self._conversation_ids += 1
            key = self._conversation_ids
            self._rows[key] = Conversation(id=key, title="", started_at=now, updated_at=now)
            return key

    def append(self, conversation_id: int, message: Message) -> Message:
        with self._vault.guard:
            row = self._row(conversation_id)
            self._message_ids += 1
            stored = replace(
                message, id=self._message_ids, text=_clean(message.text), note=_clean(message.note)
            )
            self._messages[stored.id] = (conversation_id, stored)
            newest = max(row.updated_at, stored.created_at)
            self._rows[conversation_id] = replace(row, updated_at=newest)
            return stored

    def update(self, message: Message) -> None:
        with self._vault.guard:
            self._vault.check()
            if message.id not in self._messages:
                raise VaultError("conversation_unknown")
            conversation_id, stored = self._messages[message.id]
            changed = replace(
                stored, text=_clean(message.text), mode=message.mode, complete=message.complete
            )
            self._messages[message.id] = (conversation_id, changed)

    def set_note(self, message_id: int, note: str) -> None:
        with self._vault.guard:
            self._vault.check()
            if message_id not in self._messages:
                raise VaultError("conversation_unknown")
            conversation_id, stored = self._messages[message_id]
            self._messages[message_id] = (conversation_id, replace(stored, note=_clean(note)))

    def drop_from(self, conversation_id: int, message_id: int) -> None:
        with self._vault.guard:
            self._vault.check()
            shown = [message.id for message in self.messages(conversation_id)]
            gone = {key for key in shown if key >= message_id}
            if not gone:
                return
            before = max(set(shown) - gone, default=0)
            while more := {
                key
                for key, (after, _) in self._others.items()
                if (after in gone or after == before)
                and key not in gone
                and self._messages[key][0] == conversation_id
            }:
                gone |= more
            for key in gone:
                del self._messages[key]
                self._others.pop(key, None)

    def replace_from(
        self, conversation_id: int, message_id: int, messages: Sequence[Message]
    ) -> list[Message]:
        with self._vault.guard:
            self._row(conversation_id)
            self._give_way(conversation_id, message_id)
            return [self.append(conversation_id, message) for message in messages]

    def other_versions(self, conversation_id: int) -> list[OtherVersion]:
        with self._vault.guard:
            self._vault.check()
            return [
                OtherVersion(message, *self._others[key])
                for key, (owner, message) in self._messages.items()
                if owner == conversation_id and key in self._others
            ]

    def show_version(self, conversation_id: int, message_id: int) -> None:
        with self._vault.guard:
            self._vault.check()
            if self._messages.get(message_id, (0, None))[0] != conversation_id:
                raise VaultError("conversation_unknown")
            if message_id not in self._others:
                return
            way, top = [message_id], message_id
            while (top := self._others[top][0]) in self._others:
                way.append(top)
            last = message_id
            while following := [key for key, (after, _) in self._others.items() if after == last]:
                last = max(following, key=lambda key: self._others[key][1])
                way.append(last)
            self._give_way(conversation_id, top + 1)
            for key in way:
                del self._others[key]
            self._vault.earlier.forget_reading(conversation_id)

    def _give_way(self, conversation_id: int, since: int) -> None:
        number = 1 + max((one.gave_way for one in self.other_versions(conversation_id)), default=0)
        before = 0
        for message in self.messages(conversation_id):
            if message.id >= since:
                self._others[message.id] = (before, number)
            before = message.id

    def rename(self, conversation_id: int, title: str) -> None:
        with self._vault.guard:
            row = self._row(conversation_id)
            self._rows[conversation_id] = replace(row, title=_clean(title))

    def delete(self, conversation_id: int) -> None:
        with self._vault.guard:
            self._vault.check()
            for key, (owner, _) in list(self._messages.items()):
                if owner == conversation_id:
                    del self._messages[key]
                    self._others.pop(key, None)
            self._rows.pop(conversation_id, None)
            self._vault.earlier.deleted.pop(conversation_id, None)

    def messages(self, conversation_id: int) -> list[Message]:
        with self._vault.guard:
            self._vault.check()
            return [
                message
                for key, (owner, message) in self._messages.items()
                if owner == conversation_id and key not in self._others
            ]

    def conversations(self, *, limit: int = 50, offset: int = 0) -> list[Conversation]:
        with self._vault.guard:
            self._vault.check()
            newest: dict[int, int] = {}
            counts: dict[int, int] = {}
            for key, (owner, _) in self._messages.items():
                if owner in self._vault.earlier.deleted:
                    continue
                newest[owner] = key
                counts[owner] = counts.get(owner, 0) + (key not in self._others)
            order = sorted(newest, key=lambda owner: newest[owner], reverse=True)
            return [
                replace(self._rows[owner], message_count=counts[owner])
                for owner in order[max(0, offset) :][: max(0, limit)]
            ]

    def search(self, query: str, *, limit: int = 50) -> list[SearchHit]:
        with self._vault.guard:
            self._vault.check()
            wanted = set(_WORDS.findall(_plain(query[:200])))
            if not wanted:
                return []
            hits = [
                SearchHit(
                    owner,
                    key,
                    message.created_at,
                    _marked(message.text, min(wanted)),
                    self._rows[owner].title,
                )
                for key, (owner, message) in self._messages.items()
                if owner not in self._vault.earlier.deleted
                and key not in self._others
                and _holds_all(_plain(message.text), wanted)
            ]
            return hits[::-1][: max(0, limit)]

    def highest_level(self, first: float, last: float) -> int:
        self._vault.check()
        messages = [message for _owner, message in self._messages.values()]
        return max((one.level for one in messages if first <= one.created_at < last), default=0)

    def holds(self, message_id: int | None) -> bool:
        """Whether a message is stored; not part of the port."""
        return message_id in self._messages

    def is_shown(self, message_id: int) -> bool:
        """Whether a message is stored and shown; not part of the port."""
        return message_id in self._messages and message_id not in self._others

    def newest(self, conversation_id: int) -> int:
        """The newest message, shown or not; not part of the port."""
        return max(key for key, (owner, _) in self._messages.items() if owner == conversation_id)

    def row(self, conversation_id: int) -> Conversation:
        """A conversation as it stands, binned or not; not part of the port."""
        count = len(self.messages(conversation_id))
        return replace(self._rows[conversation_id], message_count=count)

    def knows(self, conversation_id: int) -> bool:
        """Whether a conversation is there; not part of the port."""
        return conversation_id in self._rows

    def _row(self, conversation_id: int) -> Conversation:
        self._vault.check()
        if conversation_id not in self._rows:
            raise VaultError("conversation_unknown")
        return self._rows[conversation_id]


class MemoryRiskState:
    """RiskStateStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self._state = RiskState()

    def load(self) -> RiskState:
        self._vault.check()
        return self._state

    def save(self, state: RiskState) -> None:
        self._vault.check()
        self._state = state


class MemoryPrivateSettings:
    """PrivateSettingsStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self._settings = PrivateSettings()

    def load(self) -> PrivateSettings:
        self._vault.check()
        return self._settings

    def save(self, settings: PrivateSettings) -> None:
        self._vault.check()
        self._settings = settings


class MemoryDrafts:
    """DraftStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self._texts: dict[str, str] = {}

    def load(self, place: str) -> str:
        self._vault.check()
        return self._texts.get(place, "")

    def save(self, place: str, text: str) -> None:
        self._vault.check()
        self._texts[place] = _clean(text)


class MemoryCorrections:
    """CorrectionStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self._kept: list[Correction] = []

    def add(self, correction: Correction) -> None:
        self._vault.check()
        if not self._vault.conversations.holds(correction.message_id):
            correction = replace(correction, message_id=None)
        self._kept.append(correction)

    def corrections(self) -> list[Correction]:
        self._vault.check()
        return [
            kept
            for kept in self._kept
            if kept.message_id is None or self._vault.conversations.holds(kept.message_id)
        ]

    def count(self) -> int:
        return len(self.corrections())

    def clear(self) -> None:
        self._vault.check()
        self._kept = []


class MemorySafetyPlan:
    """SafetyPlanStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self._entries: dict[PlanStep, PlanEntry] = {}

    def entries(self) -> list[PlanEntry]:
        self._vault.check()
        return [self._entries[step] for step in PlanStep if step in self._entries]

    def save(self, entries: Sequence[PlanEntry]) -> None:
        self._vault.check()
        for entry in entries:
            self._entries[entry.step] = replace(entry, text=_clean(entry.text))
            if not entry.text:
                del self._entries[entry.step]


class MemoryShownPlan:
    """ShownPlan port in memory; `entries` is what can be read before unlocking."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self.entries: tuple[PlanEntry, ...] = ()

    def keep(self, entries: Sequence[PlanEntry]) -> None:
        self.entries = ()
        if entries and self._vault.failure is not None:
            raise self._vault.failure
        self.entries = tuple(replace(entry, updated_at=0.0) for entry in entries)


class MemoryAsides:
    """AsideStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self._kept: list[ShownAside] = []

    def add(self, shown: ShownAside) -> ShownAside:
        self._vault.check()
        stored = replace(shown, id=len(self._kept) + 1)
        self._kept.append(stored)
        return stored

    def rate(self, aside_id: int, rating: AsideRating | None, *, at: float) -> None:
        self._vault.check()
        self._kept = [
            replace(kept, rating=rating, rated_at=at) if kept.id == aside_id else kept
            for kept in self._kept
        ]

    def since(self, at: float) -> list[ShownAside]:
        self._vault.check()
        return [kept for kept in self._kept if max(kept.at, kept.rated_at or 0.0) >= at]


class MemoryMemoryNotes:
    """MemoryNoteStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self._kept: dict[int, MemoryNote] = {}
        self._vectors: dict[int, tuple[str, tuple[float, ...]]] = {}
        self._ids = 0

    def add(self, note: MemoryNote) -> MemoryNote:
        with self._vault.guard:
            self._vault.check()
            self._ids += 1
            stored = self._seen(replace(note, id=self._ids, text=_clean(note.text)))
            self._kept[stored.id] = stored
            while len(self._kept) > MOST_NOTES:
                others = [kept for kept in self._kept.values() if kept.id != stored.id]
                self.delete(min(others, key=lambda kept: (kept.pinned, kept.id)).id)
            return stored

    def update(self, note: MemoryNote) -> None:
        with self._vault.guard:
            self._vault.check()
            old = self._kept.get(note.id)
            if old is None:
                return
            text = _clean(note.text)
            if text != old.text:
                self._vectors.pop(note.id, None)
            self._kept[note.id] = replace(
                note, text=text, created_at=old.created_at, message_id=old.message_id
            )

    def delete(self, note_id: int) -> None:
        self._vault.check()
        self._kept.pop(note_id, None)
        self._vectors.pop(note_id, None)

    def clear(self) -> None:
        self._vault.check()
        self._kept, self._vectors = {}, {}

    def notes(self, now: float) -> list[MemoryNote]:
        with self._vault.guard:
            self._vault.check()
            for note in list(self._kept.values()) if now <= LAST_BELIEVED else []:
                if note.expires_at is not None and note.expires_at <= now and not note.pinned:
                    self.delete(note.id)
            return [self._seen(note) for note in reversed(self._kept.values())]

    def set_vector(self, note_id: int, vector: Sequence[float], embedder: str) -> None:
        self._vault.check()
        if note_id in self._kept:
            self._vectors[note_id] = (embedder, tuple(vector))

    def vectors(self, embedder: str) -> Mapping[int, tuple[float, ...]]:
        self._vault.check()
        return {key: vector for key, (mark, vector) in self._vectors.items() if mark == embedder}

    def _seen(self, note: MemoryNote) -> MemoryNote:
        """Without a message that is gone."""
        if self._vault.conversations.holds(note.message_id):
            return note
        return replace(note, message_id=None)


class MemoryEndings:
    """EndingStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self._kept: dict[int, Ending] = {}

    def save(self, ending: Ending) -> None:
        self._vault.check()
        if not self._vault.conversations.knows(ending.conversation_id):
            raise VaultError("conversation_unknown")
        first, second, third = (_clean(line) for line in ending.lines)
        self._kept[ending.conversation_id] = replace(
            ending, lines=(first, second, third), next_step=_clean(ending.next_step)
        )

    def load(self, conversation_id: int) -> Ending | None:
        self._vault.check()
        if not self._vault.conversations.knows(conversation_id):
            return None
        return self._kept.get(conversation_id)


class MemoryCheckIns:
    """CheckInStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self._kept: dict[int, CheckIn] = {}
        self._ids = 0

    def add(self, check_in: CheckIn) -> CheckIn:
        self._vault.check()
        self._ids += 1
        stored = self._kept[self._ids] = replace(_cleaned(check_in), id=self._ids)
        return stored

    def update(self, check_in: CheckIn) -> None:
        self._vault.check()
        if check_in.id in self._kept:
            self._kept[check_in.id] = _cleaned(check_in)

    def raise_level(self, check_in_id: int, level: Level) -> None:
        self._vault.check()
        kept = self._kept.get(check_in_id)
        if kept is not None:
            self._kept[check_in_id] = replace(kept, level=max(kept.level, level))

    def delete(self, check_in_id: int) -> None:
        self._vault.check()
        self._kept.pop(check_in_id, None)

    def between(self, first: str, last: str) -> list[CheckIn]:
        self._vault.check()
        return [one for one in self._in_order() if first <= one.day <= last]

    def latest(self) -> CheckIn | None:
        self._vault.check()
        return next(reversed(self._in_order()), None)

    def tags(self) -> list[str]:
        self._vault.check()
        uses: dict[str, list[int]] = {}
        for key, kept in self._kept.items():
            for tag in kept.tags:
                uses.setdefault(tag, []).append(key)
        return sorted(uses, key=lambda tag: (-len(uses[tag]), -max(uses[tag]), tag))

    def _in_order(self) -> list[CheckIn]:
        return sorted(self._kept.values(), key=lambda one: (one.day, one.at, one.id))


def _cleaned(check_in: CheckIn) -> CheckIn:
    return replace(
        check_in,
        feelings=tuple(map(_clean, check_in.feelings)),
        tags=tuple(map(_clean, check_in.tags)),
        note=_clean(check_in.note),
    )


class MemoryExerciseRuns:
    """ExerciseRunStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self._runs: dict[int, ExerciseRun] = {}
        self._last = 0

    def save(self, run: ExerciseRun) -> ExerciseRun:
        with self._vault.guard:
            self._vault.check()
            if run.id == 0:
                self._last += 1
                run = replace(run, id=self._last)
            elif run.id not in self._runs:
                return run
            answers = {key: _clean_answer(answer) for key, answer in run.answers.items()}
            self._runs[run.id] = replace(run, answers=answers)
            return run

    def open_runs(self) -> list[ExerciseRun]:
        self._vault.check()
        found = [run for run in self._runs.values() if run.finished_at is None]
        return sorted(found, key=lambda run: (run.updated_at, run.id), reverse=True)

    def finished_runs(
        self, exercise_id: str = "", *, limit: int = 50, offset: int = 0
    ) -> list[ExerciseRun]:
        self._vault.check()
        found = [
            run
            for run in self._runs.values()
            if run.finished_at is not None and exercise_id in ("", run.exercise_id)
        ]
        found.sort(key=lambda run: (run.finished_at or 0.0, run.id), reverse=True)
        return found[max(0, offset) :][: max(0, limit)]

    def delete(self, run_id: int) -> None:
        with self._vault.guard:
            self._vault.check()
            self._runs.pop(run_id, None)


def _clean_answer(answer: Answer) -> Answer:
    if isinstance(answer, str):
        return _clean(answer)
    return answer if isinstance(answer, int) else tuple(_clean(item) for item in answer)


class MemoryScaleRuns:
    """ScaleRunStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self._runs: dict[int, ScaleRun] = {}
        self._ids = 0

    def add(self, run: ScaleRun) -> ScaleRun:
        with self._vault.guard:
            self._vault.check()
            self._ids += 1
            self._runs[self._ids] = replace(run, id=self._ids)
            return self._runs[self._ids]

    def delete(self, run_id: int) -> None:
        with self._vault.guard:
            self._vault.check()
            self._runs.pop(run_id, None)

    def runs(self) -> list[ScaleRun]:
        with self._vault.guard:
            self._vault.check()
            return list(self._runs.values())


def _clean(text: str) -> str:
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "\ufffd")


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", _clean(text)).casefold()
    return "".join(part for part in parts if not unicodedata.combining(part))


def _holds_all(text: str, wanted: set[str]) -> bool:
    words = set(_WORDS.findall(text))
    return all(
        any(found.startswith(word) for found in words) if word.isascii() else word in text
        for word in wanted
    )


def _marked(text: str, word: str) -> str:
    at = _plain(text).find(word)
    if at < 0 or text[at : at + len(word)].casefold() != word:
        return text[:120]
    end = at + len(word)
    before = text[max(0, at - 24) : at]
    return f"{before}\ue000{text[at:end]}\ue001{text[end : end + 60]}"
