"""Classes of words that mean the same kind of thing: a painkiller, a high place, one's mother.

With them the linear risk model hears of a drug or a place that none of its texts named. Measured
on authors whom no model had seen, mean recall at six rates of false alarms: English .590 without,
.605 with them, Chinese .695 and .704, which is as much as a third more texts would bring.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from psylite_desktop.safety.linear import LANGS, characters_of, words_of

WORD_CLASSES = "word_classes.json"
MARK = "#"
_BETWEEN = {"zh": "", "en": " "}


class WordClasses:
    """Finds classes in plain sentences. Immutable; safe to use from any thread."""

    def __init__(self, classes: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        """The words of each class by language; a word of English may be a phrase.

        Raises KeyError, TypeError and AttributeError where it is something else.
        """
        self._class = {
            lang: {word: MARK + name for name, words in classes[lang].items() for word in words}
            for lang in LANGS
        }
        self._longest = {
            lang: max((len(_parts(word, lang)) for word in words), default=1)
            for lang, words in self._class.items()
        }

    @classmethod
    def load(cls, path: Path) -> WordClasses:
        """Read a file of them. Raises OSError, ValueError and as the constructor does."""
        return cls(json.loads(path.read_bytes()))

    def row(self, sentence: str, lang: str) -> list[str]:
        """A plain sentence as a row of classes and, where there is none, words or characters.

        The longest word that begins at a place is taken.
        """
        known, longest, between = self._class[lang], self._longest[lang], _BETWEEN[lang]
        parts = _parts(sentence, lang)
        row: list[str] = []
        place = 0
        while place < len(parts):
            for long in range(min(longest, len(parts) - place), 0, -1):
                found = known.get(between.join(parts[place : place + long]))
                if found is not None:
                    row.append(found)
                    break
            else:
                long = 1
                row.append(parts[place])
            place += long
        return row


def _parts(text: str, lang: str) -> Sequence[str]:
    return characters_of(text) if lang == "zh" else words_of(text)
