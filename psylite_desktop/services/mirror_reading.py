"""What the words of an entry say by themselves: scores of themes, weights of tone, habits found."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from psylite_desktop.content.mirror import Hit, MirrorWords
from psylite_desktop.domain.mirror import Distortion, Theme
from psylite_desktop.services.mirror_text import ReadEntry, Sentence

FULL = 6.0
"""A theme's score beyond which more words say no more."""
_REACH = {"zh": 5, "en": 22}
"""Characters before a word in which something may turn it."""
_BREAK = re.compile(r"[,:。!?;\n]")
_TURNED, _STRONGER, _WEAKER = -0.6, 1.4, 0.6
_BEFORE_CONTRAST, _AFTER_CONTRAST, _CONCEDED = 0.5, 1.3, 0.6
_LAST = 1.6
_SHORT = 60


@dataclass(frozen=True, slots=True)
class ThemeScores:
    """The score of each theme over the entry, and in each sentence."""

    total: Mapping[str, float]
    by_sentence: Mapping[str, Mapping[int, float]]


def theme_scores(entry: ReadEntry, words: MirrorWords) -> ThemeScores:
    """Every word counts once for the entry; again in the sentences where it stands."""
    total: dict[str, float] = {}
    places: dict[str, dict[int, float]] = {}
    seen: set[str] = set()
    for hit in words.themes.find(entry.plain.text):
        index = entry.sentence_at(hit.start)
        for label, weight in hit.labels:
            fresh = weight if hit.word not in seen else weight * 0.25
            total[label] = total.get(label, 0.0) + fresh
            here = places.setdefault(label, {})
            here[index] = here.get(index, 0.0) + weight
        seen.add(hit.word)
    return ThemeScores(total, places)


@dataclass(frozen=True, slots=True)
class ToneScores:
    """Glad and heavy weight of the entry, of its last sentence, and of each sentence."""

    glad: float
    heavy: float
    last: float
    count: int
    by_sentence: Mapping[int, float]

    @property
    def balance(self) -> float:
        """From about -3 to 3; more words weigh more, but less and less."""
        return (self.glad - self.heavy) / (1.0 + 0.6 * math.sqrt(self.count))


def tone_scores(entry: ReadEntry, words: MirrorWords, lang: str) -> ToneScores:
    """Weigh the words of tone, with what turns, strengthens, weakens or outweighs them."""
    glad = heavy = last = 0.0
    count = 0
    sentences: dict[int, float] = {}
    final = len(entry.sentences) - 1
    for index, sentence in enumerate(entry.sentences):
        for hit in words.tone.find(sentence.text):
            weight = _weight(hit, sentence.text, words, lang)
            if index == final:
                weight *= _LAST
                last += weight
            count += 1
            sentences[index] = sentences.get(index, 0.0) + weight
            glad, heavy = glad + max(weight, 0.0), heavy + max(-weight, 0.0)
    return ToneScores(glad, heavy, last, count, sentences)


def _weight(hit: Hit, text: str, words: MirrorWords, lang: str) -> float:
    weight = hit.labels[0][1] if hit.labels else 0.0
    before = text[max(0, hit.start - _REACH[lang]) : hit.start]
    cut = max((found.end() for found in _BREAK.finditer(before)), default=0)
    before = before[cut:]
    said = before.split() if lang == "en" else before

    def near(kind: str) -> bool:
        return any(
            f" {one} " in f" {before} " if lang == "en" else one in before
            for one in words.shift[kind]
        )

    if said:
        if near("weaken"):
            weight *= _WEAKER
        elif near("strengthen"):
            weight *= _STRONGER
        if near("negations"):
            weight *= _TURNED
    turn = max((found.start() for found in words.contrast.finditer(text)), default=-1)
    if turn > 0:
        weight *= _BEFORE_CONTRAST if hit.start < turn else _AFTER_CONTRAST
    elif (
        (conceding := words.concede.search(text))
        and conceding.start() <= hit.start
        and "," not in text[conceding.start() : hit.start]
    ):
        weight *= _CONCEDED
    return weight


@dataclass(frozen=True, slots=True)
class HabitHit:
    """Words of a sentence that may show a habit; offsets into the sentence."""

    kind: Distortion
    sentence: int
    start: int
    end: int


def habit_hits(entry: ReadEntry, words: MirrorWords) -> Iterator[HabitHit]:
    """What the patterns find and nothing excuses, in the order of sentences.

    A habit that goes on in the next sentence is one finding, and the same words show one habit.
    """
    last: dict[Distortion, int] = {}
    for index, sentence in enumerate(entry.sentences):
        if excused(entry, index, words):
            continue
        for kind, found in _shown(sentence, words):
            goes_on = last.get(kind, -2) == index - 1
            last[kind] = index
            if not goes_on:
                yield HabitHit(kind, index, found.start(), found.end())


def _shown(sentence: Sentence, words: MirrorWords) -> list[tuple[Distortion, re.Match[str]]]:
    """The habits of one sentence; where two claim the same words, the one that read more."""
    asking = words.guards.question.search(sentence.text.rstrip()) is not None
    hits = []
    for habit in words.habits:
        found = _first(habit.found, sentence, words)
        if found is None or (asking and not habit.asks):
            continue
        if habit.never is None or not habit.never.search(sentence.text):
            hits.append((habit.kind, found))
    kept: list[tuple[Distortion, re.Match[str]]] = []
    for kind, found in sorted(hits, key=lambda one: one[1].start() - one[1].end()):
        if all(one.end() <= found.start() or found.end() <= one.start() for _kind, one in kept):
            kept.append((kind, found))
    return sorted(kept, key=lambda one: one[1].start())


def excused(entry: ReadEntry, index: int, words: MirrorWords) -> bool:
    """Whether a sentence is a joke or is balanced, there or at the beginning of the next one."""
    text = entry.sentences[index].text
    if words.guards.joke.search(text) or words.guards.balanced.search(text):
        return True
    if index + 1 < len(entry.sentences):
        following = entry.sentences[index + 1].text[:60]
        return words.guards.balanced.search(following) is not None
    return False


def _first(
    patterns: Sequence[re.Pattern[str]], sentence: Sentence, words: MirrorWords
) -> re.Match[str] | None:
    """The first match that is not somebody else's words."""
    for pattern in patterns:
        for found in pattern.finditer(sentence.text):
            before = sentence.text[: found.start()]
            if words.guards.quoting.search(before) or words.guards.reported.search(before):
                continue
            return found
    return None


def signs_of(entry: ReadEntry, themes: ThemeScores, tone: ToneScores) -> dict[str, float]:
    """What the lexicons found and how it is written, as numbers of about one for the models."""
    signs = {f"theme.{theme}": min(themes.total.get(theme, 0.0), FULL) / 2 for theme in Theme}
    top = max(signs.values(), default=0.0)
    signs |= {f"top.{theme}": 1.0 for theme in Theme if top > 0 and signs[f"theme.{theme}"] == top}
    signs["tone"] = max(-3.0, min(3.0, tone.balance))
    signs["tone.last"] = max(-3.0, min(3.0, tone.last / 2))
    signs["tone.glad"] = min(tone.glad, 10.0) / 5
    signs["tone.heavy"] = min(tone.heavy, 10.0) / 5
    text = entry.plain.text
    signs["exclaims"] = min(text.count("!"), 6) / 3
    signs["asks"] = min(text.count("?"), 4) / 3
    signs["short"] = 1.0 if len(text) < _SHORT else 0.0
    signs["long"] = min(len(text), 800) / 400
    return {name: value for name, value in signs.items() if value}
