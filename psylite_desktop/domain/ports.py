"""Ports: what services need from the outside, as Protocols. `app` hands them the real thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from psylite_desktop.domain.backup import BackupStore
    from psylite_desktop.domain.conversation import Conversation, Message, SearchHit
    from psylite_desktop.domain.earlier import EarlierStore, KeptWordsStore
    from psylite_desktop.domain.passage import Found
    from psylite_desktop.domain.risk import Opinion, RiskState
    from psylite_desktop.domain.settings import PrivateSettings
    from psylite_desktop.domain.stores import (
        AsideStore,
        CheckInStore,
        CorrectionStore,
        EndingStore,
        ExerciseRunStore,
        JournalStore,
        MemoryNoteStore,
        MirrorCorrectionStore,
        RatingStore,
        SafetyPlanStore,
        ScaleRunStore,
        ShownPlan,
        SuggestionStore,
    )
    from psylite_desktop.domain.versions import OtherVersion


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a prompt: role is system, user or assistant; `note` grounds a user turn."""

    role: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sampling:
    """Sampler settings, in llama.cpp's terms."""

    temperature: float = 0.7
    top_k: int = 40
    top_p: float = 0.9
    min_p: float = 0.05
    repeat_penalty: float = 1.1
    repeat_last_n: int = 128
    max_tokens: int = 200
    seed: int = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What a loaded model can do; `context_length` in tokens as configured.

    `processor` names the instructions that the engine's code is made for ("AVX2"; "native" where
    it was built on this machine).
    """

    name: str
    context_length: int
    parameters: int
    chat_format: str
    practice: bool
    processor: str = ""


@dataclass(frozen=True, slots=True)
class Generated:
    """A step of generation.

    `text` is newly decoded text ("" while the prompt is being read, then `read` counts up to
    `to_read` prompt tokens). The last step has `done` and the counts. `thought` is what the model
    thinks aloud before its reply; it is never part of a conversation.
    """

    text: str = ""
    read: int = 0
    to_read: int = 0
    done: bool = False
    stopped: bool = False
    prompt_tokens_evaluated: int = 0
    reply_tokens: int = 0
    thought: str = ""


class TextModel(Protocol):
    """A language model behind the engine process."""

    def is_chosen(self) -> bool:
        """Whether a model is to write at all; else replies are those written beforehand."""
        ...

    def info(self, cancelled: Callable[[], bool] = lambda: False) -> ModelInfo:
        """Say what is loaded, loading it first unless `cancelled` (engine_stopped).

        Raises EngineError, ModelFileError.
        """
        ...

    def count_tokens(self, turns: Sequence[Turn]) -> list[int]:
        """Count tokens of each turn as it will be rendered. Raises EngineError."""
        ...

    def generate(
        self, turns: Sequence[Turn], sampling: Sampling, cancelled: Callable[[], bool]
    ) -> Iterator[Generated]:
        """Stream a reply; ends within 300 ms of `cancelled()` turning true. Raises EngineError."""
        ...


class ReadsAhead(Protocol):
    """Evaluates what a reply will be asked to, before it is asked for. Nothing waits for it."""

    def loaded(self) -> ModelInfo | None:
        """What stands ready; None while nothing is loaded."""
        ...

    def read_ahead(self, turns: Sequence[Turn], *, is_open: bool) -> bool:
        """Begin to; the last turn, if `is_open`, is unfinished. False where nothing is loaded."""
        ...

    def drop_draft(self) -> bool:
        """Forget what was read of a turn that was still being written.

        Now, or else as soon as that can be done, before anything else is read.
        """
        ...


class Listener(Protocol):
    """A later layer of the safety ladder; it may raise what the floor heard."""

    def listen(self, text: str) -> Opinion | None:
        """What it hears in a text, None for nothing.

        Raises EngineError: engine_loading where it does not run yet, else whatever went wrong.
        """
        ...


class PassageIndex(Protocol):
    """Search over shipped corpora."""

    def search(
        self,
        corpus: str,
        query: str,
        *,
        lang: str,
        limit: int = 3,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[Found]:
        """Return the nearest passages, best first.

        Raises EngineError: engine_stopped soon after `cancelled()` turned true, among others.
        """
        ...


class TextVectors(Protocol):
    """Turns texts into vectors of meaning."""

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text, of unit length (or zero). Raises EngineError."""
        ...

    def embedder_mark(self) -> str:
        """Names the embedder: vectors of another one are worth nothing. Raises EngineError."""
        ...


