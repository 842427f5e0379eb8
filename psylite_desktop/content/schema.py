"""Shapes of the content files, checked by msgspec; an unknown or missing field is an error.

Every file says where its text comes from (`Provenance`); zh and en twins share ids.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

Lang = Annotated[str, msgspec.Meta(pattern="^(zh|en)$")]
Id = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_-]*$", max_length=60)]
Sentence = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
"""A date as YYYY-MM-DD."""


class Provenance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a file's text comes from and when a person last read it through."""

    lang: Lang
    source: Annotated[str, msgspec.Meta(min_length=1)]
    licence: Annotated[str, msgspec.Meta(min_length=1)]
    reviewed_on: Day


class PromptFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """prompts.toml: the system prompt, one instruction a route, templates for notes."""

    about: Provenance
    system: dict[Id, Sentence]
    routes: dict[Id, Sentence]
    notes: dict[Id, Sentence]


class GuidedTag(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A situation and the words that point to it.

    In English a word stands for itself only; a trailing `*` lets it go on (`sleep*`).
    `weight` lets rare, telling situations win over general ones.
    """

    keywords: tuple[str, ...]
    weight: float = 1.0


class GuidedItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One reply written beforehand."""

    id: Id
    tags: tuple[Id, ...]
    text: Sentence


class GuidedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """guided.toml: situations with their words, and replies."""

    about: Provenance
    tags: dict[Id, GuidedTag]
    reply: tuple[GuidedItem, ...]


class TerminalFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """terminal.toml: sections of sentences; an id is `section.key`."""

    about: Provenance
    texts: dict[Id, dict[Id, Sentence]]


class HumorWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"never": "not"}):
    """Patterns of words that ask for something light, and of words that only look like it."""

    never: tuple[Sentence, ...]
    asked: tuple[Sentence, ...]
    query: Sentence


class HumorFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """humor.toml: how people ask for something light."""

    about: Provenance
    wish: HumorWish
