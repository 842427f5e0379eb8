"""Sentences of the terminal program and of error codes, Chinese and English."""

from __future__ import annotations

import string
from collections.abc import Mapping
from pathlib import Path

from psylite_desktop.content.loader import read_toml
from psylite_desktop.content.schema import TerminalFile

LANGS = ("zh", "en")
Facts = Mapping[str, str | int | float]


class TerminalTexts:
    """Looks up a sentence by language and id (`section.key`) and fills in its facts."""

    def __init__(self, texts: Mapping[str, Mapping[str, str]]) -> None:
        """`texts` holds, for each language, sentences by id."""
        self._texts = texts

    @classmethod
    def load(cls, assets_dir: Path) -> TerminalTexts:
        """Read content/{zh,en}/terminal.toml. Raises InputError("content_invalid")."""
        texts: dict[str, dict[str, str]] = {}
        for lang in LANGS:
            file = read_toml(assets_dir / "content" / lang / "terminal.toml", TerminalFile)
            texts[lang] = {
                f"{section}.{key}": sentence.strip("\n")
                for section, sentences in file.texts.items()
                for key, sentence in sentences.items()
            }
        return cls(texts)

    def ids(self, lang: str) -> frozenset[str]:
        """All ids of a language."""
        return frozenset(self._texts[lang])

    def text(self, lang: str, text_id: str, /, **facts: str | int | float) -> str:
        """The sentence with its placeholders filled.

        Raises KeyError for an unknown language or id, or a missing fact: a mistake in code.
        """
        return self._texts[lang][text_id].format(**facts)

    def error(self, lang: str, code: str, facts: Facts | None = None) -> str:
        """What happened and what to do, for a code of `domain.errors`; never raises on facts.

        An unknown code gets the sentence for `unexpected`, which names the code.
        """
        texts = self._texts[lang]
        template = texts.get(f"error.{code}", texts["error.unexpected"])
        return string.Formatter().vformat(template, (), _Lenient({"code": code, **(facts or {})}))


class _Lenient(dict[str, str | int | float]):
    """Facts of an error; one that is missing shows as a question mark, not as a crash."""

    def __missing__(self, key: str) -> str:
        return "?"