class ConversationStore(Protocol):
    """Conversations and messages in the vault. Methods raise VaultError."""

    def start(self, now: float) -> int:
        """Open a new conversation and return its id."""
        ...

    def append(self, conversation_id: int, message: Message) -> Message:
        """Store a message durably and return it with its id."""
        ...

    def update(self, message: Message) -> None:
        """Replace text, mode and completeness of a stored message."""
        ...

    def set_note(self, message_id: int, note: str) -> None:
        """Keep the passage that stood in the prompt beside a message."""
        ...

    def drop_from(self, conversation_id: int, message_id: int) -> None:
        """Delete a message and everything after it for good, with all versions of both."""
        ...

    def replace_from(
        self, conversation_id: int, message_id: int, messages: Sequence[Message]
    ) -> list[Message]:
        """Put messages in the place of one and of everything after it, all or nothing.

        Returns them as stored, with new ids. What gives way stays as another version.
        """
        ...

    def other_versions(self, conversation_id: int) -> list[OtherVersion]:
        """Messages that are not shown, by id. Everything else here knows what is shown alone."""
        ...

    def show_version(self, conversation_id: int, message_id: int) -> None:
        """Show a message of another version, with what was shown last after it."""
        ...

    def rename(self, conversation_id: int, title: str) -> None:
        """Set the title."""
        ...

    def delete(self, conversation_id: int) -> None:
        """Delete a conversation for good."""
        ...

    def messages(self, conversation_id: int) -> list[Message]:
        """All messages that are shown, in order."""
        ...

    def conversations(self, *, limit: int = 50, offset: int = 0) -> list[Conversation]:
        """Newest first; empty conversations are left out."""
        ...

    def search(self, query: str, *, limit: int = 50) -> list[SearchHit]:
        """Full-text search, zh and en, newest first."""
        ...

    def highest_level(self, first: float, last: float) -> int:
        """The gravest level heard from a time until before another (UTC), in all versions."""
        ...


class RiskStateStore(Protocol):
    """The conversation state of the safety layer."""

    def load(self) -> RiskState:
        """The stored state, or a calm one."""
        ...

    def save(self, state: RiskState) -> None:
        """Store the state durably."""
        ...


class PrivateSettingsStore(Protocol):
    """Settings of one profile."""

    def load(self) -> PrivateSettings:
        """Stored settings, defaults where nothing is stored."""
        ...

    def save(self, settings: PrivateSettings) -> None:
        """Store durably."""
        ...


class DraftStore(Protocol):
    """Unsent text, kept so that a crash or a lock loses nothing."""

    def load(self, place: str) -> str:
        """The draft of a place (for example `talk`), or an empty string."""
        ...

    def save(self, place: str, text: str) -> None:
        """Store durably; an empty text removes the draft."""
        ...


class Vault(Protocol):
    """An open vault: one store for each stored thing. Safe to call from any thread."""

    @property
    def conversations(self) -> ConversationStore:
        """Conversations and messages."""
        ...

    @property
    def risk_state(self) -> RiskStateStore:
        """The stored state of the safety layer."""
        ...

    @property
    def settings(self) -> PrivateSettingsStore:
        """Settings of this profile."""
        ...

    @property
    def drafts(self) -> DraftStore:
        """Unsent text."""
        ...

    @property
    def corrections(self) -> CorrectionStore:
        """What the person said about readings of their words."""
        ...

    @property
    def safety_plan(self) -> SafetyPlanStore:
        """The person's plan for hard moments."""
        ...

    @property
    def shown_plan(self) -> ShownPlan:
        """Parts of the plan that can be read before unlocking."""
        ...

    @property
    def asides(self) -> AsideStore:
        """What was offered beside replies."""
        ...

    @property
    def memory_notes(self) -> MemoryNoteStore:
        """What is remembered between talks."""
        ...

    @property
    def endings(self) -> EndingStore:
        """What was kept at the end of talks."""
        ...

    @property
    def check_ins(self) -> CheckInStore:
        """How the person was, day by day."""
        ...

    @property
    def exercise_runs(self) -> ExerciseRunStore:
        """How far somebody has come in exercises."""
        ...

    @property
    def scale_runs(self) -> ScaleRunStore:
        """Results of self-rating scales."""
        ...

    @property
    def backups(self) -> BackupStore:
        """Copies of this vault."""
        ...

    @property
    def is_read_only(self) -> bool:
        """Whether a newer version wrote this vault: everything is read, nothing is changed."""
        ...

    @property
    def ratings(self) -> RatingStore:
        """What the person thinks of replies."""
        ...

    @property
    def suggestions(self) -> SuggestionStore:
        """What was suggested, and the answers to it."""
        ...

    @property
    def journal(self) -> JournalStore:
        """Pages somebody writes to themselves."""
        ...

    @property
    def mirror_corrections(self) -> MirrorCorrectionStore:
        """Claims of the Mirror that the person took back."""
        ...

    @property
    def earlier(self) -> EarlierStore:
        """Topics, titles and the bin of conversations."""
        ...

    @property
    def kept_words(self) -> KeptWordsStore:
        """Words in what has no index of its own."""
        ...

    def submit(self, function: Callable[[], T]) -> Future[T]:
        """Run `function` on the storage thread; stores may be called inside it."""
        ...

    def close(self) -> None:
        """Finish what is queued, close the database and forget the keys."""
        ...
