"""What is learnt of some texts of one language: linear heads, and what reads word by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psylite_desktop.forge.linear_fit import Linear
from psylite_desktop.forge.risk_fit import (
    RISK_BITS,
    Vocabulary,
    packed,
    request_heads,
    risk_heads,
)
from psylite_desktop.forge.risk_reader import Read, ReaderMade, fit_reader
from psylite_desktop.forge.risk_texts import Example
from psylite_desktop.safety.classifier import scored_of
from psylite_desktop.safety.pieces import Piece, pieces
from psylite_desktop.safety.reader import Reader, tokens_of
from psylite_desktop.safety.risk_features import RiskFeatures
from psylite_desktop.safety.stacking import Scored
from psylite_desktop.safety.word_classes import WordClasses


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language, cut into pieces and read word by word."""

    examples: Sequence[Example]
    cut: Sequence[Sequence[Piece]]
    read: Sequence[Read]
    classes: WordClasses

    @classmethod
    def of(cls, examples: Sequence[Example], classes: WordClasses) -> Texts:
        """All that stages of training share."""
        features = RiskFeatures(RISK_BITS, classes)
        cut = [packed(pieces(one.plain, features)) for one in examples]
        read = [
            Read(*tokens_of(one.plain, [part for part in parts if part.lang == one.lang], classes))
            for one, parts in zip(examples, cut, strict=True)
        ]
        return cls(examples, cut, read, classes)


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt of some texts of one language."""

    vocabulary: Vocabulary
    heads: Mapping[str, Linear]
    made: ReaderMade
    reader: Reader

    def scored(self, one: Example, parts: Sequence[Piece]) -> list[Scored]:
        """As the app scores pieces: by themselves where a rule of risk found something."""
        own = [part for part in self.vocabulary.of(parts) if part.buckets and part.lang == one.lang]
        return scored_of(own, self.heads, self.reader(one.plain, own), alone=one.hinted)


def learn(texts: Texts, learnt: Sequence[int], seed: int) -> Learnt:
    """What is known of some texts, the heads that learn of it, and what reads word by word."""
    vocabulary = Vocabulary.learnt(texts.cut[place] for place in learnt)
    told: list[list[Piece]] = [[] for _ in texts.cut]
    for place in learnt:
        told[place] = vocabulary.of(texts.cut[place])
    shares = vocabulary.shares
    risk = risk_heads(texts.examples, told, learnt, shares, seed)
    asked = request_heads(texts.examples, told, learnt, shares, seed)
    made = fit_reader(texts.examples, texts.read, learnt, seed)
    reader = Reader({texts.examples[0].lang: made.network}, texts.classes)
    return Learnt(vocabulary, risk | asked, made, reader)
