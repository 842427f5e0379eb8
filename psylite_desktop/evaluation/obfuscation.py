"""Twelve ways in which people hide telling words, done to a text for measuring.

What is hidden and how stands in `obfuscation.toml`, which knows nothing of the table that undoes
disguises: a bench that asked the decoder what to hide would always find it well hidden. A
transform returns no text where it has no suitable word; the same text always gives the same.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from psylite_desktop.evaluation.hide_chinese import ChineseWords
from psylite_desktop.evaluation.hide_english import EnglishWords

TABLE = Path(__file__).with_name("obfuscation.toml")
TRANSFORMS = (
    "homophone",
    "pinyin",
    "initials",
    "split",
    "full_width",
    "zero_width",
    "emoji",
    "leet",
    "typo",
    "traditional",
    "code_mix",
    "spacing",
)
MOST = 3
"""Texts that one transform makes of one text at most."""


class Obfuscation:
    """All transforms of both languages."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """`data` is the table as read. Raises KeyError."""
        self._hidden: Mapping[str, Callable[[str, str], Iterable[str]]] = {
            "zh": ChineseWords(data).hidden,
            "en": EnglishWords(data).hidden,
        }

    @classmethod
    def load(cls) -> Obfuscation:
        """Read the table beside this module."""
        return cls(tomllib.loads(TABLE.read_text(encoding="utf-8")))

    def disguised(self, text: str, transform: str, lang: str) -> tuple[str, ...]:
        """The text under a transform: up to `MOST` different ones, never the text itself.

        Raises KeyError for a language other than zh and en; an unknown transform is an error too.
        """
        if transform not in TRANSFORMS:
            raise KeyError(transform)
        made = dict.fromkeys(self._hidden[lang](text, transform))
        made.pop(text, None)
        return tuple(made)[:MOST]
