"""Disguised words turned back into plain ones: split, spelled oddly, in pinyin, in slang.

The data stand in `assets/safety/normalise.toml`: core words with the forms of their syllables,
English words that are matched letter by letter, and whole disguises.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from psylite_desktop.safety.normalise import Folder, Plain

# What may stand between the parts of one word that somebody splits on purpose.
_ANY_BETWEEN = r"(?:_|[^\w!?。\n]){0,3}\n?[1-5]?"
_BLANK_BETWEEN = r"[ .·•*/\\|_~\-]{0,3}[1-5]?"
_LETTERS_BETWEEN = r"[ .\-_*/|~·\u2022]{0,2}"
_LEET = {
    "a": "[a4@]",
    "e": "[e3]",
    "i": "[i1!|*]",
    "l": "[l1|!]",
    "o": "[o0]",
    "s": "[s5$z]",
    "c": "[ck(]",
    "u": "[uv]",
    "t": "[t7+]",
}


class Uncloaker:
    """Brings a text into plain form: folds characters, then undoes disguises."""

    def __init__(self, folder: Folder, undo: Iterable[tuple[re.Pattern[str], str, bool]]) -> None:
        """`undo` holds pattern, replacement and whether the text needs Latin letters for it."""
        self._folder = folder
        self._undo = tuple(undo)

    @classmethod
    def from_file(cls, path: Path) -> Uncloaker:
        """Read `normalise.toml`. Raises OSError, tomllib.TOMLDecodeError, KeyError, re.error."""
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        fold = data["fold"]
        same = dict(zip(fold["traditional"], fold["simplified"], strict=True))
        same |= dict(zip(fold["look_alikes"], fold["letters"], strict=True))
        undo = [(_core(entry), entry["word"], False) for entry in data["core"]]
        undo += [(_spelled(entry), entry["word"], True) for entry in data["spelled"]]
        for entry in data["cloak"]:
            pattern = re.compile("|".join(entry["from"]))
            undo.append((pattern, entry["to"], not _may_stand_without_latin(entry["from"])))
        return cls(Folder(same), undo)

    def plain(self, text: str) -> Plain:
        """Return the plain form of a text of any length."""
        plain = self._folder.fold(text)
        latin = plain.has_latin()
        for pattern, word, needs_latin in self._undo:
            if latin or not needs_latin:
                plain = plain.replaced(pattern, word)
        return plain


def _core(entry: Mapping[str, Any]) -> re.Pattern[str]:
    """Compile one core word: every syllable in any of its forms, separators in between."""
    between = _BLANK_BETWEEN if entry.get("blanks_only") else _ANY_BETWEEN
    parts = ["(?:" + "|".join(_form(form) for form in forms) + ")" for forms in entry["forms"]]
    barred = "|".join(entry.get("except", ()))
    return re.compile((f"(?!{barred})" if barred else "") + between.join(parts))


def _form(form: str) -> str:
    if form.isascii() and form.isalpha():  # pinyin must not be cut out of a longer Latin word
        return rf"(?<![a-z]){form}(?![a-z])"
    return re.escape(form)


def _spelled(entry: Mapping[str, Any]) -> re.Pattern[str]:
    """Compile one English word: leet, repeated letters, separators between letters.

    The look-ahead leaves the plain spelling alone, endings included.
    """
    word = entry["word"]
    letters = [_LEET.get(letter, re.escape(letter)) + "{1,6}" for letter in word if letter != " "]
    endings = "|".join(entry.get("endings", ()))
    plain = rf"{re.escape(word)}(?:{endings})?(?![a-z0-9])"
    return re.compile(
        rf"(?<![a-z0-9])(?!{plain}){_LETTERS_BETWEEN.join(letters)}(?={endings}(?![a-z0-9])|(?![a-z0-9]))"
        if endings
        else rf"(?<![a-z0-9])(?!{plain}){_LETTERS_BETWEEN.join(letters)}(?![a-z0-9])"
    )


def _may_stand_without_latin(patterns: Iterable[str]) -> bool:
    """Whether a pattern could match a text without Latin letters: then it must always run."""
    return any(re.search(r"[\u3400-\u9fff]|^:", pattern) for pattern in patterns)
