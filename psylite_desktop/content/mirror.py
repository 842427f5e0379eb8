"""What the Mirror reads by: words of themes and tone, patterns of habits of thought."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import Provenance
from psylite_desktop.domain.mirror import Distortion, Theme

LANGS = ("zh", "en")
_PART = re.compile(r"[a-z0-9]+")
_NAME = re.compile(r"<([a-z]+)>")


class ThemeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of one theme: strong ones count 2, words 1, weak ones a half."""

    strong: tuple[str, ...]
    words: tuple[str, ...]
    weak: tuple[str, ...]


class Ignored(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that say nothing but cover shorter ones inside them."""

    words: tuple[str, ...]


class ToneShift(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that turn, strengthen, weaken or move the weight of what stands near them."""

    negations: tuple[str, ...]
    strengthen: tuple[str, ...]
    weaken: tuple[str, ...]
    contrast: tuple[str, ...]
    concede: tuple[str, ...]


class ToneFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """mirror/tone.toml; weights are keyed by a number from -3 to 3."""

    about: Provenance
    weights: dict[str, tuple[str, ...]]
    shift: ToneShift


class HabitPatterns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of one habit; `never` speaks against all of them in the same sentence."""

    found: tuple[str, ...]
    never: tuple[str, ...]
    asks: bool = False


class Excuses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes a sentence mean something else, whatever the habit."""

    balanced: str
    joke: str
    reported: str
    quoting: str
    question: str


class HabitsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """mirror/habits.toml."""

    about: Provenance
    words: dict[str, str]
    excuses: Excuses
    habit: dict[str, HabitPatterns]


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a lexicon in a plain text, with what it weighs under each label."""

    start: int
    end: int
    word: str
    labels: tuple[tuple[str, float], ...]


class Lexicon:
    """Finds words, the longest first and none inside another, in time linear in the text."""

    def __init__(self, lang: str, words: Mapping[str, Mapping[str, float]]) -> None:
        """`words` has the weight of each word under each label."""
        self._is_spaced = lang == "en"
        self._whole: dict[str, tuple[tuple[str, float], ...]] = {}
        self._stems: dict[str, tuple[tuple[str, float], ...]] = {}
        self._longest = 1
        for word, labels in words.items():
            place = self._stems if word.endswith("*") else self._whole
            place[word.rstrip("*")] = tuple(labels.items())
            size = len(word.split()) if self._is_spaced else len(word)
            self._longest = max(self._longest, size)

    def find(self, text: str) -> Iterator[Hit]:
        """All words of a plain text in their order."""
        return self._find_spaced(text) if self._is_spaced else self._find_dense(text)

    def _find_dense(self, text: str) -> Iterator[Hit]:
        place, size = 0, len(text)
        while place < size:
            for long in range(min(self._longest, size - place), 0, -1):
                word = text[place : place + long]
                labels = self._whole.get(word)
                if labels is not None:
                    yield Hit(place, place + long, word, labels)
                    place += long
                    break
            else:
                place += 1

    def _find_spaced(self, text: str) -> Iterator[Hit]:
        parts = [(found.start(), found.end(), found.group()) for found in _PART.finditer(text)]
        place = 0
        while place < len(parts):
            for long in range(min(self._longest, len(parts) - place), 0, -1):
                word = " ".join(part[2] for part in parts[place : place + long])
                labels = self._whole.get(word) or (self._stem(word) if long == 1 else None)
                if labels is not None:
                    yield Hit(parts[place][0], parts[place + long - 1][1], word, labels)
                    place += long
                    break
            else:
                place += 1

    def _stem(self, word: str) -> tuple[tuple[str, float], ...] | None:
        for long in range(min(len(word), 14), 2, -1):
            labels = self._stems.get(word[:long])
            if labels is not None:
                return labels
        return None


@dataclass(frozen=True, slots=True)
class HabitWords:
    """One habit, compiled."""

    kind: Distortion
    found: tuple[re.Pattern[str], ...]
    never: re.Pattern[str] | None
    asks: bool


@dataclass(frozen=True, slots=True)
class Guards:
    """What makes a sentence mean something else, compiled."""

    balanced: re.Pattern[str]
    joke: re.Pattern[str]
    reported: re.Pattern[str]
    quoting: re.Pattern[str]
    question: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class MirrorWords:
    """Everything of one language; texts are given in plain form."""

    themes: Lexicon
    tone: Lexicon
    shift: Mapping[str, tuple[str, ...]]
    contrast: re.Pattern[str]
    concede: re.Pattern[str]
    habits: tuple[HabitWords, ...]
    guards: Guards

    @classmethod
    def load(cls, assets_dir: Path, lang: str) -> MirrorWords:
        """Read content/<lang>/mirror/*.toml. Raises InputError("content_invalid")."""
        folder = assets_dir / "content" / lang / "mirror"
        tone = read_toml(folder / "tone.toml", ToneFile)
        weights = {
            word: {"tone": float(weight)}
            for weight, words in tone.weights.items()
            for word in words
        }
        habits, guards = _habits(folder / "habits.toml")
        shift = tone.shift
        return cls(
            themes=Lexicon(lang, _themes(folder / "themes.toml")),
            tone=Lexicon(lang, weights),
            shift={
                "negations": shift.negations,
                "strengthen": shift.strengthen,
                "weaken": shift.weaken,
            },
            contrast=_any_of(shift.contrast, lang),
            concede=_any_of(shift.concede, lang),
            habits=habits,
            guards=guards,
        )


def _any_of(words: Sequence[str], lang: str) -> re.Pattern[str]:
    said = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{said})\b" if lang == "en" else said)


def _themes(path: Path) -> dict[str, dict[str, float]]:
    raw = read_toml(path, dict[str, object])
    names = {"about", "ignored", *Theme}
    if set(raw) != names:
        wrong = ", ".join(sorted(set(raw) ^ names))
        raise invalid(path, where="$", reason=f"sections differ: {wrong}")
    found: dict[str, dict[str, float]] = {}
    for theme in Theme:
        words = msgspec.convert(raw[theme.value], ThemeWords)
        for weight, group in ((0.5, words.weak), (1.0, words.words), (2.0, words.strong)):
            for word in group:
                found.setdefault(word, {})[theme.value] = weight
    for word in msgspec.convert(raw["ignored"], Ignored).words:
        found.setdefault(word, {})
    return found


def _habits(path: Path) -> tuple[tuple[HabitWords, ...], Guards]:
    file = read_toml(path, HabitsFile)
    if set(file.habit) != set(Distortion):
        raise invalid(path, where="habit", reason="not the twelve habits")

    def whole(pattern: str) -> str:
        return _NAME.sub(lambda name: file.words[name.group(1)], pattern)

    try:
        habits = tuple(
            HabitWords(
                kind,
                # One by one: each is skipped quickly where its first character does not come.
                tuple(re.compile(whole(one)) for one in file.habit[kind].found),
                re.compile("|".join(map(whole, file.habit[kind].never)))
                if file.habit[kind].never
                else None,
                file.habit[kind].asks,
            )
            for kind in Distortion
        )
        excuses = file.excuses
        guards = Guards(
            re.compile(whole(excuses.balanced)),
            re.compile(whole(excuses.joke)),
            re.compile(whole(excuses.reported)),
            re.compile(whole(excuses.quoting)),
            re.compile(whole(excuses.question)),
        )
    except (re.error, KeyError) as error:
        raise invalid(path, where="habit", reason=str(error)) from None
    return habits, guards
