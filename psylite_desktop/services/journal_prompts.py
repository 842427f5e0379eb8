"""Chooses a prompt for a page: by the last check-in, family after family, none twice in a week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from psylite_desktop.content.journal_prompts import JournalPrompt, JournalPrompts
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.ports import DraftStore

NOT_AGAIN_S = 7 * 86_400
SO_SO = 3
LOW_MOOD = 2
"""Up to this mood short, concrete prompts come before all others, and none asks for gratitude:
which ones suit a mood stands with them."""
PLACE = "journal_prompts"
"""Where the vault remembers what was shown."""


class Shown(msgspec.Struct, frozen=True, array_like=True):
    """A prompt was shown, at UTC seconds."""

    id: str
    at: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What a prompt is chosen by; `mood` is None where nothing is known of today."""

    lang: str
    mood: int | None
    now: float


class PromptChoice:
    """Prompts of one profile. Methods that touch the vault raise VaultError."""

    def __init__(self, prompts: JournalPrompts, shown: DraftStore) -> None:
        self._prompts = prompts
        self._shown = shown

    def find(self, lang: str, prompt_id: str) -> JournalPrompt | None:
        """The prompt of a page; None where this version does not have it."""
        return self._prompts.find(lang, prompt_id) if prompt_id else None

    def next(self, asked: Asked, entries: Sequence[JournalEntry] = ()) -> JournalPrompt | None:
        """A prompt that fits, remembered as shown; None where all were shown lately.

        `entries` are the newest pages: what stands above one of them is not said again either.
        """
        lately = self._lately(asked.now, entries)
        found = chosen(self._prompts.all(asked.lang), lately, mood=asked.mood)
        if found is not None:
            kept = (*lately, Shown(found.id, asked.now))
            self._shown.save(PLACE, msgspec.json.encode(kept).decode())
        return found

    def _lately(self, now: float, entries: Sequence[JournalEntry]) -> tuple[Shown, ...]:
        """What was shown within a week, oldest first."""
        try:
            kept = msgspec.json.decode(self._shown.load(PLACE) or "[]", type=tuple[Shown, ...])
        except msgspec.MsgspecError:
            kept = ()  # a memory that cannot be read costs no more than a repetition
        written = tuple(Shown(one.prompt_id, one.at) for one in entries if one.prompt_id)
        recent = [one for one in (*kept, *written) if abs(now - one.at) < NOT_AGAIN_S]
        return tuple(sorted(recent, key=lambda one: one.at))


def chosen(
    prompts: Sequence[JournalPrompt], lately: Sequence[Shown], *, mood: int | None
) -> JournalPrompt | None:
    """The first prompt that fits, of the family that was shown longest ago."""
    gone = {one.id for one in lately}
    fitting = [one for one in prompts if one.id not in gone and suits(one, mood)]
    if mood is not None and mood <= LOW_MOOD:
        fitting = [one for one in fitting if one.energy == "low"] or fitting
    if not fitting:
        return None
    family_of = {one.id: one.family for one in prompts}
    last = {family_of.get(one.id, ""): place for place, one in enumerate(lately)}
    return min(fitting, key=lambda one: last.get(one.family, -1))


def suits(prompt: JournalPrompt, mood: int | None) -> bool:
    """Whether a prompt may be shown to somebody who feels so; unknown counts as so-so."""
    return not prompt.moods or (mood or SO_SO) in prompt.moods
