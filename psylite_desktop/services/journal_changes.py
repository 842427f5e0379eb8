"""What is new in a page since it was read last, and what the floor hears in that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from psylite_desktop.domain.risk import CALM, Assessment, Level

AROUND = 240
"""Characters beside a change that are read with it: a sentence may have begun before it."""

Look = Callable[[str], Assessment]


@dataclass(frozen=True, slots=True)
class Change:
    """A text became another one: it differs from `start` to `end_before` and `end_after`."""

    start: int
    end_before: int
    end_after: int

    @property
    def removed(self) -> int:
        """Characters that are gone."""
        return self.end_before - self.start


@dataclass(frozen=True, slots=True)
class Known:
    """A text that was heard already, and the level it has."""

    text: str = ""
    level: Level = Level.NONE


def change_between(before: str, after: str) -> Change:
    """Where two texts differ, as one stretch of each."""
    start, most = 0, min(len(before), len(after))
    step = 4096
    while start < most and before[start : start + step] == after[start : start + step]:
        start = min(start + step, most)
    while start < most and before[start] == after[start]:
        start += 1
    end_before, end_after = len(before), len(after)
    while (
        end_before > start and end_after > start and before[end_before - 1] == after[end_after - 1]
    ):
        end_before -= 1
        end_after -= 1
    return Change(start, end_before, end_after)


def new_words(look: Look, before: str, after: str) -> tuple[str, Assessment]:
    """What stands in a text now and did not stand there before, and what is heard in it.

    The change is read with the words around it. What was heard there before is not heard again:
    where it weighs no more than it did, the new words count by themselves.
    """
    if before == after:
        return "", CALM
    change = change_between(before, after)
    first = max(change.start - AROUND, 0)
    piece = after[first : change.end_after + AROUND]
    found = look(piece)
    if found.level is Level.NONE:
        return piece, found
    known = look(before[first : change.end_before + AROUND])
    if found.level > known.level:
        return piece, found
    bare = after[change.start : change.end_after]
    return bare, look(bare)


def level_of(look: Look, known: Known, text: str) -> Level:
    """The level of a page that grew out of a text whose level is known; it does not fall."""
    return max(known.level, new_words(look, known.text, text)[1].level)
