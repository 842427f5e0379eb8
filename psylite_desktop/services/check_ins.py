"""Check-ins: record, change, take back, and figures as plain values. Never a count in a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.domain.check_in import (
    CheckIn,
    CheckInChange,
    CheckInDraft,
    CheckInSummary,
    DayMood,
)
from psylite_desktop.domain.risk import Assessment, Level, RiskState
from psylite_desktop.domain.stores import CheckInStore
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.prompting import shortened
from psylite_desktop.services.screening import Screening

DAYS = 14
"""Days that a summary looks back, today included."""
MOST_USED = 5
LONGEST_NOTE = 500
NOTE_IN_PROMPT = 80
"""Characters of the person's own line that a model is given."""


class CheckInService:
    """Check-ins of one profile. Methods that touch the vault raise VaultError.

    Whatever the person wrote is looked at by the floor before it is stored, and heard by all
    layers as soon as the engine thread has time: `record` never waits for the engine.
    """

    def __init__(
        self, store: CheckInStore, screening: Screening, words: CheckInWords, clock: Clock
    ) -> None:
        self._store = store
        self._screening = screening
        self._clock = clock
        self.words = words

    def today(self) -> date:
        """The day on the calendar on the wall."""
        return _local_day(self._clock.now())

    # -- risk

    def prompt_line(self, lang: str, *, shared: bool) -> str:
        """Today's newest check-in in one line for a model; see `line_for_prompt`.

        Raises VaultError.
        """
        if not shared:
            return ""
        day = self.today()
        found = self._store.between(day.isoformat(), day.isoformat())
        return line_for_prompt(found, self.words, today=day, lang=lang, shared=shared)

    def own_words(self, draft: CheckInDraft) -> str:
        """What the person wrote: tags of their own, and the line."""
        own = [tag for tag in draft.tags if tag not in self.words.tag_ids]
        return "\n".join(part for part in (*own, draft.note.strip()) if part)

    def preview(self, draft: CheckInDraft) -> tuple[Assessment, RiskState]:
        """What the floor hears, and what the state would become; touches nothing."""
        return self._screening.preview(self.own_words(draft))

    def hear(self, text: str) -> tuple[Assessment, RiskState]:
        """Let all layers hear what was written, and move the state; for the engine's thread."""
        return self._screening.take(text)

    def raise_level(self, check_in_id: int, level: Level) -> None:
        """Keep what a later layer heard."""
        self._store.raise_level(check_in_id, level)

    # -- what the person does

    def record(self, draft: CheckInDraft) -> CheckInChange:
        """Store a new check-in; a day to come counts as today."""
        now = self._clock.now()
        made = self._filled(CheckIn(at=now, day="", mood=draft.mood), draft)
        text = self.own_words(draft)
        if text:
            made = replace(made, level=self._screening.look(text).level)
        return CheckInChange(None, self._store.add(made))

    def edit(self, before: CheckIn, draft: CheckInDraft) -> CheckInChange:
        """Store a check-in anew; what was heard in words that stay is kept."""
        after = self._filled(before, draft)
        text = self.own_words(draft)
        if text != self.own_words(draft_of(before)):
            level = self._screening.look(text).level if text else Level.NONE
            after = replace(after, level=level)
        else:
            after = self._as_heard(after)
        self._store.update(after)
        return CheckInChange(before, after)

    def delete(self, check_in: CheckIn) -> CheckInChange:
        """Delete one; `undo` brings it back."""
        self._store.delete(check_in.id)
        return CheckInChange(check_in, None)

    def undo(self, change: CheckInChange) -> CheckIn | None:
        """Take a step back and return what stands there now. What was heard stays heard."""
        before, after = change.before, change.after
        if before is None:
            if after is not None:
                self._store.delete(after.id)
            return None
        if after is None:
            return self._store.add(before)
        before = self._as_heard(before)
        self._store.update(before)
        return before

    def _as_heard(self, check_in: CheckIn) -> CheckIn:
        """With the level stored now: a later layer may have raised it since the page read it."""
        stored = self._store.between(check_in.day, check_in.day)
        levels = [one.level for one in stored if one.id == check_in.id]
        return replace(check_in, level=max([check_in.level, *levels]))

    # -- what is known

    def of_day(self, day: str) -> list[CheckIn]:
        """Check-ins about a day, oldest first."""
        return self._store.between(day, day)

    def last_days(self, days: int = DAYS) -> CheckInSummary:
        """Figures of the last `days` days, today included."""
        last = self.today()
        first = last - timedelta(days=days - 1)
        found = self._store.between(first.isoformat(), last.isoformat())
        return summary(found, last=last, days=days)

    def own_tags(self) -> list[str]:
        """Tags of the person's own, the most used first."""
        return [tag for tag in self._store.tags() if tag not in self.words.tag_ids]

    def _filled(self, check_in: CheckIn, draft: CheckInDraft) -> CheckIn:
        written_on = _local_day(check_in.at).isoformat()
        day = min(draft.day or written_on, self.today().isoformat())
        return replace(
            check_in,
            day=day,
            mood=draft.mood,
            feelings=draft.feelings,
            tags=draft.tags,
            note=draft.note.strip()[:LONGEST_NOTE],
            backfilled=day < written_on,
        )


