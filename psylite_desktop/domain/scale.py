"""Self-rating scales: screeners with published scoring, never a diagnosis.

Keys, bands and cut-offs are content (assets/content/<lang>/scales); this module holds the shapes.
"""

from __future__ import annotations

from dataclasses import dataclass

from psylite_desktop.domain.risk import Level


@dataclass(frozen=True, slots=True)
class Band:
    """A range of scores from `low` to `high`, both inside.

    `talk`: the manual would look further here. `sentence` says plainly what the range means.
    """

    id: str
    low: int
    high: int
    talk: bool
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Part:
    """A score of a scale: its total or one of its subscales.

    `items` are numbers from 1 on; their answers are added up and multiplied by `factor`. Where no
    items are listed, the score can only be typed in. A typed sum lies in `typed_low` to
    `typed_high` and is multiplied by `factor` too. `change` is the smallest difference between two
    times that is more than chance, 0 where none is published.
    """

    id: str
    items: tuple[int, ...]
    factor: int
    typed_low: int
    typed_high: int
    change: int
    name: str
    bands: tuple[Band, ...]

    @property
    def low(self) -> int:
        """Lowest score there is."""
        return self.bands[0].low

    @property
    def high(self) -> int:
        """Highest score there is."""
        return self.bands[-1].high


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer and the points it gives."""

    points: int
    text: str


@dataclass(frozen=True, slots=True)
class RiskItem:
    """An item that speaks of danger: from `at_least` points on it raises the state to `level`.

    `question` is said gently beside the result.
    """

    item: int
    at_least: int
    level: Level
    question: str


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale in one language.

    `items` is empty where its wording may not be shown or is not known for sure; `reason` says
    why, and its sums can be typed in. `higher_is_better`: more points mean better days.
    """

    id: str
    lang: str
    name: str
    full_name: str
    about: str
    limits: str
    source: str
    licence: str
    lead: str
    items: tuple[str, ...]
    choices: tuple[Choice, ...]
    parts: tuple[Part, ...]
    risks: tuple[RiskItem, ...]
    again_after_days: int
    higher_is_better: bool
    reason: str = ""
    typed_lead: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it can be filled in here."""
        return bool(self.items)


Answers = tuple[int | None, ...]
"""Points of each item in order; None for an item that is still open."""


@dataclass(frozen=True, slots=True)
class ScaleRun:
    """One scale filled in at one time (UTC seconds), with the score of each of its parts.

    `answers` is empty where sums from paper were typed in. `lang` is the language of the wording.
    """

    scale: str
    at: float
    lang: str
    scores: tuple[tuple[str, int], ...]
    answers: Answers = ()
    id: int = 0

    def score(self, part: str) -> int | None:
        """Score of a part; None where there is none."""
        return dict(self.scores).get(part)
