"""The linear model of the safety layer: hashed character n-grams and signs, without any library.

It hears implicit wording that the rules miss and may only raise a level. A rule that found
something is a *sign* with a weight of its own: requests are weighed with them.
`forge/risk.py` makes its two files: `risk.json` (scales, signs, thresholds, figures) and
`weights.bin`: eight bytes of magic, then one plane of signed bytes for every language of `LANGS`
and every head of `HEADS`, in order.
"""

from __future__ import annotations

import json
import math
import re
from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from psylite_desktop.domain.risk import Kind, Level, Opinion, Request, Who
from psylite_desktop.safety.normalise import Plain

HEADER = "risk.json"
WEIGHTS = "weights.bin"
MAGIC = b"PSYRISK2"
FORMAT = 2
LANGS = ("zh", "en")
LEVEL_HEADS = ("watch", "crisis", "emergency")
KINDS = tuple(kind for kind in Kind if kind is not Kind.NONE)
REQUESTS = tuple(request for request in Request if request is not Request.NONE)
HEADS = (*LEVEL_HEADS, *(kind.value for kind in KINDS), *(request.value for request in REQUESTS))
ASKED = (*LEVEL_HEADS, *(request.value for request in REQUESTS))
"""The heads that have a threshold."""
WINDOW = 120
_STEP = 80
_CJK = "\u3400-\u4dbf\u4e00-\u9fff"
_SENTENCE = re.compile(r"[^。!?\n.…;]+[。!?\n.…;]*")
_HAN = re.compile(rf"[{_CJK}]")
_LETTER = re.compile(r"[a-z]")
_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"\s+")
_PAUSES = re.compile(r"[^\w\s]+")
_WORD = re.compile(r"[a-z0-9]+")
_RELATIVES_ZH = (
    "朋友|闺蜜|同学|同桌|室友|舍友|同事|[妹弟姐哥]|[男女]友|[男女]朋友|对象|老公|老婆|"
    "儿子|女儿|孩子|爸|妈|父亲|母亲|网友|学生"
)
_OTHERS = {
    "zh": re.compile(f"{_RELATIVES_ZH}|[她他]"),
    "en": re.compile(
        r"\b(?:friend|roommate|classmate|sister|brother|sis|bro|mom|mum|dad|mother|father|son|"
        r"daughter|boyfriend|girlfriend|husband|wife|partner|cousin|colleague|coworker|student|"
        r"kid|she|he|they)s?\b"
    ),
}
# "my friend" is not about oneself; "I" is.
_OWN = {
    "zh": re.compile(f"(?:我|俺|咱|自己)(?!的?(?:一个)?(?:最好的)?(?:{_RELATIVES_ZH}))"),
    "en": re.compile(r"\b(?:i|im|ive|id|ill|me|myself)\b"),
}


class DamagedModelError(ValueError):
    """The files of the linear model do not belong together or are broken."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A rule that found something in a plain text, and where."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of plain text that is scored as one, with the features found in it."""

    lang: str
    start: int
    end: int
    buckets: Collection[int]
    signs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Head:
    plane: array[int]
    scale: float
    bias: float
    signs: Mapping[str, float]

    def score(self, piece: Piece) -> float:
        """The logit of one piece; every feature counts once, the length is taken out."""
        total = sum(map(self.plane.__getitem__, piece.buckets))
        told = sum(self.signs.get(name, 0.0) for name in piece.signs)
        return self.bias + self.scale * total / math.sqrt(len(piece.buckets)) + told


def features(sentence: str, lang: str, mask: int) -> set[int]:
    """The hashed n-grams of a plain sentence. Stable on every machine and in every release."""
    return _chinese(sentence, mask) if lang == "zh" else _english(sentence, mask)


def _chinese(sentence: str, mask: int) -> set[int]:
    text = _PAUSES.sub(",", _BLANKS.sub("", sentence))
    end = "?" if "?" in sentence else ">"
    text = f"<{_DIGITS.sub('0', text).strip(',')}{end}"
    size = len(text)
    return {
        crc32(text[place : place + long].encode()) & mask
        for long in (1, 2, 3, 4)
        for place in range(size - long + 1)
    }


def _english(sentence: str, mask: int) -> set[int]:
    words = _WORD.findall(_DIGITS.sub("0", sentence))
    grams = {f" {word}" for word in words}
    grams.update(f" {one} {two}" for one, two in zip(["<", *words], [*words, ">"], strict=True))
    for word in set(words):
        edged = f"<{word}>"
        size = len(edged)
        grams.update(
            edged[place : place + long] for long in (2, 3, 4, 5) for place in range(size - long + 1)
        )
    return {crc32(gram.encode()) & mask for gram in grams}


def pieces(text: str, bits: int, signs: Sequence[Sign] = ()) -> Iterator[Piece]:
    """Cut a plain text: every sentence alone, and overlapping groups of about 120 characters.

    A sign belongs to every piece that it touches.
    """
    sentences = list(_sentences(text, (1 << bits) - 1, signs))
    yield from sentences
    first = 0
    while first < len(sentences):
        last = first
        while last + 1 < len(sentences) and _together(sentences[first], sentences[last + 1]):
            last += 1
        if last > first:
            group = sentences[first : last + 1]
            joined = frozenset().union(*(one.buckets for one in group))
            told = frozenset().union(*(one.signs for one in group))
            yield Piece(group[0].lang, group[0].start, group[-1].end, joined, told)
        # The last sentence of a group opens the next one, unless the text ends with it.
        first = last if first < last < len(sentences) - 1 else last + 1


