"""Has what is new in the open page heard, at pauses: by the floor at once, then by all layers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.risk import Assessment, Level, RiskState
from psylite_desktop.services.session import Session
from psylite_desktop.ui.bridge.engine_thread import EngineThread
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.pages.journal.sheet import Place

PAUSE_MS = 2_500
"""Without a key for so long, what was written is heard: half a sentence may mean anything."""
SENTENCE_MS = 900
"""The same after the end of a sentence."""
MOST_MS = 15_000
"""Who writes without a pause is heard after so long all the same."""

Change = tuple[str, str]
Found = tuple[str, Assessment, RiskState]
"""New words, what was heard in them, and the state then."""


class PageHearing(QObject):
    """One page at a time. Words that were heard are not heard again.

    Signals:
        due: It is time to listen.
        assessed: Danger was heard in new words; carries them, Assessment and RiskState.
        raised: All layers heard something in the open page; carries the Level.
        reported: All layers have heard what was written last.
        failed: The vault could not be asked; carries the error.
    """

    due = Signal()
    assessed = Signal(str, Assessment, RiskState)
    raised = Signal(Level)
    reported = Signal()
    failed = Signal(PsyLiteError)

    def __init__(
        self, *, session: Session, engine: EngineThread, tasks: VaultTasks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._service = session.journal
        self._vault = session.vault
        self._engine = engine
        self._tasks = tasks
        self._place = Place()
        self._told: dict[str, Level] = {}
        self._waiting: list[Change] = []
        self.heard = ""
        self.source: Place | None = None
        """The page that the help in view came from, also when it is not open any more."""
        self._pause = self._timer(PAUSE_MS)
        self._most = self._timer(MOST_MS)

    @property
    def is_of_page(self) -> bool:
        """Whether the help in view came from the page that is open."""
        source, place = self.source, self._place
        if source is None:
            return False
        return source is place or source.entry_id == place.entry_id != 0

    @property
    def is_busy(self) -> bool:
        """Whether words are on their way through the layers."""
        return bool(self._waiting)

    def begin(self, place: Place, words: str) -> None:
        """Another page is open, with words that were heard before."""
        self._place = place
        self.rest_on(words)

    def rest_on(self, words: str) -> None:
        """Nothing in these words is new."""
        self._pause.stop()
        self._most.stop()
        self.heard = words

    def note_change(self, words: str, *, ends_sentence: bool) -> None:
        """A key changed the words: listen at the next pause."""
        if words == self.heard:
            return
        self._pause.start(SENTENCE_MS if ends_sentence else PAUSE_MS)
        if not self._most.isActive():
            self._most.start()

    def note_typing(self) -> None:
        """An input method is in the middle of a word: this is no pause."""
        if self._pause.isActive():
            self._pause.start(PAUSE_MS)

    def hear(self, words: str) -> None:
        """Have heard what is new. The page's save was asked for before.

        All layers do not wait for the floor: they go on when the window is gone.
        """
        before = self.heard
        self.rest_on(words)
        if words == before:
            return
        change, place, service = (before, words), self._place, self._service
        self._waiting.append(change)

        def on_heard(found: Found) -> None:
            if place is self._place and found[1].level > Level.NONE:
                self.raised.emit(found[1].level)
            self._tell(found, place)
            self._end(change)

        def on_failed(_error: PsyLiteError) -> None:
            # The level that the floor heard is stored with the page; only the window waited.
            self._end(change)

        self._tasks.run(
            lambda: service.preview(*change),
            lambda found: self._tell(found, place),
            self.failed.emit,
            self,
        )
        self._engine.run(lambda: self._hear_all(change, place), on_heard, on_failed, self)

    def hear_last(self, words: str) -> None:
        """The profile is about to be locked: the vault's thread hears what is left.

        What the engine's thread did not report on yet is heard once more: it may be stopped.
        """
        service, waiting = self._service, list(self._waiting)
        if words != self.heard:
            waiting.append((self.heard, words))
        self.rest_on(words)

        def work() -> None:
            for change in waiting:
                new, _found = service.new_words(*change)
                if new.strip():
                    service.hear(new)

        if waiting:
            self._tasks.run(work, _nothing, self.failed.emit, self)

    def _hear_all(self, change: Change, place: Place) -> Found:
        """On the engine's thread: let all layers hear, and keep what they hear beyond the floor."""
        service = self._service
        words, found = service.new_words(*change)
        if not words.strip():
            return words, found, service.state()
        by_all, state = service.hear(words)
        if by_all.level > found.level:
            # On the vault's thread the page is stored by then.
            self._vault.submit(partial(self._keep_level, place, by_all.level)).result()
        return words, by_all, state

    def _keep_level(self, place: Place, level: Level) -> None:
        self._service.raise_level(place.entry_id, level)

    def _tell(self, found: Found, place: Place) -> None:
        """Say once what was heard; both ways of hearing come here."""
        words, assessment, state = found
        if assessment.level is Level.NONE or not words.strip():
            return
        weight = max(assessment.level, state.level)
        if self._told.get(words, Level.NONE) >= weight:
            return
        self._told[words] = weight
        self.source = place
        self.assessed.emit(words, assessment, state)

    def _end(self, change: Change) -> None:
        self._waiting.remove(change)
        if not self._waiting:
            self._told = {}
        self.reported.emit()

    @Slot()
    def _on_timeout(self) -> None:
        self.due.emit()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self._on_timeout)
        return timer


def _nothing(_result: None) -> None:
    return
