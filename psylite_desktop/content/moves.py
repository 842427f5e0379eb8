"""Recognises what a message does: greet, rejoice, ask for advice, leave and so on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import MovesFile
from psylite_desktop.content.words import Words, count_words, fold
from psylite_desktop.domain.talk import Move

LANGS = ("zh", "en")


@dataclass(frozen=True, slots=True)
class _Entry:
    move: Move
    words: Words
    only_short: int


@dataclass(frozen=True, slots=True)
class _Language:
    moves: tuple[_Entry, ...]
    feeling: Words


class Moves:
    """What messages do, in both languages. Pure: the same text gets the same answer."""

    def __init__(self, languages: Mapping[str, _Language]) -> None:
        """Use `load`."""
        self._languages = dict(languages)

    @classmethod
    def load(cls, assets_dir: Path) -> Moves:
        """Read content/{zh,en}/moves.toml. Raises InputError("content_invalid")."""
        languages = {}
        for lang in LANGS:
            path = assets_dir / "content" / lang / "moves.toml"
            file = read_toml(path, MovesFile)
            try:
                moves = tuple(
                    _Entry(Move(entry.name), Words.of(entry), entry.only_short)
                    for entry in file.move
                )
                languages[lang] = _Language(moves, Words.of(file.feeling))
            except (re.error, ValueError) as error:
                raise invalid(path, where="move", reason=str(error)) from None
        return cls(languages)

    def move(self, text: str, lang: str) -> Move:
        """What a message does; `TELL` where nothing else is plain."""
        return self.find(text, lang)[0]

    def find(self, text: str, lang: str) -> tuple[Move, str]:
        """What a message does, and the words that show it (folded; empty for `TELL`)."""
        folded = fold(text)
        length = count_words(text)
        for entry in self._languages[lang].moves:
            if entry.only_short and length > entry.only_short:
                continue
            if (match := entry.words.search(folded)) is not None:
                return entry.move, match.group().strip()
        return Move.TELL, ""

    def overflows(self, text: str, lang: str) -> bool:
        """Whether a fresh, strong feeling stands in the message."""
        return self._languages[lang].feeling.search(fold(text)) is not None