def _together(first: Piece, last: Piece) -> bool:
    return first.lang == last.lang and last.end - first.start <= WINDOW


def _sentences(text: str, mask: int, signs: Sequence[Sign]) -> Iterator[Piece]:
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        while True:
            cut = text[start : min(end, start + WINDOW)]
            han = len(_HAN.findall(cut))
            letters = len(_LETTER.findall(cut))
            if han + letters >= 2:
                lang = "zh" if han * 3 >= letters else "en"
                stop = start + len(cut)
                told = frozenset(one.name for one in signs if one.start < stop and one.end > start)
                yield Piece(lang, start, stop, features(cut, lang, mask), told)
            if start + WINDOW >= end:
                break
            start += _STEP


def subject(text: str, lang: str) -> Who:
    """Whom a piece speaks of: another only where one is named and nobody says "I"."""
    if _OTHERS[lang].search(text) and not _OWN[lang].search(text):
        return Who.OTHER
    return Who.SELF


class RiskClassifier:
    """Scores plain texts. Immutable once made; safe to use from any thread."""

    def __init__(
        self,
        bits: int,
        heads: Mapping[str, Mapping[str, _Head]],
        thresholds: Mapping[str, Mapping[str, float]],
    ) -> None:
        """Both mappings are keyed by language and head."""
        self._bits = bits
        self._heads = heads
        self._thresholds = thresholds

    @classmethod
    def load(cls, folder: Path) -> RiskClassifier:
        """Read `risk.json` and `weights.bin`. Raises OSError and DamagedModelError."""
        head = (folder / HEADER).read_bytes()
        weights = (folder / WEIGHTS).read_bytes()
        try:
            return cls._parse(json.loads(head), weights)
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
            if isinstance(error, DamagedModelError):
                raise
            raise DamagedModelError(f"{HEADER} is damaged") from error

    @classmethod
    def _parse(cls, header: Any, weights: bytes) -> RiskClassifier:
        if header["format"] != FORMAT:
            raise DamagedModelError(f"{HEADER} has another format")
        bits = int(header["bits"])
        if not 4 <= bits <= 20:
            raise DamagedModelError(f"{HEADER} names a table of impossible size")
        size = 1 << bits
        if weights[: len(MAGIC)] != MAGIC:
            raise DamagedModelError(f"{WEIGHTS} is not a risk model")
        if len(weights) != len(MAGIC) + size * len(HEADS) * len(LANGS):
            raise DamagedModelError(f"{WEIGHTS} has the wrong length")
        if crc32(weights) != header["crc32"]:
            raise DamagedModelError(f"{WEIGHTS} does not belong to {HEADER}")
        heads: dict[str, dict[str, _Head]] = {lang: {} for lang in LANGS}
        thresholds: dict[str, dict[str, float]] = {}
        place = len(MAGIC)
        for lang in LANGS:
            said = header["languages"][lang]
            thresholds[lang] = {name: _finite(said["thresholds"][name]) for name in ASKED}
            for name in HEADS:
                plane = array("b", weights[place : place + size])
                scale, bias, signs = said["heads"][name]
                told = {str(sign): _finite(weight) for sign, weight in signs.items()}
                heads[lang][name] = _Head(plane, _finite(scale), _finite(bias), told)
                place += size
        return cls(bits, heads, thresholds)

    def pieces(self, plain: Plain, signs: Sequence[Sign] = ()) -> list[Piece]:
        """The pieces of a text that can be scored."""
        return [piece for piece in pieces(plain.text, self._bits, signs) if piece.buckets]

    def scores(self, piece: Piece) -> dict[str, float]:
        """The logits of all heads for one piece."""
        return {name: head.score(piece) for name, head in self._heads[piece.lang].items()}

    def judge(self, plain: Plain, cut: Sequence[Piece] | None = None) -> Opinion | None:
        """The gravest piece of a text, or None where nothing is above its threshold.

        `cut` are its `pieces` where they are known already.
        """
        best: tuple[Level, float] = (Level.NONE, -math.inf)
        chosen: Piece | None = None
        for piece in self.pieces(plain) if cut is None else cut:
            said = self._level(piece)
            if said > best:
                best, chosen = said, piece
        if chosen is None or best[0] is Level.NONE:
            return None
        heads = self._heads[chosen.lang]
        kind = max(KINDS, key=lambda one: heads[one.value].score(chosen))
        who = subject(plain.text[chosen.start : chosen.end], chosen.lang)
        start, end = plain.original(chosen.start, chosen.end)
        return Opinion(f"model.linear.{kind}", best[0], kind, who, start, end)

    def requests(self, cut: Sequence[Piece]) -> set[Request]:
        """What the pieces of a text ask for, apart from risk."""
        return {
            request
            for piece in cut
            for request in REQUESTS
            if self._heads[piece.lang][request.value].score(piece)
            >= self._thresholds[piece.lang][request.value]
        }

    def _level(self, piece: Piece) -> tuple[Level, float]:
        """The level of one piece and how far it is above what that level asks."""
        watch, crisis, emergency = LEVEL_HEADS
        heads, asked = self._heads[piece.lang], self._thresholds[piece.lang]
        above = heads[crisis].score(piece) - asked[crisis]
        if above >= 0:
            more = heads[emergency].score(piece) - asked[emergency]
            return (Level.EMERGENCY, more) if more >= 0 else (Level.CRISIS, above)
        above = heads[watch].score(piece) - asked[watch]
        return (Level.WATCH, above) if above >= 0 else (Level.NONE, above)


def _finite(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise DamagedModelError(f"{HEADER} holds a number that is none")
    return number
