"""What is remembered between talks: offered by rules, kept only with the person's yes.

Nothing is offered from a talk in which anything weighed more than level 0, and nothing from what
was said off the record, because that is not stored.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from psylite_desktop.content.memory import MemoryRules
from psylite_desktop.domain.conversation import Message, Mode, Role
from psylite_desktop.domain.memory import KEPT_S, LONGEST_NOTE, Candidate, MemoryNote, Topic
from psylite_desktop.domain.ports import ConversationStore, DraftStore, PrivateSettingsStore
from psylite_desktop.domain.risk import Assessment
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.domain.stores import MemoryNoteStore
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.prompting import language_of

MOST_CANDIDATES = 3
"""Of one talk, and on the page at once: more would feel like a file being kept."""
LAST_TALKS = 5
"""Talks that are looked through, newest first."""
ANSWERED = 400
"""Answers that are remembered, so that nothing is offered twice."""
PLACE = "memory.answered"
"""Where they are kept, as message numbers with checksums: no words."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the page shows: what is kept, what could be, and whether memory is switched on."""

    notes: tuple[MemoryNote, ...]
    candidates: tuple[Candidate, ...]
    settings: PrivateSettings


class MemoryService:
    """Notes of one profile. Methods raise VaultError."""

    def __init__(
        self,
        *,
        notes: MemoryNoteStore,
        conversations: ConversationStore,
        settings: PrivateSettingsStore,
        answered: DraftStore,
        rules: MemoryRules,
        look: Callable[[str], Assessment],
        clock: Clock,
    ) -> None:
        """`look` assesses a text; `answered` keeps which candidates had their answer."""
        self._notes = notes
        self._conversations = conversations
        self._settings = settings
        self._answered = answered
        self._rules = rules
        self._look = look
        self._clock = clock

    def load(self) -> Remembered:
        """Everything the page shows; with memory switched off nothing is offered."""
        settings = self._settings.load()
        notes = tuple(self._shown(note) for note in self._notes.notes(self._clock.lived()))
        candidates = self._open_candidates(notes) if settings.memory else []
        return Remembered(notes, tuple(candidates), settings)

    def suggest(self, messages: Sequence[Message]) -> list[Candidate]:
        """What one talk said that could be kept, newest first, at most `MOST_CANDIDATES`.

        Nothing where any message, or any reply, was about risk.
        """
        if any(message.level or message.mode is Mode.CRISIS for message in messages):
            return []
        found: list[Candidate] = []
        for message in reversed(messages):
            if message.role is not Role.USER or not message.id:
                continue
            lang = language_of(message.text, "en")
            worth = self._rules.found(message.text, lang)
            # The floor of now may hear more than the one of then.
            if not worth or self._look(message.text).level:
                continue
            for one in worth:
                candidate = Candidate(one.text, one.topic, lang, message.id)
                is_new = _letters(one.text) not in {_letters(other.text) for other in found}
                if is_new and not self._look(one.text).level:
                    found.append(candidate)
        return found[:MOST_CANDIDATES]

    def keep(self, candidate: Candidate, text: str = "") -> MemoryNote:
        """The person said yes; `text` is what they made of it."""
        note = self._add(
            MemoryNote(
                text or candidate.text,
                candidate.topic,
                candidate.lang,
                message_id=candidate.message_id,
            )
        )
        self._note_answer(candidate)
        return note

    def decline(self, candidate: Candidate) -> None:
        """The person said no; it is not offered again."""
        self._note_answer(candidate)

    def write(self, text: str) -> MemoryNote:
        """Keep what the person wrote by hand."""
        return self._add(MemoryNote(text, Topic.OWN, language_of(text, "en")))

    def rewrite(self, note: MemoryNote, text: str) -> None:
        """Keep other words for a note; its end stays."""
        text = _fit(text)
        kept = (one for one in self._notes.notes(self._clock.lived()) if one.id == note.id)
        for stored in kept:
            self._notes.update(replace(stored, text=text, lang=language_of(text, note.lang)))

    def pin(self, note: MemoryNote, *, pinned: bool) -> None:
        """Keep a note without an end, or give it one from now on."""
        ends = None if pinned else self._clock.lived() + KEPT_S
        self._notes.update(replace(note, pinned=pinned, expires_at=ends))

    def forget(self, note_id: int) -> None:
        """Delete a note for good."""
        self._notes.delete(note_id)

    def forget_all(self) -> None:
        """Delete all notes for good."""
        self._notes.clear()

    def switch(self, *, on: bool) -> PrivateSettings:
        """Switch memory on or off and return the settings as they are stored now."""
        changed = replace(self._settings.load(), memory=on)
        self._settings.save(changed)
        return changed

    def _add(self, note: MemoryNote) -> MemoryNote:
        now, ends = self._clock.now(), self._clock.lived() + KEPT_S
        return self._shown(
            self._notes.add(replace(note, text=_fit(note.text), created_at=now, expires_at=ends))
        )

    def _shown(self, note: MemoryNote) -> MemoryNote:
        """A note whose end is told by the clock on the wall."""
        ends = note.expires_at
        return note if ends is None else replace(note, expires_at=self._clock.shown(ends))

    def _open_candidates(self, notes: Sequence[MemoryNote]) -> list[Candidate]:
        """What the last talks offer that had no answer yet and is not kept already."""
        answered = set(self._answered.load(PLACE).split())
        known = {_letters(note.text) for note in notes}
        found: list[Candidate] = []
        for talk in self._conversations.conversations(limit=LAST_TALKS):
            others = self._conversations.other_versions(talk.id)
            if any(one.message.level or one.message.mode is Mode.CRISIS for one in others):
                continue  # what was heard stays heard, whichever version is shown
            for candidate in self.suggest(self._conversations.messages(talk.id)):
                letters = _letters(candidate.text)
                if _answer(candidate) not in answered and letters not in known:
                    known.add(letters)
                    found.append(candidate)
        return found[:MOST_CANDIDATES]

    def _note_answer(self, candidate: Candidate) -> None:
        before = [one for one in self._answered.load(PLACE).split() if one != _answer(candidate)]
        self._answered.save(PLACE, " ".join([*before, _answer(candidate)][-ANSWERED:]))


def _fit(text: str) -> str:
    """One line of at most `LONGEST_NOTE` characters."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_NOTE else line[: LONGEST_NOTE - 1].rstrip() + "…"


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _answer(candidate: Candidate) -> str:
    checksum = zlib.crc32(candidate.text.encode("utf-8", "replace"))
    return f"{candidate.message_id}:{checksum:08x}"
