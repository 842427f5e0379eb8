"""Guided replies: short replies written beforehand, and the words that point to situations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from psylite_desktop.content.choices import Choices
from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.moments import Moments
from psylite_desktop.content.schema import GuidedFile, GuidedTag, SituationsFile
from psylite_desktop.content.slots import form
from psylite_desktop.domain.talk import Act

LANGS = ("zh", "en")
SITUATIONS = "situations.toml"
QUOTE, TOPIC = "{quote}", "{topic}"


@dataclass(frozen=True)
class GuidedReply:
    """One reply; `tags` name the situations it fits, `stage` where in a talk ("any" for all).

    One with an `act` only goes on with a situation that is spoken of already. `scene`: it asks for
    a moment of it, which is deaf where one was just told.
    """

    id: str
    lang: str
    tags: tuple[str, ...]
    text: str
    stage: str = "any"
    act: Act | None = None
    scene: bool = False

    @property
    def quotes(self) -> bool:
        """Whether it needs a phrase of the person's."""
        return QUOTE in self.text

    @property
    def recalls(self) -> bool:
        """Whether it needs the name of a situation spoken of before."""
        return TOPIC in self.text

    def filled(self, *, quote: str = "", topic: str = "") -> str:
        """The text with its slots filled."""
        return self.text.replace(QUOTE, quote).replace(TOPIC, topic)

    def is_in(self, shown: Sequence[str]) -> bool:
        """Whether one of the texts is this reply, whatever its slots were filled with."""
        return any(self._form.fullmatch(text) is not None for text in shown)

    @cached_property
    def _form(self) -> re.Pattern[str]:
        return form(self.text)


@dataclass(frozen=True, slots=True)
class _Language:
    replies: tuple[GuidedReply, ...]
    tags: Mapping[str, GuidedTag]
    words: re.Pattern[str]
    tags_of: Mapping[str, tuple[str, ...]]
    going_on: Mapping[tuple[str, Act], tuple[GuidedReply, ...]]
    moments: Moments
    choices: Choices


class GuidedReplies:
    """All guided replies of both languages."""

    def __init__(self, languages: Mapping[str, _Language]) -> None:
        """Use `load`."""
        self._languages = dict(languages)

    @classmethod
    def load(cls, assets_dir: Path) -> GuidedReplies:
        """Read content/{zh,en}/guided/. Raises InputError("content_invalid")."""
        return cls({lang: _read(assets_dir / "content" / lang / "guided", lang) for lang in LANGS})

    def replies(self, lang: str) -> tuple[GuidedReply, ...]:
        """All replies of a language, in the order of the files."""
        return self._languages[lang].replies

    def going_on(self, lang: str, tag: str, act: Act) -> tuple[GuidedReply, ...]:
        """Replies for a talk that stays with a situation, in the order of their file."""
        return self._languages[lang].going_on.get((tag, act), ())

    def tags(self, lang: str) -> Mapping[str, GuidedTag]:
        """All situations of a language."""
        return self._languages[lang].tags

    def moments(self, lang: str) -> Moments:
        """What may be told whatever a talk is about."""
        return self._languages[lang].moments

    def choices(self, lang: str) -> Choices:
        """Somebody between two ways, whatever a talk is about."""
        return self._languages[lang].choices

    def label(self, lang: str, tag: str) -> str:
        """What a situation is called when the talk comes back to it; empty where it is not."""
        return self._languages[lang].tags[tag].label

    def situations(self, lang: str, text: str) -> dict[str, float]:
        """Tags that the words of `text` point to, with their scores.

        A longer word counts more and hides the shorter ones inside it (不开心 is no 开心). Every
        word counts once.
        """
        language = self._languages[lang]
        scores: dict[str, float] = {}
        for word in self.words_of(lang, text):
            for tag in language.tags_of.get(_stem_of(word, language), ()):
                size = len(word.split()) + 1 if lang == "en" else len(word)
                scores[tag] = scores.get(tag, 0.0) + size * language.tags[tag].weight
        return scores

    def words_by_situation(self, lang: str, text: str) -> dict[str, tuple[str, ...]]:
        """Tags that `text` points to, each with the words (folded) that point to it."""
        language = self._languages[lang]
        found: dict[str, tuple[str, ...]] = {}
        for word in sorted(self.words_of(lang, text)):
            for tag in language.tags_of.get(_stem_of(word, language), ()):
                found[tag] = (*found.get(tag, ()), word)
        return found

    def words_of(self, lang: str, text: str) -> set[str]:
        """Words of the lists that stand in `text`, folded."""
        folded = unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")
        return {match.group() for match in self._languages[lang].words.finditer(folded)}


def _read(folder: Path, lang: str) -> _Language:
    tags = read_toml(folder / SITUATIONS, SituationsFile).tags
    replies: list[GuidedReply] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name == SITUATIONS:
            continue
        for item in read_toml(path, GuidedFile).reply:
            for tag in set(item.tags) - set(tags):
                raise invalid(path, where=item.id, reason=f"no such tag: {tag}")
            if any(item.id == other.id for other in replies):
                raise invalid(path, where=item.id, reason="id twice")
            replies.append(
                GuidedReply(item.id, lang, item.tags, item.text, item.stage, item.act, item.scene)
            )
    assets = folder.parents[2]
    return _prepare(lang, tags, replies, Moments.load(assets, lang), Choices.load(assets, lang))


def _prepare(
    lang: str,
    tags: Mapping[str, GuidedTag],
    replies: Sequence[GuidedReply],
    moments: Moments,
    choices: Choices,
) -> _Language:
    tags_of: dict[str, tuple[str, ...]] = {}
    for tag, entry in tags.items():
        for word in entry.keywords:
            tags_of[word] = (*tags_of.get(word, ()), tag)
    patterns = []
    for word in sorted(tags_of, key=len, reverse=True):
        if lang == "en":
            body = re.escape(word.removesuffix("*")) + ("[a-z']*" if word.endswith("*") else "")
            patterns.append(rf"(?<![a-z']){body}(?![a-z])")
        else:
            patterns.append(re.escape(word))
    words = re.compile("|".join(patterns) or r"(?!)")
    going_on: dict[tuple[str, Act], tuple[GuidedReply, ...]] = {}
    for reply in replies:
        for tag in reply.tags:
            if reply.act is not None:
                going_on[tag, reply.act] = (*going_on.get((tag, reply.act), ()), reply)
    return _Language(tuple(replies), tags, words, tags_of, going_on, moments, choices)


def _stem_of(word: str, language: _Language) -> str:
    """The list entry that matched: the word itself or the longest `stem*` it begins with."""
    if word in language.tags_of:
        return word
    for end in range(len(word), 0, -1):
        if f"{word[:end]}*" in language.tags_of:
            return f"{word[:end]}*"
    return word
