"""The model of the safety layer: linear heads and a small network, without any library.

It hears implicit wording that the rules miss, and doubts hints that stand alone. What the rules
found it is not told: their writers read the very texts that it learns from, so rules look better
there than they are (measured for levels and for requests: unseen authors are heard no better).
`forge/risk.py` makes its files, `risk.json` and `weights.bin` (see `linear`), those of the network
that reads word by word (see `reader`) and a copy of the classes of words that both learnt with (see
`word_classes`).
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from zlib import crc32

from psylite_desktop.domain.risk import Kind, Level, Opinion, Request, Who
from psylite_desktop.safety import reader
from psylite_desktop.safety.linear import LANGS, DamagedModelError, Layout, Linear
from psylite_desktop.safety.normalise import Plain
from psylite_desktop.safety.pieces import Piece, pieces, span_of
from psylite_desktop.safety.reader import OUTPUTS, Heard, Reader, Token
from psylite_desktop.safety.risk_features import RiskFeatures
from psylite_desktop.safety.stacking import (
    Scored,
    Stack,
    asked_of,
    inputs_of,
    lessened,
    stretches,
    told_apart,
)
from psylite_desktop.safety.word_classes import WORD_CLASSES, WordClasses

HEADER = "risk.json"
WEIGHTS = "weights.bin"
CLASSES = "classes_crc32"
"""What the header calls the checksum of the file of word classes."""
READER = "reader_crc32"
"""And that of the header of the reader."""
MAGIC = b"PSYRISK3"
FORMAT = 10
LEVEL_HEADS = ("watch", "crisis", "emergency")
_CRISIS = LEVEL_HEADS[1]
KINDS = tuple(kind for kind in Kind if kind is not Kind.NONE)
REQUESTS = tuple(request for request in Request if request is not Request.NONE)
_OF_RISK = (*LEVEL_HEADS, *(kind.value for kind in KINDS))
INPUTS = 8 + 2 * len(_OF_RISK) + OUTPUTS
"""How many numbers of a stretch the network of levels reads (see `stacking.inputs_of`)."""
ASKED_INPUTS = INPUTS + 2 * len(REQUESTS)
"""And the network of requests (see `stacking.asked_of`)."""
HEADS = (*_OF_RISK, *(request.value for request in REQUESTS))
UNWORDED = {request: f"{request.value}_unworded" for request in REQUESTS}
"""What the threshold of a request is called in words that do not speak of such things."""
ASKED = (*LEVEL_HEADS, *(request.value for request in REQUESTS), *UNWORDED.values())
"""The heads that have a threshold, and what the head of a request asks of words that do not speak
of such things (see `asked_words`)."""
TRUST = "trust"
"""What the header calls the scores of the heads of `DOUBTED` below which it is doubted what a level
rests on (see `weighing.resting_on`), by head and name."""
DOUBTED = {Level.WATCH: LEVEL_HEADS[0], Level.CRISIS: LEVEL_HEADS[1]}
STACKS = "stacks"
"""What the header calls the networks of `stacking`, by language and by what they tell."""
TELLS = {"levels": (INPUTS, len(LEVEL_HEADS)), "requests": (ASKED_INPUTS, len(REQUESTS))}
"""The networks with the number of their inputs and outputs."""
LAYOUT = Layout(HEADER, WEIGHTS, MAGIC, FORMAT, HEADS, ASKED, wide=True)
UNWORDED_FROM = {"zh": 5, "en": 12}
"""Characters from which on a request is heard without words that speak of such things: "你是谁" and
"可以吗" say too little."""
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


@dataclass(frozen=True, slots=True)
class Sign:
    """A rule that found something in a plain text, and where."""

    name: str
    start: int
    end: int


class Scoring(Protocol):
    """A head of a linear model."""

    def score(self, buckets: Collection[int]) -> float:
        """The logit of some buckets."""

    def sides(self, buckets: Collection[int]) -> tuple[float, float]:
        """What in them speaks for it, and what against it."""


def scored_of(
    parts: Sequence[Piece],
    heads: Mapping[str, Scoring],
    heard: Sequence[Heard],
    *,
    alone: bool,
) -> list[Scored]:
    """What the heads say of pieces of one language, beside what a reader `heard` in each.

    `alone`, or half by itself and half among its neighbours: a sentence that sounds grave is often
    harmless with the next one. Where a rule found something words speak for themselves: a buried
    sentence must be heard as it would be alone. What it asks for it asks by itself.
    """
    found = []
    around: dict[tuple[int, int], list[float]] = {}
    for one, read in zip(parts, heard, strict=True):
        said = [heads[name].score(one.buckets) for name in _OF_RISK]
        if one.among is not None and not alone:
            if one.around not in around:
                around[one.around] = [heads[name].score(one.among) for name in _OF_RISK]
            said = [
                (own + beside) / 2 for own, beside in zip(said, around[one.around], strict=True)
            ]
        watch, crisis, emergency, *kinds = said
        pro, contra = heads[_CRISIS].sides(one.buckets)
        levels = (watch, crisis, emergency)
        asked = tuple(heads[request.value].score(one.buckets) for request in REQUESTS)
        told = Scored(
            one.start,
            one.end,
            levels,
            tuple(kinds),
            asked,
            pro,
            contra,
            len(one.buckets),
            read,
            group=one.sentences[0] != one.sentences[1],
        )
        found.append(told)
    return found


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces of a text that are read together, with their scores.

    `inputs` is what a network reads of these, `said` what they come to by level if there is nothing
    else, `beside` among other pieces, and `told` in a text as long as it is.
    """

    lang: str
    pieces: Sequence[Piece]
    scored: Sequence[Scored]
    inputs: Sequence[float]
    said: tuple[float, ...]
    beside: tuple[float, ...]
    told: tuple[float, ...]

    @property
    def span(self) -> tuple[int, int]:
        """From where its first piece begins to where its last one ends."""
        return span_of(self.pieces)

    @property
    def gravest(self) -> int:
        """The place of the piece that sounds most like a crisis."""
        return max(range(len(self.scored)), key=lambda place: self.scored[place].crisis)


