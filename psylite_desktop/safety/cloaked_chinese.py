"""Telling Chinese words written in another way: by sound, in pinyin, taken apart, with signs.

A word is a row of characters, and each of them may stand in several forms. Which mixtures of forms
still say the word, and which are ordinary words, is decided here; forms and words are data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from psylite_desktop.safety.normalise import Plain

_CJK = "\u3400-\u4dbf\u4e00-\u9fff"
_HAN = re.compile(rf"[{_CJK}]")
# What may stand between the characters of one word that somebody splits on purpose.
_BETWEEN = r"(?:[_、]|[^\w,;:!?。\n]){0,3}"
_SEPARATORS = re.compile(r"[\W_]+")
_PARTS = re.compile(r"\((?P<fixed>[^)]*)\)|(?P<char>[^$])|(?P<end>\$)")


@dataclass(frozen=True, slots=True)
class _Word:
    """A telling word; `free` are the characters that may be hidden, the others give it its sense.

    `ends` asks for the end of a phrase after it, where the last syllable opens many other words.
    """

    text: str
    free: tuple[str, ...]
    ends: bool
    pattern: re.Pattern[str]


class ChineseCloaks:
    """Finds telling words in whatever form they stand. Immutable once made."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """`data` is the `chinese` table of `normalise.toml`. Raises KeyError, re.error."""
        self._syllable: dict[str, str] = {}
        self._alike: dict[str, str] = {}
        for syllable, (chars, alike) in data["sounds"].items():
            for char in chars:
                self._syllable[char] = syllable
                self._alike[char] = alike
        self._signs = {entry[0]: entry[1:] for entry in data["signs"]}
        self._parts = {entry[0]: entry[1:] for entry in data["parts"]}
        self._shy = frozenset(data["shy"])
        self._ordinary = tuple(data["ordinary"])
        self._longest = max(map(len, self._ordinary), default=0)
        self._end = re.compile(rf"[{data['closers']}]|[^\w]|_|$")
        self._by_first: dict[str, list[_Word]] = {}
        self._swapped: dict[str, str] = {}
        for entry in sorted(data["words"], key=len, reverse=True):  # the longest word wins
            self._add(entry)

    def _add(self, entry: str) -> None:
        pieces, free, firsts, ends = [], [], "", False
        text = ""
        for part in _PARTS.finditer(entry):
            ends |= part["end"] is not None
            if part["fixed"]:
                pieces.append(_BETWEEN.join(map(re.escape, part["fixed"])))
                firsts = firsts or part["fixed"][0]
                text += part["fixed"]
            elif part["char"]:
                pieces.append(f"({self._forms(part['char'])})")
                firsts = firsts or self._firsts(part["char"])
                free.append(part["char"])
                text += part["char"]
        # Pinyin ends where the letters end.
        pattern = re.compile(_BETWEEN.join(pieces) + r"(?!(?<=[a-z])[a-z])")
        word = _Word(text, tuple(free), ends, pattern)
        for char in dict.fromkeys(firsts):
            self._by_first.setdefault(char, []).append(word)
        if len(free) == len(text) > 2:
            for place in range(1, len(text) - 1):
                swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
                self._swapped[swapped] = text

    def _forms(self, char: str) -> str:
        forms = [f"{char}{{1,3}}", f"{self._syllable[char]}[1-5]?"]
        if char in self._parts:
            forms.append(re.escape(self._parts[char]))
        if char in self._shy:
            forms.append(f"(?<![a-z0-9]){self._syllable[char][0]}(?![a-z0-9])")
        others = self._alike[char] + self._signs.get(char, "")
        if others:
            forms.append(f"[{re.escape(others)}]")
        return "|".join(forms)

    def _firsts(self, char: str) -> str:
        part = self._parts.get(char, "")[:1]
        return char + self._syllable[char][0] + part + self._alike[char] + self._signs.get(char, "")

    def undo(self, plain: Plain) -> Plain:
        """Write every hidden word out."""
        return plain.edited(list(self._edits(plain.text)))

    def _edits(self, text: str) -> Iterator[tuple[int, int, str]]:
        done = 0
        by_first = self._by_first
        for place, char in enumerate(text):
            if char not in by_first or place < done:
                continue
            found = self._at(text, place)
            if found is not None:
                yield found
                done = found[1]

    def _at(self, text: str, place: int) -> tuple[int, int, str] | None:
        if "a" <= text[place] <= "z" and place and "a" <= text[place - 1] <= "z":
            return None  # pinyin must not be cut out of a longer Latin word
        for word in self._by_first[text[place]]:
            match = word.pattern.match(text, place)
            if match is not None and self._says(word, match, text):
                return match.start(), match.end(), word.text
        for size in (3, 4, 5):
            said = self._swapped.get(text[place : place + size])
            if said is not None:
                return place, place + size, said
        return None

    def _says(self, word: _Word, match: re.Match[str], text: str) -> bool:
        """Whether this mixture of forms can be meant as the word."""
        if match.group() == word.text:
            return False
        kinds = [
            self._kind(char, form) for char, form in zip(word.free, match.groups(), strict=True)
        ]
        sounds, letters = kinds.count("sound"), kinds.count("letter")
        said_plainly = kinds.count("same") + len(word.text) - len(word.free)
        hidden = len(kinds) - kinds.count("same")
        if word.ends and hidden and self._end.match(text, match.end()) is None:
            return False
        if sounds > (1 if len(word.text) < 4 else 2) or letters > 1:
            return False
        if (sounds or letters) and not said_plainly:
            return False
        if "pinyin" in kinds and not said_plainly and not _beside_chinese(text, match):
            return False
        return not ((sounds or "pinyin" in kinds) and self._is_ordinary(text, match))

    def _kind(self, char: str, form: str) -> str:
        if form[0] == char:
            return "same"
        if "a" <= form[0] <= "z":
            return "letter" if len(form) == 1 else "pinyin"
        return "sound" if form in self._alike[char] else "sign"

    def _is_ordinary(self, text: str, match: re.Match[str]) -> bool:
        """Whether an ordinary word stands there that only sounds the same."""
        start = max(0, match.start() - self._longest)
        around = text[start : match.end() + self._longest]
        first, last = match.start() - start, match.end() - start
        return any(
            place < last and place + len(word) > first
            for word in self._ordinary
            if (place := around.find(word, max(0, first - len(word) + 1))) >= 0
        )


def _beside_chinese(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()].rstrip(" ")[-1:]
    after = text[match.end() :].lstrip(" ")[:1]
    return any(_HAN.match(char) for char in (before, after) if char)
