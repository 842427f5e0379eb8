"""The sentences of the Mirror, Chinese and English."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.mirror import LANGS
from psylite_desktop.content.schema import Provenance, Sentence
from psylite_desktop.domain.mirror import Distortion, Theme

TONES = ("-2", "-1", "0", "1", "2")


class Quoting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Quotation marks, and how many characters of a quote a sentence holds at most."""

    open: str
    close: str
    most: Annotated[int, msgspec.Meta(ge=8)]


class Subjects(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an entry is about, by the number of themes."""

    one: Sentence
    two: Sentence
    three: Sentence


class RepeatedWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A thought that comes again, in this entry or in earlier ones."""

    here: Sentence
    earlier: Sentence


class NothingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing was found; or nothing is looked for, because there is danger."""

    empty: Sentence
    quiet: Sentence


class WordingFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """mirror/wording.toml."""

    about: Provenance
    quoting: Quoting
    themes: dict[str, Sentence]
    subjects: Subjects
    meeting: dict[str, Sentence]
    tone: dict[str, Sentence]
    tone_names: dict[str, Sentence]
    habits: dict[str, Sentence]
    habit_names: dict[str, Sentence]
    repeated: RepeatedWords
    nothing: NothingWords


def read_wording(assets_dir: Path) -> dict[str, WordingFile]:
    """Read content/{zh,en}/mirror/wording.toml. Raises InputError("content_invalid")."""
    files: dict[str, WordingFile] = {}
    for lang in LANGS:
        path = assets_dir / "content" / lang / "mirror" / "wording.toml"
        file = read_toml(path, WordingFile)
        for where, said, names in (
            ("themes", set(file.themes), {*Theme}),
            ("tone", set(file.tone), {*TONES}),
            ("tone_names", set(file.tone_names), {*TONES}),
            ("habits", set(file.habits), {*Distortion}),
            ("habit_names", set(file.habit_names), {*Distortion}),
        ):
            if said != set(map(str, names)):
                raise invalid(path, where=where, reason="not all of them, or others")
        if any(
            tuple(sorted(pair)) != pair or not set(pair) <= set(Theme)
            for pair in map(meeting_of, file.meeting)
        ):
            raise invalid(path, where="meeting", reason="a key is not two themes in order")
        files[lang] = file
    return files


def meeting_of(key: str) -> tuple[str, ...]:
    """The two themes of a key; a theme's own name may hold the sign between them."""
    for theme in Theme:
        rest = key.removeprefix(f"{theme}_")
        if rest != key and rest in set(Theme):
            return theme.value, rest
    return (key,)
