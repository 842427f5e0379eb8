"""Telling English words written in another way: mistyped, by sound, in leet, split, run together.

Every way in which a word may be spelled is worked out once; a text is then looked up token by
token. `ordinary` holds spellings that are words of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from psylite_desktop.safety.normalise import Plain

_TOKEN = re.compile(r"[a-z0-9@$](?:[^\s,;:?\"()\[\]{}\u3400-\u9fff]*[a-z0-9@$+])?")
_ONE_BY_ONE = re.compile(
    r"(?<![a-z0-9])[a-z0-9@$](?:[ .\-_*/|~\u00b7\u2022]{1,3}[a-z0-9@$](?![a-z0-9])){2,}"
)
_SEPARATOR = re.compile(r"[ .\-_*/|~\u00b7\u2022]+")
_LETTER = re.compile(r"[a-z]")
_NO_LETTER = re.compile(r"[\W_]+")
_THRICE = re.compile(r"([a-z])\1{2,}")
_VOWELS = "aeiou"
_LEET = str.maketrans("4@31!|05$7+", "aaeiiiosstt")
_AS_I = str.maketrans("l", "i")  # 1, ! and | stand for either
_LEAST_DROPPED = 6  # shorter words with a letter left out are other words too often
_LEAST_VAGUE = 7  # and in longer ones nobody is sure of a vowel
_LEAST_TWICE = 5  # letters of a word that may be changed in two places
_LEAST_JOINED = 5  # letters of words that are run together
_LEAST_LETTERS = 4  # letters of a mistyped word with signs in it

Sounds = Sequence[tuple[re.Pattern[str], str]]


class EnglishCloaks:
    """Finds telling words however they are spelled. Immutable once made."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """`data` is the `english` table of `normalise.toml`. Raises KeyError, re.error."""
        words: list[str] = data["words"]
        company: list[str] = data["company"]
        self._words = frozenset(words)
        self._whole = self._words | frozenset(company)
        self._joined = self._words | frozenset(data["joiners"])
        self._known = self._whole | self._joined
        self._longest = max(map(len, self._joined))
        self._ordinary = frozenset(data["ordinary"])
        self._spelled = _by_each(data["aliases"])
        sounds = [(re.compile(pattern), by) for pattern, by in data["sounds"]]
        for word in words:
            self._spell(word, (*_mistyped(word), *_by_sound(word, sounds)))
        for word in company:
            self._spell(word, _slipped(word))
        self._starred = {starred: word for word in reversed(words) for starred in _starred(word)}
        self._leet = {word.translate(_AS_I): word for word in (*reversed(company), *words)}
        self._split = {
            tuple(pair.split(" ")): word for pair, word in _by_each(data["pairs"]).items()
        }
        for word in words:
            for place in range(1, len(word)):
                if f"{word[:place]} {word[place:]}" not in self._ordinary:
                    self._split.setdefault((word[:place], word[place:]), word)

    def _spell(self, word: str, spellings: Iterable[str]) -> None:
        for spelled in spellings:
            if spelled not in self._known and spelled not in self._ordinary:
                self._spelled.setdefault(spelled, word)

    def undo(self, plain: Plain) -> Plain:
        """Write every hidden word out."""
        if not plain.has_latin():
            return plain
        if _ONE_BY_ONE.search(plain.text):
            plain = plain.edited(self._one_by_one(plain.text))
        return plain.edited(self._edits(plain.text))

    def _one_by_one(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Words whose letters stand apart."""
        for run in _ONE_BY_ONE.finditer(text):
            if not _LETTER.search(run.group()):
                continue
            letters = _SEPARATOR.sub("", run.group()).translate(_LEET)
            said = letters if letters in self._whole else self._run_together(letters, least=3)
            if said:
                yield run.start(), run.end(), said

    def _edits(self, text: str) -> Iterator[tuple[int, int, str]]:
        held: tuple[int, int, str] | None = None  # what the token before says by itself
        before, start, end = "", 0, -1
        for found in _TOKEN.finditer(text):
            token = found.group()
            beside = found.start() == end + 1 and text[end] == " "
            split = self._split.get((before, token)) if beside else None
            if split is not None:
                yield start, found.end(), split
                held, before, end = None, "", -1
                continue
            if held is not None:
                yield held
            before, start, end = token, found.start(), found.end()
            said = self._said(token)
            held = (start, end, said) if said else None
        if held is not None:
            yield held

    def _said(self, token: str) -> str | None:
        if token in self._spelled:
            return self._spelled[token]
        if token in self._known or token in self._ordinary:
            return None
        if token.isalpha():
            return self._drawn_out(token) or self._run_together(token, least=_LEAST_JOINED)
        return self._starred.get(token) or self._between_signs(token)

    def _drawn_out(self, token: str) -> str | None:
        """The word in which letters stand three times and more."""
        if not _THRICE.search(token):
            return None
        shorter = [_THRICE.sub(by, token) for by in (r"\1\1", r"\1")]
        known = (short for short in shorter if len(short) > 2 and short in self._known)
        return next(known, self._spelled.get(shorter[-1]))

    def _between_signs(self, token: str) -> str | None:
        """What is left of a token without its signs, or with the letters that they stand for."""
        true_letters = len(_LETTER.findall(token))
        if not true_letters:
            return None
        letters, leet = _NO_LETTER.sub("", token), token.translate(_LEET)
        said = letters if letters in self._whole else leet
        if said not in self._whole:
            said = self._leet.get(leet.translate(_AS_I), "")
        if said in self._words or (said and true_letters > 1):  # "700k" is no "took"
            return said
        return self._spelled.get(letters) if len(letters) >= _LEAST_LETTERS else None

    def _run_together(self, token: str, *, least: int) -> str | None:
        """Cut a token into known words, at least one of them a telling one."""
        size = len(token)
        if size < least:
            return None
        # For every place that can be read up to, where its last word begins; longer ones first.
        begins: list[int | None] = [0, *[None] * size]
        for start in range(size):
            if begins[start] is None:
                continue
            for end in range(min(size, start + self._longest), start, -1):
                if begins[end] is None and token[start:end] in self._joined:
                    begins[end] = start
        words: list[str] = []
        read = size
        while read:
            begin = begins[read]
            if begin is None:
                return None
            words.append(token[begin:read])
            read = begin
        if len(words) < 2 or self._words.isdisjoint(words):
            return None
        return " ".join(self._spelled.get(word, word) for word in reversed(words))