def _stood_in(
    plain: Plain, pieces: Sequence[Piece], spans: Sequence[tuple[int, int]]
) -> list[Piece]:
    """The sentences that hold any of these spans of the original, if they are several of more."""
    sentences = [one for one in pieces if one.sentences[0] == one.sentences[1]]
    held = []
    for one in sentences:
        start, end = plain.original(one.start, one.end)
        if any(first < end and start < last for first, last in spans):
            held.append(one)
    return held if 1 < len(held) < len(sentences) else []


def subject(text: str, lang: str) -> Who:
    """Whom a piece speaks of: another only where one is named and nobody says "I"."""
    if _OTHERS[lang].search(text) and not _OWN[lang].search(text):
        return Who.OTHER
    return Who.SELF


@dataclass(frozen=True, slots=True)
class Felt:
    """What a stretch sounds like, for rules near it to be doubted; offsets into the original.

    `grave` where it sounds like a crisis by itself. `alone` are the logits of levels in a short
    text, `among` those in one as long as it is.
    """

    start: int
    end: int
    lang: str
    grave: bool
    alone: Sequence[float]
    among: Sequence[float]

    def score(self, level: Level, *, alone: bool) -> float:
        """How much it sounds like a level."""
        return (self.alone if alone else self.among)[level - 1]


@dataclass(frozen=True, slots=True)
class Hearing:
    """What the model makes of a text.

    `opinion` is that of the gravest stretch, None where nothing is above its threshold; `requests`
    what it asks for if its words speak of that, `unworded` what if they do not.
    """

    opinion: Opinion | None
    requests: Collection[Request]
    unworded: Collection[Request]
    felt: Sequence[Felt]


