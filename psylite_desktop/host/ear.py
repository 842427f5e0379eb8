"""The later layers of the safety ladder, as the engine process runs them: encoder, look-alikes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.risk import Opinion
from psylite_desktop.host.launch import Folders
from psylite_desktop.safety.assess import windows
from psylite_desktop.safety.classifier import LEVEL_HEADS, RiskClassifier, Stretch
from psylite_desktop.safety.cloaks import Uncloaker
from psylite_desktop.safety.linear import LANGS
from psylite_desktop.safety.normalise import Plain
from psylite_desktop.safety.opinion import Blend, Numbers, opinion_of

if TYPE_CHECKING:
    from psylite_desktop.retrieval.look_alikes import LookAlikes
    from psylite_desktop.retrieval.risk_encoder import Reading, RiskEncoder

VOTES = 4
"""Stretches of a text whose look-alikes are asked for: those that sound gravest without them."""


@dataclass(frozen=True, slots=True)
class Ear:
    """Hears a text by all layers that need libraries. One thread at a time."""

    uncloaker: Uncloaker
    classifier: RiskClassifier
    encoder: RiskEncoder
    look_alikes: LookAlikes | None
    """None where their vote has no weight: then their table is not even opened."""
    blends: dict[str, Blend]

    @classmethod
    def open(cls, folders: Folders) -> Ear:
        """Read what makes texts plain, and the models.

        The encoder's runtime has code for processors with SSE4.2 alone; LanceDB has not.
        Raises EngineError and whatever a broken file gives rise to.
        """
        from psylite_desktop.engine import cpu

        if cpu.missing(cpu.SSE42):
            raise EngineError("listen_failed", part="cpu")
        from psylite_desktop.retrieval.look_alikes import LookAlikes
        from psylite_desktop.retrieval.risk_encoder import RiskEncoder

        folder = folders.models / "encoder"
        encoder = RiskEncoder.load(folder)
        table = folders.index if not cpu.missing(cpu.AVX2) else None
        blends = {lang: Blend.read(encoder.header["blend"][lang]) for lang in LANGS}
        look_alikes = None
        if any(blend.asks_around for blend in blends.values()):
            look_alikes = LookAlikes.load(folder, digest=encoder.digest, store_dir=table)
        return cls(
            uncloaker=Uncloaker.from_file(folders.assets / "safety" / "normalise.toml"),
            classifier=RiskClassifier.load(folders.models / "risk"),
            encoder=encoder,
            look_alikes=look_alikes,
            blends=blends,
        )

    def listen(self, text: str) -> Opinion | None:
        """The gravest opinion of any part of a text; offsets into it. Stores nothing."""
        gravest: Opinion | None = None
        for offset, part in windows(text):
            said = self._window(self.uncloaker.plain(part), len(text))
            if said and (gravest is None or said.level > gravest.level):
                gravest = replace(said, start=said.start + offset, end=said.end + offset)
        return gravest

    def _window(self, plain: Plain, among: int) -> Opinion | None:
        pieces = self.classifier.pieces(plain)
        if not pieces:
            return None
        stretches = list(self.classifier.stretches(plain.text, pieces, among=among))
        words = [self.classifier.words(plain.text, pieces, stretch) for stretch in stretches]
        readings = self.encoder.read(words)
        numbers = list(map(_numbers, stretches, readings))
        watch = LEVEL_HEADS[0]
        order = sorted(
            range(len(stretches)),
            key=lambda place: -self.blends[stretches[place].lang].above(watch, numbers[place]),
        )
        for place in order[:VOTES]:
            stretch = stretches[place]
            numbers[place] = self._asked_around(stretch.lang, readings[place], numbers[place])
        return opinion_of(plain, stretches, numbers, self.blends)

    def _asked_around(self, lang: str, reading: Reading, numbers: Numbers) -> Numbers:
        """The same numbers with the vote of the look-alikes of a stretch."""
        if self.look_alikes is None or not self.blends[lang].asks_around:
            return numbers
        vote = self.look_alikes.vote(reading.vector, lang)
        near = dict(zip(LEVEL_HEADS, vote.shares, strict=True))
        return Numbers(numbers.encoder, numbers.linear, near, vote.nearest)


def _numbers(stretch: Stretch, reading: Reading) -> Numbers:
    """What the encoder says of a stretch, and what the linear model makes of it."""
    return Numbers(reading.scores, dict(zip(LEVEL_HEADS, stretch.told, strict=True)), {})
