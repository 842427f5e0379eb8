"""Rules as data: slots, masks and patterns of one language (written in `patterns.py`).

A pattern of which some part that it cannot do without is absent from the text is never tried, and
not even compiled before it is needed: that keeps the floor fast, and its start.
"""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.domain.risk import Kind, Level, Request, Who
from psylite_desktop.safety.patterns import PatternLanguage, without_optional_start
from psylite_desktop.safety.starts import Places, find, places_of, starts
from psylite_desktop.safety.triggers import Ways, forget, marks, marks_of, ways

_MASK = "\u25a1"
_LATIN_WORD = re.compile("[a-z]{4}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `keeps` names the modifiers that do not touch it.

    A rule that is not `strong` is a hint: it counts only beside a finding of another family.
    `light` rules name what people also say in jest; what `outright` ones name says by itself that
    somebody wants to die, and no model doubts it. Rules with a `request` say nothing about risk;
    those with `blocks_humor` may have level NONE.
    """

    id: str
    family: str
    level: Level
    kind: Kind
    who: Who | None
    strong: bool
    light: bool
    outright: bool
    request: Request
    blocks_humor: bool
    keeps: frozenset[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A rule and where it matched in the plain form."""

    rule: Rule
    start: int
    end: int


class _Lazy:
    """One pattern of a rule, compiled when it is first tried."""

    __slots__ = ("_begins", "_expanded", "_language", "_pattern", "_source", "_ways", "rule")

    def __init__(self, language: PatternLanguage, rule: Rule, source: str) -> None:
        self.rule = rule
        self._language = language
        self._source = source
        self._pattern: re.Pattern[str] | None = None
        self._begins: frozenset[str] | None = None
        self._expanded = ""
        self._ways: Ways = ()

    def compile(self) -> re.Pattern[str]:
        """The expression, from now on kept. Raises re.error, KeyError."""
        if self._pattern is None:
            self._prepare()
            self._pattern = self._language.compile([self._expanded])
        return self._pattern

    def begins(self) -> frozenset[str]:
        """What every match begins with (see `starts`), from now on kept."""
        if self._begins is None:
            self._begins = starts(self._expanded)
        return self._begins

    def find(self, text: str, places: Places) -> Iterator[re.Match[str]]:
        """Every match in a text of which `places` are the `places_of`. Raises as `compile`."""
        begins = self.begins()
        if begins and not any(one in places for one in begins):
            return iter(())
        return find(self.compile(), begins, text, places)

    def marks(self) -> frozenset[str]:
        """Marks of which one is in every text that the pattern matches; empty: always try it."""
        if not self._expanded:
            self._prepare()
        if not all(self._ways):
            return frozenset()
        return frozenset().union(*(way[0] for way in self._ways))

    def may_match(self, here: frozenset[str], known: dict[frozenset[str], bool]) -> bool:
        """Whether a text may hold a match: sure to say yes where there is one.

        `here` are the `marks_of` the text, `known` what was found out about it so far.
        """
        for way in self._ways:
            for part in way:
                if part not in known:
                    known[part] = not part.isdisjoint(here)
                if not known[part]:
                    break
            else:
                return True
        return False

    def _prepare(self) -> None:
        expanded = without_optional_start(self._language.expand(self._source))
        self._ways = tuple(tuple(map(marks, way)) for way in ways(expanded))
        self._expanded = expanded


class RuleSet:
    """All rules of one language."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """`data` is a rules file as read. Raises KeyError, ValueError, re.error."""
        self.lang = str(data["lang"])
        self.modifiers: Mapping[str, Any] = data["modifiers"]
        self._language = PatternLanguage(self.lang, data["slots"])
        self.rules = tuple(_rule(entry) for entry in data["rule"])
        self._patterns: list[_Lazy] = []
        for rule, entry in zip(self.rules, data["rule"], strict=True):
            self._patterns += (_Lazy(self._language, rule, one) for one in entry["patterns"])
        self._by_mark: dict[str, list[int]] | None = None
        self._masks = self._merge(data["mask"])
        self._denials = self._merge(data["denial"])
        self.mask_examples = tuple(text for entry in data["mask"] for text in entry["examples"])
        self.denial_examples = tuple(text for entry in data["denial"] for text in entry["examples"])
        self.benign_examples = tuple(data.get("benign", ()))

    @classmethod
    def from_file(cls, path: Path) -> RuleSet:
        """Read a rules file and, in their order, the files of the folder beside it.

        `zh.toml` holds what all rules share; `zh/*.toml` add slots, masks and rules, one subject a
        file. Raises OSError, tomllib.TOMLDecodeError, ValueError and what compiling raises.
        """
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for more in sorted(path.with_suffix("").glob("*.toml")):
            _add(data, tomllib.loads(more.read_text(encoding="utf-8")), more.name)
        return cls(data)

    def masked(self, text: str) -> tuple[str, bool]:
        """Blank out idioms and denials, length unchanged; say whether a denial was among them."""
        text = self._blank(self._masks, text)
        without = self._blank(self._denials, text)
        return without, without != text

    def matches(self, masked: str) -> Iterator[Match]:
        """Find every match of every rule in a masked text."""
        masked = self._language.spread(masked)
        # Chinese messages hold foreign words as well, and patterns that hang on nothing else.
        latin = self.lang == "en" or _LATIN_WORD.search(masked) is not None
        here = marks_of(masked, latin=latin)
        places = places_of(masked, words=self.lang == "en")
        known: dict[frozenset[str], bool] = {}
        for lazy in self._candidates(here):
            if lazy.may_match(here, known):
                for found in lazy.find(masked, places):
                    if found.end() > found.start():
                        yield Match(lazy.rule, found.start(), found.end())

    def _candidates(self, here: frozenset[str]) -> list[_Lazy]:
        """The patterns of which a mark is in the text, in their order."""
        if self._by_mark is None:
            by_mark: dict[str, list[int]] = {}
            for number, lazy in enumerate(self._patterns):
                for mark in lazy.marks() or ("",):
                    by_mark.setdefault(mark, []).append(number)
            self._by_mark = by_mark
            forget()
        known = self._by_mark
        numbers = set(known.get("", ()))
        for mark in known.keys() & here:
            numbers.update(known[mark])
        return [self._patterns[number] for number in sorted(numbers)]

    def compile_all(self, *, rest_s: float = 0.0) -> None:
        """Work out now what else is worked out when a pattern is first tried.

        With `rest_s` the thread sleeps so long after each pattern: others get Python's lock.
        Raises re.error, KeyError naming what is wrong.
        """
        self._candidates(frozenset())
        for lazy in self._patterns:
            lazy.compile()
            lazy.begins()
            if rest_s:
                time.sleep(rest_s)

    def expand(self, pattern: str) -> str:
        """Write a pattern out as a plain regular expression."""
        return self._language.expand(pattern)

    def _blank(self, pattern: re.Pattern[str], text: str) -> str:
        pieces: list[str] = []
        done = 0
        for found in pattern.finditer(self._language.spread(text)):
            pieces += (text[done : found.start()], _MASK * (found.end() - found.start()))
            done = found.end()
        return "".join(pieces) + text[done:]

    def _merge(self, entries: Iterable[Mapping[str, Any]]) -> re.Pattern[str]:
        return self._language.compile(
            self.expand(pattern) for entry in entries for pattern in entry["patterns"]
        )


def _add(data: dict[str, Any], more: Mapping[str, Any], name: str) -> None:
    """Add the slots, masks and rules of another file; a slot that is there already is a fault."""
    for slot, words in more.get("slots", {}).items():
        if slot in data["slots"]:
            raise ValueError(f"{name}: slot {slot} stands in another file")
        data["slots"][slot] = words
    for part in ("mask", "denial", "rule"):
        data[part] = [*data[part], *more.get(part, ())]
    data["benign"] = [*data.get("benign", ()), *more.get("benign", ())]


def _rule(entry: Mapping[str, Any]) -> Rule:
    rule_id = str(entry["id"])
    return Rule(
        id=rule_id,
        family=rule_id.split(".")[1],
        level=Level(entry.get("level", 0)),
        kind=Kind(entry.get("kind", "none")),
        who=Who(entry["who"]) if "who" in entry else None,
        strong=not entry.get("hint", False),
        light=bool(entry.get("light", False)),
        outright=bool(entry.get("outright", False)),
        request=Request(entry.get("request", "none")),
        blocks_humor=bool(entry.get("blocks_humor", False)),
        keeps=frozenset(entry.get("keeps", ())),
        examples=tuple(entry["examples"]),
        counter_examples=tuple(entry.get("counter_examples", ())),
    )
