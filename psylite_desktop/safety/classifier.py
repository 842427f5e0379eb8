"""The linear model of the safety layer: hashed words and character n-grams, without any library.

It hears implicit wording that the rules miss, and doubts hints that stand alone. What the rules
found it is not told: their writers read the very texts that it learns from, so rules look better
there than they are (measured for levels and for requests: unseen authors are heard no better).
`forge/risk.py` makes its files, `risk.json` and `weights.bin` (see `linear`) and a copy of the
classes of words that it learnt with (see `word_classes`).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from zlib import crc32

from psylite_desktop.domain.risk import Kind, Level, Opinion, Request, Who
from psylite_desktop.safety.linear import DamagedModelError, Layout, Linear
from psylite_desktop.safety.normalise import Plain
from psylite_desktop.safety.risk_features import RiskFeatures
from psylite_desktop.safety.word_classes import WORD_CLASSES, WordClasses

HEADER = "risk.json"
WEIGHTS = "weights.bin"
CLASSES = "classes_crc32"
"""What the header calls the checksum of the file of word classes."""
MAGIC = b"PSYRISK2"
FORMAT = 7
LEVEL_HEADS = ("watch", "crisis", "emergency")
_CRISIS = LEVEL_HEADS[1]
KINDS = tuple(kind for kind in Kind if kind is not Kind.NONE)
REQUESTS = tuple(request for request in Request if request is not Request.NONE)
HEADS = (*LEVEL_HEADS, *(kind.value for kind in KINDS), *(request.value for request in REQUESTS))
DOUBT = "doubt"
UNWORDED = {request: f"{request.value}_unworded" for request in REQUESTS}
"""What the threshold of a request is called in words that do not speak of such things."""
ASKED = (*LEVEL_HEADS, DOUBT, *(request.value for request in REQUESTS), *UNWORDED.values())
"""The heads that have a threshold, what the crisis head asks of a text for hints to count, and what
the head of a request asks of words that do not speak of such things (see `asked_words`)."""
TRUST = "trust"
"""What the header calls the score of the crisis head below which a rule is doubted that a card
rests on alone, by rule."""
LAYOUT = Layout(HEADER, WEIGHTS, MAGIC, FORMAT, HEADS, ASKED)
WINDOW = 120
REACH = {"zh": 0, "en": 160}
"""Among how many characters a piece is read; Chinese gains nothing by it."""
UNWORDED_FROM = {"zh": 5, "en": 12}
"""Characters of a piece from which on a request is heard in it without words that speak of such
things: "你是谁" and "可以吗" say too little."""
_STEP = 80
_CJK = "\u3400-\u4dbf\u4e00-\u9fff"
_SENTENCE = re.compile(r"[^。!?\n.…;]+[。!?\n.…;]*")
_HAN = re.compile(rf"[{_CJK}]")
_LETTER = re.compile(r"[a-z]")
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


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of plain text that is scored as one, with the features found in it.

    `around` is from where to where the sentences lie among which it is read, `among` what is found
    in them all; None where it is read by itself.
    """

    lang: str
    start: int
    end: int
    buckets: Collection[int]
    around: tuple[int, int] = (0, 0)
    among: Collection[int] | None = None


class Scoring(Protocol):
    """A head of a linear model."""

    def score(self, buckets: Collection[int]) -> float:
        """The logit of some buckets."""


def score_of(head: Scoring, piece: Piece, *, alone: bool) -> float:
    """What a piece says: `alone`, or half by itself and half among its neighbours.

    A sentence that sounds grave is often harmless with the next one. Where a rule found something
    words speak for themselves: a buried sentence must be heard as it would be alone.
    """
    own = head.score(piece.buckets)
    return own if alone or piece.among is None else (own + head.score(piece.among)) / 2


Features = Callable[[str, str], Collection[int]]
"""Turns a plain sentence of a language into buckets, as `RiskFeatures` does."""


def pieces(text: str, features: Features) -> Iterator[Piece]:
    """Cut a plain text: every sentence alone, and overlapping groups of about 120 characters."""
    sentences = list(_sentences(text, features))
    for place in range(len(sentences)):
        yield _piece(sentences, place, place)
    first = 0
    while first < len(sentences):
        last = first
        while last + 1 < len(sentences) and _together(sentences[first], sentences[last + 1]):
            last += 1
        if last > first:
            yield _piece(sentences, first, last)
        # The last sentence of a group opens the next one, unless the text ends with it.
        first = last if first < last < len(sentences) - 1 else last + 1


def _piece(sentences: Sequence[Piece], first: int, last: int) -> Piece:
    """Sentences `first` to `last`, with as many around them as `REACH` allows."""
    own = sentences[first : last + 1]
    while True:
        if first and _near(sentences[first - 1], sentences[last]):
            first -= 1
        elif last + 1 < len(sentences) and _near(sentences[first], sentences[last + 1]):
            last += 1
        else:
            break
    beside = sentences[first : last + 1]
    return Piece(
        own[0].lang,
        own[0].start,
        own[-1].end,
        _found(own),
        (beside[0].start, beside[-1].end),
        _found(beside) if len(beside) > len(own) else None,
    )


def _found(sentences: Sequence[Piece]) -> Collection[int]:
    return frozenset().union(*(one.buckets for one in sentences))


def _near(first: Piece, last: Piece) -> bool:
    return first.lang == last.lang and last.end - first.start <= REACH[first.lang]


def _together(first: Piece, last: Piece) -> bool:
    return first.lang == last.lang and last.end - first.start <= WINDOW


