"""Prompts for the journal, Chinese and English: something to begin from, for who likes that."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from psylite_desktop.content.crisis import LANGS, About
from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import Id, Sentence

Mood = Annotated[int, msgspec.Meta(ge=1, le=5)]


class JournalPrompt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One prompt. `moods` are those it suits, all where empty; `low` energy asks for little."""

    id: Id
    family: Id
    text: Sentence
    moods: tuple[Mood, ...] = ()
    energy: Literal["low", "any"] = "any"


class JournalPromptFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """content/<lang>/journal/prompts.toml."""

    about: About
    prompt: Annotated[tuple[JournalPrompt, ...], msgspec.Meta(min_length=1)]


class JournalPrompts:
    """The prompts in both languages."""

    def __init__(self, files: Mapping[str, JournalPromptFile]) -> None:
        """`files` is keyed by language; twins share ids, families, moods and order."""
        self._files = dict(files)
        self._by_id = {
            (lang, prompt.id): prompt for lang, file in files.items() for prompt in file.prompt
        }

    @classmethod
    def load(cls, assets_dir: Path) -> JournalPrompts:
        """Read content/{zh,en}/journal/prompts.toml. Raises InputError("content_invalid")."""
        files: dict[str, JournalPromptFile] = {}
        for lang in LANGS:
            path = assets_dir / "content" / lang / "journal" / "prompts.toml"
            file = read_toml(path, JournalPromptFile)
            if file.about.lang != lang:
                raise invalid(path, where="about.lang", reason=f"must be {lang}")
            if len({prompt.id for prompt in file.prompt}) != len(file.prompt):
                raise invalid(path, where="prompt", reason="an id comes twice")
            twin = next(iter(files.values()), file)
            if _shape(file) != _shape(twin):
                raise invalid(path, where="prompt", reason="differs from its twin")
            files[lang] = file
        return cls(files)

    def all(self, lang: str) -> tuple[JournalPrompt, ...]:
        """All prompts in their order."""
        return self._files[lang].prompt

    def find(self, lang: str, prompt_id: str) -> JournalPrompt | None:
        """One prompt; None where this version does not have it."""
        return self._by_id.get((lang, prompt_id))


def _shape(file: JournalPromptFile) -> list[tuple[str, str, tuple[int, ...], str]]:
    return [(one.id, one.family, one.moods, one.energy) for one in file.prompt]
