"""The small linear models of the Mirror: n-grams and words beside what the lexicons found.

`psylite forge mirror` makes the files: `mirror.json` (scales, weights of signs, thresholds,
figures), `weights.bin`, one plane of signed bytes for every language and head, in order, and the
words (`mirror_words`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.domain.mirror import Theme
from psylite_desktop.safety.linear import Layout, Linear, features
from psylite_desktop.services.mirror_words import WordTable, load_words

HEADER = "mirror.json"
WEIGHTS = "weights.bin"
MAGIC = b"PSYMIRR1"
FORMAT = 2
TONE = "tone"
THEMES = tuple(theme.value for theme in Theme)
HEADS = (*THEMES, TONE)
LAYOUT = Layout(HEADER, WEIGHTS, MAGIC, FORMAT, HEADS, HEADS)


@dataclass(frozen=True, slots=True)
class Heard:
    """A text as the model takes it in: its n-grams, and what its words add to each head."""

    buckets: Collection[int]
    words: Mapping[str, float]


class MirrorModel:
    """Scores texts in plain form. Immutable once made."""

    def __init__(self, linear: Linear, words: Mapping[str, WordTable]) -> None:
        self._mask = (1 << linear.bits) - 1
        self._heads = linear.heads
        self._words = words
        self.thresholds: Mapping[str, Mapping[str, float]] = linear.thresholds

    @classmethod
    def load(cls, folder: Path) -> MirrorModel:
        """Read the four files. Raises OSError and DamagedModelError."""
        return cls(Linear.load(folder, LAYOUT), load_words(folder, HEADS))

    def hear(self, text: str, lang: str) -> Heard:
        """Take in a text in plain form."""
        added = zip(HEADS, self._words[lang].scores(text), strict=True)
        return Heard(features(text, lang, self._mask), dict(added))

    def score(self, head: str, lang: str, heard: Heard, signs: Mapping[str, float]) -> float:
        """What one head says."""
        return self._heads[lang][head].score(heard.buckets, signs) + heard.words[head]
