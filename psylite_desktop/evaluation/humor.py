"""Whether humor comes where it is welcome, and never where it must not, on labelled talks.

A case is a conversation with the label `humor_ok`: whether a tactful friend would find a light
piece welcome after the last message (design note "Safety", section 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psylite_desktop.evaluation.crisis import language_of, user_turns
from psylite_desktop.evaluation.intervals import Share


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled talk; `texts` are its user turns in order."""

    id: str
    lang: str
    texts: tuple[str, ...]
    humor_ok: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case and the pieces that came in it, as `turn:how:id:sign`; `how` is shown or offered.

    What is shown stands open under the reply; what is offered is one folded line without a joke.
    """

    case: Case
    pieces: tuple[str, ...]

    @property
    def came(self) -> bool:
        """Shown or offered; where humor is welcome in any turn, else in the last one."""
        return bool(self._that_count())

    @property
    def shown(self) -> bool:
        """Shown openly."""
        return any(":shown:" in piece for piece in self._that_count())

    def _that_count(self) -> list[str]:
        last = f"{len(self.case.texts)}:"
        return [one for one in self.pieces if self.case.humor_ok or one.startswith(last)]


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over cases; nothing may be shown where it must not be."""

    came_where_welcome: Share
    shown_where_not: Share
    offered_where_not: Share
    precision: Share


def parse_case(row: dict[str, object]) -> Case:
    """Read a case from a JSON object. Raises ValueError naming the field that is wrong."""
    texts = tuple(user_turns(row.get("messages")))
    humor_ok = row.get("humor_ok")
    if not isinstance(humor_ok, bool):
        raise ValueError('field "humor_ok" is not true or false')  # noqa: TRY004 - bad input
    return Case(
        id=str(row.get("id", "")),
        lang=language_of(" ".join(texts)),
        texts=texts,
        humor_ok=humor_ok,
        why=str(row.get("why", "")),
    )


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Recall where welcome, how often where not, and how many of those that came were welcome."""
    welcome = [one for one in outcomes if one.case.humor_ok]
    others = [one for one in outcomes if not one.case.humor_ok]
    came = [one for one in outcomes if one.came]
    return Figures(
        Share(sum(one.came for one in welcome), len(welcome)),
        Share(sum(one.shown for one in others), len(others)),
        Share(sum(one.came and not one.shown for one in others), len(others)),
        Share(sum(one.case.humor_ok for one in came), len(came)),
    )


def mistakes(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """What came where it must not first, then what was missed where it was welcome."""
    wrong = [one for one in outcomes if one.came is not one.case.humor_ok]
    return sorted(wrong, key=lambda one: one.case.humor_ok)