def _sentences(text: str, features: Features) -> Iterator[Piece]:
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        while True:
            cut = text[start : min(end, start + WINDOW)]
            han = len(_HAN.findall(cut))
            letters = len(_LETTER.findall(cut))
            if han + letters >= 2:
                lang = "zh" if han * 3 >= letters else "en"
                yield Piece(lang, start, start + len(cut), features(cut, lang))
            if start + WINDOW >= end:
                break
            start += _STEP


def subject(text: str, lang: str) -> Who:
    """Whom a piece speaks of: another only where one is named and nobody says "I"."""
    if _OTHERS[lang].search(text) and not _OWN[lang].search(text):
        return Who.OTHER
    return Who.SELF


@dataclass(frozen=True, slots=True)
class Hearing:
    """What the model makes of a text.

    `opinion` is that of the gravest piece, None where nothing is above its threshold; `requests`
    what it asks for if its words speak of that, `unworded` what if they do not; `hints` the gravest
    level that hints alone may have; `crisis` the highest score of the crisis head.
    """

    opinion: Opinion | None
    requests: Collection[Request]
    unworded: Collection[Request]
    hints: Level
    crisis: float


class RiskClassifier:
    """Scores plain texts. Immutable once made; safe to use from any thread."""

    def __init__(self, model: Linear, classes: WordClasses, trust: Mapping[str, float]) -> None:
        """Use `load`."""
        self._features = RiskFeatures(model.bits, classes)
        self._heads = model.heads
        self._thresholds = model.thresholds
        self.trust = trust

    @classmethod
    def load(cls, folder: Path) -> RiskClassifier:
        """Read the three files of a model. Raises OSError and DamagedModelError."""
        model = Linear.load(folder, LAYOUT)
        header = json.loads((folder / HEADER).read_bytes())
        path = folder / WORD_CLASSES
        if crc32(path.read_bytes()) != header.get(CLASSES):
            raise DamagedModelError(f"{WORD_CLASSES} does not belong to {HEADER}")
        try:
            trust = {str(name): float(asked) for name, asked in header[TRUST].items()}
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise DamagedModelError(f"{HEADER} is damaged") from error
        if not all(map(math.isfinite, trust.values())):  # endless doubt would silence the rules
            raise DamagedModelError(f"{HEADER} holds a number that is none")
        try:
            return cls(model, WordClasses.load(path), trust)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise DamagedModelError(f"{WORD_CLASSES} is damaged") from error

    def pieces(self, plain: Plain) -> list[Piece]:
        """The pieces of a text that can be scored."""
        return [piece for piece in pieces(plain.text, self._features) if piece.buckets]

    def scores(self, piece: Piece) -> dict[str, float]:
        """The logits of all heads for one piece among its neighbours."""
        return {
            name: score_of(head, piece, alone=False)
            for name, head in self._heads[piece.lang].items()
        }

    def hear(self, plain: Plain, *, alone: bool = True) -> Hearing | None:
        """All that the model makes of a text; None where there is nothing to score.

        `alone`: pieces are read by themselves, as where a rule of risk found something.
        """
        best: tuple[Level, float] = (Level.NONE, -math.inf)
        chosen: Piece | None = None
        requests: set[Request] = set()
        unworded: set[Request] = set()
        hints, highest = Level.WATCH, -math.inf
        for piece in self.pieces(plain):
            heads, asked = self._heads[piece.lang], self._thresholds[piece.lang]
            crisis = score_of(heads[_CRISIS], piece, alone=alone)
            said = self._level(piece, crisis, alone=alone)
            if chosen is None or said > best:
                best, chosen = said, piece
            long = piece.end - piece.start
            for one in REQUESTS:
                score = heads[one.value].score(piece.buckets)
                if score >= asked[one.value]:
                    requests.add(one)
                if score >= asked[UNWORDED[one]] and long >= UNWORDED_FROM[piece.lang]:
                    unworded.add(one)
            hints = max(hints, _believed(crisis, asked))
            highest = max(highest, crisis)
        if chosen is None:
            return None
        opinion = self._opinion(plain, chosen, best[0])
        return Hearing(opinion, requests, unworded, hints, highest)

    def _opinion(self, plain: Plain, piece: Piece, level: Level) -> Opinion | None:
        if level is Level.NONE:
            return None
        heads = self._heads[piece.lang]
        kind = max(KINDS, key=lambda one: heads[one.value].score(piece.buckets))
        who = subject(plain.text[piece.start : piece.end], piece.lang)
        start, end = plain.original(piece.start, piece.end)
        return Opinion(f"model.linear.{kind}", level, kind, who, start, end)

    def _level(self, piece: Piece, crisis: float, *, alone: bool) -> tuple[Level, float]:
        """The level of one piece and how far it is above what that level asks."""
        watch, _, emergency = LEVEL_HEADS
        heads, asked = self._heads[piece.lang], self._thresholds[piece.lang]
        above = crisis - asked[_CRISIS]
        if above >= 0:
            more = score_of(heads[emergency], piece, alone=alone) - asked[emergency]
            return (Level.EMERGENCY, more) if more >= 0 else (Level.CRISIS, above)
        above = score_of(heads[watch], piece, alone=alone) - asked[watch]
        return (Level.WATCH, above) if above >= 0 else (Level.NONE, above)


def _believed(crisis: float, asked: Mapping[str, float]) -> Level:
    """The gravest level of hints alone that is believed where the crisis head says so much.

    Soft words stand beside each other in many a harmless farewell: a crisis is believed where the
    whole does not sound harmless, an emergency where it sounds like a crisis.
    """
    if crisis >= asked[_CRISIS]:
        return Level.EMERGENCY
    return Level.CRISIS if crisis >= asked[DOUBT] else Level.WATCH
