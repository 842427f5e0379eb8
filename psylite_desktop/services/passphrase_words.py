"""Passphrases to suggest: words of our own lists, drawn by chance."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

WORDS = 4

_BETWEEN = {"zh": "", "en": " "}
"""Between two words. Chinese has none: an input method would take a blank for its own."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A passphrase as it is to be typed, and how many bits were drawn for it."""

    text: str
    bits: float


class PassphraseWords:
    """Draws words from the system's random source."""

    def __init__(
        self,
        lists: Mapping[str, Sequence[str]],
        choose: Callable[[Sequence[str]], str] = secrets.choice,
    ) -> None:
        """`lists` is keyed by language; `choose` draws one, each as likely as any other."""
        self._lists = lists
        self._choose = choose

    def suggest(self, lang: str) -> Suggestion:
        """Draw four words. A word may come twice: leaving that out would only lose chance."""
        words = self._lists[lang]
        drawn = [self._choose(words) for _ in range(WORDS)]
        return Suggestion(_BETWEEN[lang].join(drawn), WORDS * math.log2(len(words)))
