"""Reads assets/corpora/<name>/: corpus.toml and a folder of passage files a language.

A corpus has a kind, which says how a passage's fields become a `Passage`. Besides its text a
passage has asks, words that people might say in that situation: asks.tsv holds them, a line each,
behind the passage's id. A passage's vector is the mean of its text's vector and those of its asks:
short messages lie near other short messages. Nobody is shown an ask.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec

from psylite_desktop.domain.errors import InputError
from psylite_desktop.domain.passage import Passage

LANGS = ("zh", "en")
ASKS = "asks.tsv"

Text = Annotated[str, msgspec.Meta(min_length=1)]
Id = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9-]*$")]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
T = TypeVar("T")


class CorpusInfo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """corpus.toml. `threshold`: lowest score worth showing, by language, measured."""

    kind: Annotated[str, msgspec.Meta(pattern="^(technique|crosstalk|article|moment)$")]
    title: dict[str, Text]
    source: Text
    licence: Text
    reviewed_on: Day
    threshold: dict[str, float]


class Technique(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a good counselor does in a situation.

    `badge` grades the evidence from A (several good trials) to D (practice wisdom).
    """

    id: Id
    title: Text
    when: Text
    how: Text
    say: Text
    when_not: Text
    badge: Annotated[str, msgspec.Meta(pattern="^[ABCD]$")]
    source: Text
    tags: tuple[Id, ...]


class Crosstalk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A two-hander; each line starts with its speaker. `taboo`: situations it must not meet.

    A language may have pieces of its own; where both have one of an id, they are twins.
    """

    id: Id
    title: Text
    topic: Text
    mood: Text
    taboo: tuple[Id, ...]
    lines: Annotated[tuple[Text, ...], msgspec.Meta(min_length=6, max_length=12)]
    tags: tuple[Id, ...] = ()


class Article(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A short explanation for the person to read; badges as for techniques."""

    id: Id
    title: Text
    tags: tuple[Id, ...]
    body: Annotated[tuple[Text, ...], msgspec.Meta(min_length=2, max_length=4)]
    try_this: Text
    badge: Annotated[str, msgspec.Meta(pattern="^[ABCD]$")]
    source: Text


