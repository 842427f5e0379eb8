"""Telling words of an English text, hidden in one way after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from zlib import crc32

_FULL = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
_BOLD = {
    chr(first + step): chr(bold + step)
    for first, bold in ((ord("A"), 0x1D400), (ord("a"), 0x1D41A))
    for step in range(26)
}
_VOWEL = re.compile(r"(?<=.)[aeiou]")

Way = Callable[[str, Mapping[str, Any]], Iterator[str]]
"""Makes the disguises of one entry of the table, given its word and the entry."""


class EnglishWords:
    """The transforms of English texts; pinyin and traditional characters are not among them."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """`data` is the whole table. Raises KeyError."""
        en = data["en"]
        self._phrases = [(_whole(entry["word"]), entry) for entry in en["phrases"]]
        self._words = [(_whole(entry["word"]), entry) for entry in en["words"]]
        self._between: list[str] = en["between"]
        self._invisible: list[str] = data["invisible"]
        self._pictures: list[str] = data["pictures"]
        self._leet: Mapping[str, str] = data["leet"]
        self._of_phrase: Mapping[str, Way] = {
            "initials": self._initials,
            "code_mix": self._code_mix,
            "spacing": self._joined,
        }
        self._of_word: Mapping[str, Way] = {
            "homophone": self._homophone,
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
        """The text with its most telling word or phrase hidden; it may come back as it was."""
        for known, ways in ((self._phrases, self._of_phrase), (self._words, self._of_word)):
            found = next(((whole, entry) for whole, entry in known if whole.search(text)), None)
            if found is None or transform not in ways:
                continue
            whole, entry = found
            for by in ways[transform](entry["word"], entry):
                yield whole.sub(by.replace("\\", r"\\"), text)
        if transform == "full_width":
            yield "".join(_FULL.get(char, char) for char in text)
            yield "".join(_BOLD.get(char, char) for char in text)

    @staticmethod
    def _initials(_words: str, entry: Mapping[str, Any]) -> Iterator[str]:
        if "initials" in entry:
            yield entry["initials"]

    @staticmethod
    def _joined(words: str, _entry: Mapping[str, Any]) -> Iterator[str]:
        yield words.replace(" ", "")

    @staticmethod
    def _homophone(_word: str, entry: Mapping[str, Any]) -> Iterator[str]:
        yield from entry.get("sound", ())

    def _split(self, word: str, _entry: Mapping[str, Any]) -> Iterator[str]:
        sign = _pick(self._between, word)
        yield sign.join(word)
        half = 1 + len(word) // 2 - (len(word) < 4)
        yield _pick(self._between, word[::-1]).join((word[:half], word[half:]))

    @staticmethod
    def _full_width(word: str, _entry: Mapping[str, Any]) -> Iterator[str]:
        yield "".join(_FULL.get(char, char) for char in word)

    def _zero_width(self, word: str, _entry: Mapping[str, Any]) -> Iterator[str]:
        yield _pick(self._invisible, word).join(word)
        yield word[:2] + _pick(self._invisible, word[::-1]) + word[2:]

    def _emoji(self, word: str, entry: Mapping[str, Any]) -> Iterator[str]:
        if "emoji" in entry:
            yield entry["emoji"]
        yield word[:2] + _pick(self._pictures, word) + word[2:]

    def _look_alike(self, word: str, _entry: Mapping[str, Any]) -> Iterator[str]:
        yield "".join(self._leet.get(letter, letter)[0] for letter in word)
        yield _VOWEL.sub(lambda found: self._leet.get(found.group(), "*")[-1], word, count=1)
        yield _VOWEL.sub("*", word, count=1)  # as one writes a word that a filter would stop

    @staticmethod
    def _typo(word: str, _entry: Mapping[str, Any]) -> Iterator[str]:
        start = crc32(word.encode())
        inside = range(1, len(word) - 1)
        place = 1 + start % (len(word) - 1)
        yield word[: place + 1] + word[place:]
        swaps = [at for at in inside if word[at] != word[at + 1]]
        if swaps:
            place = swaps[start % len(swaps)]
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    @staticmethod
    def _code_mix(_word: str, entry: Mapping[str, Any]) -> Iterator[str]:
        yield entry["chinese"]

    @staticmethod
    def _spacing(word: str, _entry: Mapping[str, Any]) -> Iterator[str]:
        yield " ".join(word)
        half = 1 + len(word) // 2 - (len(word) < 4)
        yield f"{word[:half]} {word[half:]}"


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z]){re.escape(words)}(?![A-Za-z])", re.IGNORECASE)


def _pick(signs: list[str], word: str) -> str:
    return signs[crc32(word.encode()) % len(signs)]
