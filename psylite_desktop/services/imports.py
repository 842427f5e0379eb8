"""Bringing a file into the vault: read, say what would come, add it, take all of it back.

Whatever the person once wrote is looked at by the floor of the safety layers again before it is
stored. The numbers of what was added (no words) are kept as a draft, so that it can be taken back
until the next import.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.ending import Ending
from psylite_desktop.domain.errors import ExportError, InputError, PsyLiteError
from psylite_desktop.domain.exercise import ExerciseRun
from psylite_desktop.domain.imports import (
    BroughtTalk,
    Found,
    ImportPreview,
    ImportStep,
    ReadFile,
    Skipped,
    TakenBack,
)
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.memory import MemoryNote
from psylite_desktop.domain.ports import Vault
from psylite_desktop.domain.risk import Assessment, Level
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.export_names import ExportTexts
from psylite_desktop.services.import_formats.daylio_csv import is_daylio, read_daylio
from psylite_desktop.services.import_formats.own_json import is_own, read_own
from psylite_desktop.services.import_formats.talks import add_talk
from psylite_desktop.services.known_items import KnownItems

LIMIT_MB = 50
ITEMS_A_STEP = 20
PLACE = "import.last"
RECENT_S = 7 * 86_400.0
"""Danger in words that are not older than this is danger now."""


class ImportService:
    """Imports of one profile. Methods that touch the vault raise VaultError."""

    def __init__(
        self, vault: Vault, texts: ExportTexts, look: Callable[[str], Assessment], clock: Clock
    ) -> None:
        """`look` assesses a text by the floor and touches nothing."""
        self._vault = vault
        self._texts = texts
        self._look = look
        self._clock = clock

    @property
    def words(self) -> CheckInWords:
        """Words of moods and tags."""
        return self._texts.check_ins

    def read(self, path: Path) -> ReadFile:
        """Read a file without looking at the vault.

        Raises ExportError (import_failed, import_too_large, import_unknown, import_newer),
        InputError (input_encoding).
        """
        try:
            with path.open("rb") as file:
                data = file.read(LIMIT_MB * 1_000_000 + 1)
        except OSError:
            raise ExportError("import_failed") from None
        if len(data) > LIMIT_MB * 1_000_000:
            raise ExportError("import_too_large", limit=LIMIT_MB)
        return self.read_bytes(data)

    def read_bytes(self, data: bytes) -> ReadFile:
        """Read what stands in a file. Raises as `read` does."""
        if is_own(data):
            return read_own(data, self._texts.scales, self._texts.exercises)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InputError("input_encoding") from None
        if not is_daylio(text):
            raise ExportError("import_unknown")
        return read_daylio(text, self._texts.check_ins)

    def preview(self, read: ReadFile, moods: Mapping[str, int] | None = None) -> ImportPreview:
        """What would be added; `moods` says which mood a name stands for, -1 for none."""
        chosen = {one.name: one.mood for one in read.moods} | dict(moods or {})
        known = KnownItems(self._vault, self._clock.lived())
        added: list[Found] = []
        skipped = list(read.skipped)
        for one in read.found:
            placed, reason = _placed(self._in_lived_time(one), chosen)
            reason = reason or known.why_not(placed.value) or self._why_not(placed)
            if reason:
                skipped.append(Skipped(one.section, one.number, reason))
            else:
                added.append(placed)
        left = {(one.section, one.number) for one in added}
        kept = [one for one in skipped if one.reason != "cut" or (one.section, one.number) in left]
        return ImportPreview(tuple(added), tuple(sorted(kept, key=_place_of)))

    def job(self, preview: ImportPreview) -> ImportJob:
        """An import that has not begun."""
        return ImportJob(
            self._vault,
            preview,
            look=self._look,
            tag_ids=frozenset(self.words.tag_ids),
            now=self._clock.now(),
        )

    def can_undo(self) -> bool:
        """Whether there is an import to take back."""
        return bool(self._vault.drafts.load(PLACE))

    def undo(self) -> TakenBack:
        """Take the last import back."""
        return take_back(self._vault)

    def _in_lived_time(self, one: Found) -> Found:
        """A note with as many days left as the clock on the wall says."""
        if not isinstance(one.value, MemoryNote) or one.value.expires_at is None:
            return one
        ends = self._clock.lived() + (one.value.expires_at - self._clock.now())
        return replace(one, value=replace(one.value, expires_at=ends))

    def _why_not(self, one: Found) -> str:
        if isinstance(one.value, MemoryNote):
            if self._look(one.value.text).level > Level.NONE:
                return "risk"  # replies are never given such a note
            expires = one.value.expires_at
            if expires is not None and expires <= self._clock.lived() and not one.value.pinned:
                return "ended"
        return ""


class ImportJob:
    """One import, in steps for one thread at a time; `stop` takes back what was added."""

    def __init__(
        self,
        vault: Vault,
        preview: ImportPreview,
        *,
        look: Callable[[str], Assessment],
        tag_ids: frozenset[str],
        now: float,
    ) -> None:
        """`tag_ids` are the default tags; the other ones are the person's own words."""
        self._vault = vault
        self._items = preview.added
        self._look = look
        self._tag_ids = tag_ids
        self._now = now
        self._stop = threading.Event()
        self._done = 0
        self._ids: dict[str, list[Any]] = {}
        self._heavy: list[str] = []
        self._has_heavy = False

    def stop(self) -> None:
        """End it; the next step takes everything back."""
        self._stop.set()

    @property
    def is_stopped(self) -> bool:
        """Whether it was stopped."""
        return self._stop.is_set()

    def step(self) -> ImportStep:
        """Add a few things. Raises VaultError, and then nothing of this import stays."""
        try:
            if self._stop.is_set():
                self._take_back()
                return ImportStep(0, len(self._items))
            for one in self._items[self._done : self._done + ITEMS_A_STEP]:
                self._add(one)
                self._done += 1
            self._vault.drafts.save(PLACE, json.dumps(self._ids) if self._ids else "")
        except PsyLiteError:
            self._take_back()
            raise
        return ImportStep(
            self._done,
            len(self._items),
            finished=self._done >= len(self._items),
            heavy=tuple(self._heavy),
            has_heavy=self._has_heavy,
        )

    def _take_back(self) -> None:
        forget(self._vault, self._ids)
        self._ids = {}
        self._vault.drafts.save(PLACE, "")

    def _note(self, kind: str, number: Any) -> None:
        self._ids.setdefault(kind, []).append(number)

    def _add(self, one: Found) -> None:
        vault, value = self._vault, one.value
        match value:
            case CheckIn():
                own = [tag for tag in value.tags if tag not in self._tag_ids]
                level = self._level("\n".join([*own, value.note]), value.at)
                value = replace(value, level=max(value.level, level))
                self._note("check_ins", vault.check_ins.add(value).id)
            case JournalEntry():
                level = self._level(f"{value.title}\n{value.text}", value.at)
                value = replace(value, level=max(value.level, level))
                self._note("journal", vault.journal.add(value).id)
            case ScaleRun():
                self._note("scales", vault.scale_runs.add(value).id)
            case ExerciseRun():
                for answer in value.answers.values():
                    if not isinstance(answer, int):
                        text = answer if isinstance(answer, str) else "\n".join(answer)
                        self._level(text, value.updated_at)
                self._note("exercises", vault.exercise_runs.save(value).id)
            case MemoryNote():
                self._note("memory", vault.memory_notes.add(value).id)
            case PlanEntry():
                vault.safety_plan.save([value])
                self._note("plan", str(value.step))
            case BroughtTalk():
                self._add_talk(value)

    def _add_talk(self, talk: BroughtTalk) -> None:
        store = self._vault.conversations
        number = store.start(talk.messages[0].created_at)
        self._note("conversations", number)
        add_talk(store, number, self._heard(talk))
        store.rename(number, talk.title)
        if talk.lines:
            lines = (talk.lines[0], talk.lines[1], talk.lines[2])
            self._vault.endings.save(Ending(number, lines, talk.next_step, talk.ended_at))

    def _heard(self, talk: BroughtTalk) -> BroughtTalk:
        """A talk whose messages have the level that is heard in them now, if it is higher."""

        def heard(message: Message) -> Message:
            if message.role is not Role.USER:
                return message
            level = max(message.level, self._level(message.text, message.created_at))
            return replace(message, level=level)

        others = tuple(replace(one, message=heard(one.message)) for one in talk.others)
        return replace(talk, messages=tuple(map(heard, talk.messages)), others=others)

    def _level(self, text: str, at: float) -> Level:
        if not text.strip():
            return Level.NONE
        level = self._look(text).level
        if level >= Level.CRISIS:
            self._has_heavy = True
            if self._now - at <= RECENT_S:
                self._heavy.append(text)
        return level


