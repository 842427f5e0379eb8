"""Rules as data: slots, masks and patterns of one language, compiled once.

A pattern is a regular expression over the plain form with these additions: `{slot}` (any word of
a slot), `{a|b}` (of either), `{slot?}` (or none), `{~6}` (a gap of at most six characters within
a sentence), `{_3}` (a gap of at most three words), `{!3}` (the same without a negation, and without
the blank that follows). In English a blank stands for blanks, commas
and dashes, and patterns begin and end at word boundaries. A pattern whose slots outside all
parentheses are absent from the text is never tried: that keeps the floor fast.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.domain.risk import Kind, Level, Request, Who
from psylite_desktop.safety.triggers import triggers

_TOKEN = re.compile(r"\{([~_!]\d+|[a-z_|]+\??)\}")
_COUNTED_BLANK = re.compile(r" (?=[?*+])")
# English is matched with these turned into blanks, one for one, so that places stay the same.
_AS_BLANK = str.maketrans(dict.fromkeys(',-"*~\u2014\u2013\u2026_', " "))
_NOT = "(?:not|never|dont|didnt|doesnt|wont|wouldnt|cant|no|stop|stopped)"
_STAR = re.compile(r"(?<!\\)\)\*")
_MASK = "\u25a1"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `keeps` names the modifiers that do not touch it.

    A rule that is not `strong` is a hint: it counts only beside a finding of another family.
    `light` rules name what people also say in jest. Rules with a `request` say nothing about
    risk; those with `blocks_humor` may have level NONE.
    """

    id: str
    family: str
    level: Level
    kind: Kind
    who: Who | None
    strong: bool
    light: bool
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


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: Rule
    pattern: re.Pattern[str]
    needs: tuple[str, ...]
    triggers: frozenset[str]


