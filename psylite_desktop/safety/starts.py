"""What a match can begin with: a pattern need not be tried at any other place of a text.

`re` finds that out only for patterns that begin with plain characters; one that begins with a look
behind or a group within a group it tries at every place, which takes most of the time of an
assessment. Reads the small part of regular expressions that the rules use; a pattern that begins
with something else is tried everywhere.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from psylite_desktop.safety.triggers import LOOKS, closings_of, quantifier

FIRST = "\x00"
"""Stands for the beginning of the text."""
_LONG = 2
"""Characters of a beginning."""
_MOST = 150
"""Of more beginnings only the first characters are kept."""
_WORTH_IT = 6
"""Trying a place by itself takes about as long as `re` takes to pass so many."""
_NO_WIDTH = "bBZ"
"""Escapes that stand for a place, not for a character."""
_CLASSES = {"d": "0123456789", "s": " \t\n\r\f\v"}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_WORD_BEGINS = re.compile(r"(?<![a-z0-9])[\s\S]")

Places = Mapping[str, Sequence[int]]


@dataclass(slots=True)
class _Begun:
    """Beginnings: what follows one that is `whole` is not known, the others are added to."""

    growing: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)

    def then(self, more: _Begun) -> _Begun:
        """What begins with one of these and goes on with one of those."""
        found = _Begun(set(), set(self.whole))
        for one in self.growing:
            if one == FIRST:
                found.whole.add(one)
                continue
            found.whole.update((one + other)[:_LONG] for other in more.whole)
            for other in more.growing:
                both = (one + other)[:_LONG]
                (found.growing if len(both) < _LONG else found.whole).add(both)
        return found

    def add(self, other: _Begun) -> None:
        """Let it begin with one of those as well."""
        self.growing |= other.growing
        self.whole |= other.whole


def starts(pattern: str) -> frozenset[str]:
    """One or two characters, or `FIRST`, of which every match begins with one.

    Empty where a match may begin with anything, or nothing is known.
    """
    found, _ = _Reader(pattern).alternatives(0)
    every = found.growing | found.whole
    if "" in every:
        return frozenset()
    return frozenset(every if len(every) <= _MOST else (one[0] for one in every))


def places_of(text: str, *, words: bool) -> dict[str, list[int]]:
    """Where every one and two characters stand, with `words` only where no letter stands before."""
    places: dict[str, list[int]] = {FIRST: [0]}
    begins = (found.start() for found in _WORD_BEGINS.finditer(text)) if words else range(len(text))
    for place in begins:
        places.setdefault(text[place], []).append(place)
        places.setdefault(text[place : place + _LONG], []).append(place)
    return places


def find(
    pattern: re.Pattern[str], begins: frozenset[str], text: str, places: Places
) -> Iterator[re.Match[str]]:
    """What `finditer` finds, tried only where a match can begin; `places` are those of `text`."""
    found = [places[one] for one in begins if one in places]
    if not begins or sum(map(len, found)) * _WORTH_IT > len(text):
        yield from pattern.finditer(text)
        return
    after = 0
    for place in sorted(itertools.chain.from_iterable(found)):
        if place >= after:
            match = pattern.match(text, place)
            if match is not None:
                yield match
                after = match.end()


class _Reader:
    """Reads one pattern from the front; "" among the beginnings: anything may follow."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._closings = closings_of(pattern)

    def alternatives(self, place: int) -> tuple[_Begun, int]:
        """The beginnings from a place to the bracket that closes, and where that stands."""
        every = _Begun()
        while True:
            found, place = self._sequence(place)
            every.add(found)
            if place >= len(self._pattern) or self._pattern[place] == ")":
                return every, place
            place += 1

    def _sequence(self, place: int) -> tuple[_Begun, int]:
        begun = _Begun({""})
        while place < len(self._pattern) and self._pattern[place] not in "|)":
            after = self._after(place)
            required, end = quantifier(self._pattern, after)
            if begun.growing:  # else it is known, and the rest is only passed
                longer = begun.then(self._part(place, after))
                if self._pattern[after:end].strip("?"):  # it may stand there again
                    longer = _Begun(set(), longer.whole | longer.growing)
                if not required:
                    longer.add(begun)
                begun = longer
            place = end
        return begun, place

    def _after(self, place: int) -> int:
        """Where a character, a class or a group ends."""
        char = self._pattern[place]
        if char == "(":
            return self._closings[place] + 1
        if char == "[":
            return self._pattern.index("]", place + 2) + 1
        return place + (2 if char == "\\" else 1)

    def _part(self, place: int, after: int) -> _Begun:
        """The beginnings of a character, a class or a group."""
        char = self._pattern[place]
        if char == "(":
            if self._pattern.startswith(LOOKS, place):
                return _Begun({""})
            return self.alternatives(place + (3 if self._pattern[place + 1] == "?" else 1))[0]
        if char == "[":
            return _of_class(self._pattern[place + 1 : after - 1])
        if char == "\\":
            return _of_escape(self._pattern[place + 1])
        known = {"^": _Begun({FIRST}), "$": _Begun({""}), ".": _Begun(set(), {""})}
        return known.get(char) or _Begun({char})


def _of_escape(code: str) -> _Begun:
    if code in _NO_WIDTH:
        return _Begun({""})
    if code == "A":
        return _Begun({FIRST})
    if code in _CLASSES:
        return _Begun(set(_CLASSES[code]))
    known = code in _ESCAPES or not code.isalnum()
    return _Begun({_ESCAPES.get(code, code)}) if known else _Begun(set(), {""})


def _of_class(inside: str) -> _Begun:
    if inside[0] == "^" or "-" in inside:
        return _Begun(set(), {""})
    chars: set[str] = set()
    escaped = False
    for char in inside:
        if escaped:
            more = _of_escape(char)
            if more.whole or more.growing == {""}:
                return _Begun(set(), {""})
            chars |= more.growing
        elif char != "\\":
            chars.add(char)
        escaped = char == "\\" and not escaped
    return _Begun(chars)
