"""Something offered beside a reply: folded, skippable, explained, rated."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from psylite_desktop.domain.passage import Passage


class AsideKind(StrEnum):
    """What is offered; the value is the name of its corpus."""

    CROSSTALK = "crosstalk"
    ARTICLE = "articles"


class AsideRating(StrEnum):
    """What the person said about it."""

    LIKED = "liked"
    DISLIKED = "disliked"
    NOT_FUNNY = "not_funny"


@dataclass(frozen=True, slots=True)
class Why:
    """Why something was done or offered: a code, and the person's own words it rests on.

    `certain` where the words ask for just this and for nothing else.
    """

    code: str
    words: str = ""
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """A passage offered in this turn, with the reason why now; `id` is 0 until stored."""

    kind: AsideKind
    passage: Passage
    why: Why
    id: int = 0


@dataclass(frozen=True, slots=True)
class ShownAside:
    """What is kept of an aside: which one, when (UTC seconds), and what was said about it."""

    kind: AsideKind
    passage_id: str
    at: float
    id: int = 0
    rating: AsideRating | None = None
    rated_at: float | None = None