def draft_of(check_in: CheckIn) -> CheckInDraft:
    """What was filled in."""
    return CheckInDraft(
        check_in.day, check_in.mood, check_in.feelings, check_in.tags, check_in.note
    )


def summary(check_ins: Iterable[CheckIn], *, last: date, days: int = DAYS) -> CheckInSummary:
    """Figures of the `days` days up to `last`; check-ins about other days are left out."""
    names = [(last - timedelta(days=back)).isoformat() for back in reversed(range(days))]
    known = set(names)
    inside = [one for one in check_ins if one.day in known]
    moods: dict[str, list[int]] = {name: [] for name in names}
    for one in inside:
        moods[one.day].append(one.mood)
    found = tuple(
        DayMood(name, len(of_day), sum(of_day) / len(of_day) if of_day else None)
        for name, of_day in moods.items()
    )
    means = [day.mean for day in found if day.mean is not None]
    return CheckInSummary(
        days=found,
        days_with=len(means),
        total=len(inside),
        mean=sum(means) / len(means) if means else None,
        words=_most_used(feeling for one in inside for feeling in one.feelings),
        tags=_most_used(tag for one in inside for tag in one.tags),
    )


def line_for_prompt(
    check_ins: Sequence[CheckIn], words: CheckInWords, *, today: date, lang: str, shared: bool
) -> str:
    """The newest check-in about today in one line for a model; empty where there is none.

    `shared` is the private setting `share_check_in`. Words in which risk was heard are left out,
    and nothing at all is said of a check-in at the level of a crisis: vetted text answers there.
    """
    of_today = [one for one in check_ins if one.day == today.isoformat()]
    if not shared or not of_today:
        return ""
    newest = max(of_today, key=lambda one: (one.at, one.id))
    if newest.level >= Level.CRISIS:
        return ""
    parts = words.prompt(lang)
    calm = newest.level is Level.NONE
    feelings = parts.comma.join(words.feeling(lang, one) for one in newest.feelings)
    told = [tag for tag in newest.tags if calm or tag in words.tag_ids]
    tags = parts.comma.join(words.tag(lang, tag) for tag in told)
    note = shortened(" ".join(newest.note.split()), NOTE_IN_PROMPT) if calm else ""
    said = [parts.mood.format(mood=words.mood(lang, newest.mood), number=newest.mood)]
    said += [parts.feelings.format(words=feelings)] if feelings else []
    said += [parts.tags.format(words=tags)] if tags else []
    said += [parts.note.format(note=note)] if note else []
    return parts.between.join(said) + parts.end


def _most_used(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counted = Counter(names)
    order = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(order[:MOST_USED])


def _local_day(seconds: float) -> date:
    return datetime.fromtimestamp(seconds).astimezone().date()
