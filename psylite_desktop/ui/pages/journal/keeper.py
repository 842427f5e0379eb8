"""Holds the page that is open: keeps it as it is written, and has what is new in it heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.journal import JournalDraft, JournalEntry
from psylite_desktop.domain.risk import Assessment, Level, RiskState
from psylite_desktop.services.journal import words_of
from psylite_desktop.services.journal_changes import Known
from psylite_desktop.services.session import Session
from psylite_desktop.ui.bridge.engine_thread import EngineThread
from psylite_desktop.ui.bridge.tasks import VaultTasks

SAVE_MS = 2_000
PAUSE_MS = 2_500
"""Without a key for so long, what was written is heard: half a sentence may mean anything."""
SENTENCE_MS = 900
"""The same after the end of a sentence."""
MOST_MS = 15_000
"""Who writes without a pause is heard after so long all the same."""
LONG = 6_000
"""Characters that may be new in a page before its known part moves on."""

Found = tuple[str, Assessment, RiskState]
"""New words, what was heard in them, and the state then."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in the window."""

    text: str = ""
    title: str = ""
    prompt_id: str = ""

    @property
    def words(self) -> str:
        """All that is listened to."""
        return words_of(self.title, self.text)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written."""
        return not self.text.strip() and not self.title.strip()


class Kept(StrEnum):
    """Whether what stands in the window is kept."""

    NOTHING = "nothing"
    SAVED = "saved"
    SAVING = "saving"
    FAILED = "failed"


@dataclass(slots=True)
class _Place:
    """Where the open page is stored; set and read on the vault's thread alone."""

    entry_id: int


