"""Holds the page that is open, and keeps it as it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
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
from psylite_desktop.ui.pages.journal.hearing import PageHearing
from psylite_desktop.ui.pages.journal.sheet import Kept, Place, Sheet

SAVE_MS = 2_000
RETRY_MS = 10_000
"""After the vault did not take a page, it is asked again so late, or soon after the next key."""
LONG = 6_000
"""Characters that may be new in a page before its known part moves on."""


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
        self._tasks = tasks
        self._read = read
        self._place = Place()
        self._known = Known()
        self._saved = Sheet()
        self._is_open = False
        self._is_stored = False
        self._locked = False
        self._said = Kept.NOTHING
        self.entry: JournalEntry | None = None
        self.hearing = PageHearing(session=session, engine=engine, tasks=tasks, parent=self)
        self.hearing.due.connect(self.hear)
        self.hearing.assessed.connect(self.assessed)
        self.hearing.raised.connect(self._on_raised)
        self.hearing.reported.connect(self.heard)
        self.hearing.failed.connect(self.failed)
        self._unkept: list[Callable[[], JournalEntry]] = []
        self._timer, self._retry = QTimer(self), QTimer(self)
        for timer, act in ((self._timer, self.save), (self._retry, self.keep_left)):
            timer.setSingleShot(True)
            timer.timeout.connect(act)

    @property
    def is_open(self) -> bool:
        """Whether there is a page in the window."""
        return self._is_open

    @property
    def is_hearing(self) -> bool:
        """Whether words are on their way through the layers."""
        return self.hearing.is_busy

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
        self._place = Place(entry.id if entry is not None else 0)
        self._locked = entry.locked if entry is not None else False
        self._rest_on(entry)
        self.hearing.begin(self._place, self._known.text)

    def close(self) -> None:
        """The page is left: keep it, have it heard, let it go where nothing stands on it."""
        if not self._is_open:
            return
        self.hear()
        if self._is_stored and self._read().is_blank:
            place, service = self._place, self._service
            self._run(lambda: service.let_go(place.entry_id))
        self._drop()

    def leave(self) -> None:
        """The profile is about to be locked: the vault's thread does all that is left."""
        self.save()
        self.keep_left()
        self.hearing.hear_last(self._read().words if self._is_open else self.hearing.heard)

    @Slot()
    def note_change(self, *, ends_sentence: bool = False) -> None:
        """A key changed something: save soon, listen at the next pause."""
        if not self._is_open:
            return
        sheet = self._read()
        if sheet != self._saved and (not self._timer.isActive() or self._said is Kept.FAILED):
            self._timer.start(SAVE_MS)
            if not sheet.is_blank:
                self._say(Kept.SAVING)
        self.hearing.note_change(sheet.words, ends_sentence=ends_sentence)

    @Slot()
    def note_typing(self) -> None:
        """An input method is in the middle of a word: this is no pause."""
        self.hearing.note_typing()

    @Slot()
    def save(self) -> None:
        """Save now what is new."""
        self._timer.stop()
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
            # The words still stand in the window; the next change tries again. Where the page
            # was left meanwhile, they stand here alone.
            if place is not self._place:
                self._unkept.append(work)
                self._retry.start(RETRY_MS)
            else:
                self._saved = replace(self._saved, prompt_id="\x00")
                self._is_stored = self.entry is not None
                self._say(Kept.FAILED)
                self._timer.start(RETRY_MS)
            self.failed.emit(error)

        self._tasks.run(work, on_saved, on_failed, self)

    @Slot()
    def keep_left(self) -> None:
        """Try again to keep pages that were left while the vault did not take them."""
        works, self._unkept = self._unkept, []
        for work in works:
            self._tasks.run(work, _nothing, partial(self._on_not_kept, work), self)

    def _on_not_kept(self, work: Callable[[], JournalEntry], error: PsyLiteError) -> None:
        self._unkept.append(work)
        self._retry.start(RETRY_MS)
        self.failed.emit(error)

    @Slot()
    def hear(self) -> None:
        """Keep the page, and have heard what is new in it."""
        self.save()
        if self._is_open:
            self.hearing.hear(self._read().words)

    def delete(self, done: Callable[[int], None]) -> None:
        """Put the page into the bin, with all that stands on it; `done` gets its id."""
        self.hear()
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
        """The person corrected the reading: it stays with the page that it was about.

        That page may be closed by now, and opened anew.
        """
        source = self.hearing.source
        if source is None or state.level > Level.WATCH:
            return
        service = self._service
        if self._is_open and self.hearing.is_of_page:
            if self.entry is not None:
                self.entry = replace(self.entry, level=min(self.entry.level, Level.WATCH))
                self.changed.emit(self.entry)
            words = self._read().words
            self.hearing.rest_on(words)
            self._known = Known(words, min(self.level, Level.WATCH))
        self.hearing.source = None
        self._run(lambda: service.note_misread(source.entry_id))

    def take(self, entry: JournalEntry) -> None:
        """The stored page was replaced by an earlier version; the window shows it already."""
        self.entry = entry
        self._rest_on(entry)
        self.changed.emit(entry)

    # -- parts

    def _rest_on(self, entry: JournalEntry | None) -> None:
        """Everything is kept and heard as it stands."""
        self._timer.stop()
        self._saved, self._said = self._read(), Kept.NOTHING
        if entry is None:
            self._known = Known()
            self._say(Kept.NOTHING)
        else:
            self._known = Known(words_of(entry.title, entry.text), entry.level)
            self._say(Kept.SAVED)
        self.hearing.rest_on(self._known.text)

    def _drop(self) -> None:
        self._timer.stop()
        self._is_open = False
        self._is_stored = False
        self._place = Place()
        self.hearing.begin(self._place, "")
        self.entry = None

    def _on_saved(self, entry: JournalEntry) -> None:
        self.entry = replace(entry, level=max(entry.level, self._known.level), locked=self._locked)
        words = words_of(entry.title, entry.text)
        if abs(len(words) - len(self._known.text)) > LONG:
            self._known = Known(words, self.entry.level)
        self._say(Kept.SAVED if self._read() == self._saved else Kept.SAVING)
        self.changed.emit(self.entry)

    @Slot(Level)
    def _on_raised(self, level: Level) -> None:
        """All layers heard more in the page than is known of it."""
        if level > self.level:
            self._known = replace(self._known, level=max(self._known.level, level))
            if self.entry is not None:
                self.entry = replace(self.entry, level=level)
                self.changed.emit(self.entry)

    def _say(self, kept: Kept) -> None:
        """After a failure nothing but success is worth a word."""
        if self._said is not Kept.FAILED or kept is not Kept.SAVING:
            self._said = kept
            self.kept.emit(kept)

    def _run(self, work: Callable[[], None]) -> None:
        self._tasks.run(work, _nothing, self.failed.emit, self)


def _nothing(_result: object) -> None:
    return
