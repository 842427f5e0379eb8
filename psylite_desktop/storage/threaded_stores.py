"""Each store as other threads see it: every call is run on the vault's own thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psylite_desktop.domain.aside import AsideRating, ShownAside
from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.conversation import Conversation, Message, SearchHit
from psylite_desktop.domain.correction import Correction
from psylite_desktop.domain.ending import Ending
from psylite_desktop.domain.exercise import ExerciseRun
from psylite_desktop.domain.memory import MemoryNote
from psylite_desktop.domain.ports import (
    ConversationStore,
    DraftStore,
    PrivateSettingsStore,
    RiskStateStore,
)
from psylite_desktop.domain.risk import Level, RiskState
from psylite_desktop.domain.safety_plan import PlanEntry
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.domain.stores import (
    AsideStore,
    CheckInStore,
    CorrectionStore,
    EndingStore,
    ExerciseRunStore,
    MemoryNoteStore,
    SafetyPlanStore,
    ScaleRunStore,
)
from psylite_desktop.domain.versions import OtherVersion
from psylite_desktop.storage.thread import StorageThread


class ThreadedConversations:
    """ConversationStore for any thread."""

    def __init__(self, thread: StorageThread, store: ConversationStore) -> None:
        self._thread = thread
        self._store = store

    def start(self, now: float) -> int:
        """See ConversationStore."""
        return self._thread.run(lambda: self._store.start(now))

    def append(self, conversation_id: int, message: Message) -> Message:
        """See ConversationStore."""
        return self._thread.run(lambda: self._store.append(conversation_id, message))

    def update(self, message: Message) -> None:
        """See ConversationStore."""
        self._thread.run(lambda: self._store.update(message))

    def set_note(self, message_id: int, note: str) -> None:
        """See ConversationStore."""
        self._thread.run(lambda: self._store.set_note(message_id, note))

    def drop_from(self, conversation_id: int, message_id: int) -> None:
        """See ConversationStore."""
        self._thread.run(lambda: self._store.drop_from(conversation_id, message_id))

    def replace_from(
        self, conversation_id: int, message_id: int, messages: Sequence[Message]
    ) -> list[Message]:
        """See ConversationStore."""
        return self._thread.run(
            lambda: self._store.replace_from(conversation_id, message_id, messages)
        )

    def other_versions(self, conversation_id: int) -> list[OtherVersion]:
        """See ConversationStore."""
        return self._thread.run(lambda: self._store.other_versions(conversation_id))

    def show_version(self, conversation_id: int, message_id: int) -> None:
        """See ConversationStore."""
        self._thread.run(lambda: self._store.show_version(conversation_id, message_id))

    def rename(self, conversation_id: int, title: str) -> None:
        """See ConversationStore."""
        self._thread.run(lambda: self._store.rename(conversation_id, title))

    def delete(self, conversation_id: int) -> None:
        """See ConversationStore."""
        self._thread.run(lambda: self._store.delete(conversation_id))

    def messages(self, conversation_id: int) -> list[Message]:
        """See ConversationStore."""
        return self._thread.run(lambda: self._store.messages(conversation_id))

    def conversations(self, *, limit: int = 50, offset: int = 0) -> list[Conversation]:
        """See ConversationStore."""
        return self._thread.run(lambda: self._store.conversations(limit=limit, offset=offset))

    def search(self, query: str, *, limit: int = 50) -> list[SearchHit]:
        """See ConversationStore."""
        return self._thread.run(lambda: self._store.search(query, limit=limit))

    def highest_level(self, first: float, last: float) -> int:
        """See ConversationStore."""
        return self._thread.run(lambda: self._store.highest_level(first, last))


class ThreadedRiskState:
    """RiskStateStore for any thread."""

    def __init__(self, thread: StorageThread, store: RiskStateStore) -> None:
        self._thread = thread
        self._store = store

    def load(self) -> RiskState:
        """See RiskStateStore."""
        return self._thread.run(self._store.load)

    def save(self, state: RiskState) -> None:
        """See RiskStateStore."""
        self._thread.run(lambda: self._store.save(state))


class ThreadedPrivateSettings:
    """PrivateSettingsStore for any thread."""

    def __init__(self, thread: StorageThread, store: PrivateSettingsStore) -> None:
        self._thread = thread
        self._store = store

    def load(self) -> PrivateSettings:
        """See PrivateSettingsStore."""
        return self._thread.run(self._store.load)

    def save(self, settings: PrivateSettings) -> None:
        """See PrivateSettingsStore."""
        self._thread.run(lambda: self._store.save(settings))


class ThreadedDrafts:
    """DraftStore for any thread."""

    def __init__(self, thread: StorageThread, store: DraftStore) -> None:
        self._thread = thread
        self._store = store

    def load(self, place: str) -> str:
        """See DraftStore."""
        return self._thread.run(lambda: self._store.load(place))

    def save(self, place: str, text: str) -> None:
        """See DraftStore."""
        self._thread.run(lambda: self._store.save(place, text))


class ThreadedCorrections:
    """CorrectionStore for any thread."""

    def __init__(self, thread: StorageThread, store: CorrectionStore) -> None:
        self._thread = thread
        self._store = store

    def add(self, correction: Correction) -> None:
        """See CorrectionStore."""
        self._thread.run(lambda: self._store.add(correction))

    def corrections(self) -> list[Correction]:
        """See CorrectionStore."""
        return self._thread.run(self._store.corrections)

    def count(self) -> int:
        """See CorrectionStore."""
        return self._thread.run(self._store.count)

    def clear(self) -> None:
        """See CorrectionStore."""
        self._thread.run(self._store.clear)


class ThreadedSafetyPlan:
    """SafetyPlanStore for any thread."""

    def __init__(self, thread: StorageThread, store: SafetyPlanStore) -> None:
        self._thread = thread
        self._store = store

    def entries(self) -> list[PlanEntry]:
        """See SafetyPlanStore."""
        return self._thread.run(self._store.entries)

    def save(self, entries: Sequence[PlanEntry]) -> None:
        """See SafetyPlanStore."""
        self._thread.run(lambda: self._store.save(entries))


class ThreadedAsides:
    """AsideStore for any thread."""

    def __init__(self, thread: StorageThread, store: AsideStore) -> None:
        self._thread = thread
        self._store = store

    def add(self, shown: ShownAside) -> ShownAside:
        """See AsideStore."""
        return self._thread.run(lambda: self._store.add(shown))

    def rate(self, aside_id: int, rating: AsideRating | None, *, at: float) -> None:
        """See AsideStore."""
        self._thread.run(lambda: self._store.rate(aside_id, rating, at=at))

    def since(self, at: float) -> list[ShownAside]:
        """See AsideStore."""
        return self._thread.run(lambda: self._store.since(at))


class ThreadedMemoryNotes:
    """MemoryNoteStore for any thread."""

    def __init__(self, thread: StorageThread, store: MemoryNoteStore) -> None:
        self._thread = thread
        self._store = store

    def add(self, note: MemoryNote) -> MemoryNote:
        """See MemoryNoteStore."""
        return self._thread.run(lambda: self._store.add(note))

    def update(self, note: MemoryNote) -> None:
        """See MemoryNoteStore."""
        self._thread.run(lambda: self._store.update(note))

    def delete(self, note_id: int) -> None:
        """See MemoryNoteStore."""
        self._thread.run(lambda: self._store.delete(note_id))

    def clear(self) -> None:
        """See MemoryNoteStore."""
        self._thread.run(self._store.clear)

    def notes(self, now: float) -> list[MemoryNote]:
        """See MemoryNoteStore."""
        return self._thread.run(lambda: self._store.notes(now))

    def set_vector(self, note_id: int, vector: Sequence[float], embedder: str) -> None:
        """See MemoryNoteStore."""
        self._thread.run(lambda: self._store.set_vector(note_id, vector, embedder))

    def vectors(self, embedder: str) -> Mapping[int, tuple[float, ...]]:
        """See MemoryNoteStore."""
        return self._thread.run(lambda: self._store.vectors(embedder))


class ThreadedEndings:
    """EndingStore for any thread."""

    def __init__(self, thread: StorageThread, store: EndingStore) -> None:
        self._thread = thread
        self._store = store

    def save(self, ending: Ending) -> None:
        """See EndingStore."""
        self._thread.run(lambda: self._store.save(ending))

    def load(self, conversation_id: int) -> Ending | None:
        """See EndingStore."""
        return self._thread.run(lambda: self._store.load(conversation_id))


class ThreadedCheckIns:
    """CheckInStore for any thread."""

    def __init__(self, thread: StorageThread, store: CheckInStore) -> None:
        self._thread = thread
        self._store = store

    def add(self, check_in: CheckIn) -> CheckIn:
        """See CheckInStore."""
        return self._thread.run(lambda: self._store.add(check_in))

    def update(self, check_in: CheckIn) -> None:
        """See CheckInStore."""
        self._thread.run(lambda: self._store.update(check_in))

    def raise_level(self, check_in_id: int, level: Level) -> None:
        """See CheckInStore."""
        self._thread.run(lambda: self._store.raise_level(check_in_id, level))

    def delete(self, check_in_id: int) -> None:
        """See CheckInStore."""
        self._thread.run(lambda: self._store.delete(check_in_id))

    def between(self, first: str, last: str) -> list[CheckIn]:
        """See CheckInStore."""
        return self._thread.run(lambda: self._store.between(first, last))

    def latest(self) -> CheckIn | None:
        """See CheckInStore."""
        return self._thread.run(self._store.latest)

    def tags(self) -> list[str]:
        """See CheckInStore."""
        return self._thread.run(self._store.tags)


class ThreadedExerciseRuns:
    """ExerciseRunStore for any thread."""

    def __init__(self, thread: StorageThread, store: ExerciseRunStore) -> None:
        self._thread = thread
        self._store = store

    def save(self, run: ExerciseRun) -> ExerciseRun:
        """See ExerciseRunStore."""
        return self._thread.run(lambda: self._store.save(run))

    def open_runs(self) -> list[ExerciseRun]:
        """See ExerciseRunStore."""
        return self._thread.run(self._store.open_runs)

    def finished_runs(
        self, exercise_id: str = "", *, limit: int = 50, offset: int = 0
    ) -> list[ExerciseRun]:
        """See ExerciseRunStore."""
        return self._thread.run(
            lambda: self._store.finished_runs(exercise_id, limit=limit, offset=offset)
        )

    def delete(self, run_id: int) -> None:
        """See ExerciseRunStore."""
        self._thread.run(lambda: self._store.delete(run_id))


class ThreadedScaleRuns:
    """ScaleRunStore for any thread."""

    def __init__(self, thread: StorageThread, store: ScaleRunStore) -> None:
        self._thread = thread
        self._store = store

    def add(self, run: ScaleRun) -> ScaleRun:
        """See ScaleRunStore."""
        return self._thread.run(lambda: self._store.add(run))

    def delete(self, run_id: int) -> None:
        """See ScaleRunStore."""
        self._thread.run(lambda: self._store.delete(run_id))

    def runs(self) -> list[ScaleRun]:
        """See ScaleRunStore."""
        return self._thread.run(self._store.runs)
