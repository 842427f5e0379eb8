"""Guided replies: short replies written beforehand, picked by the words of a message."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import GuidedFile, GuidedTag

LANGS = ("zh", "en")
UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class GuidedReply:
    """One reply; `tags` name the situations it fits."""

    id: str
    lang: str
    tags: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Language:
    replies: tuple[GuidedReply, ...]
    tags: Mapping[str, GuidedTag]
    words: re.Pattern[str]
    tags_of: Mapping[str, tuple[str, ...]]


class GuidedReplies:
    """All guided replies of both languages."""

    def __init__(self, files: Mapping[str, GuidedFile]) -> None:
        """Prepare the word lists of each language's file for matching."""
        self._languages = {lang: _prepare(lang, file) for lang, file in files.items()}

    @classmethod
    def load(cls, assets_dir: Path) -> GuidedReplies:
        """Read content/{zh,en}/guided.toml. Raises InputError("content_invalid")."""
        files = {}
        for lang in LANGS:
            path = assets_dir / "content" / lang / "guided.toml"
            files[lang] = read_toml(path, GuidedFile)
            for reply in files[lang].reply:
                for tag in set(reply.tags) - set(files[lang].tags):
                    raise invalid(path, where=reply.id, reason=f"no such tag: {tag}")
        return cls(files)

    def replies(self, lang: str) -> tuple[GuidedReply, ...]:
        """All replies of a language, in the order of the file."""
        return self._languages[lang].replies

    def situations(self, lang: str, text: str) -> dict[str, float]:
        """Tags that the words of `text` point to, with their scores.

        A longer word counts more and hides the shorter ones inside it (不开心 is no 开心). Every
        word counts once.
        """
        language = self._languages[lang]
        folded = unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")
        scores: dict[str, float] = {}
        for word in {match.group() for match in language.words.finditer(folded)}:
            for tag in language.tags_of.get(_stem_of(word, language), ()):
                size = len(word.split()) + 1 if lang == "en" else len(word)
                scores[tag] = scores.get(tag, 0.0) + size * language.tags[tag].weight
        return scores

    def pick(
        self, *, lang: str, text: str, avoid: Sequence[str] = (), tags: Sequence[str] = ()
    ) -> GuidedReply:
        """The reply that fits `text` best and is not in `avoid` (ids or whole texts, oldest first).

        `tags` add situations known from elsewhere (a route, a passage's tags); unknown ones are
        ignored. With nothing recognised an open, unspecific reply is picked. Only when every
        single reply is in `avoid` does the one used longest ago come again.
        """
        language = self._languages[lang]
        scores = self.situations(lang, text)
        for tag in tags:
            if tag in language.tags:
                scores[tag] = scores.get(tag, 0.0) + 2.0
        used = set(avoid)
        fresh = [r for r in language.replies if r.id not in used and r.text not in used]
        if not fresh:
            order = {key: position for position, key in enumerate(avoid)}
            return min(
                language.replies, key=lambda r: max(order.get(r.id, -1), order.get(r.text, -1))
            )
        return max(fresh, key=lambda reply: _fit(reply, scores))


def _fit(reply: GuidedReply, scores: Mapping[str, float]) -> float:
    """Sum of the scores of a reply's tags, less a little for each tag without any support.

    An `unclear` reply fits anything a little, and better than a reply about something else.
    """
    supported = sum(scores.get(tag, 0.0) for tag in reply.tags)
    missing = sum(tag not in scores for tag in reply.tags)
    return supported - 1.5 * missing + (2.0 if UNCLEAR in reply.tags else 0.0)


def _prepare(lang: str, file: GuidedFile) -> _Language:
    tags_of: dict[str, tuple[str, ...]] = {}
    for tag, entry in file.tags.items():
        for word in entry.keywords:
            tags_of[word] = (*tags_of.get(word, ()), tag)
    patterns = []
    for word in sorted(tags_of, key=len, reverse=True):
        if lang == "en":
            body = re.escape(word.removesuffix("*")) + ("[a-z']*" if word.endswith("*") else "")
            patterns.append(rf"(?<![a-z']){body}(?![a-z])")
        else:
            patterns.append(re.escape(word))
    replies = tuple(GuidedReply(item.id, lang, item.tags, item.text) for item in file.reply)
    return _Language(replies, file.tags, re.compile("|".join(patterns) or r"(?!)"), tags_of)


def _stem_of(word: str, language: _Language) -> str:
    """The list entry that matched: the word itself or the longest `stem*` it begins with."""
    if word in language.tags_of:
        return word
    for end in range(len(word), 0, -1):
        if f"{word[:end]}*" in language.tags_of:
            return f"{word[:end]}*"
    return word
