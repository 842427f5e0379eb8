"""Which notes fit the newest message: at most two, by meaning, else by what both speak of."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.content.memory import MemoryRules
from psylite_desktop.domain.errors import EngineError, VaultError
from psylite_desktop.domain.memory import MemoryNote
from psylite_desktop.domain.ports import TextVectors
from psylite_desktop.domain.risk import Assessment
from psylite_desktop.domain.stores import MemoryNoteStore
from psylite_desktop.services.clock import Clock

MOST_RECALLED = 2
LEAST_LIKE = 0.31
"""The cosine of a message and a note that fits it, chosen for staying silent rather than being
wrong. On the 35 messages it was chosen with (zh and en, twenty notes): of 21 with a fitting note 16
found it, of 14 without one none got any. No other messages were measured."""
LEAST_SHARED = 2.0
"""Without vectors: what message and note share, a situation counting 2 and a word of it 1."""
MOST_TOKENS = 60
"""Of the line of notes in a prompt."""
MOST_EMBEDDED = 64
"""Notes without a vector that get one in one turn."""
_CUT = {"zh": 32, "en": 110}
"""Characters of a note that is too long for the line."""
_WORD = re.compile(r"[a-z]{5,}")


@dataclass(frozen=True, slots=True)
class Recalled:
    """A line for the prompt and the notes in it; both empty where nothing fits."""

    line: str = ""
    texts: tuple[str, ...] = ()


class Recall:
    """Looks notes up for one profile. Called on the thread that talks to the engine."""

    def __init__(
        self,
        *,
        notes: MemoryNoteStore,
        vectors: TextVectors,
        situations: GuidedReplies,
        rules: MemoryRules,
        is_on: Callable[[], bool],
        look: Callable[[str], Assessment],
        clock: Clock,
    ) -> None:
        """`is_on` asks the setting; `look` keeps notes about risk out of prompts."""
        self._notes = notes
        self._vectors = vectors
        self._situations = situations
        self._rules = rules
        self._is_on = is_on
        self._look = look
        self._clock = clock

    def fitting(self, text: str, lang: str) -> list[MemoryNote]:
        """Notes that fit a message, the best first; empty where none fits well enough.

        Raises VaultError.
        """
        if not self._is_on():
            return []
        notes = [note for note in self._notes.notes(self._clock.lived()) if note.lang == lang]
        if not notes:
            return []
        try:
            scores, least = self._by_meaning(text, notes), LEAST_LIKE
        except EngineError:
            scores, least = self._by_situation(text, lang, notes), LEAST_SHARED
        fits = [note for note in notes if scores.get(note.id, 0.0) >= least]
        best = sorted(fits, key=lambda note: -scores[note.id])
        return [note for note in best if not self._look(note.text).level][:MOST_RECALLED]

    def line(self, text: str, lang: str, count: Callable[[str], int]) -> Recalled:
        """The line that goes beside a message in its prompt, within `MOST_TOKENS`.

        `count` counts tokens. Raises VaultError, and what `count` raises.
        """
        texts = [note.text for note in self.fitting(text, lang)]
        if not texts:
            return Recalled()
        cut = _CUT[lang]
        shortened = texts[0] if len(texts[0]) <= cut else texts[0][: cut - 1].rstrip() + "…"
        for chosen, written in ((texts, texts), (texts[:1], texts[:1]), (texts[:1], [shortened])):
            line = self._rules.line(lang, written)
            if count(line) <= MOST_TOKENS:
                return Recalled(line, tuple(chosen))
        return Recalled()

    def used_in(self, note: str) -> tuple[str, ...]:
        """Notes that stand in the note of an earlier prompt. Raises VaultError."""
        kept = self._notes.notes(self._clock.lived()) if note else []
        # A long note stands there with its beginning.
        begun = {one.text: one.text[: _CUT[one.lang] - 1].rstrip() for one in kept}
        return tuple(text for text, begins in begun.items() if begins in note)[:MOST_RECALLED]

    def _by_meaning(self, text: str, notes: Sequence[MemoryNote]) -> dict[int, float]:
        """Cosines by note; raises EngineError where there are no vectors."""
        mark = self._vectors.embedder_mark()
        kept: dict[int, Sequence[float]] = dict(self._notes.vectors(mark))
        missing = [note for note in notes if note.id not in kept][:MOST_EMBEDDED]
        made = self._vectors.embed([text, *(note.text for note in missing)])
        if len(made) != len(missing) + 1:
            raise EngineError("retrieval_failed")
        for note, vector in zip(missing, made[1:], strict=True):
            kept[note.id] = vector
            self._keep(note, vector, mark)
        return _cosines(made[0], {note.id: kept[note.id] for note in notes if note.id in kept})

    def _keep(self, note: MemoryNote, vector: Sequence[float], mark: str) -> None:
        try:
            self._notes.set_vector(note.id, vector, mark)
        except VaultError:
            return  # it is made again next time

    def _by_situation(self, text: str, lang: str, notes: Sequence[MemoryNote]) -> dict[int, float]:
        """What message and note both speak of; how somebody feels says nothing about a note."""
        tags, words = self._spoken_of(text, lang)
        scores = {}
        for note in notes:
            other_tags, other_words = self._spoken_of(note.text, lang)
            scores[note.id] = 2.0 * len(tags & other_tags) + len(words & other_words)
        return scores

    def _spoken_of(self, text: str, lang: str) -> tuple[set[str], set[str]]:
        known = self._situations.tags(lang)
        found = self._situations.situations(lang, text)
        tags = {tag for tag in found if known[tag].label and not known[tag].feeling}
        return tags, set(_WORD.findall(text.lower()))


def _cosines(vector: Sequence[float], others: Mapping[int, Sequence[float]]) -> dict[int, float]:
    """Cosines of a vector with others; 0 where a length differs or is zero."""
    size = math.hypot(*vector)
    found = {}
    for key, other in others.items():
        length = size * math.hypot(*other)
        if len(other) == len(vector) and length:
            found[key] = sum(a * b for a, b in zip(vector, other, strict=True)) / length
    return found