def take_back(vault: Vault) -> TakenBack:
    """Take the last import back, and forget about it. Raises VaultError."""
    try:
        ids = json.loads(vault.drafts.load(PLACE) or "{}")
    except ValueError:
        ids = {}
    count = forget(vault, ids)
    vault.drafts.save(PLACE, "")
    return TakenBack(count, tuple(ids.get("conversations", ())))


def forget(vault: Vault, ids: Mapping[str, list[Any]]) -> int:
    """Delete what stands under these numbers. Raises VaultError."""
    deletes: dict[str, Callable[[int], None]] = {
        "check_ins": vault.check_ins.delete,
        "journal": vault.journal.erase,
        "scales": vault.scale_runs.delete,
        "exercises": vault.exercise_runs.delete,
        "memory": vault.memory_notes.delete,
        "conversations": vault.conversations.delete,
    }
    count = 0
    for kind, numbers in ids.items():
        if kind == "plan":
            steps = [PlanStep(step) for step in numbers if step in set(PlanStep)]
            vault.safety_plan.save([PlanEntry(step, "") for step in steps])
        elif kind in deletes:
            for number in numbers:
                deletes[kind](int(number))
        count += len(numbers)
    return count


def _placed(one: Found, moods: Mapping[str, int]) -> tuple[Found, str]:
    """With the mood that its name stands for, or why it stays outside."""
    if not one.mood_name or not isinstance(one.value, CheckIn):
        return one, ""
    mood = moods.get(one.mood_name, 0)
    if mood < 1:
        return one, "mood" if mood < 0 else "mood_open"
    return replace(one, value=replace(one.value, mood=mood)), ""


def _place_of(one: Skipped) -> tuple[str, int]:
    return one.section, one.number