class RiskClassifier:
    """Scores plain texts. Immutable once made; safe to use from any thread."""

    def __init__(
        self,
        model: Linear,
        classes: WordClasses,
        read: Reader,
        stacks: Mapping[str, Mapping[str, Stack]],
        trust: Mapping[Level, Mapping[str, float]],
    ) -> None:
        """Use `load`."""
        self._read = RiskFeatures(model.bits, classes)
        self._known = model.known
        self._heads = model.heads
        self._reader = read
        self._thresholds = model.thresholds
        self._stacks = stacks
        self.trust = trust

    @classmethod
    def load(cls, folder: Path) -> RiskClassifier:
        """Read the five files of a model. Raises OSError and DamagedModelError."""
        model = Linear.load(folder, LAYOUT)
        header = json.loads((folder / HEADER).read_bytes())
        path = folder / WORD_CLASSES
        if crc32(path.read_bytes()) != header.get(CLASSES):
            raise DamagedModelError(f"{WORD_CLASSES} does not belong to {HEADER}")
        if crc32((folder / reader.HEADER).read_bytes()) != header.get(READER):
            raise DamagedModelError(f"{reader.HEADER} does not belong to {HEADER}")
        try:
            trust = {level: _trust_of(header[TRUST][head]) for level, head in DOUBTED.items()}
            stacks = {lang: _stacks_of(header[STACKS][lang]) for lang in LANGS}
        except (KeyError, ValueError, TypeError, OverflowError, AttributeError) as error:
            raise DamagedModelError(f"{HEADER} is damaged") from error
        try:
            classes = WordClasses.load(path)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise DamagedModelError(f"{WORD_CLASSES} is damaged") from error
        return cls(model, classes, Reader.load(folder, classes), stacks, trust)

    def pieces(self, plain: Plain) -> list[Piece]:
        """The pieces of a text that can be scored."""
        return [piece for piece in pieces(plain.text, self._features) if piece.buckets]

    def _features(self, sentence: str, lang: str) -> Collection[int]:
        return self._known[lang].places(self._read(sentence, lang))

    def stretches(
        self, text: str, found: Sequence[Piece], *, among: int = 0, alone: bool = False
    ) -> Iterator[Stretch]:
        """What the pieces of a plain text come to, each and together where they stand near.

        `among` is how many characters the whole text holds; `alone` as in `scored_of`.
        """
        for lang in LANGS:
            parts = [piece for piece in found if piece.lang == lang]
            heard = self._reader(text, parts)
            scored = scored_of(parts, self._heads[lang], heard, alone=alone)
            for places in stretches([(one.start, one.end) for one in parts]):
                held = [scored[place] for place in places]
                inputs = inputs_of(held)
                said = self._stacks[lang]["levels"](inputs)
                beside = told_apart(said, lang, len(places), len(parts))
                own = [parts[place] for place in places]
                told = lessened(beside, lang, among)
                yield Stretch(lang, own, held, inputs, said, beside, told)

    def words(self, text: str, found: Sequence[Piece], stretch: Stretch) -> list[Token]:
        """The words of a stretch of all pieces of a plain text, as networks read them."""
        parts = [piece for piece in found if piece.lang == stretch.lang]
        return self._reader.words(text, parts, stretch.span)

    def hear(
        self,
        plain: Plain,
        *,
        among: int = 0,
        alone: bool = True,
        sure: Sequence[tuple[int, int]] = (),
    ) -> Hearing | None:
        """All that the model makes of a text; None where there is nothing to score.

        `among` is how many characters it has, or the whole that it is a window of; `alone` as in
        `scored_of`, where a rule of risk found something. Where strong ones did (`sure`, offsets
        into the original), words count as they would alone, however much stands around them: also
        the sentences that they stand in as a text of their own.
        """
        best: tuple[Level, float] = (Level.NONE, -math.inf)
        chosen: Stretch | None = None
        felt: list[Felt] = []
        worded: set[Request] = set()
        unworded: set[Request] = set()
        pieces = self.pieces(plain)
        own = _stood_in(plain, pieces, sure)
        for stretch in itertools.chain(
            self.stretches(plain.text, pieces, among=among, alone=alone),
            (one for one in self.stretches(plain.text, own, alone=alone) if len(one.pieces) > 1),
        ):
            asked = self._thresholds[stretch.lang]
            first, last = stretch.span
            start, end = plain.original(first, last)
            heard = any(one < end and start < other for one, other in sure)
            told = stretch.said if heard else stretch.told
            said = level_of(told, asked)
            if chosen is None or said > best:
                best, chosen = said, stretch
            grave = told[1] >= asked[_CRISIS]
            felt.append(Felt(start, end, stretch.lang, grave, stretch.beside, told))
            for request, score in zip(REQUESTS, self._asked(stretch), strict=True):
                if score >= asked[request.value]:
                    worded.add(request)
                if (
                    score >= asked[UNWORDED[request]]
                    and last - first >= UNWORDED_FROM[stretch.lang]
                ):
                    unworded.add(request)
        if chosen is None:
            return None
        return Hearing(self._opinion(plain, chosen, best[0]), worded, unworded, felt)

    def _asked(self, stretch: Stretch) -> tuple[float, ...]:
        return self._stacks[stretch.lang]["requests"](asked_of(stretch.scored, stretch.inputs))

    def _opinion(self, plain: Plain, stretch: Stretch, level: Level) -> Opinion | None:
        if level is Level.NONE:
            return None
        piece = stretch.pieces[stretch.gravest]
        kinds = stretch.scored[stretch.gravest].kinds
        kind = KINDS[max(range(len(KINDS)), key=kinds.__getitem__)]
        who = subject(plain.text[piece.start : piece.end], piece.lang)
        start, end = plain.original(piece.start, piece.end)
        return Opinion(f"model.linear.{kind}", level, kind, who, start, end)


def level_of(said: Sequence[float], asked: Mapping[str, float]) -> tuple[Level, float]:
    """The level of these logits, and how far they are above what that level asks."""
    watch, crisis, emergency = (
        one - asked[name] for name, one in zip(LEVEL_HEADS, said, strict=True)
    )
    if crisis >= 0:
        return (Level.EMERGENCY, emergency) if emergency >= 0 else (Level.CRISIS, crisis)
    return (Level.WATCH, watch) if watch >= 0 else (Level.NONE, watch)


def _trust_of(said: Mapping[str, Any]) -> dict[str, float]:
    """Raises as `float`, and ValueError where a number is endless: it would silence the rules."""
    trust = {str(name): float(asked) for name, asked in said.items()}
    if not all(map(math.isfinite, trust.values())):
        raise ValueError("trust")
    return trust


def _stacks_of(said: Mapping[str, Any]) -> dict[str, Stack]:
    """Raises as `Stack.read`, and ValueError where one is not for these heads."""
    stacks = {name: Stack.read(said[name]) for name in TELLS}
    for name, (inputs, outputs) in TELLS.items():
        if (len(stacks[name].mean), len(stacks[name].straight)) != (inputs, outputs):
            raise ValueError("stack")
    return stacks
