"""What is known when something is suggested: plain values, gathered from what is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.exercise import ExerciseRun
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.domain.suggestion import ThemeSaid

LONGEST_QUOTE = 60
"""Characters of the person's own words that stand in a reason."""
_CUT = re.compile(r"(?<=[。！？!?；;\n])|(?<=[.])(?=\s|$)|[\n]")
_COMMA = re.compile(r"[，,、：:]")


@dataclass(frozen=True, slots=True)
class SaidMessage:
    """A message of the person's: where it stands, and the situations its words point to.

    `words` are the words found for each situation.
    """

    text: str
    conversation_id: int
    at: float
    level: int
    words: Mapping[str, tuple[str, ...]]

    @property
    def may_be_quoted(self) -> bool:
        """Words in which danger was heard are not told again."""
        return self.level == Level.NONE


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that rules may go by. Times are UTC seconds; days are local, YYYY-MM-DD.

    `check_ins`, `messages` and `themes` are of the last two weeks, oldest first. `had_danger`:
    something grave was heard within seven days. `forbidden` are keys of items that somebody who
    said such things is not offered.
    """

    now: float
    check_ins: tuple[CheckIn, ...] = ()
    messages: tuple[SaidMessage, ...] = ()
    themes: tuple[ThemeSaid, ...] = ()
    finished: tuple[ExerciseRun, ...] = ()
    begun: tuple[ExerciseRun, ...] = ()
    scale_runs: tuple[ScaleRun, ...] = ()
    has_plan: bool = False
    had_danger: bool = False
    forbidden: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        """The day on the calendar on the wall."""
        return local_day(self.now)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was said in the last two weeks."""
        return not (self.check_ins or self.messages or self.themes)


def local_day(seconds: float) -> date:
    """The local day of a time."""
    return datetime.fromtimestamp(seconds).astimezone().date()


def local_hour(seconds: float) -> int:
    """The local hour of a time, 0 to 23."""
    return datetime.fromtimestamp(seconds).astimezone().hour


def clause_with(text: str, word: str = "") -> str:
    """A piece of `text`, letter by letter: the sentence with `word` in it, cut where it is long."""
    folded = word.casefold()
    sentences = [part.strip() for part in _CUT.split(text) if part and part.strip()]
    chosen = next((one for one in sentences if folded in one.casefold()), "")
    chosen = chosen or (sentences[0] if sentences else "")
    if len(chosen) <= LONGEST_QUOTE:
        return chosen
    parts = [part.strip() for part in _COMMA.split(chosen)]
    part = next((one for one in parts if folded in one.casefold()), parts[0])
    if len(part) <= LONGEST_QUOTE:
        return part
    return _window(part, part.casefold().find(folded))


def _window(text: str, at: int) -> str:
    """`LONGEST_QUOTE` characters around a place, from the beginning of a word to the end of one."""
    start = max(0, min(at - LONGEST_QUOTE // 3, len(text) - LONGEST_QUOTE))
    piece = text[start : start + LONGEST_QUOTE]
    if start and " " in piece[:20]:
        piece = piece[piece.index(" ") + 1 :]
    if start + LONGEST_QUOTE < len(text) and " " in piece[-20:]:
        piece = piece[: piece.rindex(" ")]
    return piece.strip()
