"""Recognises what a message does: greet, rejoice, ask for advice, leave and so on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import MovesFile
from psylite_desktop.content.words import Words, count_words, fold
from psylite_desktop.domain.talk import Act, Move

LANGS = ("zh", "en")
_Name = TypeVar("_Name", Move, Act)
_ACT_OF_MOVE = {Move.ASK_ADVICE: Act.ASK, Move.WONDER: Act.WONDER}


@dataclass(frozen=True, slots=True)
class _Entry(Generic[_Name]):
    name: _Name
    words: Words
    only_short: int

    def search(self, folded: str, length: int) -> re.Match[str] | None:
        """Where a folded text of so many words sounds like it."""
        if self.only_short and length > self.only_short:
            return None
        return self.words.search(folded)


@dataclass(frozen=True, slots=True)
class _Language:
    moves: tuple[_Entry[Move], ...]
    acts: tuple[_Entry[Act], ...]
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
                acts = tuple(
                    _Entry(Act(entry.name), Words.of(entry), entry.only_short) for entry in file.act
                )
                languages[lang] = _Language(moves, acts, Words.of(file.feeling))
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
            if (match := entry.search(folded, length)) is not None:
                return entry.name, match.group().strip()
        return Move.TELL, ""

    def act(self, text: str, lang: str) -> Act:
        """What a message does for the situation that is spoken of; `MORE` where nothing is plain.

        Doubting oneself comes before seeing a connection, asking for advice before everything.
        """
        by_move = _ACT_OF_MOVE.get(self.move(text, lang))
        if by_move is Act.ASK:
            return by_move
        folded, length = fold(text), count_words(text)
        found = (
            entry.name
            for entry in self._languages[lang].acts
            if entry.search(folded, length) is not None
        )
        first = next(found, Act.MORE)
        return first if by_move is None or first is Act.BLAME else by_move

    def overflows(self, text: str, lang: str) -> bool:
        """Whether a fresh, strong feeling stands in the message."""
        return self._languages[lang].feeling.search(fold(text)) is not None
