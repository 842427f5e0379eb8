"""Telling English words written in another way: mistyped, by sound, in leet, split, run together.

Every way in which a word may be spelled is worked out once; a text is then looked up token by
token. `ordinary` holds spellings that are words of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from psylite_desktop.safety.normalise import Plain

_TOKEN = re.compile(r"[a-z0-9@$](?:[^\s,;:?\"()\[\]{}\u3400-\u9fff]*[a-z0-9@$+])?")
_ONE_BY_ONE = re.compile(
    r"(?<![a-z0-9])[a-z0-9@$](?:[ .\-_*/|~\u00b7\u2022]{1,3}[a-z0-9@$](?![a-z0-9])){2,}"
)
_NO_LETTER = re.compile(r"[\W_]+")
_VOWELS = "aeiou"
_LEET = str.maketrans("4@310!|5$7+", "aaeiiiisstt")
_AS_I = str.maketrans("l", "i")  # 1, ! and | stand for either
_LEAST_DROPPED = 6  # shorter words with a letter left out are other words too often
_LEAST_JOINED = 6


class EnglishCloaks:
    """Finds telling words however they are spelled. Immutable once made."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """`data` is the `english` table of `normalise.toml`. Raises KeyError, re.error."""
        words: list[str] = data["words"]
        ordinary = frozenset(data["ordinary"])
        sounds = [(re.compile(pattern), by) for pattern, by in data["sounds"]]
        self._words = frozenset(words)
        self._spelled: dict[str, str] = dict(data["aliases"])
        self._starred: dict[str, str] = {}
        self._split: dict[tuple[str, str], str] = {}
        for word in words:
            for spelled in (*_mistyped(word), *_by_sound(word, sounds)):
                if spelled not in self._words and spelled not in ordinary:
                    self._spelled.setdefault(spelled, word)
            for starred in _starred(word):
                self._starred.setdefault(starred, word)
            for place in range(1, len(word)):
                first, second = word[:place], word[place:]
                if f"{first} {second}" not in ordinary:
                    self._split[first, second] = word
        self._leet = {word.translate(_AS_I): word for word in reversed(words)}
        self._known = self._words | frozenset(data["joiners"])
        self._ordinary = ordinary
        self._longest = max(map(len, self._known))

    def undo(self, plain: Plain) -> Plain:
        """Write every hidden word out."""
        if _ONE_BY_ONE.search(plain.text):
            plain = plain.edited(self._one_by_one(plain.text))
        return plain.edited(self._edits(plain.text))

    def _one_by_one(self, text: str) -> Iterator[tuple[int, int, str]]:
        for run in _ONE_BY_ONE.finditer(text):
            letters = _NO_LETTER.sub("", run.group().translate(_LEET))
            said = letters if letters in self._words else self._run_together(letters)
            if said:
                yield run.start(), run.end(), said

    def _edits(self, text: str) -> Iterator[tuple[int, int, str]]:
        before, start, end = "", 0, -1
        for found in _TOKEN.finditer(text):
            token = found.group()
            split = self._split.get((before, token)) if found.start() == end + 1 else None
            if split is not None and text[end] == " ":
                yield start, found.end(), split
                before, end = "", -1
                continue
            said = self._said(token)
            if said:
                yield found.start(), found.end(), said
            before, start, end = token, found.start(), found.end()

    def _said(self, token: str) -> str | None:
        if token in self._known:
            return None
        if token in self._spelled:
            return self._spelled[token]
        if token.isalpha():
            return self._run_together(token)
        if token in self._starred:
            return self._starred[token]
        leet = token.translate(_LEET)
        if leet.isalpha():
            if leet in self._words:
                return leet
            if not token.isdigit():
                return self._leet.get(leet.translate(_AS_I))
        letters = _NO_LETTER.sub("", token)
        return letters if letters in self._words else self._spelled.get(letters)

    def _run_together(self, token: str) -> str | None:
        """Cut a token into known words, at least one of them a telling one."""
        size = len(token)
        if size < _LEAST_JOINED or token in self._ordinary:
            return None
        # Where a cut can be, and how the text up to there reads; longer words are tried first.
        read: list[list[str] | None] = [[], *[None] * size]
        for start in range(size):
            so_far = read[start]
            if so_far is None:
                continue
            for end in range(min(size, start + self._longest), start, -1):
                if read[end] is None and token[start:end] in self._known:
                    read[end] = [*so_far, token[start:end]]
        words = read[size]
        if words is None or len(words) < 2 or self._words.isdisjoint(words):
            return None
        return " ".join(words)


def _mistyped(word: str) -> Iterator[str]:
    """One letter doubled, two swapped, or one left out of a long word; the first letter stays."""
    for place in range(1, len(word)):
        yield word[: place + 1] + word[place:]
        if place < len(word) - 1:
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
            if len(word) >= _LEAST_DROPPED:
                yield word[:place] + word[place + 1 :]
    if len(word) > 3:
        yield word[0] + word[0] + word[1:]
        yield "".join(letter * 2 for letter in word)


def _by_sound(word: str, sounds: Sequence[tuple[re.Pattern[str], str]]) -> Iterator[str]:
    """Other spellings of the same sound: one change, or two."""
    once = {
        word[: found.start()] + by + word[found.end() :]
        for pattern, by in sounds
        for found in pattern.finditer(word)
    }
    yield from once
    if len(word) > 4:
        for spelled in once:
            for pattern, by in sounds:
                for found in pattern.finditer(spelled):
                    yield spelled[: found.start()] + by + spelled[found.end() :]


def _starred(word: str) -> Iterator[str]:
    """The word as one writes it to get past a filter: k*ll, s**cide, r*p*, d**."""
    inner = range(1, len(word))
    for size in (1, 2, 3):
        for place in inner:
            if place + size <= len(word):
                yield word[:place] + "*" * size + word[place + size :]
    yield word[0] + "".join("*" if letter in _VOWELS else letter for letter in word[1:])
    yield word[0] + "*" * (len(word) - 1)
