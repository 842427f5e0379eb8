"""Exchanges words of a text for their meaning in the other language, so that both learn from each.

`forge/glossary.py` reads the words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence


class Exchange:
    """Exchanges glossary words for their meaning in the other language, in some texts."""

    def __init__(self, glossary: Sequence[tuple[str, str]], share: float, seed: int) -> None:
        """`glossary` holds pairs of an English and a Chinese word; `share` of words exchanged."""
        self._english: dict[str, list[str]] = {}
        self._chinese: dict[str, list[str]] = {}
        for english, chinese in glossary:
            self._english.setdefault(english, []).append(chinese)
            if len(chinese) > 1:
                self._chinese.setdefault(chinese, []).append(english)
        words = sorted(self._chinese, key=len, reverse=True)
        self._han = re.compile("|".join(map(re.escape, words)) or "(?!)")
        self._share = share
        self._chance = random.Random(seed)

    def __call__(self, text: str) -> str:
        """The text with words exchanged: one text in four, and there `share` of its words."""
        if self._chance.random() > 0.25:
            return text
        text = self._han.sub(lambda found: self._drawn(self._chinese, found[0], " "), text)
        return re.sub(r"[a-z]+", lambda found: self._drawn(self._english, found[0], ""), text)

    def _drawn(self, meanings: dict[str, list[str]], word: str, edge: str) -> str:
        known = meanings.get(word)
        if not known or self._chance.random() > self._share:
            return word
        return f"{edge}{self._chance.choice(known)}{edge}"