def _by_each(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Turn one word with its spellings into one spelling with its word."""
    return {said: word for word, others in table.items() for said in others}


def _slipped(word: str) -> Iterator[str]:
    """One letter doubled or two swapped; the first letter stays."""
    for place in range(1, len(word)):
        yield word[: place + 1] + word[place:]
        if place < len(word) - 1:
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _mistyped(word: str) -> Iterator[str]:
    """Slips, and in long words a letter left out or a wrong vowel."""
    yield from _slipped(word)
    for place in range(1, len(word) - 1):
        if len(word) >= _LEAST_DROPPED:
            yield word[:place] + word[place + 1 :]
        if len(word) >= _LEAST_VAGUE and word[place] in _VOWELS:
            yield from (word[:place] + other + word[place + 1 :] for other in _VOWELS)
    if len(word) > 3:
        yield word[0] + word
        yield "".join(letter * 2 for letter in word)


def _by_sound(word: str, sounds: Sounds) -> Iterator[str]:
    """Other spellings of the same sound: one change, or two in a longer word."""
    once = set(_changed(word, sounds))
    yield from once
    if len(word) >= _LEAST_TWICE:
        for spelled in once:
            yield from _changed(spelled, sounds)


def _changed(word: str, sounds: Sounds) -> Iterator[str]:
    for pattern, by in sounds:
        for found in pattern.finditer(word):
            yield word[: found.start()] + by + word[found.end() :]


def _starred(word: str) -> Iterator[str]:
    """The word as one writes it to get past a filter: k*ll, s**cide, r*p*, d**."""
    for size in (1, 2, 3):
        for place in range(1, len(word) - size + 1):
            yield word[:place] + "*" * size + word[place + size :]
    yield word[0] + "".join("*" if letter in _VOWELS else letter for letter in word[1:])
    yield word[0] + "*" * (len(word) - 1)
