"""One plain form of a text, whatever script, width or disguise it was written in.

Every character of the plain form knows which stretch of the original it came from, so that a
finding can be shown in the person's own words.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_LATIN_WITH_MARKS = ((0x00C0, 0x0250), (0x1E00, 0x1F00))
_INVISIBLE = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_DROPPED = frozenset({"Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Me"})
_CJK = "\u3400-\u4dbf\u4e00-\u9fff"
_APOSTROPHE = re.compile(r"(?<=[a-z])['`\u2018\u2019\u00b4](?=[a-z])")
_BLANKS = re.compile(r" {2,}")
# Nobody needs more than four of the same; "aaaa..." must not cost time.
_RUN = re.compile(r"([^\n])\1{4,}")
# A blank beside a lone character splits a word on purpose; elsewhere it stands for a pause.
_LONE = re.compile(
    rf"(?:(?<=^[{_CJK}])|(?<=[^{_CJK}][{_CJK}])) +(?=[{_CJK}])"
    rf"|(?<=[{_CJK}]) +(?=[{_CJK}](?:[^{_CJK}]|$))"
)
# The same sign after every single character: nobody writes that way but to hide what it says.
# Commas and line breaks do come after single characters: there the first one must stand alone too.
_SPELLED_OUT = re.compile(
    rf"(?:(?<![{_CJK}])|(?![{_CJK}][,、。\n]))[{_CJK}]((?P<sign>[^\w\n ]|_)(?P=sign){{0,2}}|\n)"
    rf"[{_CJK}](?:\1[{_CJK}])+(?![{_CJK}])"
)
# Signs that no text sets between two characters but to hide what they say.
_STRAY = re.compile(rf"(?<=[{_CJK}])[*^|=+%_](?=[{_CJK}])")
_NOT_CHINESE = re.compile(rf"[^{_CJK}]+")
_CHINESE = re.compile(rf"[{_CJK}]")
_LATIN = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in plain form.

    Character `i` of `text` stands for the characters `starts[i]` to `ends[i]` (exclusive) of
    the original.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the plain form back to the original."""
        if end <= start or not self.text:
            return (0, 0)
        inside = slice(start, end)
        return min(self.starts[inside]), max(self.ends[inside])

    def has_chinese(self) -> bool:
        """Whether a Chinese character is in it."""
        return _CHINESE.search(self.text) is not None

    def has_latin(self) -> bool:
        """Whether a Latin letter is in it."""
        return _LATIN.search(self.text) is not None

    def replaced(self, pattern: re.Pattern[str], by: Mapping[str, str] | str) -> Plain:
        """Replace every match; `by` is one text, or texts keyed by the group that matched.

        Each new character stands for the whole stretch that was replaced.
        """
        edits = []
        for match in pattern.finditer(self.text):
            new = by if isinstance(by, str) else by[match.lastgroup or ""]
            edits.append((*match.span(), new))
        return self.edited(edits)

    def edited(self, edits: Iterable[tuple[int, int, str]]) -> Plain:
        """Put a new text in place of stretches, given as start, end and text in their order.

        Each new character stands for the whole stretch that was replaced; empty stretches and
        those that would stay as they are change nothing.
        """
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for here, there, new in edits:
            if here == there or self.text[here:there] == new:
                continue
            first, last = self.original(here, there)
            pieces += (self.text[done:here], new)
            starts += self.starts[done:here] + (first,) * len(new)
            ends += self.ends[done:here] + (last,) * len(new)
            done = there
        if done == 0:
            return self
        pieces.append(self.text[done:])
        starts += self.starts[done:]
        ends += self.ends[done:]
        return Plain("".join(pieces), tuple(starts), tuple(ends))

    def shortened(self, pattern: re.Pattern[str], keep: int) -> Plain:
        """Keep the first `keep` characters of every match."""
        cuts = [found.span() for found in pattern.finditer(self.text)]
        if not cuts:
            return self
        kept: list[int] = []
        done = 0
        for start, end in cuts:
            kept += range(done, start + keep)
            done = end
        kept += range(done, len(self.text))
        return Plain(
            "".join(self.text[place] for place in kept),
            tuple(self.starts[place] for place in kept),
            tuple(self.ends[place] for place in kept),
        )


class Folder:
    """Folds characters: width, case, accents, look-alikes, traditional to simplified."""

    def __init__(self, same: Mapping[str, str]) -> None:
        """`same` maps single characters to what they stand for."""
        self._same = dict(same)
        self._seen: dict[str, str] = {"\n": "\n", "\r": "\n", "\t": " "}

    @classmethod
    def from_file(cls, path: Path) -> Folder:
        """Read the tables of `normalise.toml`: for readers that undo no disguise.

        Raises OSError, tomllib.TOMLDecodeError, KeyError and ValueError.
        """
        fold = tomllib.loads(path.read_text(encoding="utf-8"))["fold"]
        same = dict(zip(fold["traditional"], fold["simplified"], strict=True))
        same |= dict(zip(fold["look_alikes"], fold["letters"], strict=True))
        return cls(same)

    def fold(self, text: str) -> Plain:
        """Fold a whole text."""
        seen = self._seen
        pieces: list[str] = []
        places: list[int] = []
        for place, char in enumerate(text):
            plain = seen.get(char)
            if plain is None:
                plain = self._remember(char)
            if plain:
                pieces.append(plain)
                places += (place,) * len(plain)
        folded = Plain("".join(pieces), tuple(places), tuple(place + 1 for place in places))
        folded = folded.replaced(_APOSTROPHE, "")
        folded = folded.replaced(_BLANKS, " ").replaced(_LONE, "").replaced(_STRAY, "")
        return _joined(folded).shortened(_RUN, 4)

    def _remember(self, char: str) -> str:
        plain = self._fold_one(char)
        if len(self._seen) < 20_000:  # a hostile paste must not grow memory without end
            self._seen[char] = plain
        return plain

    def _fold_one(self, char: str) -> str:
        if char in self._same:
            return self._same[char]
        if char in _INVISIBLE or unicodedata.category(char) in _DROPPED:
            return ""
        if char.isspace():
            return "\n" if char in "\u2028\u2029\x85\v\f" else " "
        code = ord(char)
        marked = any(low <= code < high for low, high in _LATIN_WITH_MARKS)
        wide = unicodedata.normalize("NFKD" if marked else "NFKC", char).lower()
        kept = (part for part in wide if unicodedata.category(part) not in _DROPPED)
        return "".join(self._same.get(part, part) for part in kept)


def _joined(plain: Plain) -> Plain:
    """Leave out what stands between characters that are spelled out one by one."""
    return plain.edited(
        (place.start() + run.start(), place.end() + run.start(), "")
        for run in _SPELLED_OUT.finditer(plain.text)
        for place in _NOT_CHINESE.finditer(run.group())
    )
