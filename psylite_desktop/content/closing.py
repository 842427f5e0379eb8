"""Words for the end of a talk: goodbyes, the three lines, small next steps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import ClosingFile, ClosingStep
from psylite_desktop.content.words import Words

LANGS = ("zh", "en")
_SENTENCE = re.compile(r"[^。.!！?？;；\n…]+[。.!！?？;；\n…]?")
_ASKS = ("?", "？")


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan the person spoke of, and what of it comes after "I will"."""

    text: str
    rest: str


@dataclass(frozen=True, slots=True)
class ClosingTexts:
    """closing.toml of both languages. Pure: the same text gets the same answer."""

    files: Mapping[str, ClosingFile]
    own: Mapping[str, Words]

    @classmethod
    def load(cls, assets_dir: Path) -> ClosingTexts:
        """Read content/{zh,en}/closing.toml. Raises InputError("content_invalid")."""
        files, own = {}, {}
        for lang in LANGS:
            path = assets_dir / "content" / lang / "closing.toml"
            files[lang] = read_toml(path, ClosingFile)
            try:
                own[lang] = Words.of(files[lang].own)
            except re.error as error:
                raise invalid(path, where="own", reason=str(error)) from None
        return cls(files, own)

    def step_for(self, lang: str, tag: str) -> ClosingStep | None:
        """The small step that fits a situation; None where none is written."""
        return next((step for step in self.files[lang].step if tag in step.tags), None)

    def plans(self, lang: str, text: str) -> list[Plan]:
        """Sentences in which somebody says what they will do; questions are none."""
        found = []
        for part in _SENTENCE.findall(text.replace("\u2019", "'")):
            sentence = " ".join(part.rstrip("。.!！;；\n…").split())
            lowered = sentence.lower()
            if sentence.endswith(_ASKS) or len(lowered) != len(sentence):
                continue
            if (match := self.own[lang].search(lowered)) is not None:
                rest = sentence[match.end() :].strip()
                found.append(Plan(sentence[match.start() :].strip(), rest))
        return found
