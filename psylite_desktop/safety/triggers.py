"""Words that a pattern cannot do without: most patterns need not be tried at all.

Reads the small part of regular expressions that the rules use; what it does not understand it
leaves out, so that an answer errs only towards trying a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# Found in nearly every Chinese text: poor reasons to try a pattern.
_COMMON = frozenset(
    "的一是了我不在人有这他来到大个们说上时要就得也你好想会能去没看那很都和自己可以么为什吗吧"
    "还但心过生天后觉感情事多被让给把对她,.!?。 "
)
_COMMON_WORDS = frozenset(
    """
    the and that this with have had has was were for not but you your she her his him they them
    their from when what who how why all any out off too now then than there here just like get
    got going gonna want wanna need make made take took tell told say said says know think feel
    one two day today still even only about because would could should cant dont wont will been
    being into over after before every some more most very really anymore again ever never
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
LOOKS = ("(?=", "(?!", "(?<=", "(?<!")
_HAN, _LATIN = 3, 6
_PLAIN = re.compile(r"[^\\\[(.^$|)?*+{]+(?![?*+{])")
"""Characters that stand for themselves, once each."""
_BRACKET = re.compile(r"\\.|\[.[^\]]*\]|[()]", re.DOTALL)
"""Brackets, and what may hold one that is none: escapes and classes."""
_ESCAPED = {"x": 4, "u": 6, "U": 10}
"""How long an escape is that tells a character by its number."""
MOST = 400
"""More words than this are no quicker to look for than the pattern itself."""
TELLING = 1.0
"""What is met more often than this says is in nearly every text: no reason to leave one out."""


Ways = tuple[tuple[frozenset[str], ...], ...]
"""For each alternative of a pattern sets of strings, the rarest first: every match holds one of
each. An alternative without any may match anything."""


def triggers(pattern: str) -> frozenset[str]:
    """Return strings of which every match holds at least one; empty where none is known."""
    told = ways(pattern)
    found = frozenset[str]().union(*(way[0] for way in told)) if all(told) else frozenset[str]()
    return found if len(found) <= MOST else frozenset()


def ways(pattern: str) -> Ways:
    """What the alternatives of a pattern cannot do without."""
    found: list[tuple[frozenset[str], ...]] = []
    closings = closings_of(pattern)
    place = 0
    while True:
        parts, place = _sequence(pattern, place, closings)
        told = {part for part in parts if len(part) <= MOST and _worth(part)[0] >= TELLING}
        first = _rarest(parts)
        rest = sorted(told - {first}, key=_worth, reverse=True)
        found.append((first, *rest) if 0 < len(first) <= MOST else tuple(rest))
        if place >= len(pattern):
            return tuple(found)
        place += 1


@lru_cache(maxsize=16384)
def marks(strings: frozenset[str]) -> frozenset[str]:
    """A short mark of each string, to be looked up among the `marks_of` a text.

    Where none of them is in the text, none of the strings is: one set operation instead of many
    searches.
    """
    return frozenset(_mark(string) for string in strings)


def marks_of(text: str, *, latin: bool) -> frozenset[str]:
    """All stretches of one to three characters of a text, with `latin` letters to six."""
    longest = _LATIN if latin else _HAN
    return frozenset(
        text[at : at + long] for long in range(1, longest + 1) for at in range(len(text) - long + 1)
    )


def forget() -> None:
    """Let go of what was worked out, once all patterns of a language are read."""
    for cached in (_group, _worth, _weight, marks):
        cached.cache_clear()


def _mark(string: str) -> str:
    longest = _LATIN if string.isascii() else _HAN
    return max(
        (string[at : at + longest] for at in range(max(1, len(string) - longest + 1))),
        key=lambda part: (_weight(part), part),
    )


def closings_of(pattern: str) -> dict[int, int]:
    """Where the bracket closes that opens at a place."""
    closings: dict[int, int] = {}
    still_open: list[int] = []
    for found in _BRACKET.finditer(pattern):
        if found.group() == "(":
            still_open.append(found.start())
        elif found.group() == ")" and still_open:
            closings[still_open.pop()] = found.start()
    return closings