class EntryKeeper(QObject):
    """One page at a time. Nothing here waits for disk or engine.

    Signals:
        kept: Whether what stands in the window is kept; carries Kept.
        changed: The stored page is another one; carries the JournalEntry.
        assessed: Danger was heard in new words; carries them, Assessment and RiskState.
        failed: The vault did not take something; carries the error.
        heard: All layers have heard what was written last.
    """

    kept = Signal(Kept)
    changed = Signal(JournalEntry)
    assessed = Signal(str, Assessment, RiskState)
    failed = Signal(PsyLiteError)
    heard = Signal()

    def __init__(
        self,
        *,
        session: Session,
        engine: EngineThread,
        tasks: VaultTasks,
        read: Callable[[], Sheet],
        parent: QObject,
    ) -> None:
        """`read` gives what stands in the window."""
        super().__init__(parent)
        self._service = session.journal
        self._vault = session.vault
        self._engine = engine
        self._tasks = tasks
        self._read = read
        self._place = _Place(0)
        self._known = Known()
        self._saved = Sheet()
        self._heard = ""
        self._told: dict[str, Level] = {}
        self._is_of_page = False
        self._waiting: list[tuple[str, str]] = []
        self._is_open = False
        self._is_stored = False
        self._locked = False
        self._said = Kept.NOTHING
        self.entry: JournalEntry | None = None
        self._save_timer = self._timer(SAVE_MS, self.save)
        self._pause_timer = self._timer(PAUSE_MS, self.hear)
        self._most_timer = self._timer(MOST_MS, self.hear)

    @property
    def is_open(self) -> bool:
        """Whether there is a page in the window."""
        return self._is_open

    @property
    def is_hearing(self) -> bool:
        """Whether words are on their way through the layers."""
        return bool(self._waiting)

    @property
    def level(self) -> Level:
        """What was heard in the page so far."""
        return self.entry.level if self.entry is not None else Level.NONE

    def begin(self, entry: JournalEntry | None) -> None:
        """Open a page, or a new one; the window shows it already."""
        self.close()
        self.entry = entry
        self._is_open = True
        self._is_stored = entry is not None
        self._place = _Place(entry.id if entry is not None else 0)
        self._locked = entry.locked if entry is not None else False
        self._is_of_page = False
        self._rest_on(entry)

    def close(self) -> None:
        """The page is left: keep it, have it heard, let it go where nothing stands on it."""
        if not self._is_open:
            return
        self.hear()
        self.save()
        if self._is_stored and self._read().is_blank:
            place, service = self._place, self._service
            self._run(lambda: service.let_go(place.entry_id))
        self._drop()

    def leave(self) -> None:
        """The profile is about to be locked: the vault's thread does all that is left.

        What the engine's thread did not report on yet is heard once more: it may be stopped.
        """
        self.save()
        service, waiting = self._service, list(self._waiting)
        text = self._read().words
        if self._is_open and text != self._heard:
            waiting.append((self._heard, text))
            self._heard = text

        def work() -> None:
            for before, after in waiting:
                words, _found = service.new_words(before, after)
                if words.strip():
                    service.hear(words)

        if waiting:
            self._run(work)

    @Slot()
    def note_change(self, *, ends_sentence: bool = False) -> None:
        """A key changed something: save soon, listen at the next pause."""
        if not self._is_open:
            return
        sheet = self._read()
        if sheet != self._saved and not self._save_timer.isActive():
            self._save_timer.start()
            if not sheet.is_blank:
                self._say(Kept.SAVING)
        if sheet.words != self._heard:
            self._pause_timer.start(SENTENCE_MS if ends_sentence else PAUSE_MS)
            if not self._most_timer.isActive():
                self._most_timer.start()

    @Slot()
    def note_typing(self) -> None:
        """An input method is in the middle of a word: this is no pause."""
        if self._pause_timer.isActive():
            self._pause_timer.start(PAUSE_MS)

    @Slot()
    def save(self) -> None:
        """Save now what is new."""
        self._save_timer.stop()
        sheet = self._read()
        if not self._is_open or sheet == self._saved or (sheet.is_blank and not self._is_stored):
            return
        self._saved, self._is_stored = sheet, True
        self._say(Kept.SAVING)
        place, known, service = self._place, self._known, self._service
        draft = JournalDraft(sheet.text, sheet.title, sheet.prompt_id, self._locked)

        def work() -> JournalEntry:
            entry = service.save(replace(draft, id=place.entry_id), known)
            place.entry_id = entry.id
            return entry

        def on_saved(entry: JournalEntry) -> None:
            if place is self._place:
                self._on_saved(entry)

        def on_failed(error: PsyLiteError) -> None:
            # The words still stand in the window; the next change tries again.
            if place is self._place:
                self._saved = replace(self._saved, prompt_id="\x00")
                self._is_stored = self.entry is not None
                self._say(Kept.FAILED)
            self.failed.emit(error)

        self._tasks.run(work, on_saved, on_failed, self)

    @Slot()
    def hear(self) -> None:
        """Have what is new heard: by the floor on the vault's thread, and by all layers.

        The second does not wait for the first: it goes on when the window is gone.
        """
        self.save()
        self._pause_timer.stop()
        self._most_timer.stop()
        text = self._read().words
        if not self._is_open or text == self._heard:
            return
        change, self._heard = (self._heard, text), text
        self._waiting.append(change)
        place, service = self._place, self._service

        def on_previewed(found: Found) -> None:
            self._tell(found, place)

        def on_heard(found: Found) -> None:
            self._on_heard(found, place)
            self._end_hearing(change)

        def on_failed(_error: PsyLiteError) -> None:
            # The level that the floor heard is stored with the page; only the window waited.
            self._end_hearing(change)

        self._tasks.run(lambda: service.preview(*change), on_previewed, self.failed.emit, self)
        self._engine.run(lambda: self._hear_all(change, place), on_heard, on_failed, self)

    def delete(self, done: Callable[[int], None]) -> None:
        """Put the page into the bin, with all that stands on it; `done` gets its id."""
        self.hear()
        self.save()
        place, service = self._place, self._service

        def work() -> int:
            service.delete(place.entry_id)
            return place.entry_id

        self._tasks.run(work, done, self.failed.emit, self)
        self._drop()

    def lock(self, *, locked: bool) -> None:
        """Keep the page out of the mirror, or not."""
        self._locked = locked
        if not self._is_stored:
            return
        if self.entry is not None:
            self.entry = replace(self.entry, locked=locked)
        place, service = self._place, self._service
        self._run(lambda: service.lock(place.entry_id, locked=locked))

    def note_corrected(self, state: RiskState) -> None:
        """The person corrected the reading: it was about this page where it came from here."""
        if not self._is_open or not self._is_of_page or state.level > Level.WATCH:
            return
        self._is_of_page = False
        if self.entry is not None:
            self.entry = replace(self.entry, level=min(self.entry.level, Level.WATCH))
            self.changed.emit(self.entry)
        self._heard = self._read().words
        self._known = Known(self._heard, min(self.level, Level.WATCH))
        place, service = self._place, self._service
        self._run(lambda: service.note_misread(place.entry_id))

    def take(self, entry: JournalEntry) -> None:
        """The stored page was replaced by an earlier version; the window shows it already."""
        self.entry = entry
        self._rest_on(entry)
        self.changed.emit(entry)

    # -- parts

    def _rest_on(self, entry: JournalEntry | None) -> None:
        """Everything is kept and heard as it stands."""
        for timer in (self._save_timer, self._pause_timer, self._most_timer):
            timer.stop()
        if entry is None:
            self._saved, self._heard, self._known = self._read(), "", Known()
            self._say(Kept.NOTHING)
            return
        self._saved, self._heard = self._read(), words_of(entry.title, entry.text)
        self._known = Known(self._heard, entry.level)
        self._say(Kept.SAVED)

    def _drop(self) -> None:
        for timer in (self._save_timer, self._pause_timer, self._most_timer):
            timer.stop()
        self._is_open = False
        self._is_stored = False
        self._place = _Place(0)
        self.entry = None

    def _on_saved(self, entry: JournalEntry) -> None:
        self.entry = replace(entry, level=max(entry.level, self._known.level), locked=self._locked)
        words = words_of(entry.title, entry.text)
        if abs(len(words) - len(self._known.text)) > LONG:
            self._known = Known(words, self.entry.level)
        self._say(Kept.SAVED if self._read() == self._saved else Kept.SAVING)
        self.changed.emit(self.entry)

    def _hear_all(self, change: tuple[str, str], place: _Place) -> Found:
        """On the engine's thread: let all layers hear, and keep what they hear beyond the floor."""
        service = self._service
        words, found = service.new_words(*change)
        if not words.strip():
            return words, found, service.state()
        by_all, state = service.hear(words)
        if by_all.level > found.level:
            # There, the page is stored by then.
            keep = partial(self._keep_level, place, by_all.level)
            self._vault.submit(keep).result()
        return words, by_all, state

    def _keep_level(self, place: _Place, level: Level) -> None:
        self._service.raise_level(place.entry_id, level)

    def _on_heard(self, found: Found, place: _Place) -> None:
        level = found[1].level
        if place is self._place and level > self.level:
            self._known = replace(self._known, level=max(self._known.level, level))
            if self.entry is not None:
                self.entry = replace(self.entry, level=level)
                self.changed.emit(self.entry)
        self._tell(found, place)

    def _tell(self, found: Found, place: _Place) -> None:
        """Say once what was heard; both ways of hearing come here."""
        words, assessment, state = found
        if assessment.level is Level.NONE or not words.strip():
            return
        weight = max(assessment.level, state.level)
        if self._told.get(words, Level.NONE) >= weight:
            return
        self._told[words] = weight
        if place is self._place:
            self._is_of_page = True
        self.assessed.emit(words, assessment, state)

    def _end_hearing(self, change: tuple[str, str]) -> None:
        self._waiting.remove(change)
        if not self._waiting:
            self._told = {}
        self.heard.emit()

    def _say(self, kept: Kept) -> None:
        """After a failure nothing but success is worth a word."""
        if self._said is not Kept.FAILED or kept is not Kept.SAVING:
            self._said = kept
            self.kept.emit(kept)

    def _run(self, work: Callable[[], None]) -> None:
        self._tasks.run(work, _nothing, self.failed.emit, self)

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer


def _nothing(_result: object) -> None:
    return
