"""One telling word said in the other language: brought back into that of its sentence.

The rules read one language at a time. A word counts as foreign where it stands alone in its script
and the clause around it is written in the other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from psylite_desktop.safety.normalise import Plain

_CJK = "\u3400-\u4dbf\u4e00-\u9fff"
_CLAUSE = re.compile(r"[^,.;:!?。\n]+")
_HAN = re.compile(rf"[{_CJK}]")
_HAN_RUN = re.compile(rf"[{_CJK}]+")
_LATIN_WORD = re.compile(r"[a-z]+")
_LATIN_RUN = re.compile(r"[a-z]+(?: +[a-z]+)*")
# After these an English adjective or participle follows, not a verb.
_STATE = re.compile(
    r"(?:^|[^a-z])(?:am|is|are|was|were|be|been|being|im|hes|shes|theyre|off|got|get|about|of|keep|"
    r"keeps|started|start)(?: just| so)? *$"
)
_VERB = re.compile(
    r"(?:^|[^a-z])(?:to|ill|might|should|could|will|gonna|wanna|just|he|she|they) *$"
)


class CodeMix:
    """Puts foreign words into the language around them. Immutable once made."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """`data` is the `mixed` table of `normalise.toml`. Raises KeyError, re.error."""
        self._into_chinese = {
            word: (entry["zh"], _near(entry)) for entry in data["english"] for word in entry["en"]
        }
        self._into_english = {
            word: (entry["en"], entry.get("state", entry["en"]), entry.get("verb", entry["en"]))
            for entry in data["chinese"]
            for word in entry["zh"]
        }

    def undo(self, plain: Plain) -> Plain:
        """Say every foreign telling word in the language of its clause."""
        if not (plain.has_chinese() and plain.has_latin()):
            return plain
        return plain.edited(
            edit
            for clause in _CLAUSE.finditer(plain.text)
            for edit in self._edits(plain.text, *clause.span())
        )

    def _edits(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        clause = text[start:end]
        han, latin = len(_HAN.findall(clause)), len(_LATIN_WORD.findall(clause))
        if not (han and latin):
            return
        if han >= latin:
            yield from self._chinese(text, start, end)
        else:
            yield from self._english(text, start, end)

    def _chinese(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        for run in _LATIN_RUN.finditer(text, start, end):
            known = self._into_chinese.get(" ".join(run.group().split()))
            if known is None:
                continue
            here, there = _with_blanks(text, *run.span())
            word, near = known
            if near is None or near[0].search(text[start:here]) or near[1].match(text, there, end):
                yield here, there, word

    def _english(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        for run in _HAN_RUN.finditer(text, start, end):
            known = self._into_english.get(run.group())
            if known is None:
                continue
            plain, state, verb = known
            before = text[start : run.start()]
            said = state if _STATE.search(before) else verb if _VERB.search(before) else plain
            yield run.start(), run.end(), _spaced(text, run.start(), run.end(), said)


def _near(entry: Mapping[str, Any]) -> Sequence[re.Pattern[str]] | None:
    """What must stand before or after an English word that means other things too."""
    if "after" not in entry and "before" not in entry:
        return None
    return (
        re.compile(f"(?:{entry.get('after', '(?!)')})$"),
        re.compile(entry.get("before", "(?!)")),
    )


def _with_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the blanks between the word and Chinese characters: Chinese needs none."""
    here = start - 1 if start and text[start - 1] == " " else start
    there = end + 1 if end < len(text) and text[end] == " " else end
    return (
        here if here and _HAN.match(text[here - 1]) else start,
        there if there < len(text) and _HAN.match(text[there]) else end,
    )


def _spaced(text: str, start: int, end: int, word: str) -> str:
    """Set a blank where the word would touch another one."""
    before = " " if start and text[start - 1].isalnum() else ""
    after = " " if end < len(text) and text[end].isalnum() else ""
    return before + word + after
