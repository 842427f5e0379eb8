"""A small network that reads a text word by word: without any library, in whole numbers.

The linear heads count words and neighbours; what they lack is a wording as a whole that nobody
wrote before. Here a word (in Chinese a character) is a row of numbers, added up from its own and
those of its two classes (see `word_classes`). Convolutions let each word hear its neighbours, and
of a piece of a text the loudest and the mean of every number are read.

A row of weights is one long number, 32 bits for each: so one multiplication of Python serves all
of them, twenty times as fast as one after the other, and exactly alike on every machine.
`forge/risk_reader.py` makes its files, `reader.json` and `reader.bin`.
"""

from __future__ import annotations

import json
import math
import struct
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import mul
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from psylite_desktop.safety.linear import LANGS, DamagedModelError, characters_of, words_of
from psylite_desktop.safety.pieces import Piece
from psylite_desktop.safety.word_classes import WordClasses

HEADER = "reader.json"
WEIGHTS = "reader.bin"
MAGIC = b"PSYREAD1"
FORMAT = 1
OUTPUTS = 13
"""What it says of a piece, as logits: three levels, six kinds, four requests."""
ONE = 127
"""The whole number that stands for one in what a word is and what it hears."""
LOUDEST = 4 * ONE
"""No number of a word becomes greater."""
TAPS = (-1, 0, 1)
"""A word hears one before it, itself and one behind it, as far away as a layer says."""
BREAK = "\n"
"""The word that stands between two sentences."""
_WIDEST = 256
_HALF = 1 << 31
_LEAST = 128
_KEPT = 4096
_QUIET = 1e-5 * ONE * ONE
"""So that silence is not divided by; as much as in training."""

Token = tuple[str, str, str]
"""A word, its narrow class and its wide one; none is empty."""


def tokens_of(
    text: str, parts: Sequence[Piece], classes: WordClasses
) -> tuple[list[Token], list[tuple[int, int]]]:
    """The sentences of a text as words, and from which to which of them each piece reaches.

    `parts` are of one language, and each sentence that a group holds is one of them or left out.
    """
    tokens: list[Token] = []
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    for part in parts:
        first, last = part.sentences
        if first != last:
            continue
        if tokens:
            tokens.append((BREAK, "", ""))
        begins[first] = len(tokens)
        tokens += _words(text[part.start : part.end], part.lang, classes)
        ends[first] = len(tokens)
    spans = []
    for part in parts:
        held = [one for one in range(part.sentences[0], part.sentences[1] + 1) if one in begins]
        spans.append((begins[held[0]], ends[held[-1]]) if held else (0, 0))
    return tokens, spans


def words_within(
    text: str, parts: Sequence[Piece], span: tuple[int, int], classes: WordClasses
) -> list[Token]:
    """The words of the sentences among all pieces of one language that lie in a span of a text."""
    start, end = span
    return tokens_of(
        text, [one for one in parts if start <= one.start and one.end <= end], classes
    )[0]


