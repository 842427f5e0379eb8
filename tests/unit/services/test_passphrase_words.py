"""Suggested passphrases: drawn, acceptable, and worth what is said."""

from __future__ import annotations

import pytest

from psylite_desktop.content.passphrase_words import COUNT, load_passphrase_words
from psylite_desktop.services.passphrase_strength import Strength, strength_of
from psylite_desktop.services.passphrase_words import WORDS, PassphraseWords
from tests.unit.services.conftest import ASSETS

LISTS = load_passphrase_words(ASSETS)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_suggestion_is_accepted_and_good(lang: str) -> None:
    words = PassphraseWords(LISTS)
    seen = set()
    for _ in range(200):
        made = words.suggest(lang)
        seen.add(made.text)
        assert made.bits == 11 * WORDS
        assert strength_of(made.text, made.bits) is Strength.GOOD
    assert len(seen) == 200


def test_words_stand_as_they_are_typed() -> None:
    words = PassphraseWords(LISTS, lambda words: words[0])
    assert words.suggest("en").text == " ".join(["abacus"] * 4)
    assert words.suggest("zh").text == LISTS["zh"][0] * 4


def test_every_word_can_be_drawn() -> None:
    drawn: list[int] = []

    def choose(words: object) -> str:
        assert isinstance(words, tuple)
        drawn.append(len(words))
        return str(words[-1])

    PassphraseWords(LISTS, choose).suggest("zh")
    assert drawn == [COUNT] * WORDS
