"""Words of check-ins, Chinese and English: moods, feelings, default tags, the model's line."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from psylite_desktop.content.crisis import LANGS, About
from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import Id, Sentence

Energy = Literal["high", "low"]
Pleasantness = Literal["unpleasant", "pleasant", "mixed"]
Word = Annotated[str, msgspec.Meta(min_length=1, max_length=24)]

LONGEST_TAG = 24
"""Characters of a tag of the person's own."""


class MoodWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word for each of the five moods, the lowest first."""

    moods: tuple[Word, Word, Word, Word, Word]


class PromptParts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the line for a model is put together from."""

    mood: Sentence
    feelings: Sentence
    tags: Sentence
    note: Sentence
    between: Sentence
    comma: Sentence
    end: Sentence


class Feeling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One feeling word; `gloss` says in a line what is meant."""

    id: Id
    energy: Energy
    pleasantness: Pleasantness
    word: Word
    gloss: Sentence


class TagWord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One default tag."""

    id: Id
    word: Word


class FeelingsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """content/<lang>/feelings.toml."""

    about: About
    words: MoodWords
    prompt: PromptParts
    feeling: tuple[Feeling, ...]
    tag: tuple[TagWord, ...]


class CheckInWords:
    """The words of check-ins in both languages."""

    def __init__(self, files: Mapping[str, FeelingsFile]) -> None:
        """`files` is keyed by language; twins share ids and their order."""
        self._files = dict(files)
        self._feelings = {
            (lang, feeling.id): feeling for lang, file in files.items() for feeling in file.feeling
        }
        self._tags = {(lang, tag.id): tag.word for lang, file in files.items() for tag in file.tag}
        self._named = {_folded(word): tag for (_lang, tag), word in self._tags.items()}
        self.tag_ids = tuple(tag.id for tag in next(iter(files.values())).tag)

    @classmethod
    def load(cls, assets_dir: Path) -> CheckInWords:
        """Read content/{zh,en}/feelings.toml. Raises InputError("content_invalid")."""
        files: dict[str, FeelingsFile] = {}
        for lang in LANGS:
            path = assets_dir / "content" / lang / "feelings.toml"
            file = read_toml(path, FeelingsFile)
            if file.about.lang != lang:
                raise invalid(path, where="about.lang", reason=f"must be {lang}")
            for where, of_file in (("feeling", _places(file)), ("tag", _tag_places(file))):
                if len({place[0] for place in of_file}) != len(of_file):
                    raise invalid(path, where=where, reason="an id comes twice")
            twin = next(iter(files.values()), file)
            if _places(file) != _places(twin) or _tag_places(file) != _tag_places(twin):
                raise invalid(path, where="feeling", reason="differs from its twin")
            files[lang] = file
        return cls(files)

    def mood(self, lang: str, mood: int) -> str:
        """The word for a mood from 1 to 5."""
        return self._files[lang].words.moods[mood - 1]

    def feelings(self, lang: str) -> tuple[Feeling, ...]:
        """All feelings in their order."""
        return self._files[lang].feeling

    def feeling(self, lang: str, feeling_id: str) -> str:
        """The word of a feeling; its id where this version does not know it."""
        found = self._feelings.get((lang, feeling_id))
        return found.word if found is not None else feeling_id

    def tag(self, lang: str, tag: str) -> str:
        """The word of a default tag; the person's own tags stand for themselves."""
        return self._tags.get((lang, tag), tag)

    def tag_named(self, text: str) -> str:
        """What is stored for a tag as it was typed: a default one's id, or the text, tidied."""
        tidy = " ".join(text.split())[:LONGEST_TAG].strip()
        return self._named.get(_folded(tidy), tidy)

    def prompt(self, lang: str) -> PromptParts:
        """Parts of the line for a model."""
        return self._files[lang].prompt


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _places(file: FeelingsFile) -> list[tuple[str, str, str]]:
    return [(one.id, one.energy, one.pleasantness) for one in file.feeling]


def _tag_places(file: FeelingsFile) -> list[tuple[str]]:
    return [(one.id,) for one in file.tag]
