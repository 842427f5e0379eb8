"""Linear models over hashed n-grams and signs, without any library.

A model is two files that `forge/linear_fit.py` writes: a header in JSON (scales, signs,
thresholds, figures) and the weights: eight bytes of magic, then one plane of signed bytes for
every language of `LANGS` and every head of its layout, in order. Where the table is wide, before
the planes of each language stands what is known of it (see `known`), and they hold no more.
"""

from __future__ import annotations

import json
import math
import mmap
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any
from zlib import crc32

from psylite_desktop.safety.known import Known, size_of

LANGS = ("zh", "en")
LENGTHS: Mapping[str, Sequence[int]] = {"zh": (1, 2, 3, 4), "en": (2, 3, 4, 5)}
"""How many characters a gram holds; English has whole words and pairs of words beside them."""
_FEWEST = {False: 4, True: 6}
_MOST = {False: 20, True: 26}
"""Of the bits of a bucket's number, in a table that is wide (True) and one that is not."""
_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"\s+")
_PAUSES = re.compile(r"[^\w\s]+")
_WORD = re.compile(r"[a-z0-9]+")


class DamagedModelError(ValueError):
    """The files of a linear model do not belong together or are broken."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the two files of a model are called and hold; `wide`: only what is known of a table."""

    header: str
    weights: str
    magic: bytes
    format: int
    heads: tuple[str, ...]
    thresholds: tuple[str, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """One question to a text: a weight for every bucket and every sign, and a constant."""

    plane: memoryview
    scale: float
    bias: float
    signs: Mapping[str, float]

    def score(
        self, buckets: Collection[int], signs: Collection[str] | Mapping[str, float] = ()
    ) -> float:
        """The logit; every feature counts once, the length is taken out.

        A mapping says how much of each sign there is, a collection that there is one of each.
        """
        total = sum(_picked(self.plane, buckets))
        known = self.signs
        if isinstance(signs, Mapping):
            told = sum(value * known.get(name, 0.0) for name, value in signs.items())
        else:
            told = sum(known.get(name, 0.0) for name in signs)
        return self.bias + self.scale * total / math.sqrt(len(buckets) or 1) + told

    def sides(self, buckets: Collection[int]) -> tuple[float, float]:
        """What in these buckets speaks for it, and what against it (below zero)."""
        told = _picked(self.plane, buckets)
        total, loud = sum(told), sum(map(abs, told))
        share = self.scale / math.sqrt(len(told) or 1) / 2
        return (loud + total) * share, (total - loud) * share


def _picked(plane: memoryview, buckets: Collection[int]) -> Sequence[int]:
    """The weights of some buckets; in half the time of asking for one after the other."""
    if len(buckets) < 2:
        return [plane[bucket] for bucket in buckets]
    picked: Sequence[int] = itemgetter(*buckets)(plane)
    return picked


@dataclass(frozen=True, slots=True)
class Linear:
    """A whole model; heads and thresholds by language and name, and what is known of each table.

    A table that is not wide is known as a whole: of it nothing stands in `known`.
    """

    bits: int
    heads: Mapping[str, Mapping[str, Head]]
    thresholds: Mapping[str, Mapping[str, float]]
    known: Mapping[str, Known]

    @classmethod
    def load(cls, folder: Path, layout: Layout) -> Linear:
        """Read both files. Raises OSError and DamagedModelError."""
        head = (folder / layout.header).read_bytes()
        with (folder / layout.weights).open("rb") as file:
            try:
                # Mapped: the pages are shared by all processes and cost nothing that is scarce.
                weights = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            except ValueError as error:
                raise DamagedModelError(f"{layout.weights} is empty") from error
        try:
            return cls._parse(json.loads(head), weights, layout)
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
            if isinstance(error, DamagedModelError):
                raise
            raise DamagedModelError(f"{layout.header} is damaged") from error

    @classmethod
    def _parse(cls, header: Any, weights: memoryview, layout: Layout) -> Linear:
        if header["format"] != layout.format:
            raise DamagedModelError(f"{layout.header} has another format")
        bits = int(header["bits"])
        if not _FEWEST[layout.wide] <= bits <= _MOST[layout.wide]:
            raise DamagedModelError(f"{layout.header} names a table of impossible size")
        start = len(layout.magic)
        if weights[:start] != layout.magic:
            raise DamagedModelError(f"{layout.weights} is not of this model")
        sizes = {
            lang: int(header["languages"][lang]["known"]) if layout.wide else 1 << bits
            for lang in LANGS
        }
        noted = size_of(bits) if layout.wide else 0
        if len(weights) != start + sum(noted + size * len(layout.heads) for size in sizes.values()):
            raise DamagedModelError(f"{layout.weights} has the wrong length")
        if crc32(weights) != header["crc32"]:
            raise DamagedModelError(f"{layout.weights} does not belong to {layout.header}")
        heads: dict[str, dict[str, Head]] = {}
        thresholds: dict[str, dict[str, float]] = {}
        known: dict[str, Known] = {}
        for lang, size in sizes.items():
            said = header["languages"][lang]
            thresholds[lang] = {
                name: _finite(said["thresholds"][name], layout) for name in layout.thresholds
            }
            if layout.wide:
                known[lang] = Known.read(weights[start : start + noted], bits)
                if len(known[lang]) != size:
                    raise DamagedModelError(f"{layout.weights} does not know what it says")
            start += noted
            heads[lang] = _heads_of(said["heads"], weights[start:], size, layout)
            start += size * len(layout.heads)
        return cls(bits, heads, thresholds, known)


def _heads_of(
    said: Mapping[str, Any], planes: memoryview, size: int, layout: Layout
) -> dict[str, Head]:
    """The heads of a language, from the planes that begin with theirs."""
    heads = {}
    for place, name in enumerate(layout.heads):
        plane = planes[place * size : (place + 1) * size].cast("b")
        scale, bias, signs = said[name]
        told = {str(sign): _finite(weight, layout) for sign, weight in signs.items()}
        heads[name] = Head(plane, _finite(scale, layout), _finite(bias, layout), told)
    return heads


def features(
    sentence: str, lang: str, mask: int, lengths: Mapping[str, Sequence[int]] = LENGTHS
) -> set[int]:
    """The hashed n-grams of a plain sentence. Stable on every machine and in every release."""
    found = _chinese if lang == "zh" else _english
    return found(sentence, mask, lengths[lang])


def _chinese(sentence: str, mask: int, lengths: Sequence[int]) -> set[int]:
    end = "?" if "?" in sentence else ">"
    text = f"<{characters_of(sentence)}{end}"
    size = len(text)
    return {
        crc32(text[place : place + long].encode()) & mask
        for long in lengths
        for place in range(size - long + 1)
    }


def characters_of(sentence: str) -> str:
    """The characters of a plain Chinese sentence: pauses are commas, all numbers are one."""
    text = _PAUSES.sub(",", _BLANKS.sub("", sentence))
    return _DIGITS.sub("0", text).strip(",")


def words_of(sentence: str) -> list[str]:
    """The words of a plain English sentence, in order; all numbers are one."""
    return _WORD.findall(_DIGITS.sub("0", sentence))


def _english(sentence: str, mask: int, lengths: Sequence[int]) -> set[int]:
    words = words_of(sentence)
    grams = {f" {word}" for word in words}
    grams.update(f" {one} {two}" for one, two in zip(["<", *words], [*words, ">"], strict=True))
    for word in set(words):
        edged = f"<{word}>"
        size = len(edged)
        grams.update(
            edged[place : place + long] for long in lengths for place in range(size - long + 1)
        )
    return {crc32(gram.encode()) & mask for gram in grams}


def _finite(value: Any, layout: Layout) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise DamagedModelError(f"{layout.header} holds a number that is none")
    return number
