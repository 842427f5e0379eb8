"""Telling Chinese words written in another way: by sound, in pinyin, taken apart, with signs.

A word is a row of characters, and each of them may stand in several forms. Which mixtures of forms
still say the word, and which are ordinary words, is decided here; forms and words are data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psylite_desktop.safety.normalise import Plain

_CJK = "\u3400-\u4dbf\u4e00-\u9fff"
_HAN = re.compile(rf"[{_CJK}]")
# What may stand between the characters of one word that somebody splits on purpose.
_BETWEEN = r"(?:[_、]|[^\w,;:!?。\n]){0,3}\n?"
_BETWEEN_MANY = r"(?:_|[^\w。\n]){0,3}\n?"
_LONG = 3  # free characters that no pause could come between by chance
_SEPARATORS = re.compile(r"[\W_]+")
_NEAR = 6  # pinyin is looked for in Chinese texts alone
_LEET = {"a": "[a4@]", "e": "[e3]", "i": "[i1!]", "o": "[o0]", "s": "[s5$]", "t": "[t7]"}
_MORE = re.compile(r" ?[a-z]")
_PARTS = re.compile(r"\((?P<fixed>[^)]*)\)|\[(?P<read>.)\]|(?P<char>[^$])|(?P<end>\$)")


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
        self._signs: dict[str, str] = {entry[0]: entry[1:] for entry in data["signs"]}
        self._parts: dict[str, str] = {entry[0]: entry[1:] for entry in data["parts"]}
        self._radicals = frozenset(data["radicals"])
        self._whole = {
            parts: char
            for char, parts in self._parts.items()
            if not self._radicals.isdisjoint(parts)
        }
        self._taken_apart = re.compile("|".join(map(re.escape, self._whole)) or "(?!)")
        self._shy = frozenset(data["shy"])
        self._ordinary = frozenset(data["ordinary"])
        self._ordinary_sizes = sorted(set(map(len, self._ordinary)))
        self._end = re.compile(rf"[{data['closers']}]|(?! ?[a-z])[^\w]|_|$")
        self._by_first: dict[str, list[_Word]] = {}
        self._swapped: dict[str, str] = {}
        for entry in sorted(data["words"], key=len, reverse=True):  # the longest word wins
            self._add(entry)

    def _add(self, entry: str) -> None:
        pieces: list[str] = []
        free: list[str] = []
        text, firsts, ends = "", "", False
        for part in _PARTS.finditer(entry):
            ends |= part["end"] is not None
            if part["fixed"]:
                pieces.append(_BETWEEN.join(map(re.escape, part["fixed"])))
                firsts = firsts or part["fixed"][0]
                text += part["fixed"]
            elif part["char"] or part["read"]:
                char = str(part["char"] or part["read"])
                alike = self._alike[char] if part["char"] else ""
                # A first character twice is the end of the word before: a tower's tower roof.
                same = f"{char}{{1,3}}" if text else char
                pieces.append(f"({same}|{self._forms(char, alike)})")
                firsts = firsts or self._firsts(char, alike)
                free.append(char)
                text += char
        # Pinyin ends where the letters end.
        between = _BETWEEN if len(free) < _LONG else _BETWEEN_MANY
        pattern = re.compile(between.join(pieces) + r"(?!(?<=[a-z0-9])[a-z0-9])")
        word = _Word(text, tuple(free), ends, pattern)
        for char in dict.fromkeys(firsts):
            self._by_first.setdefault(char, []).append(word)
        if len(free) == len(text) > 2:
            for place in range(1, len(text) - 1):
                swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
                self._swapped[swapped] = text

    def _forms(self, char: str, alike: str) -> str:
        letters = "".join(_LEET.get(letter, letter) for letter in self._syllable[char])
        forms = [f"{letters}[1-5]?"]
        if char in self._parts:
            forms.append(re.escape(self._parts[char]))
        if char in self._shy:
            forms.append(f"(?<![a-z0-9]){self._syllable[char][0]}(?![a-z0-9])")
        others = alike + self._signs.get(char, "")
        if others:
            forms.append(f"[{re.escape(others)}]")
        return "|".join(forms)

    def _firsts(self, char: str, alike: str) -> str:
        letter = self._syllable[char][0]
        first_part = self._parts.get(char, "")[:1]
        looks = _LEET.get(letter, letter).strip("[]")
        return char + looks + first_part + alike + self._signs.get(char, "")

    def undo(self, plain: Plain) -> Plain:
        """Write every hidden word out."""
        if not plain.has_chinese():
            return plain
        if not self._radicals.isdisjoint(plain.text):
            plain = plain.edited(
                (*found.span(), self._whole[found.group()])
                for found in self._taken_apart.finditer(plain.text)
            )
        return plain.edited(self._edits(plain.text))

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
        end, longest = place, ""
        for word in self._by_first[text[place]]:
            match = word.pattern.match(text, place)
            if match is not None and match.end() > end and self._says(word, match, text):
                end, longest = match.end(), word.text
        if longest:
            return place, end, longest
        for size in (3, 4, 5):
            said = self._swapped.get(text[place : place + size])
            if said is not None and not self._is_ordinary(text, place, place + size):
                return place, place + size, said
        return None

    def _says(self, word: _Word, match: re.Match[str], text: str) -> bool:
        """Whether this mixture of forms can be meant as the word."""
        if match.group() == word.text:
            return False
        kinds = list(map(self._kind, word.free, match.groups()))
        said_plainly = kinds.count("same") + len(word.text) - len(word.free)
        if not _enough(kinds, said_plainly, size=len(word.text)):
            return False
        guessed = not {"sound", "letter", "sign"}.isdisjoint(kinds)
        in_pinyin = "pinyin" in kinds
        if word.ends and guessed and self._end.match(text, match.end()) is None:
            return False
        if word.ends and in_pinyin and _MORE.match(text, match.end()):
            return False
        if in_pinyin and not said_plainly and not _near_chinese(text, match):
            return False
        return not ((guessed or in_pinyin) and self._is_ordinary(text, *match.span()))

    def _kind(self, char: str, form: str) -> str:
        if form[0] == char:
            return "same"
        if form.isascii():
            return "pinyin" if len(form) > 1 else "letter" if form.isalpha() else "sign"
        return "sound" if form in self._alike[char] else "sign"

    def _is_ordinary(self, text: str, start: int, end: int) -> bool:
        """Whether an ordinary word stands there that only sounds the same."""
        if _SEPARATORS.sub("", text[start:end]) in self._ordinary:
            return True
        return any(
            text[place : place + size] in self._ordinary
            for size in self._ordinary_sizes
            for place in range(max(0, start - size + 1), end)
        )


def _enough(kinds: Sequence[str], said_plainly: int, *, size: int) -> bool:
    """Whether enough of a word is left: what sounds alike and first letters say little alone."""
    sounds, letters = kinds.count("sound"), kinds.count("letter")
    if sounds > (1 if size < 4 else 2) or letters > 1:
        return False
    return not (sounds or letters) or said_plainly > 0


def _near_chinese(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    return _HAN.search(around) is not None
