"""Disguised words turned back into plain ones: split, spelled oddly, in pinyin, in slang.

The data stand in `assets/safety/normalise.toml`: telling words of both languages with the forms
that each may take, words said in the other language, and whole disguises.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

from psylite_desktop.safety.cloaked_chinese import ChineseCloaks
from psylite_desktop.safety.cloaked_english import EnglishCloaks
from psylite_desktop.safety.code_mix import CodeMix
from psylite_desktop.safety.normalise import Folder, Plain
from psylite_desktop.safety.triggers import triggers


class Uncloaker:
    """Brings a text into plain form: folds characters, then undoes disguises."""

    def __init__(
        self,
        folder: Folder,
        words: Iterable[Callable[[Plain], Plain]],
        slang: Iterable[tuple[str, str]],
    ) -> None:
        """`words` undo what may be done to any telling word, in this order.

        `slang` holds pattern and replacement. Raises re.error.
        """
        self._folder = folder
        self._words = tuple(words)
        # A pattern is tried only where something stands that every match of it holds.
        self._slang = tuple((re.compile(one), word, tuple(triggers(one))) for one, word in slang)

    @classmethod
    def from_file(cls, path: Path) -> Uncloaker:
        """Read `normalise.toml`. Raises OSError, tomllib.TOMLDecodeError, KeyError, re.error."""
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        fold = data["fold"]
        same = dict(zip(fold["traditional"], fold["simplified"], strict=True))
        same |= dict(zip(fold["look_alikes"], fold["letters"], strict=True))
        words = (
            ChineseCloaks(data["chinese"]).undo,
            EnglishCloaks(data["english"]).undo,
            CodeMix(data["mixed"]).undo,
        )
        slang = [("|".join(entry["from"]), entry["to"]) for entry in data["cloak"]]
        return cls(Folder(same), words, slang)

    def plain(self, text: str) -> Plain:
        """Return the plain form of a text of any length."""
        plain = self._folder.fold(text)
        for undo in self._words:
            plain = undo(plain)
        for pattern, word, needed in self._slang:
            if not needed or any(one in plain.text for one in needed):
                plain = plain.replaced(pattern, word)
        return plain
