"""Rules of suggestions, Chinese and English: one file each, checked against its twin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Formatter

from psylite_desktop.content.crisis import LANGS
from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.suggestion_schema import SAME, Helped, OpenRun, Rule, SuggestionsFile
from psylite_desktop.domain.suggestion import Item, ItemKind

NAMED = (ItemKind.PLAN, ItemKind.HELP, ItemKind.TALK, ItemKind.CHECK_IN, ItemKind.JOURNAL)
"""Kinds whose titles stand in the file itself."""


class SuggestionTexts:
    """Rules in their order: the first that fits speaks."""

    def __init__(self, files: Mapping[str, SuggestionsFile]) -> None:
        """`files` is keyed by language; twins share everything but their words."""
        self._files = dict(files)
        self._said = {
            lang: {one.id: _words(one.words, lang) for one in file.said}
            for lang, file in files.items()
        }
        self._any = {
            lang: _words([word for one in file.said for word in one.words], lang)
            for lang, file in files.items()
        }

    @classmethod
    def load(cls, assets_dir: Path) -> SuggestionTexts:
        """Read content/{zh,en}/suggestions.toml. Raises InputError("content_invalid")."""
        files: dict[str, SuggestionsFile] = {}
        for lang in LANGS:
            path = assets_dir / "content" / lang / "suggestions.toml"
            file = read_toml(path, SuggestionsFile)
            _check(path, file, lang)
            twin = next(iter(files.values()), file)
            if _shape(file) != _shape(twin):
                raise invalid(path, where="rule", reason="differs from its twin")
            files[lang] = file
        return cls(files)

    def rules(self, lang: str) -> tuple[Rule, ...]:
        """All rules in their order."""
        return self._files[lang].rule

    def name(self, lang: str, kind: ItemKind) -> str:
        """What an item of one of the kinds in `NAMED` is called."""
        return self._files[lang].names[kind.value]

    def forbidden(self, texts: Iterable[str], feelings: Iterable[str] = ()) -> frozenset[str]:
        """Keys of items that cautions forbid after these words, whatever their language."""
        ticked = set(feelings)
        said = next(iter(self._files.values())).said
        found = {key for one in said if ticked & set(one.feelings) for key in one.forbids}
        for text in texts:
            folded = _folded(text)
            for lang, file in self._files.items():
                if self._any[lang].search(folded) is None:  # nearly always
                    continue
                for one in file.said:
                    if self._said[lang][one.id].search(folded):
                        found.update(one.forbids)
        return frozenset(found)


def _words(words: Iterable[str], lang: str) -> re.Pattern[str]:
    """In English a word stands for itself; a trailing `*` lets it go on."""
    if lang != "en":
        return re.compile("|".join(re.escape(word) for word in words))
    parts = [
        re.escape(word.removesuffix("*")) + ("" if word.endswith("*") else "(?![a-z])")
        for word in words
    ]
    return re.compile(rf"(?<![a-z'])(?:{'|'.join(parts)})")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")


def _check(path: Path, file: SuggestionsFile, lang: str) -> None:
    if file.about.lang != lang:
        raise invalid(path, where="about.lang", reason=f"must be {lang}")
    if set(file.names) != {kind.value for kind in NAMED}:
        raise invalid(path, where="names", reason="must name each kind without a file")
    if len({rule.id for rule in file.rule}) != len(file.rule):
        raise invalid(path, where="rule", reason="an id comes twice")
    for one in file.said:
        for key in one.forbids:
            _item(path, one.id, key)
    for rule in file.rule:
        _check_rule(path, rule)


def _check_rule(path: Path, rule: Rule) -> None:
    finds = any(isinstance(one, Helped | OpenRun) for one in rule.when)
    if (rule.item == SAME) != finds:
        raise invalid(path, where=rule.id, reason="only a found exercise is the same one")
    for key in rule.others if rule.item == SAME else (rule.item, *rule.others):
        _item(path, rule.id, key)
    if rule.item in rule.others or len(set(rule.others)) != len(rule.others):
        raise invalid(path, where=rule.id, reason="an item comes twice")
    known = {slot for condition in rule.when for slot in condition.SLOTS}
    try:
        asked = {name for _, name, _, _ in Formatter().parse(rule.because) if name is not None}
    except ValueError:
        asked = {""}
    if not asked <= known:
        raise invalid(path, where=rule.id, reason="a slot that nothing fills")


def _item(path: Path, where: str, key: str) -> Item:
    try:
        item = Item.of(key)
    except ValueError:
        raise invalid(path, where=where, reason=f"no such kind: {key}") from None
    if bool(item.id) == (item.kind in NAMED):
        raise invalid(path, where=where, reason=f"cannot be: {key}")
    return item


def _shape(file: SuggestionsFile) -> object:
    """Everything but the words."""
    rules = [(one.id, one.item, one.badge, one.when, one.others, one.talk) for one in file.rule]
    return rules, [(one.id, one.forbids, one.feelings) for one in file.said]
