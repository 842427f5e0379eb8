"""Ports of what a profile keeps beside its conversations, as Protocols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from psylite_desktop.domain.aside import AsideRating, ShownAside
    from psylite_desktop.domain.check_in import CheckIn
    from psylite_desktop.domain.correction import Correction
    from psylite_desktop.domain.ending import Ending
    from psylite_desktop.domain.exercise import ExerciseRun
    from psylite_desktop.domain.journal import (
        BinnedEntry,
        JournalEntry,
        JournalHit,
        Revision,
    )
    from psylite_desktop.domain.memory import MemoryNote
    from psylite_desktop.domain.mirror import MirrorCorrection
    from psylite_desktop.domain.rating import ReplyRating
    from psylite_desktop.domain.risk import Level
    from psylite_desktop.domain.safety_plan import PlanEntry
    from psylite_desktop.domain.scale import ScaleRun
    from psylite_desktop.domain.suggestion import Answer, GivenAnswer, Offer


class AsideStore(Protocol):
    """What was offered beside replies. Methods raise VaultError."""

    def add(self, shown: ShownAside) -> ShownAside:
        """Store durably and return it with its id."""
        ...

    def rate(self, aside_id: int, rating: AsideRating | None, *, at: float) -> None:
        """Keep what was said about one; None takes it back. An unknown id changes nothing."""
        ...

    def since(self, at: float) -> list[ShownAside]:
        """Those shown or rated at or after a time, oldest first."""
        ...


class MemoryNoteStore(Protocol):
    """What is remembered between talks. Methods raise VaultError."""

    def add(self, note: MemoryNote) -> MemoryNote:
        """Store durably and return it with its id.

        Beyond `MOST_NOTES` the oldest go, pinned ones last. A message that is not stored (any
        more) is left out.
        """
        ...

    def update(self, note: MemoryNote) -> None:
        """Replace text, topic, language, end and pin. An unknown id changes nothing.

        The vector of another text is forgotten.
        """
        ...

    def delete(self, note_id: int) -> None:
        """Delete one for good; a missing one is fine."""
        ...

    def clear(self) -> None:
        """Delete all of them."""
        ...

    def notes(self, now: float) -> list[MemoryNote]:
        """Newest first. What has ended by `now` and is not pinned is deleted for good.

        A clock beyond `LAST_BELIEVED` is not believed: nothing ends by it.
        """
        ...

    def set_vector(self, note_id: int, vector: Sequence[float], embedder: str) -> None:
        """Keep the vector of a note with the mark of its embedder, as 32-bit numbers."""
        ...

    def vectors(self, embedder: str) -> Mapping[int, tuple[float, ...]]:
        """Vectors that this embedder made, by note."""
        ...


class EndingStore(Protocol):
    """What the person kept at the end of talks. Methods raise VaultError."""

    def save(self, ending: Ending) -> None:
        """Store durably in the place of an earlier one; it goes with its conversation."""
        ...

    def load(self, conversation_id: int) -> Ending | None:
        """What was kept of a conversation; None where nothing was."""


class CheckInStore(Protocol):
    """Check-ins in the vault. Days are local ones as YYYY-MM-DD. Methods raise VaultError."""

    def add(self, check_in: CheckIn) -> CheckIn:
        """Store durably and return it with its id."""
        ...

    def update(self, check_in: CheckIn) -> None:
        """Replace what is stored under its id. An unknown id changes nothing."""
        ...

    def raise_level(self, check_in_id: int, level: Level) -> None:
        """Keep a higher level; never a lower one. An unknown id changes nothing."""
        ...

    def delete(self, check_in_id: int) -> None:
        """Delete one for good. An unknown id changes nothing."""
        ...

    def between(self, first: str, last: str) -> list[CheckIn]:
        """Those about the days from `first` to `last`, both included, by day and then by time."""
        ...

    def latest(self) -> CheckIn | None:
        """The one about the newest day, the newest of that day; None where there is none."""
        ...

    def tags(self) -> list[str]:
        """All tags in use, the most used first, then the one used last."""


class ExerciseRunStore(Protocol):
    """How far somebody has come in exercises. Methods raise VaultError."""

    def save(self, run: ExerciseRun) -> ExerciseRun:
        """Store durably, at any step, and return it with its id.

        A run that was deleted meanwhile stays deleted.
        """
        ...

    def open_runs(self) -> list[ExerciseRun]:
        """Runs that were not finished, the one touched last first."""
        ...

    def finished_runs(
        self, exercise_id: str = "", *, limit: int = 50, offset: int = 0
    ) -> list[ExerciseRun]:
        """Finished runs, of one exercise or of all, newest first."""
        ...

    def delete(self, run_id: int) -> None:
        """Delete a run for good; an unknown id changes nothing."""
        ...


class ScaleRunStore(Protocol):
    """Results of self-rating scales. Methods raise VaultError."""

    def add(self, run: ScaleRun) -> ScaleRun:
        """Store durably and return it with its id."""
        ...

    def delete(self, run_id: int) -> None:
        """Delete one for good. An unknown id changes nothing."""
        ...

    def runs(self) -> list[ScaleRun]:
        """All of them, in the order they were stored."""
        ...


class RatingStore(Protocol):
    """What the person thinks of replies; each goes with its message. Methods raise VaultError."""

    def save(self, rating: ReplyRating) -> None:
        """Store durably in the place of an earlier one.

        One without marks is removed; a message that is not stored (any more) changes nothing.
        """
        ...

    def load(self, message_id: int) -> ReplyRating | None:
        """The rating of a message; None where there is none."""
        ...

    def ratings(self) -> list[ReplyRating]:
        """All of them, in the order of their messages."""
        ...


class SuggestionStore(Protocol):
    """What was suggested, and what the person said to it. Methods raise VaultError."""

    def add(self, offer: Offer) -> Offer:
        """Store an offer durably and return it with its id."""
        ...

    def note_opened(self, offer_id: int, at: float) -> None:
        """The person took it up. An unknown id changes nothing."""
        ...

    def since(self, at: float) -> list[Offer]:
        """Offers made at or after a time, oldest first."""
        ...

    def answer(self, given: GivenAnswer) -> None:
        """Keep an answer, in the place of the same one about the same subject."""
        ...

    def take_back(self, answer: Answer, subject: str) -> None:
        """Forget an answer; a missing one is fine."""
        ...

    def answers(self) -> list[GivenAnswer]:
        """All answers, oldest first."""


class JournalStore(Protocol):
    """The journal in the vault. Methods raise VaultError.

    A page in the bin is found by `binned` and brought back by `restore`; nothing else sees or
    changes it. Unknown ids change nothing.
    """

    def add(self, entry: JournalEntry) -> JournalEntry:
        """Store durably and return it with its id."""
        ...

    def update(self, entry: JournalEntry, *, keep_at: float | None = None) -> None:
        """Replace text, title, level, prompt and time of the last change.

        With `keep_at` (UTC seconds) what stood there before becomes a revision, both or neither.
        """
        ...

    def set_level(self, entry_id: int, level: Level) -> None:
        """Keep what was heard in a page."""
        ...

    def set_locked(self, entry_id: int, *, locked: bool) -> None:
        """Keep a page out of the mirror, or not."""
        ...

    def entry(self, entry_id: int) -> JournalEntry | None:
        """One page; None where there is none."""
        ...

    def entries(self, *, limit: int = 50, offset: int = 0) -> list[JournalEntry]:
        """Pages, the newest day first, the newest of a day first."""
        ...

    def of_days(self, days: Sequence[str]) -> list[JournalEntry]:
        """Pages begun on these days, in the order of `entries`."""
        ...

    def search(self, query: str, *, limit: int = 50) -> list[JournalHit]:
        """Full-text search over titles and texts, zh and en, in the order of `entries`."""
        ...

    def delete(self, entry_id: int, *, at: float) -> None:
        """Put a page into the bin."""
        ...

    def restore(self, entry_id: int) -> None:
        """Take a page out of the bin."""
        ...

    def binned(self) -> list[BinnedEntry]:
        """What lies in the bin, deleted last first."""
        ...

    def erase(self, entry_id: int) -> None:
        """Delete a page for good with all that belongs to it, from the bin or not."""
        ...

    def erase_binned(self, before: float) -> None:
        """Delete for good what was put into the bin at or before a time."""
        ...

    def revisions(self, entry_id: int) -> list[Revision]:
        """Earlier versions of a page, newest first."""
        ...

    def newest_revision(self, entry_id: int) -> Revision | None:
        """The earlier version that was kept last; None where there is none."""
        ...

    def drop_revisions(self, revision_ids: Sequence[int]) -> None:
        """Delete earlier versions for good."""
        ...


class MirrorCorrectionStore(Protocol):
    """Claims of the Mirror that the person took back. Methods raise VaultError."""

    def add(self, correction: MirrorCorrection) -> None:
        """Store durably; the same kind, label and quote are kept once, with the newest time."""
        ...

    def remove(self, correction: MirrorCorrection) -> None:
        """Forget what has this kind, label and quote, whatever its time; missing is fine."""
        ...

    def corrections(self) -> list[MirrorCorrection]:
        """All of them, oldest first."""
        ...


class SafetyPlanStore(Protocol):
    """The person's plan for hard moments. Methods raise VaultError."""

    def entries(self) -> list[PlanEntry]:
        """Steps that hold something, in the order of the plan."""
        ...

    def save(self, entries: Sequence[PlanEntry]) -> None:
        """Store steps durably, all or none; an empty text removes a step."""
        ...


class ShownPlan(Protocol):
    """Parts of the plan outside the vault, in clear, by the person's explicit choice."""

    def keep(self, entries: Sequence[PlanEntry]) -> None:
        """Let these steps, and only these, be read before unlocking; none takes them away.

        Raises VaultError where the disk refuses; then nothing can be read before unlocking.
        """
        ...


class CorrectionStore(Protocol):
    """What the person said about readings of their words. Methods raise VaultError."""

    def add(self, correction: Correction) -> None:
        """Store durably. A message that is not stored (any more) is left out."""
        ...

    def corrections(self) -> list[Correction]:
        """All of them, oldest first."""
        ...

    def count(self) -> int:
        """How many there are."""
        ...

    def clear(self) -> None:
        """Delete all of them."""
        ...
