"""What the linear heads say of all pieces, made into what a whole text says: stacking.

The gravest piece alone says too little: danger sounds grave by several heads and to several
pieces at once, a joke or an accident by one. A small network reads the scores of all pieces.
Measured on authors whom no model had seen, at five harmless texts written to be mistaken in a
hundred with a card: Chinese texts at risk with a card .838 by the gravest piece, .887 by the
network, English ones .757 and .809.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Any

from psylite_desktop.safety.reader import Heard, read_together

SEGMENT = 400
"""Among how many characters pieces are read together: about what the longest texts held that it
learnt from. Longer ones are read in stretches, so that much ordinary talk buries nothing."""
_STEP = SEGMENT // 2
LONGER = {"zh": 1.25, "en": 0.75}
"""How much less a stretch says, in logits, for every e-fold of the text beyond `SEGMENT`: of twenty
honest journal entries 15 Chinese and 13 English ones had a card without it, 8 and 8 with it, and of
a hundred short texts at risk hidden in such entries those with a card went from 88 to 83 and 84 to
76, those noticed from 94 to 92 and 89 to 87."""
APART = {"zh": 0.5, "en": 1.0}
"""How much less, in logits, a piece says by itself that is read among others as well. Without it a
sentence out of a harmless text decides as often as the text: of English texts at risk .844 had a
card where 5 in 100 harmless ones had, with it .858; put among harmless ones .851 and .833 of them,
at .072 and .064 false ones (Chinese .902, .903; .906, .890 at .100, .086)."""
LONGEST = 4000
"""From how many characters on a text is long and no more: about what the longest of those entries
held, and nobody shall silence the model by what is pasted beside a cry for help."""
FARTHEST = 5.0
"""How many standard deviations an input may be from what was seen: farther is no more than far."""
_BELOW = 3.0
"""How far below the gravest piece others are taken to be where there are none."""

Layer = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Scored:
    """What the heads say of one piece, as logits, and where it stands in the text.

    `levels` are those of `classifier.LEVEL_HEADS`, `kinds` those of `classifier.KINDS`, `requests`
    those of `classifier.REQUESTS`. `pro` and `contra` are what in it speaks for a crisis and
    against it (below zero), of `size` buckets. `heard` is what the network hears that reads word by
    word (see `reader`), and a `group` holds sentences that are pieces as well.
    """

    start: int
    end: int
    levels: tuple[float, float, float]
    kinds: tuple[float, ...]
    requests: tuple[float, ...]
    pro: float
    contra: float
    size: int
    heard: Heard
    group: bool = False

    @property
    def crisis(self) -> float:
        """How much it sounds like a crisis."""
        return self.levels[1]


def stretches(spans: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Which pieces are read together, by their places: within `SEGMENT` characters.

    Each stretch lies half over the next one, and every piece in one of them. Then every piece by
    itself: of 500 texts that had a card, put among harmless ones, 63 to 67 in 100 kept it without,
    98 with it, at as many false cards.
    """
    if not spans:
        return
    start, last = min(first for first, _ in spans), max(end for _, end in spans)
    while True:
        held = [
            place
            for place, (first, end) in enumerate(spans)
            if first >= start and end <= start + SEGMENT
        ]
        if held:
            yield held
        if start + SEGMENT >= last:
            break
        start += _STEP
    if len(spans) > 1:
        yield from ([place] for place in range(len(spans)))


def told_apart(said: Sequence[float], lang: str, pieces: int, among: int) -> tuple[float, ...]:
    """What a stretch of so many pieces says where there are so many in the text."""
    less = APART[lang] if pieces == 1 < among else 0.0
    return tuple(one - less for one in said)


def lessened(said: Sequence[float], lang: str, among: int) -> tuple[float, ...]:
    """What a stretch says as one of many, in a text of `among` characters.

    Each stretch of a long text is another chance to be mistaken.
    """
    less = LONGER[lang] * math.log(max(1.0, min(among, LONGEST) / SEGMENT))
    return tuple(one - less for one in said)


def inputs_of(segment: Sequence[Scored]) -> list[float]:
    """What a network reads of some pieces to tell their level, in its order; at least one piece."""
    ranked = sorted((one.crisis for one in segment), reverse=True)
    gravest = max(segment, key=lambda one: one.crisis)
    second = ranked[1] if len(ranked) > 1 else ranked[0] - _BELOW
    third = ranked[2] if len(ranked) > 2 else second - _BELOW
    long = max(one.end for one in segment) - min(one.start for one in segment)
    found = [second, third, ranked[-1], float(len(segment)), math.log(long)]
    found += [gravest.pro, gravest.contra, math.log(gravest.size)]
    found += _summed((*one.levels, *one.kinds) for one in segment)
    sentences = [one.heard for one in segment if not one.group]
    found += read_together(sentences or [one.heard for one in segment])
    return found


def asked_of(segment: Sequence[Scored], inputs: Sequence[float]) -> list[float]:
    """What a network reads of them to tell what they ask for: `inputs_of`, and the requests."""
    return [*inputs, *_summed(one.requests for one in segment)]


def _summed(heard: Iterable[Sequence[float]]) -> list[float]:
    """The highest and the mean of each thing that is said of some pieces."""
    found: list[float] = []
    for said in zip(*heard, strict=True):
        found += [max(said), sum(said) / len(said)]
    return found


@dataclass(frozen=True, slots=True)
class Stack:
    """A network of one language: a straight way from inputs to outputs and a hidden layer.

    `mean` and `spread` are of each input as it was seen; `hidden` and `straight` hold a row for
    each unit or output, the constant last; `out` holds a row for each output.
    """

    mean: Sequence[float]
    spread: Sequence[float]
    hidden: Layer
    out: Layer
    straight: Layer

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Stack:
        """Raises KeyError, TypeError and ValueError where the numbers are none or do not fit."""
        mean, spread = ([_finite(one) for one in said[name]] for name in ("mean", "spread"))
        hidden, out, straight = (
            [[_finite(one) for one in row] for row in said[name]]
            for name in ("hidden", "out", "straight")
        )
        width = len(mean)
        if len(spread) != width or any(one <= 0 for one in spread):
            raise ValueError("spread")
        if any(len(row) != width + 1 for row in (*hidden, *straight)):
            raise ValueError("width")
        if len(out) != len(straight) or any(len(row) != len(hidden) for row in out):
            raise ValueError("outputs")
        return cls(mean, spread, hidden, out, straight)

    def __call__(self, inputs: Sequence[float]) -> tuple[float, ...]:
        """The outputs, as logits."""
        read = [
            min(max((one - mean) / spread, -FARTHEST), FARTHEST)
            for one, mean, spread in zip(inputs, self.mean, self.spread, strict=True)
        ]
        read.append(1.0)
        felt = [max(0.0, _product(row, read)) for row in self.hidden]
        return tuple(
            _product(straight, read) + _product(row, felt)
            for straight, row in zip(self.straight, self.out, strict=True)
        )


def _product(row: Sequence[float], values: Sequence[float]) -> float:
    total: float = sum(map(mul, row, values))
    return total


def _finite(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("no number")
    return number