def _words(sentence: str, lang: str, classes: WordClasses) -> list[Token]:
    parts = characters_of(sentence) if lang == "zh" else words_of(sentence)
    narrow, wide = (classes.marks(sentence, lang, wide=one) for one in (False, True))
    return list(zip(parts, narrow, wide, strict=True))


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution: `rows` of packed weights, one for each number that is heard.

    `start` is the packed constant; what is heard counts `share` of the sum.
    """

    distance: int
    rows: Sequence[int]
    start: int
    share: float


class Word(NamedTuple):
    """What a word is, and what it adds to what the first layer sums up, packed, at each tap."""

    row: tuple[int, ...]
    taps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """What reads one language; `table` holds the rows of words, narrow classes and wide ones.

    `words` and both classes say where the row of each lies, in bytes; the first row is that of an
    unknown word, and a class that is not there has none. What is heard of a word is brought to one
    loudness, times `gains` plus `shifts`. `said` holds a row of weights for each output, for the
    loudest numbers and the mean ones, and a constant.
    """

    width: int
    table: Sequence[int]
    words: Mapping[str, int]
    narrow: Mapping[str, int]
    wide: Mapping[str, int]
    layers: Sequence[Layer]
    gains: Sequence[float]
    shifts: Sequence[float]
    said: Sequence[Sequence[float]]
    known: dict[Token, Word] = field(default_factory=dict, compare=False, repr=False)
    """The words that were met of late: most of a text are. Names and the like, which no list of
    words holds, are never kept."""

    def __call__(self, tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[Heard]:
        """What it hears in each of these spans of words."""
        rows = [self._levelled(row) for row in self._heard(tokens)]
        return [self._summed(rows[first:last]) for first, last in spans]

    def told(self, loudest: Sequence[float], mean: Sequence[float]) -> tuple[float, ...]:
        """The logits of something of which this is heard."""
        read = [*loudest, *mean, 1.0]
        return tuple(sum(map(mul, row, read)) for row in self.said)

    def _heard(self, tokens: Sequence[Token]) -> Sequence[Sequence[int]]:
        words = [self._word(token) for token in tokens]
        rows: Sequence[Sequence[int]] = [word.row for word in words]
        for place, layer in enumerate(self.layers):
            sums = _from_words(words, layer) if place == 0 else _from_rows(rows, layer, self.width)
            rows = _loudened(rows, sums, layer, self.width)
        return rows

    def _word(self, token: Token) -> Word:
        word = self.known.get(token)
        if word is None:
            name, narrow, wide = token
            table, width = self.table, self.width
            begins = [self.words.get(name, 0)]
            begins += [self.narrow[narrow]] if narrow in self.narrow else []
            begins += [self.wide[wide]] if wide in self.wide else []
            row = tuple(map(sum, zip(*(table[one : one + width] for one in begins), strict=True)))
            rows = self.layers[0].rows if self.layers else ()
            taps = tuple(
                sum(map(mul, rows[tap * width : (tap + 1) * width], row))
                for tap in range(len(TAPS))
            )
            word = Word(row, taps)
            if name in self.words:
                if len(self.known) >= _KEPT:
                    self.known.clear()
                self.known[token] = word
        return word

    def _levelled(self, row: Sequence[int]) -> list[float]:
        mean = sum(row) / self.width
        spread = sum(map(mul, row, row)) / self.width - mean * mean
        loud = 1 / math.sqrt(max(spread, 0.0) + _QUIET)
        return [
            (one - mean) * loud * gain + shift
            for one, gain, shift in zip(row, self.gains, self.shifts, strict=True)
        ]

    def _summed(self, rows: Sequence[Sequence[float]]) -> Heard:
        if not rows:
            return Heard(self, (), (), 0)
        columns = list(zip(*rows, strict=True))
        return Heard(self, array("f", map(max, columns)), array("f", map(sum, columns)), len(rows))


def _from_words(words: Sequence[Word], layer: Layer) -> Iterator[int]:
    """The packed sums of the first layer, for each word."""
    far = layer.distance
    silent = [0] * far
    for before, own, behind in zip(
        (*silent, *(word.taps[0] for word in words)),
        (word.taps[1] for word in words),
        (*(word.taps[2] for word in words[far:]), *silent),
        strict=False,
    ):
        yield layer.start + before + own + behind


def _from_rows(rows: Sequence[Sequence[int]], layer: Layer, width: int) -> Iterator[int]:
    """The packed sums of a layer of what the one before it heard, for each word."""
    far = layer.distance
    beside = [[0] * width] * far
    padded = [*beside, *rows, *beside]
    for place, own in enumerate(rows):
        inputs = (*padded[place], *own, *padded[place + 2 * far])
        yield sum(map(mul, layer.rows, inputs), layer.start)


def _loudened(
    rows: Sequence[Sequence[int]], sums: Iterable[int], layer: Layer, width: int
) -> list[list[int]]:
    """What each word is, louder by what its sums are above zero."""
    lanes = struct.Struct(f"<{width}I")
    share = layer.share
    heard = []
    for row, total in zip(rows, sums, strict=True):
        added = lanes.unpack(total.to_bytes(lanes.size, "little"))
        heard.append(
            [
                min(LOUDEST, one + int((said - _HALF) * share)) if said > _HALF else one
                for one, said in zip(row, added, strict=True)
            ]
        )
    return heard


@dataclass(frozen=True, slots=True)
class Heard:
    """What a network hears in some words: each number where it is loudest, and summed up."""

    network: Network
    loudest: Sequence[float]
    total: Sequence[float]
    count: int


def read_together(parts: Sequence[Heard]) -> tuple[float, ...]:
    """The logits of what was heard in parts of a text, as of one; zeros where that is nothing."""
    held = [one for one in parts if one.count]
    if not held:
        return (0.0,) * OUTPUTS
    if len(held) == 1:
        loudest, total = held[0].loudest, held[0].total
    else:
        loudest = list(map(max, *(one.loudest for one in held)))
        total = list(map(sum, zip(*(one.total for one in held), strict=True)))
    count = sum(one.count for one in held)
    return held[0].network.told(loudest, [one / count for one in total])


class Reader:
    """Reads texts of both languages. Immutable; safe to use from any thread."""

    def __init__(self, networks: Mapping[str, Network], classes: WordClasses) -> None:
        """Use `load`."""
        self._networks = networks
        self._classes = classes

    @classmethod
    def load(cls, folder: Path, classes: WordClasses) -> Reader:
        """Read both files. Raises OSError and DamagedModelError."""
        head = (folder / HEADER).read_bytes()
        weights = (folder / WEIGHTS).read_bytes()
        try:
            header = json.loads(head)
            if header["format"] != FORMAT or header["crc32"] != crc32(weights):
                raise DamagedModelError(f"{WEIGHTS} does not belong to {HEADER}")
            return cls(_networks(header, weights), classes)
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
            if isinstance(error, DamagedModelError):
                raise
            raise DamagedModelError(f"{HEADER} is damaged") from error

    def __call__(self, text: str, parts: Sequence[Piece]) -> list[Heard]:
        """What it hears in pieces of a plain text that are of one language."""
        if not parts:
            return []
        return self._networks[parts[0].lang](*tokens_of(text, parts, self._classes))

    def words(self, text: str, parts: Sequence[Piece], span: tuple[int, int]) -> list[Token]:
        """As `words_within`."""
        return words_within(text, parts, span, self._classes)


def packed(weights: Sequence[int]) -> int:
    """Small signed numbers as one long one; sums of such are packed sums."""
    lifted = struct.pack(f"<{len(weights)}I", *(one + _HALF for one in weights))
    return int.from_bytes(lifted, "little") - _lifted(len(weights))


def _lifted(width: int) -> int:
    """What makes every packed sum positive."""
    return int.from_bytes(struct.pack("<I", _HALF) * width, "little")


def _networks(header: Mapping[str, Any], weights: bytes) -> dict[str, Network]:
    """Raises KeyError, TypeError, ValueError and OverflowError where they do not fit."""
    if not weights.startswith(MAGIC):
        raise ValueError(WEIGHTS)
    found: dict[str, Network] = {}
    start = len(MAGIC)
    for lang in LANGS:
        said = header["languages"][lang]
        size = _size(said)
        found[lang] = network_of(said, weights[start : start + size])
        start += size
    if start != len(weights):
        raise ValueError(WEIGHTS)
    return found


def _size(said: Mapping[str, Any]) -> int:
    """How many bytes the weights of a language take."""
    width = said["width"]
    if not 1 <= width <= _WIDEST:
        raise ValueError("width")
    rows = len(said["words"]) + 2 * len(said["classes"])
    return int((rows + len(said["layers"]) * len(TAPS) * width) * width)


def network_of(said: Mapping[str, Any], weights: bytes) -> Network:
    """The network of a language from its part of the header and its weights, a signed byte each.

    Raises KeyError, TypeError, ValueError and OverflowError where they do not fit.
    """
    held = array("b", weights)
    if len(held) != _size(said):
        raise ValueError(WEIGHTS)
    width, words, classes = said["width"], said["words"], said["classes"]
    rows = len(words) + 2 * len(classes)
    layers = []
    for place, one in enumerate(said["layers"]):
        begin = (rows + place * len(TAPS) * width) * width
        heard = held[begin : begin + len(TAPS) * width * width]
        layers.append(_layer(one, heard, width))
    last = [[_finite(one) for one in row] for row in said["said"]]
    gains, shifts = ([_finite(one) for one in said[name]] for name in ("gains", "shifts"))
    if len(last) != OUTPUTS or any(len(row) != 2 * width + 1 for row in last):
        raise ValueError("outputs")
    if not len(gains) == len(shifts) == width:
        raise ValueError("gains")
    narrow = len(words)
    wide = narrow + len(classes)
    return Network(
        width,
        held[: rows * width],
        {str(word): place * width for place, word in enumerate(words)},
        {str(name): (narrow + place) * width for place, name in enumerate(classes)},
        {str(name): (wide + place) * width for place, name in enumerate(classes)},
        layers,
        gains,
        shifts,
        last,
    )


def _layer(said: Mapping[str, Any], held: Sequence[int], width: int) -> Layer:
    constants = [int(one) for one in said["constants"]]
    share = _finite(said["share"])
    distance = int(said["distance"])
    if len(constants) != width or not 0 <= share <= 1 or not 1 <= distance <= _LEAST:
        raise ValueError("layer")
    # What can be summed up must fit into its 32 bits, or it would spill into its neighbour.
    most = len(TAPS) * width * _LEAST * (LOUDEST + 3 * _LEAST) + max(map(abs, constants))
    if most >= _HALF:
        raise ValueError("layer")
    rows = [packed(held[place : place + width]) for place in range(0, len(held), width)]
    return Layer(distance, rows, packed(constants) + _lifted(width), share)


def _finite(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("no number")
    return number