class RuleSet:
    """All rules of one language."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """`data` is a rules file as read. Raises KeyError, ValueError, re.error."""
        self.lang = str(data["lang"])
        self.modifiers: Mapping[str, Any] = data["modifiers"]
        self._slots = {name: _words(words, self.lang) for name, words in data["slots"].items()}
        self._slot_patterns = {
            name: re.compile(source) for name, source in sorted(self._slots.items())
        }
        self.rules = tuple(_rule(entry) for entry in data["rule"])
        self._compiled: list[_Compiled] = []
        for rule, entry in zip(self.rules, data["rule"], strict=True):
            self._compiled += self._compile_rule(rule, entry["patterns"])
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
        masked = self._spread(masked)
        present: dict[str, bool] = {}
        characters = frozenset(masked)
        for compiled in self._compiled:
            if compiled.triggers and compiled.triggers.isdisjoint(characters):
                continue
            if all(self._has(name, masked, present) for name in compiled.needs):
                for found in compiled.pattern.finditer(masked):
                    if found.end() > found.start():
                        yield Match(compiled.rule, found.start(), found.end())

    def expand(self, pattern: str) -> str:
        """Write a pattern out as a plain regular expression."""
        if self.lang == "en":
            pattern = _blanks(_whole_words_barred(pattern))
        # Bounded repeats keep the time for a hostile text in proportion to its length.
        return _STAR.sub("){0,5}", _TOKEN.sub(self._token, pattern))

    def _spread(self, text: str) -> str:
        return text.translate(_AS_BLANK) if self.lang == "en" else text

    def _blank(self, pattern: re.Pattern[str], text: str) -> str:
        pieces: list[str] = []
        done = 0
        for found in pattern.finditer(self._spread(text)):
            pieces += (text[done : found.start()], _MASK * (found.end() - found.start()))
            done = found.end()
        return "".join(pieces) + text[done:]

    def _has(self, name: str, text: str, present: dict[str, bool]) -> bool:
        if name not in present:
            present[name] = any(self._slot_patterns[one].search(text) for one in name.split("|"))
        return present[name]

    def _token(self, token: re.Match[str]) -> str:
        name = token.group(1)
        if name[0] == "~":
            return rf"[^.!?。\n;]{{0,{name[1:]}}}?"
        if name[0] == "_":
            return rf"(?: +[^\s.!?;]+){{0,{name[1:]}}}? +"
        if name[0] == "!":
            return rf"(?: +(?!{_NOT}(?![a-z]))[^\s.!?;]+){{0,{name[1:]}}}?"
        optional = name.endswith("?")
        sources = "|".join(self._slots[one] for one in name.rstrip("?").split("|"))
        return f"(?:{sources})" + ("?" if optional else "")

    def _compile_rule(self, rule: Rule, patterns: Sequence[str]) -> list[_Compiled]:
        if self.lang == "en":  # letters tell nothing: one expression for each set of slots
            by_needs: dict[tuple[str, ...], list[str]] = {}
            for pattern in patterns:
                by_needs.setdefault(_needs(pattern), []).append(self.expand(pattern))
            return [
                _Compiled(rule, self._compile(sources), needs, frozenset())
                for needs, sources in by_needs.items()
            ]
        compiled = []
        for pattern in patterns:
            source = _without_optional_start(self.expand(pattern))
            compiled.append(
                _Compiled(rule, self._compile([source]), _needs(pattern), triggers(source))
            )
        return compiled

    def _compile(self, sources: Sequence[str]) -> re.Pattern[str]:
        either = "|".join(f"(?:{source})" for source in sources) or "(?!)"
        if self.lang == "en":
            either = f"(?<![a-z0-9])(?:{either})(?![a-z0-9])"
        return re.compile(either)

    def _merge(self, entries: Iterable[Mapping[str, Any]]) -> re.Pattern[str]:
        return self._compile(
            [self.expand(pattern) for entry in entries for pattern in entry["patterns"]]
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


def _needs(pattern: str) -> tuple[str, ...]:
    """The slots that every match of a pattern contains."""
    outside, depth = "", 0
    for place, char in enumerate(pattern):
        escaped = place > 0 and pattern[place - 1] == "\\"
        depth += (char == "(" and not escaped) - (char == ")" and not escaped)
        outside += char if depth == 0 else ""
    names = _TOKEN.findall(outside)
    if "|" in _TOKEN.sub("", outside):
        return ()
    return tuple(sorted({name for name in names if name[0] not in "~_!" and name[-1] != "?"}))


def _words(words: Sequence[str], lang: str) -> str:
    ordered = sorted(words, key=len, reverse=True)  # the longest word that fits wins
    source = "|".join(ordered)
    return _blanks(source) if lang == "en" else source


def _closing(pattern: str) -> int:
    """The place of the bracket that closes the one at the start."""
    depth = 0
    for place, char in enumerate(pattern):
        escaped = place > 0 and pattern[place - 1] == "\\"
        depth += (char == "(" and not escaped) - (char == ")" and not escaped)
        if depth == 0:
            return place
    return len(pattern)


def _without_optional_start(source: str) -> str:
    """Drop what may as well be absent at the start: it finds nothing more and costs most."""
    while True:
        end = _closing(source) + 1 if source.startswith("(?:") else 1
        mark = next((mark for mark in ("?", "{0,5}") if source.startswith(mark, end)), "")
        if not mark or (end == 1 and not source[0].isalnum()):
            return source
        source = source[end + len(mark) :]


def _whole_words_barred(pattern: str) -> str:
    """Make every `(?! ...)` of an English pattern bar whole words: "a" must not bar "again"."""
    start = pattern.find("(?!")
    if start < 0:
        return pattern
    end = start + _closing(pattern[start:])
    barred = f"(?!(?:{pattern[start + 3 : end]})(?![a-z0-9]))"
    return pattern[:start] + barred + _whole_words_barred(pattern[end + 1 :])


def _blanks(pattern: str) -> str:
    """Let every blank of a pattern stand for one blank or more."""
    return _COUNTED_BLANK.sub("(?:\t+)", pattern).replace(" ", " +").replace("\t", " ")


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
        request=Request(entry.get("request", "none")),
        blocks_humor=bool(entry.get("blocks_humor", False)),
        keeps=frozenset(entry.get("keeps", ())),
        examples=tuple(entry["examples"]),
        counter_examples=tuple(entry.get("counter_examples", ())),
    )