@lru_cache(maxsize=4096)
def _group(group: str) -> frozenset[str]:
    """What a bracket with all that is in it needs; patterns share thousands of them."""
    start = group.index(":") + 1 if group.startswith("(?:") else 1
    return _alternatives(group, start, closings_of(group))[0]


def _alternatives(pattern: str, place: int, closings: dict[int, int]) -> tuple[frozenset[str], int]:
    """Read alternatives up to a closing bracket or the end."""
    every: set[str] = set()
    known = True
    while True:
        parts, place = _sequence(pattern, place, closings)
        found = _rarest(parts)
        known = known and bool(found)
        every |= found
        if place >= len(pattern) or pattern[place] == ")":
            return frozenset(every if known else ()), place
        place += 1


def _sequence(
    pattern: str, place: int, closings: dict[int, int]
) -> tuple[list[frozenset[str]], int]:
    """Read one alternative: the parts that it requires; plain characters make words."""
    parts: list[frozenset[str]] = []
    word = ""
    while place < len(pattern) and pattern[place] not in "|)":
        plain = _PLAIN.match(pattern, place)
        if plain is not None:
            word += plain.group()
            place = plain.end()
            continue
        literal = pattern[place] not in "\\[(.^$"
        part, after = _part(pattern, place, closings)
        required, end = quantifier(pattern, after)
        if literal and end == after:
            word += pattern[place]
        else:
            parts.append(frozenset({word} if word else ()))
            word = ""
            if required:
                parts.append(part)
        place = end
    parts.append(frozenset({word} if word else ()))
    return [part for part in parts if part], place


def _part(pattern: str, place: int, closings: dict[int, int]) -> tuple[frozenset[str], int]:
    """Read a character, a class or a group."""
    char = pattern[place]
    if char == "\\":
        return frozenset(), place + _ESCAPED.get(pattern[place + 1], 2)
    if char == "[":
        end = pattern.index("]", place + 2)
        inside = pattern[place + 1 : end]
        plain = inside[0] != "^" and "-" not in inside and "\\" not in inside
        return frozenset(inside if plain else ()), end + 1
    if char == "(":
        looks = pattern.startswith(LOOKS, place)
        if place in closings:
            end = closings[place] + 1
            return frozenset() if looks else _group(pattern[place:end]), end
        start = pattern.index(":", place) + 1 if pattern.startswith("(?:", place) else place + 1
        if looks:
            start = place + (4 if pattern[place + 2] == "<" else 3)
        found, end = _alternatives(pattern, start, closings)
        return frozenset() if looks else found, end + 1
    return frozenset() if char in ".^$" else frozenset(char), place + 1


def quantifier(pattern: str, place: int) -> tuple[bool, int]:
    """Read a quantifier; say whether what it counts must be there at least once."""
    required = True
    if place < len(pattern) and pattern[place] in "?*+":
        required = pattern[place] == "+"
        place += 1
    elif place < len(pattern) and pattern[place] == "{":
        required = pattern[place + 1] != "0"
        place = pattern.index("}", place) + 1
    if place < len(pattern) and pattern[place] == "?":
        place += 1
    return required, place


def _rarest(parts: Iterable[frozenset[str]]) -> frozenset[str]:
    """The part whose commonest string says most; of equals the one with the fewest strings."""
    return max(parts, key=_worth, default=frozenset())


@lru_cache(maxsize=4096)
def _worth(part: frozenset[str]) -> tuple[float, int]:
    return min(map(_weight, part)), -len(part)


@lru_cache(maxsize=16384)
def _weight(text: str) -> float:
    """How seldom a string is met: characters that are everywhere hardly count."""
    if text.strip() in _COMMON_WORDS:
        return 0.5
    return min(6.0, sum(0.2 if c in _COMMON else 1.0 if c.isascii() else 2.0 for c in text))
