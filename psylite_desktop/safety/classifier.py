"""The linear model of the safety layer: hashed words and character n-grams, without any library.

It hears implicit wording that the rules miss, and doubts hints that stand alone. What the rules
found it is not told: their writers read the very texts that it learns from, so rules look better
there than they are (measured for levels and for requests: unseen authors are heard no better).
`forge/risk.py` makes its two files, `risk.json` and `weights.bin` (see `linear`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.domain.risk import Kind, Level, Opinion, Request, Who
from psylite_desktop.safety.linear import Head, Layout, Linear
from psylite_desktop.safety.normalise import Plain
from psylite_desktop.safety.risk_features import risk_features

HEADER = "risk.json"
WEIGHTS = "weights.bin"
MAGIC = b"PSYRISK2"
FORMAT = 4
LEVEL_HEADS = ("watch", "crisis", "emergency")
KINDS = tuple(kind for kind in Kind if kind is not Kind.NONE)
REQUESTS = tuple(request for request in Request if request is not Request.NONE)
HEADS = (*LEVEL_HEADS, *(kind.value for kind in KINDS), *(request.value for request in REQUESTS))
DOUBT = "doubt"
ASKED = (*LEVEL_HEADS, DOUBT, *(request.value for request in REQUESTS))
"""The heads that have a threshold, and what the crisis head asks of a text for hints to count."""
LAYOUT = Layout(HEADER, WEIGHTS, MAGIC, FORMAT, HEADS, ASKED)
WINDOW = 120
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
    """A stretch of plain text that is scored as one, with the features found in it."""

    lang: str
    start: int
    end: int
    buckets: Collection[int]


def pieces(text: str, bits: int) -> Iterator[Piece]:
    """Cut a plain text: every sentence alone, and overlapping groups of about 120 characters."""
    sentences = list(_sentences(text, (1 << bits) - 1))
    yield from sentences
    first = 0
    while first < len(sentences):
        last = first
        while last + 1 < len(sentences) and _together(sentences[first], sentences[last + 1]):
            last += 1
        if last > first:
            group = sentences[first : last + 1]
            joined = frozenset().union(*(one.buckets for one in group))
            yield Piece(group[0].lang, group[0].start, group[-1].end, joined)
        # The last sentence of a group opens the next one, unless the text ends with it.
        first = last if first < last < len(sentences) - 1 else last + 1


def _together(first: Piece, last: Piece) -> bool:
    return first.lang == last.lang and last.end - first.start <= WINDOW


def _sentences(text: str, mask: int) -> Iterator[Piece]:
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        while True:
            cut = text[start : min(end, start + WINDOW)]
            han = len(_HAN.findall(cut))
            letters = len(_LETTER.findall(cut))
            if han + letters >= 2:
                lang = "zh" if han * 3 >= letters else "en"
                yield Piece(lang, start, start + len(cut), risk_features(cut, lang, mask))
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

    def __init__(self, model: Linear) -> None:
        """Use `load`."""
        self._bits = model.bits
        self._heads = model.heads
        self._thresholds = model.thresholds

    @classmethod
    def load(cls, folder: Path) -> RiskClassifier:
        """Read `risk.json` and `weights.bin`. Raises OSError and DamagedModelError."""
        return cls(Linear.load(folder, LAYOUT))

    def pieces(self, plain: Plain) -> list[Piece]:
        """The pieces of a text that can be scored."""
        return [piece for piece in pieces(plain.text, self._bits) if piece.buckets]

    def scores(self, piece: Piece) -> dict[str, float]:
        """The logits of all heads for one piece."""
        return {name: _score(head, piece) for name, head in self._heads[piece.lang].items()}

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
        kind = max(KINDS, key=lambda one: _score(heads[one.value], chosen))
        who = subject(plain.text[chosen.start : chosen.end], chosen.lang)
        start, end = plain.original(chosen.start, chosen.end)
        return Opinion(f"model.linear.{kind}", best[0], kind, who, start, end)

    def requests(self, cut: Sequence[Piece], *, above: float = 0.0) -> set[Request]:
        """What the pieces of a text ask for, apart from risk; `above` the thresholds by so much."""
        return {
            request
            for piece in cut
            for request in REQUESTS
            if _score(self._heads[piece.lang][request.value], piece)
            >= self._thresholds[piece.lang][request.value] + above
        }

    def backing(self, cut: Sequence[Piece]) -> Level:
        """The gravest level of hints that is believed in a text with these pieces.

        Soft words stand beside each other in many a harmless farewell: a crisis is believed where
        the whole does not sound harmless, an emergency where it sounds like a crisis.
        """
        crisis = LEVEL_HEADS[1]
        best = Level.WATCH
        for piece in cut:
            asked = self._thresholds[piece.lang]
            said = _score(self._heads[piece.lang][crisis], piece)
            if said >= asked[crisis]:
                return Level.EMERGENCY
            if said >= asked[DOUBT]:
                best = Level.CRISIS
        return best

    def _level(self, piece: Piece) -> tuple[Level, float]:
        """The level of one piece and how far it is above what that level asks."""
        watch, crisis, emergency = LEVEL_HEADS
        heads, asked = self._heads[piece.lang], self._thresholds[piece.lang]
        above = _score(heads[crisis], piece) - asked[crisis]
        if above >= 0:
            more = _score(heads[emergency], piece) - asked[emergency]
            return (Level.EMERGENCY, more) if more >= 0 else (Level.CRISIS, above)
        above = _score(heads[watch], piece) - asked[watch]
        return (Level.WATCH, above) if above >= 0 else (Level.NONE, above)


def _score(head: Head, piece: Piece) -> float:
    return head.score(piece.buckets)
