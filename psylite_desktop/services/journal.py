"""The journal of one profile: pages, their earlier versions, the bin, and what is heard in them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from psylite_desktop.content.journal_prompts import JournalPrompt
from psylite_desktop.domain.clock_trust import days_before
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.journal import (
    BIN_DAYS,
    LONGEST_TITLE,
    BinnedEntry,
    JournalDraft,
    JournalEntry,
    JournalHit,
    Revision,
)
from psylite_desktop.domain.ports import ConversationStore
from psylite_desktop.domain.risk import Assessment, Level, RiskState
from psylite_desktop.domain.stores import CheckInStore, JournalStore
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.journal_changes import Known, level_of, new_words
from psylite_desktop.services.journal_prompts import Asked, PromptChoice
from psylite_desktop.services.journal_versions import is_worth_keeping, superfluous
from psylite_desktop.services.screening import Screening

PAGE = 50
"""Pages that are read at once."""
YEARS_BACK = 20
MOOD_HOLDS_DAYS = 1
"""How many days back the last check-in still says something of now."""
DAY_S = 86_400


class JournalService:
    """Methods that touch the vault raise VaultError.

    Whatever is saved is looked at by the floor first, and heard by all layers as soon as the
    engine's thread has time: `save` never waits for the engine. A journal is written to nobody:
    its words may raise the state of the profile, and calm ones never lower it.
    """

    def __init__(
        self,
        *,
        store: JournalStore,
        check_ins: CheckInStore,
        conversations: ConversationStore,
        prompts: PromptChoice,
        screening: Screening,
        clock: Clock,
    ) -> None:
        self._store = store
        self._check_ins = check_ins
        self._conversations = conversations
        self._prompts = prompts
        self._screening = screening
        self._clock = clock

    def today(self) -> date:
        """The day on the calendar on the wall."""
        return _local_day(self._clock.now())

    def state(self) -> RiskState:
        """Where the profile stands."""
        return self._screening.state

    # -- pages

    def entries(self, limit: int = PAGE, offset: int = 0) -> list[JournalEntry]:
        """Pages, newest first. What has been in the bin for too long is erased on the way."""
        with suppress(VaultError):  # a full disk must not hide the pages
            self._store.erase_binned(days_before(self._clock.lived(), BIN_DAYS))
        return self._store.entries(limit=limit, offset=offset)

    def entry(self, entry_id: int) -> JournalEntry | None:
        """One page; None where there is none (any more)."""
        return self._store.entry(entry_id)

    def search(self, query: str) -> list[JournalHit]:
        """Pages that hold the words; an empty query finds nothing."""
        return self._store.search(query) if query.strip() else []

    def save(self, draft: JournalDraft, known: Known | None = None) -> JournalEntry:
        """Store a page, a new one or one anew, with the level of its words.

        `known` is how its words (`words_of`) stood when it was opened: only what is new since
        then is looked at. A page that was deleted meanwhile stays deleted.
        """
        now = self._clock.now()
        stored = self._store.entry(draft.id) if draft.id else None
        title = tidy_title(draft.title)
        if known is None:
            known = Known(level=stored.level if stored is not None else Level.NONE)
        level = level_of(self._screening.look, known, words_of(title, draft.text))
        entry = JournalEntry(
            draft.id, now, self.today().isoformat(), draft.text, title, level, draft.locked, now
        )
        entry = replace(entry, prompt_id=draft.prompt_id)
        if not draft.id:
            return self._store.add(entry)
        if stored is None:
            return entry
        return self._save_anew(stored, entry)

    def take_back(self, entry_id: int, revision: Revision) -> JournalEntry | None:
        """Put an earlier version in the place of the page, which becomes a version itself."""
        stored = self._store.entry(entry_id)
        if stored is None:
            return None
        now = self._clock.now()
        words = words_of(revision.title, revision.text)
        level = max(stored.level, self._screening.look(words).level)
        back = replace(
            stored, text=revision.text, title=revision.title, level=level, updated_at=now
        )
        self._update(back, keep_at=now if stored.text.strip() else None)
        return back

    def revisions(self, entry_id: int) -> list[Revision]:
        """Earlier versions of a page, newest first."""
        return self._store.revisions(entry_id)

    def forget_revisions(self, entry_id: int) -> None:
        """Delete all earlier versions of a page for good."""
        self._store.drop_revisions([one.id for one in self._store.revisions(entry_id)])

    def lock(self, entry_id: int, *, locked: bool) -> None:
        """Keep a page out of the mirror, or not."""
        self._store.set_locked(entry_id, locked=locked)

    # -- the bin

    def delete(self, entry_id: int) -> None:
        """Put a page into the bin."""
        self._store.delete(entry_id, at=self._clock.lived())

    def restore(self, entry_id: int) -> JournalEntry | None:
        """Take a page out of the bin."""
        self._store.restore(entry_id)
        return self._store.entry(entry_id)

    def binned(self) -> list[BinnedEntry]:
        """What lies in the bin, deleted last first; what has lain there too long is erased."""
        self._store.erase_binned(days_before(self._clock.lived(), BIN_DAYS))
        return [
            replace(one, deleted_at=self._clock.shown(one.deleted_at))
            for one in self._store.binned()
        ]

    def erase(self, entry_id: int) -> None:
        """Delete a page for good."""
        self._store.erase(entry_id)

    def let_go(self, entry_id: int) -> None:
        """Erase a page on which nothing stands and nothing stood that was worth keeping."""
        entry = self._store.entry(entry_id)
        if entry is None or entry.text.strip() or entry.title:
            return
        if self._store.newest_revision(entry_id) is None:
            self._store.erase(entry_id)

    # -- risk

    def new_words(self, before: str, after: str) -> tuple[str, Assessment]:
        """What is new in a page, and what the floor hears in that; touches nothing."""
        return new_words(self._screening.look, before, after)

    def preview(self, before: str, after: str) -> tuple[str, Assessment, RiskState]:
        """The words that are new in a page, what the floor hears in them, and the state then.

        Keeps nothing. A calm text leaves the state as it is.
        """
        words, found = self.new_words(before, after)
        if found.level is Level.NONE:
            return words, found, self._screening.state
        found, state = self._screening.preview(words)
        return words, found, state

    def hear(self, words: str) -> tuple[Assessment, RiskState]:
        """Let all layers hear what was written; for the engine's thread."""
        return self._screening.take(words, only_up=True)

    def raise_level(self, entry_id: int, level: Level) -> None:
        """Keep what a later layer heard."""
        stored = self._store.entry(entry_id)
        if stored is not None and level > stored.level:
            self._store.set_level(entry_id, level)

    def note_misread(self, entry_id: int) -> None:
        """The person said that the page was misread: watch, as for the state."""
        stored = self._store.entry(entry_id)
        if stored is not None and stored.level > Level.WATCH:
            self._store.set_level(entry_id, Level.WATCH)

    # -- what is offered

    def next_prompt(self, lang: str) -> JournalPrompt | None:
        """Another prompt; None where all were shown lately, and while there is danger."""
        if self._screening.state.level >= Level.CRISIS:
            return None
        now = self._clock.now()
        newest = self._store.entries(limit=PAGE)
        return self._prompts.next(Asked(lang, self._mood(), now), newest)

    def prompt(self, lang: str, prompt_id: str) -> JournalPrompt | None:
        """The prompt above a page; None where this version does not have it."""
        return self._prompts.find(lang, prompt_id)

    def earlier_texts(self, entry: JournalEntry) -> list[str]:
        """Words of pages before this one, newest first, for the mirror.

        Without what is kept out of it and what danger was heard in.
        """
        found = self._store.entries(limit=PAGE)
        before = [
            one for one in found if (one.day, one.at, one.id) < (entry.day, entry.at, entry.id)
        ]
        return [one.text for one in before if not one.locked and one.level < Level.CRISIS]

    def on_this_day(self, day: date | None = None) -> list[JournalEntry]:
        """Pages of the same day in earlier years, newest first; hard days are left out.

        Nothing while things are not calm: nobody chose to be reminded of it now.
        """
        if self._screening.state.level > Level.NONE:
            return []
        day = day or self.today()
        found = self._store.of_days(_same_days(day))
        hard = {one.day for one in found if one.level >= Level.CRISIS}
        hard |= {name for name in {one.day for one in found} if self._was_hard(name)}
        return [one for one in found if one.day not in hard and one.text.strip()]

    # -- parts

    def _save_anew(self, stored: JournalEntry, entry: JournalEntry) -> JournalEntry:
        entry = replace(entry, at=stored.at, day=stored.day, locked=stored.locked)
        if (entry.text, entry.title, entry.prompt_id) == (
            stored.text,
            stored.title,
            stored.prompt_id,
        ):
            return stored
        newest = self._store.newest_revision(entry.id)
        now = entry.updated_at
        is_kept = is_worth_keeping(stored, entry.text, newest, now=now)
        self._update(entry, keep_at=now if is_kept else None)
        return entry

    def _update(self, entry: JournalEntry, *, keep_at: float | None) -> None:
        self._store.update(entry, keep_at=keep_at)
        if keep_at is not None:
            gone = superfluous(self._store.revisions(entry.id), now=keep_at)
            if gone:
                self._store.drop_revisions(gone)

    def _mood(self) -> int | None:
        """The mood of the last check-in, where that is not too long ago."""
        latest = self._check_ins.latest()
        if latest is None:
            return None
        oldest = self.today() - timedelta(days=MOOD_HOLDS_DAYS)
        return latest.mood if latest.day >= oldest.isoformat() else None

    def _was_hard(self, day: str) -> bool:
        """Whether a crisis was heard on a day, in a check-in or in a talk."""
        if any(one.level >= Level.CRISIS for one in self._check_ins.between(day, day)):
            return True
        first = date.fromisoformat(day)
        begin, end = (
            datetime.combine(one, time()).astimezone().timestamp()
            for one in (first, first + timedelta(days=1))
        )
        return self._conversations.highest_level(begin, end) >= Level.CRISIS


def tidy_title(title: str) -> str:
    """A title on one line, no longer than it may be."""
    return " ".join(title.split())[:LONGEST_TITLE]


def words_of(title: str, text: str) -> str:
    """All that the person wrote on a page, for whoever listens for danger."""
    title = tidy_title(title)
    return f"{title}\n\n{text}" if title else text


def first_line(text: str) -> str:
    """The first line of a page that says something."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def _same_days(day: date) -> Sequence[str]:
    """The same day of earlier years; the 29th of February has it every four years."""
    found = []
    for back in range(1, YEARS_BACK + 1):
        with suppress(ValueError):
            found.append(day.replace(year=day.year - back).isoformat())
    return found


def _local_day(seconds: float) -> date:
    return datetime.fromtimestamp(seconds).astimezone().date()
