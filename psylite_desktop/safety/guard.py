"""Holds back sentences of a reply that must not be shown.

Every reply passes sentence by sentence while it streams. The patterns stand in
`assets/safety/guard_zh.toml` and `guard_en.toml`; what needs counting instead of words
(repetition, language, invented names, numbers, garbage) is here. Source: design note "Safety",
section 3, "Output guard".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.domain.risk import Level
from psylite_desktop.safety.cloaks import Uncloaker
from psylite_desktop.safety.sentences import split_sentences

__all__ = ["CODES", "OutputGuard", "split_sentences"]

CODES = (
    "leak",
    "method",
    "encouragement",
    "minimising",
    "blame",
    "diagnosis",
    "dose",
    "human",
    "own_life",
    "promise",
    "slogan",
    "advice_list",
    "humor",
    "name",
    "number",
    "repetition",
    "language",
    "garbage",
)
"""Why a sentence may be held back; the graver reason is named first."""

_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_NUMBER = re.compile(
    r"(?<!\d)(?:\+?\d[\s\-()（）]{0,2}){5,}(?!\d)|(?<!\d)1[12]\d(?!\d)|(?<!\d)9(?:88|99|11)(?!\d)"
)
_NOT_WORDS = re.compile(r"[\w\s，。！？、；：“”‘’（）《》…—,.!?;:'\"()\-]")
_RUN = re.compile(r"(.)\1{5,}|(.{2,6})\2{3,}")
_ALIKE = 0.72


@dataclass(frozen=True, slots=True)
class _Words:
    """Compiled patterns of one language: always, and only from level 1 up."""

    always: tuple[tuple[str, re.Pattern[str]], ...]
    at_risk: tuple[tuple[str, re.Pattern[str]], ...]
    names: re.Pattern[str]


class OutputGuard:
    """Judges sentences. Immutable once made; safe to use from any thread."""

    def __init__(self, uncloaker: Uncloaker, words: Mapping[str, _Words]) -> None:
        """`words` is keyed by language."""
        self._uncloaker = uncloaker
        self._words = words

    @classmethod
    def load(cls, assets_dir: Path) -> OutputGuard:
        """Read the guard's files of an `assets` folder.

        Raises OSError, tomllib.TOMLDecodeError, KeyError and re.error.
        """
        folder = assets_dir / "safety"
        words = {lang: _read(folder / f"guard_{lang}.toml") for lang in ("zh", "en")}
        return cls(Uncloaker.from_file(folder / "normalise.toml"), words)

    def check(
        self,
        sentence: str,
        *,
        level: Level,
        lang: str,
        shown: Sequence[str],
        user_text: str = "",
    ) -> str | None:
        """Return the code of what is wrong with a sentence, or None.

        `level` is the conversation's, `lang` the language the reply should have, `shown` what
        was said before (this reply's sentences and earlier replies), `user_text` what the person
        has written: names and numbers from there may be repeated.
        """
        plain = self._uncloaker.plain(sentence).text
        found = {
            code
            for words in self._words.values()
            for code, pattern in (*words.always, *(words.at_risk if level else ()))
            if pattern.search(plain)
        }
        if self._invents_a_name(plain, self._uncloaker.plain(user_text).text):
            found.add("name")
        if _looks_like_a_number(sentence, user_text):
            found.add("number")
        if _repeats(sentence, shown):
            found.add("repetition")
        if _wrong_language(sentence, lang):
            found.add("language")
        if _is_garbage(sentence):
            found.add("garbage")
        return next((code for code in CODES if code in found), None)

    def _invents_a_name(self, plain: str, user_plain: str) -> bool:
        for words in self._words.values():
            for found in words.names.finditer(plain):
                name = next(group for group in (*found.groups(), found.group()) if group)
                if name not in user_plain:
                    return True
        return False


def _read(path: Path) -> _Words:
    data: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return _Words(
        always=_compiled(data["always"]),
        at_risk=_compiled(data["at_risk"]),
        names=re.compile("|".join(data["names"]["patterns"])),
    )


def _compiled(table: Mapping[str, Sequence[str]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, re.compile("|".join(sources))) for code, sources in table.items())


def _looks_like_a_number(sentence: str, user_text: str) -> bool:
    """A help line must never come from a model: it may be wrong by one digit."""
    for found in _NUMBER.finditer(sentence):
        if re.sub(r"\D", "", found.group()) not in re.sub(r"\D", "", user_text):
            return True
    return False


def _letters(sentence: str) -> str:
    return "".join(char for char in sentence.lower() if char.isalnum())


def _grams(letters: str) -> set[str]:
    return {letters[place : place + 3] for place in range(max(1, len(letters) - 2))}


def _repeats(sentence: str, shown: Sequence[str]) -> bool:
    letters = _letters(sentence)
    if len(letters) < 4:
        return False
    grams = _grams(letters)
    for text in shown:
        for other in (*split_sentences(text)[0], split_sentences(text)[1]):
            earlier = _letters(other)
            if letters == earlier:
                return True
            if len(earlier) < 8 or len(letters) < 8:
                continue
            theirs = _grams(earlier)
            if len(grams & theirs) / len(grams | theirs) >= _ALIKE:
                return True
    return False


def _wrong_language(sentence: str, lang: str) -> bool:
    """One foreign word is fine, a foreign sentence is not."""
    chinese = len(_CJK.findall(sentence))
    words = len(_LATIN_WORD.findall(sentence))
    if lang == "zh":
        return words >= 3 and words * 2 > chinese
    return chinese >= 2 and chinese > words // 2


def _is_garbage(sentence: str) -> bool:
    dense = "".join(sentence.split())
    if not dense:
        return False
    if _RUN.search(dense) or "\ufffd" in dense:
        return True
    said = sum(char.isalnum() for char in dense)
    odd = len(_NOT_WORDS.sub("", dense))
    return (said * 2 < len(dense) and len(dense) > 3) or odd * 4 > len(dense) or not said