class Moment(msgspec.Struct, frozen=True):
    """Something people tell in the middle of a talk, whatever it is about, and answers to it.

    What else stands there, above all patterns, is read by content/moments.py.
    """

    id: Id
    title: Text
    when: Text
    say: Annotated[tuple[Text, ...], msgspec.Meta(min_length=1)]


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus as read; `digest` changes whenever one of its files does.

    `asks` has one entry a passage, in the same order.
    """

    name: str
    info: CorpusInfo
    passages: tuple[Passage, ...]
    asks: tuple[tuple[str, ...], ...]
    digest: str


def corpus_names(assets_dir: Path) -> list[str]:
    """Names of the corpora in assets/corpora, sorted."""
    return sorted(path.parent.name for path in (assets_dir / "corpora").glob("*/corpus.toml"))


def read_corpus(assets_dir: Path, name: str) -> Corpus:
    """Read one corpus. Raises InputError("content_invalid") with file, where and reason."""
    folder = assets_dir / "corpora" / name
    info, body = _read(folder / "corpus.toml", CorpusInfo)
    digest = hashlib.sha256(body)
    passages: list[Passage] = []
    asks: list[tuple[str, ...]] = []
    for lang in LANGS:
        for path in _files(folder / lang):
            items, body = _READ[info.kind](path, name, lang)
            digest.update(body)
            passages += items
        said, body = _read_asks(folder / lang / ASKS, {one.id for one in passages})
        digest.update(body)
        asks += [tuple(said.get(one.id, ())) for one in passages[len(asks) :]]
    _check_ids(passages, folder)
    return Corpus(name, info, tuple(passages), tuple(asks), digest.hexdigest())


def _files(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.toml"))
    if not found:
        raise _invalid(folder, where="$", reason="no passages")
    return found


def _techniques(path: Path, corpus: str, lang: str) -> tuple[list[Passage], bytes]:
    file, body = _read(path, dict[str, tuple[Technique, ...]])
    return [_of_technique(item, corpus, lang) for item in _items(file, path)], body


def _scenes(path: Path, corpus: str, lang: str) -> tuple[list[Passage], bytes]:
    file, body = _read(path, dict[str, tuple[Crosstalk, ...]])
    return [_of_crosstalk(item, corpus, lang) for item in _items(file, path)], body


def _articles(path: Path, corpus: str, lang: str) -> tuple[list[Passage], bytes]:
    file, body = _read(path, dict[str, tuple[Article, ...]])
    return [_of_article(item, corpus, lang) for item in _items(file, path)], body


def _moments(path: Path, corpus: str, lang: str) -> tuple[list[Passage], bytes]:
    file, body = _read(path, dict[str, tuple[Moment, ...]])
    return [_of_moment(item, corpus, lang) for item in _items(file, path)], body


_READ = {
    "technique": _techniques,
    "crosstalk": _scenes,
    "article": _articles,
    "moment": _moments,
}


def _of_technique(item: Technique, corpus: str, lang: str) -> Passage:
    gap = "" if lang == "zh" else " "
    return Passage(
        corpus,
        item.id,
        lang,
        item.title,
        f"{item.when}{gap}{item.how}",
        say=item.say,
        tags=item.tags,
        badge=item.badge,
        source=item.source,
    )


def _of_crosstalk(item: Crosstalk, corpus: str, lang: str) -> Passage:
    text = "\n".join(item.lines)
    return Passage(corpus, item.id, lang, item.title, text, tags=item.tags, taboo=item.taboo)


def _of_article(item: Article, corpus: str, lang: str) -> Passage:
    return Passage(
        corpus,
        item.id,
        lang,
        item.title,
        "\n".join(item.body),
        say=item.try_this,
        tags=item.tags,
        badge=item.badge,
        source=item.source,
    )


def _of_moment(item: Moment, corpus: str, lang: str) -> Passage:
    return Passage(corpus, item.id, lang, item.title, item.when, say=item.say[0])


def _items(file: dict[str, tuple[T, ...]], path: Path) -> tuple[T, ...]:
    if set(file) != {"passage"}:
        raise _invalid(path, where="$", reason="expected [[passage]] tables only")
    return file["passage"]


def _read_asks(path: Path, known: Set[str]) -> tuple[dict[str, list[str]], bytes]:
    try:
        body = path.read_bytes()
        lines = body.decode("utf-8").splitlines()
    except OSError as error:
        raise _invalid(path, where="$", reason=error.strerror or "cannot be read") from None
    except UnicodeDecodeError as error:
        raise _invalid(path, where="$", reason=type(error).__name__) from None
    found: dict[str, list[str]] = {}
    for number, line in enumerate(lines, start=1):
        name, tab, text = line.partition("\t")
        if not tab or not text.strip():
            raise _invalid(path, where=f"line {number}", reason="expected an id, a tab and words")
        if name not in known:
            raise _invalid(path, where=f"line {number}", reason=f"no passage {name!r}")
        found.setdefault(name, []).append(text)
    return found, body


def _check_ids(passages: list[Passage], folder: Path) -> None:
    seen: set[tuple[str, str]] = set()
    for passage in passages:
        key = (passage.lang, passage.id)
        if key in seen:
            raise _invalid(folder / passage.lang, where=passage.id, reason="id twice")
        seen.add(key)


def _read(path: Path, kind: type[T]) -> tuple[T, bytes]:
    try:
        body = path.read_bytes()
        raw: Any = tomllib.loads(body.decode("utf-8"))
        return msgspec.convert(raw, kind), body
    except OSError as error:
        raise _invalid(path, where="$", reason=error.strerror or "cannot be read") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _invalid(path, where="$", reason=type(error).__name__) from None
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at ")
        raise _invalid(path, where=where.strip("`") or "$", reason=reason) from None


def _invalid(path: Path, *, where: str, reason: str) -> InputError:
    start = len(path.parts) - path.parts[::-1].index("corpora") - 1
    name = "/".join(path.parts[start:])
    return InputError("content_invalid", file=name, where=where, reason=reason)
