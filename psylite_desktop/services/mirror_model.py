"""The small linear models of the Mirror: hashed character n-grams beside what the lexicons found.

`psylite forge mirror` makes the two files: `mirror.json` (scales, weights of signs, thresholds,
figures) and `weights.bin`, one plane of signed bytes for every language and head, in order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from psylite_desktop.domain.mirror import Theme
from psylite_desktop.safety.linear import Layout, Linear, features

HEADER = "mirror.json"
WEIGHTS = "weights.bin"
MAGIC = b"PSYMIRR1"
FORMAT = 1
TONE = "tone"
THEMES = tuple(theme.value for theme in Theme)
HEADS = (*THEMES, TONE)
LAYOUT = Layout(HEADER, WEIGHTS, MAGIC, FORMAT, HEADS, HEADS)


class MirrorModel:
    """Scores texts in plain form. Immutable once made."""

    def __init__(self, linear: Linear) -> None:
        self._mask = (1 << linear.bits) - 1
        self._heads = linear.heads
        self.thresholds: Mapping[str, Mapping[str, float]] = linear.thresholds

    @classmethod
    def load(cls, folder: Path) -> MirrorModel:
        """Read both files. Raises OSError and DamagedModelError."""
        return cls(Linear.load(folder, LAYOUT))

    def buckets(self, text: str, lang: str) -> set[int]:
        """The features of a text in plain form."""
        return features(text, lang, self._mask)

    def score(
        self, head: str, lang: str, buckets: Collection[int], signs: Mapping[str, float]
    ) -> float:
        """What one head says."""
        return self._heads[lang][head].score(buckets, signs)
