"""Sentences of the crisis card and of crisis replies, and replies to requests: data, checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import Day, Id, Lang, Sentence
from psylite_desktop.domain.risk import Kind, Level, Request, Who

LANGS = ("zh", "en")
_ANY = "any"
_Use = Literal[
    "card", "reply", "follow", "sound", "sound_follow", "step", "grounding", "message", "notice"
]
_LevelNumber = Annotated[int, msgspec.Meta(ge=0, le=3)]
_KindName = Literal["any", "suicide", "self_harm", "abuse", "harm_others", "eating", "psychosis"]


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a file's text comes from. `reviewed_on` is the day a clinician read it, or None."""

    lang: Lang
    source: Sentence
    licence: Sentence
    reviewed_on: Day | None = None


class CrisisItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text and the situations it fits; `kinds` may hold "any"."""

    id: Id
    use: _Use
    levels: Annotated[tuple[_LevelNumber, ...], msgspec.Meta(min_length=1)]
    kinds: Annotated[tuple[_KindName, ...], msgspec.Meta(min_length=1)]
    who: Literal["self", "other"]
    text: Sentence
    child: bool = False


class CrisisFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file under content/<lang>/crisis."""

    about: About
    item: tuple[CrisisItem, ...]


class RequestItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One reply to a request."""

    id: Id
    request: Literal["harmful", "privacy", "clinical", "jailbreak"]
    text: Sentence


class RequestFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """content/<lang>/requests.toml."""

    about: About
    item: tuple[RequestItem, ...]


class CrisisTexts:
    """All crisis texts of both languages."""

    def __init__(
        self,
        items: Mapping[str, tuple[CrisisItem, ...]],
        requests: Mapping[str, tuple[RequestItem, ...]],
    ) -> None:
        """Both are keyed by language."""
        self._items = dict(items)
        self._requests = dict(requests)

    @classmethod
    def load(cls, assets_dir: Path) -> CrisisTexts:
        """Read and check both languages. Raises InputError("content_invalid")."""
        items: dict[str, tuple[CrisisItem, ...]] = {}
        requests: dict[str, tuple[RequestItem, ...]] = {}
        for lang in LANGS:
            folder = assets_dir / "content" / lang
            found: list[CrisisItem] = []
            for path in sorted((folder / "crisis").glob("*.toml")):
                file = read_toml(path, CrisisFile)
                _check(file.about, [item.id for item in file.item], lang, path)
                found += file.item
            path = folder / "requests.toml"
            asked = read_toml(path, RequestFile)
            _check(asked.about, [item.id for item in asked.item], lang, path)
            items[lang], requests[lang] = tuple(found), asked.item
        texts = cls(items, requests)
        _check_twins(items, assets_dir / "content")
        _check_twins(requests, assets_dir / "content")
        _check_complete(texts, assets_dir / "content")
        return texts

    def texts(
        self, use: str, *, level: Level, kind: Kind, who: Who, lang: str, child: bool = False
    ) -> tuple[str, ...]:
        """Texts that fit, in the order of the files.

        Where nothing was written for a child or for the kind, those for anybody are given.
        """
        fitting = [
            item
            for item in self._items[lang]
            if item.use == use and level in item.levels and item.who == who
        ]
        for young, name in ((True, kind.value), (False, kind.value), (False, _ANY)):
            if young and not child:
                continue
            found = tuple(
                item.text for item in fitting if item.child == young and name in item.kinds
            )
            if found:
                return found
        return ()

    def request_texts(self, request: Request, lang: str) -> tuple[str, ...]:
        """Replies to one kind of request."""
        return tuple(item.text for item in self._requests[lang] if item.request == request.value)


def _check(about: About, ids: list[str], lang: str, path: Path) -> None:
    if about.lang != lang:
        raise invalid(path, where="about.lang", reason=f"must be {lang}")
    if len(set(ids)) != len(ids):
        raise invalid(path, where="item", reason="an id stands twice")


def _check_twins(items: Mapping[str, Iterable[CrisisItem | RequestItem]], folder: Path) -> None:
    one, other = ({item.id for item in items[lang]} for lang in LANGS)
    if one != other:
        raise invalid(folder, where=min(one ^ other), reason="zh or en lacks this id")


def _check_complete(texts: CrisisTexts, folder: Path) -> None:
    """Every situation must have words: at least two where they are said again and again."""
    for lang in LANGS:
        for who in Who:
            for kind in Kind:
                for level in Level:
                    for use in ("card", "reply", "step", "message"):
                        if level is Level.NONE and (use == "reply" or who is Who.OTHER):
                            continue
                        found = texts.texts(use, level=level, kind=kind, who=who, lang=lang)
                        if len(set(found)) < (1 if use == "message" else 2):
                            where = f"{lang} {use} {level.value} {kind.value} {who.value}"
                            raise invalid(folder, where=where, reason="too few texts")
        for request in Request:
            if request is not Request.NONE and len(texts.request_texts(request, lang)) < 2:
                raise invalid(folder, where=f"{lang} {request.value}", reason="too few texts")
