"""What the person thinks of a reply, on four dimensions, and what many ratings say together.

The dimensions are those of Psy-LLM (Lai et al. 2023, arXiv 2307.11991).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from psylite_desktop.domain.conversation import Mode, Route

MARKS = (1, 2, 3, 4, 5)
"""From not at all to very much."""


class Dimension(StrEnum):
    """What is rated, in the order people are asked."""

    HELPFULNESS = "helpfulness"
    FLUENCY = "fluency"
    RELEVANCE = "relevance"
    LOGIC = "logic"


@dataclass(frozen=True, slots=True)
class ReplyRating:
    """Marks of one reply, 1 to 5; None where the person gave none. `at` in UTC seconds.

    `mode`, `model` and `route` say how the reply was made; empty or None where that is not known
    any more. It goes with its message and holds none of its words.
    """

    message_id: int
    helpfulness: int | None = None
    fluency: int | None = None
    relevance: int | None = None
    logic: int | None = None
    at: float = 0.0
    mode: Mode = Mode.WRITTEN
    model: str = ""
    route: Route | None = None

    def mark(self, dimension: Dimension) -> int | None:
        """The mark of a dimension."""
        return {
            Dimension.HELPFULNESS: self.helpfulness,
            Dimension.FLUENCY: self.fluency,
            Dimension.RELEVANCE: self.relevance,
            Dimension.LOGIC: self.logic,
        }[dimension]

    def marked(self, dimension: Dimension, mark: int | None) -> ReplyRating:
        """With another mark; None takes it back."""
        match dimension:
            case Dimension.HELPFULNESS:
                return replace(self, helpfulness=mark)
            case Dimension.FLUENCY:
                return replace(self, fluency=mark)
            case Dimension.RELEVANCE:
                return replace(self, relevance=mark)
            case Dimension.LOGIC:
                return replace(self, logic=mark)

    @property
    def is_empty(self) -> bool:
        """Whether no mark is given."""
        return all(self.mark(dimension) is None for dimension in Dimension)


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of `count` marks; None where there are none."""

    count: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class RatingGroup:
    """Ratings that belong together; `name` is a mode, a model or a route, empty for all."""

    name: str
    replies: int
    means: tuple[tuple[Dimension, Mean], ...]

    def of(self, dimension: Dimension) -> Mean:
        """The mean of a dimension."""
        return dict(self.means)[dimension]


@dataclass(frozen=True, slots=True)
class RatingSummary:
    """All ratings together, and apart: by what wrote the reply, by model, by route."""

    everything: RatingGroup
    modes: tuple[RatingGroup, ...] = ()
    models: tuple[RatingGroup, ...] = ()
    routes: tuple[RatingGroup, ...] = ()
