"""What the encoder and the look-alikes make of a text: pure arithmetic over their numbers.

For every stretch of a text each level head has a sum of logits (encoder, linear model, share of
look-alikes) against its threshold; the gravest stretch speaks. The numbers come from
`encoder.json`, made by `psylite forge risk`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psylite_desktop.domain.risk import Kind, Level, Opinion, Who
from psylite_desktop.safety.classifier import KINDS, LEVEL_HEADS, Stretch, level_of
from psylite_desktop.safety.normalise import Plain

LAYERS = ("encoder", "linear", "near")


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the layers say of one stretch, by head.

    `near` is the share of risk among look-alikes.
    """

    encoder: Mapping[str, float]
    linear: Mapping[str, float]
    near: Mapping[str, float]
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blend:
    """How the layers of one language add up: weights by head and layer, thresholds by head."""

    weights: Mapping[str, Mapping[str, float]]
    thresholds: Mapping[str, float]

    @classmethod
    def read(cls, said: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Blend:
        """Read one language of `encoder.json`. Raises KeyError, TypeError, ValueError."""
        return cls(
            {
                name: {layer: float(said["weights"][name][layer]) for layer in LAYERS}
                for name in LEVEL_HEADS
            },
            {name: float(said["thresholds"][name]) for name in LEVEL_HEADS},  # type: ignore[arg-type]
        )

    @property
    def asks_around(self) -> bool:
        """Whether look-alikes have a say at all."""
        return any(weight["near"] for weight in self.weights.values())

    def above(self, head: str, numbers: Numbers) -> float:
        """How far a stretch is above the threshold of a head."""
        weight = self.weights[head]
        total = (
            weight["encoder"] * numbers.encoder[head]
            + weight["linear"] * numbers.linear[head]
            + weight["near"] * numbers.near.get(head, 0.0)
        )
        return total - self.thresholds[head]

    def level(self, numbers: Numbers) -> tuple[Level, float]:
        """The level of a stretch and how far it is above what that level asks."""
        return level_of([self.above(name, numbers) for name in LEVEL_HEADS], _NOUGHT)


_NOUGHT = dict.fromkeys(LEVEL_HEADS, 0.0)


def opinion_of(
    plain: Plain,
    stretches: Sequence[Stretch],
    numbers: Sequence[Numbers],
    blends: Mapping[str, Blend],
) -> Opinion | None:
    """The opinion of the gravest stretch; offsets into the original. None for nothing."""
    judged = [
        (blends[stretch.lang].level(number), place)
        for place, (stretch, number) in enumerate(zip(stretches, numbers, strict=True))
    ]
    if not judged:
        return None
    (level, _), place = max(judged)
    if level is Level.NONE:
        return None
    stretch, number = stretches[place], numbers[place]
    piece = stretch.pieces[stretch.gravest]
    kind = max(KINDS, key=lambda one: number.encoder[one.value])
    start, end = plain.original(piece.start, piece.end)
    layer = f"near.{number.neighbours[0]}" if number.neighbours else f"encoder.{kind}"
    who = Who.OTHER if number.encoder["other"] > 0 else Who.SELF
    return Opinion(f"model.{layer}", level, Kind(kind), who, start, end)
