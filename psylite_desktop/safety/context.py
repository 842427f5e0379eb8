"""What stands around a match and changes its meaning: negation, past, person, frame, jest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psylite_desktop.domain.risk import Level, Who
from psylite_desktop.safety.rules import Match

_SENTENCE_END = re.compile(r"[。!?;\n]+|\.+(?=[\s\u3400-\u9fff]|$)")
_NEVER = re.compile(r"(?!)")
_PATTERNS = (
    "negation",
    "negation_after",
    "self",
    "other",
    "not_subject",
    "generic",
    "left_behind",
    "past",
    "past_act",
    "present",
    "safe",
    "self_talk",
    "frame",
    "own_words",
    "laughing",
    "trivial",
    "clause_end",
    "for_a_friend",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What is left of a match once its surroundings were read; `denied` instead of a level."""

    level: Level = Level.NONE
    who: Who = Who.SELF
    denied: bool = False


class Modifiers:
    """The words of one language that change what a match means."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """`data` is the `modifiers` table of a rules file. Raises re.error, KeyError."""
        self._patterns = {
            name: re.compile(data[name]) if data.get(name) else _NEVER for name in _PATTERNS
        }
        self._negation_reach = int(data["negation_reach"])

    def judge(self, match: Match, text: str) -> Judged | None:
        """Weigh one match in the masked text; None where the surroundings take it away."""
        rule = match.rule
        sentence = _around(_SENTENCE_END, text, match)
        clause = _around(self._patterns["clause_end"], text, match, inside=sentence)
        if "negation" not in rule.keeps and self._denied(match, text, clause, sentence):
            return Judged(denied=True)
        left = text[sentence[0] : match.start]
        who = rule.who or self._subject(match, text, clause=clause, sentence=sentence)
        if who is None:
            return None
        clause_left = text[clause[0] : match.start]
        if "frame" not in rule.keeps and self._framed(left, clause_left=clause_left):
            return None
        level = rule.level
        if "past" not in rule.keeps and level >= Level.WATCH:
            level = self._in_time(match, text, clause=clause, sentence=sentence)
        if rule.light:
            level = self._in_jest(level, text[sentence[0] : sentence[1]])
        if level is Level.NONE:
            return None
        return Judged(level=level, who=who)

    def asked_for_a_friend(self, text: str) -> bool:
        """Whether the text says that somebody else wants to know."""
        return self._patterns["for_a_friend"].search(text) is not None

    def _denied(
        self, match: Match, text: str, clause: tuple[int, int], sentence: tuple[int, int]
    ) -> bool:
        if self._patterns["self_talk"].search(text[sentence[0] : sentence[1]]):
            return False
        start = max(clause[0], match.start - self._negation_reach)
        before = text[start : match.start]
        after = text[match.end : match.end + self._negation_reach]
        return (
            self._patterns["negation"].search(before) is not None
            or self._patterns["negation_after"].match(after) is not None
        )

    def _subject(
        self, match: Match, text: str, *, clause: tuple[int, int], sentence: tuple[int, int]
    ) -> Who | None:
        """Whose words or deeds these are; None for people in general."""
        if "other" in match.rule.keeps:
            return Who.SELF
        near = self._nearest(text[clause[0] : match.end], match.start - clause[0])
        if near != "":
            return _PERSON[near]
        if clause[0] == sentence[0]:
            # Nobody named: one's own, unless the sentence before spoke of somebody else.
            return Who.SELF
        before = text[sentence[0] : clause[0]]
        far = self._nearest(before, len(before))
        if far == "other" and self._patterns["left_behind"].search(before):
            return Who.SELF  # "he left, don't want to live": the one left behind speaks
        return _PERSON[far] if far else Who.SELF

    def _nearest(self, text: str, until: int) -> str:
        """Name the last subject at or before a place: self, other, generic or none."""
        best, place = "", -1
        barred = [found.span() for found in self._patterns["not_subject"].finditer(text)]
        for name in ("self", "other", "generic"):
            for found in self._patterns[name].finditer(text):
                if found.start() > until:
                    break
                if any(start <= found.start() < end for start, end in barred):
                    continue
                if found.start() >= place:
                    best, place = name, found.start()
        return best

    def _framed(self, left: str, *, clause_left: str) -> bool:
        frame = self._patterns["frame"].search(left)
        return frame is not None and self._patterns["own_words"].search(clause_left) is None

    def _in_time(
        self, match: Match, text: str, *, clause: tuple[int, int], sentence: tuple[int, int]
    ) -> Level:
        """Lower what is told as past; keep what goes on."""
        level = match.rule.level
        if match.rule.family in ("intent", "thought", "hopeless", "passive", "burden"):
            scope = text[clause[0] : clause[1]]
        else:
            scope = text[sentence[0] : sentence[1]]
        wide = text[max(0, sentence[0] - 60) : sentence[1] + 80]
        past = self._patterns["past"].search(scope) is not None
        acted = self._patterns["past_act"].search(scope) is not None
        safe = self._patterns["safe"].search(wide) is not None
        present = self._patterns["present"].search(wide) is not None
        if (past and (safe or not present)) or (acted and safe and not present):
            return min(level, Level.WATCH)
        return level

    def _in_jest(self, level: Level, sentence: str) -> Level:
        lighter = sum(
            self._patterns[name].search(sentence) is not None for name in ("laughing", "trivial")
        )
        return Level(max(0, level - lighter))


_PERSON: Mapping[str, Who | None] = {"self": Who.SELF, "other": Who.OTHER, "generic": None}


def _around(
    ends: re.Pattern[str], text: str, match: Match, inside: tuple[int, int] | None = None
) -> tuple[int, int]:
    """The stretch between two ends that a match stands in."""
    low, high = inside or (max(0, match.start - 400), min(len(text), match.end + 400))
    for found in ends.finditer(text, low, high):
        if found.end() <= match.start:
            low = found.end()
        elif found.start() >= match.end:
            high = found.start()
            break
    return low, high
