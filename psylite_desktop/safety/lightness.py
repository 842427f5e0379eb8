"""Whether the last messages sound as if something light were welcome: a linear model of wording.

It reads the newest message, and apart from it the ones just before. What it hears only ever leads
to an offer: every bar of the gate (services/humor.py) stands before it.
`forge/humor.py` makes its two files, `humor.json` and `weights.bin` (see `linear`).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.safety.common_words import COMMON
from psylite_desktop.safety.linear import DamagedModelError, Layout, Linear, features

HEADS = ("newest", "earlier")
LAYOUT = Layout("humor.json", "weights.bin", b"PSYHUMR2", 2, HEADS, ("offer", "doubt", "sure"))
LENGTHS: Mapping[str, Sequence[int]] = {"zh": (1, 2), "en": (5,)}
"""Longer Chinese grams are too rare among so few talks: fewer of other hands were recognised."""
LISTENED_BACK = 3
"""Messages before the newest one that are read."""
LONGEST = 600
"""Characters of a message; whoever writes more has something to tell."""
_APOSTROPHE = re.compile(r"(?<=[a-z])['\u2019](?=[a-z])")
_WORD = re.compile(r"[\u3400-\u9fff]|[a-z0-9']+")
_LATIN = re.compile(r"[a-z0-9]+")
_SHOUT = re.compile(r"\b[A-Z]{3,}\b")
_SIGNS = {
    "laughter": re.compile(
        r"哈{2,}|嘿嘿|嘻嘻|233|hhh|xswl|\b(?:ha){2,}h?\b|\bhah?\b|\b(?:he){2,}|\blo+l|\blma+o"
    ),
    "cheer": re.compile("[🤣😂😄😆😁😹😜😝🤪😏😎🎉🥳🤭😊😃]"),
    "wry": re.compile("[🙃😅🥲💀]"),
    "exclaims": re.compile("!"),
    "exclaims_twice": re.compile(r"!\s*!"),
    "asks": re.compile(r"\?"),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """What the model reads of a talk: buckets for each of `HEADS`, and signs of the newest."""

    buckets: tuple[Collection[int], ...]
    signs: frozenset[str]


def heard(texts: Sequence[str], lang: str, bits: int) -> Heard:
    """The features of the newest of the person's texts and of those before it."""
    mask = (1 << bits) - 1
    before = texts[-1 - LISTENED_BACK : -1]
    earlier: set[int] = set().union(
        *(features(_plain(text[:LONGEST]), lang, mask, LENGTHS) for text in before)
    )
    newest = texts[-1][:LONGEST]
    plain = _plain(newest)
    signs = {name for name, found in _SIGNS.items() if found.search(plain)}
    if _SHOUT.search(newest):
        signs.add("shouts")
    signs.add(f"turn_{min(3, len(texts))}")
    signs.add(f"size_{min(5, len(_WORD.findall(plain)).bit_length())}")
    if lang == "en":
        signs |= _rare(plain)
    return Heard((features(plain, lang, mask, LENGTHS), earlier), frozenset(signs))


def _rare(plain: str) -> set[str]:
    """How many words are not among the commonest, and their share: droll tales are full of them."""
    words = set(_LATIN.findall(plain))
    rare = len(words - COMMON)
    return {f"rare_{min(8, rare)}", f"rare_in_ten_{min(5, 10 * rare // max(1, len(words)))}"}


def _plain(text: str) -> str:
    return _APOSTROPHE.sub("", unicodedata.normalize("NFKC", text).lower())


class LightnessClassifier:
    """Immutable once made; safe to use from any thread."""

    def __init__(self, model: Linear) -> None:
        """Use `load`."""
        self._model = model

    @classmethod
    def load(cls, folder: Path) -> LightnessClassifier:
        """Read `humor.json` and `weights.bin`. Raises OSError and DamagedModelError."""
        return cls(Linear.load(folder, LAYOUT))

    @classmethod
    def if_whole(cls, folder: Path) -> LightnessClassifier | None:
        """The model, or None where it is missing or damaged: talk does not stop for it."""
        try:
            return cls.load(folder)
        except (OSError, DamagedModelError):
            return None

    def probability(self, texts: Sequence[str], lang: str) -> float:
        """How likely something light is welcome after the newest text, 0 to 1; never raises."""
        if not texts or not texts[-1].strip() or len(texts[-1]) > LONGEST:
            return 0.0
        found = heard(texts, lang, self._model.bits)
        newest, earlier = (self._model.heads[lang][name] for name in HEADS)
        words, words_before = found.buckets
        return sigmoid(newest.score(words, found.signs) + earlier.score(words_before))

    def welcomes(self, texts: Sequence[str], lang: str) -> bool:
        """Whether it is likely enough to offer something."""
        return self.probability(texts, lang) >= self._model.thresholds[lang]["offer"]

    def is_sure(self, texts: Sequence[str], lang: str) -> bool:
        """Whether it is likely enough to believe it against words that alone prove nothing."""
        return self.probability(texts, lang) >= self._model.thresholds[lang]["sure"]

    def doubts(self, texts: Sequence[str], lang: str) -> bool:
        """Whether it is so unlikely that another sign should not be trusted."""
        return self.probability(texts, lang) < self._model.thresholds[lang]["doubt"]


def sigmoid(logit: float) -> float:
    """The probability of a logit of any size."""
    return 0.5 + 0.5 * math.tanh(logit / 2)
