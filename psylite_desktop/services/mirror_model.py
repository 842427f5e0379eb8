"""The small linear models of the Mirror: hashed character n-grams beside what the lexicons found.

`psylite forge mirror` makes the two files: `mirror.json` (scales, weights of signs, thresholds,
figures) and `weights.bin`, one plane of signed bytes for every language and head, in order. The
features are those of the risk model (`safety/linear.py`).
"""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from psylite_desktop.domain.mirror import Theme
from psylite_desktop.safety.linear import features

HEADER = "mirror.json"
WEIGHTS = "weights.bin"
MAGIC = b"PSYMIRR1"
FORMAT = 1
LANGS = ("zh", "en")
TONE = "tone"
THEMES = tuple(theme.value for theme in Theme)
HEADS = (*THEMES, TONE)
_BITS = (8, 18)


class DamagedMirrorError(ValueError):
    """The files of the model do not belong together or are broken."""


@dataclass(frozen=True, slots=True)
class Head:
    """One linear head: a weight for every bucket and for every sign."""

    plane: array[int]
    scale: float
    bias: float
    signs: Mapping[str, float]

    def score(self, buckets: Collection[int], signs: Mapping[str, float]) -> float:
        """What the head says; every feature counts once, the length is taken out."""
        total = sum(map(self.plane.__getitem__, buckets))
        known = self.signs
        told = sum(value * known.get(name, 0.0) for name, value in signs.items())
        return self.bias + self.scale * total / math.sqrt(len(buckets) or 1) + told


class MirrorModel:
    """Scores texts in plain form. Immutable once made."""

    def __init__(
        self,
        bits: int,
        heads: Mapping[str, Mapping[str, Head]],
        thresholds: Mapping[str, Mapping[str, float]],
    ) -> None:
        """Both mappings are keyed by language and head."""
        self._mask = (1 << bits) - 1
        self._heads = heads
        self.thresholds = thresholds

    @classmethod
    def load(cls, folder: Path) -> MirrorModel:
        """Read both files. Raises OSError and DamagedMirrorError."""
        head = (folder / HEADER).read_bytes()
        weights = (folder / WEIGHTS).read_bytes()
        try:
            return cls._parse(json.loads(head), weights)
        except DamagedMirrorError:
            raise
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
            raise DamagedMirrorError(f"{HEADER} is damaged") from error

    @classmethod
    def _parse(cls, header: Any, weights: bytes) -> MirrorModel:
        bits = int(header["bits"])
        if header["format"] != FORMAT or not _BITS[0] <= bits <= _BITS[1]:
            raise DamagedMirrorError(f"{HEADER} has another format")
        size = 1 << bits
        if len(weights) != len(MAGIC) + size * len(HEADS) * len(LANGS):
            raise DamagedMirrorError(f"{WEIGHTS} has the wrong length")
        if weights[: len(MAGIC)] != MAGIC or crc32(weights) != header["crc32"]:
            raise DamagedMirrorError(f"{WEIGHTS} does not belong to {HEADER}")
        heads: dict[str, dict[str, Head]] = {lang: {} for lang in LANGS}
        thresholds: dict[str, dict[str, float]] = {}
        place = len(MAGIC)
        for lang in LANGS:
            said = header["languages"][lang]
            thresholds[lang] = {name: _finite(said["thresholds"][name]) for name in HEADS}
            for name in HEADS:
                plane = array("b", weights[place : place + size])
                scale, bias, signs = said["heads"][name]
                told = {str(sign): _finite(weight) for sign, weight in signs.items()}
                heads[lang][name] = Head(plane, _finite(scale), _finite(bias), told)
                place += size
        return cls(bits, heads, thresholds)

    def buckets(self, text: str, lang: str) -> set[int]:
        """The features of a text in plain form."""
        return features(text, lang, self._mask)

    def score(
        self, head: str, lang: str, buckets: Collection[int], signs: Mapping[str, float]
    ) -> float:
        """What one head says."""
        return self._heads[lang][head].score(buckets, signs)


def _finite(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise DamagedMirrorError(f"{HEADER} holds a number that is none")
    return number
