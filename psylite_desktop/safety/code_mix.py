"""One telling word said in the other language: brought back into that of its sentence.

The rules read one language at a time. A word counts as foreign where it stands alone in its script
and the clause around it is written in the other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from psylite_desktop.safety.normalise import Plain

_CJK = "\u3400-\u4dbf\u4e00-\u9fff"
_CLAUSE = re.compile(r"[^,.;:!?。\n]+")
_SENTENCE = re.compile(r"[^.;!?。\n]+")
_HAN = re.compile(rf"[{_CJK}]")
_HAN_RUN = re.compile(rf"[{_CJK}]+")
_LATIN_WORD = re.compile(r"[a-z]+")
_LATIN_RUN = re.compile(r"[a-z]+(?: +[a-z]+)*")
# After these an English adjective or participle follows, not a verb.
_STATE = re.compile(
    r"(?:^|[^a-z])(?:am|is|are|was|were|be|been|being|im|hes|shes|theyre|off|got|get|about|of|keep|"
    r"keeps|started|start|stay|staying|still)(?: just| so)? *$"
)
# After these the bare verb.
_VERB = re.compile(
    r"(?:^|[^a-z])(?:to|i|me|ill|might|should|could|would|will|gonna|wanna|just|cant|dont) *$"
)
# What is ended is named once.
_OBJECT = re.compile(r" *(?:it|my|all|everything)(?![a-z])")
_NEAR = 16  # characters before a word in which its company is looked for
# Words that Chinese writers drop in without changing the language.
_CHAT = frozenset(
    {"ok", "okay", "lol", "haha", "hh", "hhh", "emo", "omg", "yes", "no", "bye", "sorry"}
)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What an English word says between what must stand before and after it."""

    word: str
    after: re.Pattern[str]
    before: re.Pattern[str]


class CodeMix:
    """Puts foreign words into the language around them. Immutable once made."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """`data` is the `mixed` table of `normalise.toml`. Raises KeyError, re.error."""
        self._into_chinese: dict[str, list[_Meaning]] = {}
        for entry in data["english"]:
            for word in entry["en"]:
                self._into_chinese.setdefault(word, []).append(_meaning(entry))
        self._into_english = {
            word: (entry["en"], entry.get("state", entry["en"]), entry.get("verb", entry["en"]))
            for entry in data["chinese"]
            for word in entry["zh"]
        }

    def undo(self, plain: Plain) -> Plain:
        """Say every foreign telling word in the language of its clause."""
        if not (plain.has_chinese() and plain.has_latin()):
            return plain
        plain = plain.edited(self._edits(plain.text, _CLAUSE))
        # A clause in one script may still be foreign to its sentence.
        return plain.edited(self._edits(plain.text, _SENTENCE))

    def _edits(self, text: str, parts: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
        for part in parts.finditer(text):
            start, end = part.span()
            runs = _HAN_RUN.findall(part.group())
            latin = sum(word not in _CHAT for word in _LATIN_WORD.findall(part.group()))
            if not (runs and latin):
                continue
            all_known = latin > 1 and all(run in self._into_english for run in runs)
            if all_known or sum(map(len, runs)) < latin:
                yield from self._english(text, start, end)
            else:
                yield from self._chinese(text, start, end)

    def _chinese(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        for run in _LATIN_RUN.finditer(text, start, end):
            here, there = _with_blanks(text, *run.span())
            for one in self._into_chinese.get(" ".join(run.group().split()), ()):
                if one.after.search(text[max(start, here - _NEAR) : here]) and one.before.match(
                    text, there, end
                ):
                    yield here, there, one.word
                    break

    def _english(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        for run in _HAN_RUN.finditer(text, start, end):
            known = self._into_english.get(run.group())
            if known is None:
                continue
            plain, state, verb = known
            before = text[max(start, run.start() - _NEAR) : run.start()]
            said = state if _STATE.search(before) else verb if _VERB.search(before) else plain
            if _OBJECT.match(text, run.end()):
                said = said.removesuffix(" it")
            yield run.start(), run.end(), _spaced(text, run.start(), run.end(), said)


def _meaning(entry: Mapping[str, Any]) -> _Meaning:
    return _Meaning(
        entry["zh"],
        re.compile(f"(?:{entry.get('after', '')})$"),
        re.compile(entry.get("before", "")),
    )


def _with_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the blanks between the word and Chinese characters: Chinese needs none."""
    here = start - 1 if start and text[start - 1] == " " else start
    there = end + 1 if end < len(text) and text[end] == " " else end
    return (
        here if here and _HAN.match(text[here - 1]) else start,
        there if there == len(text) or _HAN.match(text[there]) else end,
    )


def _spaced(text: str, start: int, end: int, word: str) -> str:
    """Set a blank where the word would touch another one."""
    before = " " if start and text[start - 1].isalnum() else ""
    after = " " if end < len(text) and text[end].isalnum() else ""
    return before + word + after
