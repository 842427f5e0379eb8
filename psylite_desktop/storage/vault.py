"""An open vault (port Vault): the stores of one profile, or of a guest."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.asides import SqlAsides
from psylite_desktop.storage.check_ins import SqlCheckIns
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.conversations import SqlConversations
from psylite_desktop.storage.corrections import SqlCorrections
from psylite_desktop.storage.database import schema_version, translated_errors
from psylite_desktop.storage.drafts import SqlDrafts
from psylite_desktop.storage.earlier import SqlEarlier
from psylite_desktop.storage.endings import SqlEndings
from psylite_desktop.storage.exercise_runs import SqlExerciseRuns
from psylite_desktop.storage.index_cleaning import IndexCleaner
from psylite_desktop.storage.journal import SqlJournal
from psylite_desktop.storage.kept_words import SqlKeptWords
from psylite_desktop.storage.memory_notes import SqlMemoryNotes
from psylite_desktop.storage.migrations import LATEST
from psylite_desktop.storage.mirror_corrections import SqlMirrorCorrections
from psylite_desktop.storage.private_settings import SqlPrivateSettings
from psylite_desktop.storage.ratings import SqlRatings
from psylite_desktop.storage.risk_state import SqlRiskState
from psylite_desktop.storage.safety_plan import SqlSafetyPlan
from psylite_desktop.storage.scale_runs import SqlScaleRuns
from psylite_desktop.storage.shown_plan import FolderShownPlan, NoShownPlan
from psylite_desktop.storage.suggestions import SqlSuggestions
from psylite_desktop.storage.thread import StorageThread
from psylite_desktop.storage.threaded_earlier import ThreadedEarlier, ThreadedKeptWords
from psylite_desktop.storage.threaded_feedback import ThreadedRatings, ThreadedSuggestions
from psylite_desktop.storage.threaded_journal import ThreadedJournal, ThreadedMirrorCorrections
from psylite_desktop.storage.threaded_stores import (
    ThreadedAsides,
    ThreadedCheckIns,
    ThreadedConversations,
    ThreadedCorrections,
    ThreadedDrafts,
    ThreadedEndings,
    ThreadedExerciseRuns,
    ThreadedMemoryNotes,
    ThreadedPrivateSettings,
    ThreadedRiskState,
    ThreadedSafetyPlan,
    ThreadedScaleRuns,
)
from psylite_desktop.storage.vault_backups import NoBackups, VaultBackups, VaultHome

if TYPE_CHECKING:
    from psylite_desktop.domain.backup import BackupStore
    from psylite_desktop.domain.earlier import EarlierStore, KeptWordsStore
    from psylite_desktop.domain.ports import (
        ConversationStore,
        DraftStore,
        PrivateSettingsStore,
        RiskStateStore,
    )
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

T = TypeVar("T")

CLEANING_S = 0.2
"""Seconds that closing may spend on taking erased words out of the indexes."""


class SqlcipherVault:
    """The vault behind SQLCipher. Safe to call from any thread; calls wait for their result.

    Made by `ProfileShelf`. `home` holds the database's key as long as the vault is open, because
    backups are made with it; it is wiped when the database is closed.
    """

    def __init__(
        self,
        opened: Callable[[], Connection],
        released: Callable[[], None],
        home: VaultHome | None = None,
    ) -> None:
        """Open on a new storage thread.

        `opened` opens the database there; `released` gives back the profile's lock once the
        database is closed, or at once where it does not open. A vault without `home` lives in
        memory. Raises VaultError.
        """
        self._released = released
        self._home = home
        self._thread = StorageThread()
        try:
            connection = self._thread.run(opened)
        except BaseException:
            self._thread.stop(released)
            if home is not None:
                home.forget()
            raise
        self._connection = connection
        self._read_only = self._thread.run(lambda: schema_version(connection)) > LATEST
        self._backups: BackupStore = (
            NoBackups() if home is None else VaultBackups(self._thread, connection, home)
        )
        self._shown_plan: ShownPlan = (
            NoShownPlan() if home is None else FolderShownPlan(home.folder)
        )
        self._conversations = ThreadedConversations(self._thread, SqlConversations(connection))
        self._risk_state = ThreadedRiskState(self._thread, SqlRiskState(connection))
        self._settings = ThreadedPrivateSettings(self._thread, SqlPrivateSettings(connection))
        self._drafts = ThreadedDrafts(self._thread, SqlDrafts(connection))
        self._corrections = ThreadedCorrections(self._thread, SqlCorrections(connection))
        self._safety_plan = ThreadedSafetyPlan(self._thread, SqlSafetyPlan(connection))
        self._asides = ThreadedAsides(self._thread, SqlAsides(connection))
        self._memory_notes = ThreadedMemoryNotes(self._thread, SqlMemoryNotes(connection))
        self._endings = ThreadedEndings(self._thread, SqlEndings(connection))
        self._check_ins = ThreadedCheckIns(self._thread, SqlCheckIns(connection))
        self._scale_runs = ThreadedScaleRuns(self._thread, SqlScaleRuns(connection))
        self._exercise_runs = ThreadedExerciseRuns(self._thread, SqlExerciseRuns(connection))
        self._ratings = ThreadedRatings(self._thread, SqlRatings(connection))
        self._suggestions = ThreadedSuggestions(self._thread, SqlSuggestions(connection))
        self._journal = ThreadedJournal(self._thread, SqlJournal(connection))
        self._mirror_corrections = ThreadedMirrorCorrections(
            self._thread, SqlMirrorCorrections(connection)
        )
        self._earlier = ThreadedEarlier(self._thread, SqlEarlier(connection))
        self._kept_words = ThreadedKeptWords(self._thread, SqlKeptWords(connection))
        self._cleaner = IndexCleaner(connection)
        self._thread.use_rest(self._cleaner.step)

    @property
    def conversations(self) -> ConversationStore:
        """Conversations and messages."""
        return self._conversations

    @property
    def risk_state(self) -> RiskStateStore:
        """The safety layer's state."""
        return self._risk_state

    @property
    def settings(self) -> PrivateSettingsStore:
        """Settings of this profile."""
        return self._settings

    @property
    def drafts(self) -> DraftStore:
        """Unsent text."""
        return self._drafts

    @property
    def corrections(self) -> CorrectionStore:
        """What the person said about readings of their words."""
        return self._corrections

    @property
    def safety_plan(self) -> SafetyPlanStore:
        """The person's plan for hard moments."""
        return self._safety_plan

    @property
    def shown_plan(self) -> ShownPlan:
        """Parts of the plan that can be read before unlocking."""
        return self._shown_plan

    @property
    def asides(self) -> AsideStore:
        """What was offered beside replies."""
        return self._asides

    @property
    def memory_notes(self) -> MemoryNoteStore:
        """What is remembered between talks."""
        return self._memory_notes

    @property
    def endings(self) -> EndingStore:
        """What was kept at the end of talks."""
        return self._endings

    @property
    def check_ins(self) -> CheckInStore:
        """How the person was, day by day."""
        return self._check_ins

    @property
    def exercise_runs(self) -> ExerciseRunStore:
        """How far somebody has come in exercises."""
        return self._exercise_runs

    @property
    def scale_runs(self) -> ScaleRunStore:
        """Results of self-rating scales."""
        return self._scale_runs

    @property
    def backups(self) -> BackupStore:
        """Copies of this vault."""
        return self._backups

    @property
    def is_read_only(self) -> bool:
        """Whether a newer version wrote this vault: everything is read, nothing is changed."""
        return self._read_only

    @property
    def ratings(self) -> RatingStore:
        """What the person thinks of replies."""
        return self._ratings

    @property
    def suggestions(self) -> SuggestionStore:
        """What was suggested, and the answers to it."""
        return self._suggestions

    @property
    def journal(self) -> JournalStore:
        """Pages somebody writes to themselves."""
        return self._journal

    @property
    def mirror_corrections(self) -> MirrorCorrectionStore:
        """Claims of the Mirror that the person took back."""
        return self._mirror_corrections

    @property
    def earlier(self) -> EarlierStore:
        """Topics, titles and the bin of conversations."""
        return self._earlier

    @property
    def kept_words(self) -> KeptWordsStore:
        """Words in what has no index of its own."""
        return self._kept_words

    def submit(self, function: Callable[[], T]) -> Future[T]:
        """Queue work for the storage thread without waiting, for example a store's method.

        Stores may be called inside `function`. Raises VaultError vault_locked once closed.
        """
        return self._thread.submit(function)

    def close(self) -> None:
        """Finish what is queued, close the database, forget its key, free the profile's lock.

        A second call does nothing. Afterwards every call raises VaultError vault_locked.
        """
        self._thread.stop(self._shut)

    def _shut(self) -> None:
        try:
            with contextlib.suppress(VaultError):
                self._cleaner.work(CLEANING_S)
            with translated_errors():
                self._connection.close()
        finally:
            if self._home is not None:
                self._home.forget()
            self._released()
