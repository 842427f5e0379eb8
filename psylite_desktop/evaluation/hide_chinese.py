"""Telling words of a Chinese text, hidden in one way after the other."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any
from zlib import crc32

_HAN = ("\u3400", "\u9fff")
_FULL = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})

Way = Callable[[str, Mapping[str, Any]], Iterator[str]]
"""Makes the disguises of one entry of the table, given its word and the entry."""


class ChineseWords:
    """The transforms of Chinese texts."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """`data` is the whole table. Raises KeyError."""
        zh = data["zh"]
        self._words: list[Mapping[str, Any]] = zh["words"]
        self._harmless = re.compile("|".join(zh["harmless"]))
        self._syllables = {
            char: syllable for syllable, chars in zh["syllables"].items() for char in chars
        }
        self._parts = {entry[0]: entry[1:] for entry in zh["parts"]}
        self._shy = frozenset(zh["shy"])
        self._digits = {char: digit for digit, char in zh["digits"].items()}
        self._between: list[str] = [*zh["between"], *data["between"]]
        self._invisible: list[str] = data["invisible"]
        self._pictures: list[str] = data["pictures"]
        self._leet = {letter: signs[0] for letter, signs in data["leet"].items()}
        self._ways: Mapping[str, Way] = {
            "homophone": self._homophone,
            "pinyin": self._pinyin,
            "initials": self._initials,
            "split": self._split,
            "full_width": self._full_width,
            "zero_width": self._zero_width,
            "emoji": self._emoji,
            "leet": self._look_alike,
            "typo": self._typo,
            "code_mix": self._code_mix,
            "spacing": self._spacing,
        }

    def hidden(self, text: str, transform: str) -> Iterator[str]:
        """The text with its most telling word hidden; it may come back as it was."""
        if transform == "traditional":  # needs no table: every character has its old form
            yield from (convert(text) for convert in _traditional())
            return
        telling = self._harmless.sub("", text)
        entry = next((one for one in self._words if one["word"] in telling), None)
        if entry is not None:
            word = entry["word"]
            for by in self._ways[transform](word, entry):
                yield text.replace(word, by)
        # What is done to a whole text needs no telling word in it.
        if transform == "split":
            yield _between_han(text, self._between[crc32(text.encode()) % len(self._between)])
        elif transform == "spacing":
            yield _between_han(text, " ")
            yield _between_han(text, "\n")
        elif transform == "zero_width":
            yield _between_han(text, self._invisible[crc32(text.encode()) % len(self._invisible)])
        elif transform == "full_width":
            yield "".join(_radicals().get(char, char) for char in text).translate(_FULL)

    def _spelled(self, word: str) -> list[str]:
        return [self._syllables[char] for char in word]

    @staticmethod
    def _homophone(_word: str, entry: Mapping[str, Any]) -> Iterator[str]:
        yield from entry.get("sound", ())

    def _pinyin(self, word: str, _entry: Mapping[str, Any]) -> Iterator[str]:
        syllables = self._spelled(word)
        yield "".join(syllables)
        yield word[:-1] + syllables[-1]
        yield " ".join(syllables)

    def _initials(self, word: str, entry: Mapping[str, Any]) -> Iterator[str]:
        if entry.get("short"):
            yield "".join(syllable[0] for syllable in self._spelled(word))
        shy = [place for place, char in enumerate(word) if char in self._shy]
        if shy:
            char = word[shy[-1]]
            yield word[: shy[-1]] + self._syllables[char][0] + word[shy[-1] + 1 :]

    def _split(self, word: str, _entry: Mapping[str, Any]) -> Iterator[str]:
        if len(word) > 1:
            yield _pick(self._between, word).join(word)
        yield "".join(self._parts.get(char, char) for char in word)

    def _full_width(self, word: str, _entry: Mapping[str, Any]) -> Iterator[str]:
        yield "".join(self._spelled(word)).translate(_FULL)

    def _zero_width(self, word: str, _entry: Mapping[str, Any]) -> Iterator[str]:
        if len(word) > 1:
            yield _pick(self._invisible, word).join(word)

    def _emoji(self, word: str, entry: Mapping[str, Any]) -> Iterator[str]:
        if "emoji" in entry:
            yield entry["emoji"]
        if len(word) > 1:
            yield _pick(self._pictures, word).join(word)

    def _look_alike(self, word: str, _entry: Mapping[str, Any]) -> Iterator[str]:
        yield "".join(self._digits.get(char, char) for char in word)
        syllables = "".join(self._spelled(word))
        yield "".join(self._leet.get(letter, letter) for letter in syllables)

    @staticmethod
    def _typo(word: str, _entry: Mapping[str, Any]) -> Iterator[str]:
        if len(word) > 1:
            place = 1 + crc32(word.encode()) % (len(word) - 1)
            yield word[: place + 1] + word[place:]
        if len(word) > 2:
            place = 1 + crc32(word.encode()) % (len(word) - 2)
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    @staticmethod
    def _code_mix(_word: str, entry: Mapping[str, Any]) -> Iterator[str]:
        if "english" in entry:
            yield entry["english"]
            yield f" {entry['english']} "

    @staticmethod
    def _spacing(word: str, _entry: Mapping[str, Any]) -> Iterator[str]:
        if len(word) > 1:
            yield " ".join(word)


def _pick(signs: list[str], word: str) -> str:
    return signs[crc32(word.encode()) % len(signs)]


def _between_han(text: str, sign: str) -> str:
    """Put a sign between every two Chinese characters that touch."""
    made = text[:1]
    for before, char in itertools.pairwise(text):
        touch = all(_HAN[0] <= one <= _HAN[1] for one in (before, char))
        made += (sign if touch else "") + char
    return made


@cache
def _radicals() -> Mapping[str, str]:
    """Characters that also exist as a radical of its own, which looks the same."""
    return {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}


@cache
def _traditional() -> tuple[Callable[[str], str], ...]:
    """OpenCC's conversions: general, Taiwan and Hong Kong."""
    import opencc

    return tuple(opencc.OpenCC(name).convert for name in ("s2t", "s2tw", "s2hk"))
