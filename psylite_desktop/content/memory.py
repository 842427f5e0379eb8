"""Finds what a person said that could be remembered: extracts by patterns, in their own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.quoting import Quoting
from psylite_desktop.content.schema import MemoryFile, MemoryPrompt
from psylite_desktop.domain.memory import Topic

LANGS = ("zh", "en")
LONGEST_CLAUSE = 120
"""Characters; whoever tells a story in one breath is not cut into notes."""
LONGEST_TEXT = 4_000
"""Characters of one message that are looked at."""
_SENTENCE = re.compile(r"([^。．.！!？?；;\n]+)([。．.！!？?；;\n]?)")
_ASKS = ("?", "？")
_FIRST_PERSON = re.compile(r"I\b|I'")


@dataclass(frozen=True, slots=True)
class _Pattern:
    topic: Topic
    find: re.Pattern[str]
    template: str


@dataclass(frozen=True, slots=True)
class _Language:
    patterns: tuple[_Pattern, ...]
    cut: re.Pattern[str]
    against: re.Pattern[str]
    plain: re.Pattern[str]
    prompt: MemoryPrompt


@dataclass(frozen=True, slots=True)
class Worth:
    """Something that could be remembered."""

    topic: Topic
    text: str


class MemoryRules:
    """What could be remembered, in both languages. Pure: the same text gets the same answer."""

    def __init__(self, languages: Mapping[str, _Language], quoting: Quoting) -> None:
        """Use `load`."""
        self._languages = dict(languages)
        self._quoting = quoting

    @classmethod
    def load(cls, assets_dir: Path, quoting: Quoting) -> MemoryRules:
        """Read content/{zh,en}/memory.toml; `quoting` knows names.

        Raises InputError("content_invalid").
        """
        languages = {}
        for lang in LANGS:
            path = assets_dir / "content" / lang / "memory.toml"
            file = read_toml(path, MemoryFile)
            try:
                languages[lang] = _language(file)
            except (re.error, KeyError, IndexError, ValueError) as error:
                raise invalid(path, where="pattern", reason=str(error)) from None
        return cls(languages, quoting)

    def found(self, text: str, lang: str) -> list[Worth]:
        """What one message says that could be kept; nothing with names or sensitive matters."""
        language = self._languages[lang]
        found: list[Worth] = []
        for clause in _clauses(text[:LONGEST_TEXT].replace("\u2019", "'"), language.cut):
            if len(clause) > LONGEST_CLAUSE or self._is_left_alone(clause, lang):
                continue
            worth = next(_matches(clause, language.patterns, lang), None)
            if worth is not None and worth not in found:
                found.append(worth)
        return found

    def line(self, lang: str, notes: Sequence[str]) -> str:
        """Notes as one line of a prompt."""
        prompt = self._languages[lang].prompt
        return prompt.line.replace("{notes}", prompt.between.join(notes))

    def _is_left_alone(self, clause: str, lang: str) -> bool:
        language = self._languages[lang]
        if language.against.search(clause):
            return True
        # A sentence begins with a capital: that alone makes no name.
        begun = clause if _FIRST_PERSON.match(clause) else clause[:1].lower() + clause[1:]
        return self._quoting.is_private(language.plain.sub(" ", begun).strip(), lang)


def _language(file: MemoryFile) -> _Language:
    patterns = []
    for entry in file.pattern:
        find = re.compile(entry.find, re.IGNORECASE)
        entry.template.format(**dict.fromkeys(find.groupindex, ""))  # names what is missing
        patterns.append(_Pattern(Topic(entry.topic), find, entry.template))
    words = file.words
    return _Language(
        tuple(patterns),
        re.compile(words.cut),
        _joined((*words.never, *words.sensitive)),
        _joined(words.plain),
        file.prompt,
    )


def _joined(sources: Sequence[str]) -> re.Pattern[str]:
    """One pattern of many; `(?i)` at the head of one holds for that one."""
    parts = [
        f"(?i:{one.removeprefix('(?i)')})" if one.startswith("(?i)") else f"(?:{one})"
        for one in sources
    ]
    return re.compile("|".join(parts) or r"(?!)")


def _clauses(text: str, cut: re.Pattern[str]) -> Iterator[str]:
    """Clauses of all sentences that are no questions."""
    for sentence, end in _SENTENCE.findall(text):
        if end in _ASKS:
            continue
        for part in cut.split(sentence):
            clause = " ".join(part.split())
            if clause:
                yield clause


def _matches(clause: str, patterns: Sequence[_Pattern], lang: str) -> Iterator[Worth]:
    for pattern in patterns:
        match = pattern.find.search(clause)
        if match is not None:
            filled = {name: (value or "").strip() for name, value in match.groupdict().items()}
            text = pattern.template.format(**filled).strip()
            yield Worth(pattern.topic, text[:1].upper() + text[1:] if lang == "en" else text)
