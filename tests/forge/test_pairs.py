"""Texts of our own for preferences and style: form, variety, balance. Nothing here needs torch."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pytest

from psylite_desktop.forge import corpus, datasets
from psylite_desktop.forge.pairs import FAULTS, KINDS, Pair, length_ratio, load_pairs, split_pairs

if TYPE_CHECKING:
    from psylite_desktop.forge.recipe import Recipe

LANGUAGES = ("zh", "en")
MOST_ALIKE = 0.4


def of(lang: str) -> list[Pair]:
    return [pair for pair in load_pairs() if pair.lang == lang]


def grams(text: str) -> set[str]:
    plain = re.sub(r"[\W_]+", "", text.lower())
    return {plain[at : at + 5] for at in range(max(len(plain) - 4, 1))}


def too_alike(texts: list[str]) -> list[tuple[str, str]]:
    cut = [(text, grams(text)) for text in texts]
    return [
        (one, two)
        for (one, a), (two, b) in itertools.combinations(cut, 2)
        if len(a & b) > MOST_ALIKE * len(a | b)
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_enough_pairs_of_every_kind(lang: str) -> None:
    pairs = of(lang)
    assert len(pairs) >= 120
    assert len({pair.id for pair in pairs}) == len(pairs)
    assert {pair.kind for pair in pairs} == set(KINDS)
    assert {pair.fault for pair in pairs} == set(FAULTS)
    assert min(sum(p.kind == kind for p in pairs) for kind in KINDS) >= 25


@pytest.mark.parametrize("lang", LANGUAGES)
def test_length_tells_nothing_about_which_reply_is_better(lang: str) -> None:
    ratios = [length_ratio(pair) for pair in of(lang)]
    assert all(0.8 <= ratio <= 1.2 for ratio in ratios)
    assert 0.9 <= sum(ratios) / len(ratios) <= 1.1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_chosen_replies_are_short_and_ask_one_thing_at_most(lang: str) -> None:
    for pair in of(lang):
        assert len(pair.chosen) <= (60 if lang == "zh" else 130), pair.id
        assert pair.chosen.count("？") + pair.chosen.count("?") <= 1, pair.id
        assert not re.search("[!！您]", pair.chosen), pair.id
        assert len(datasets.sentences(pair.chosen)) <= 4, pair.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_chosen_replies_pass_the_filters_of_style(lang: str, recipe: Recipe) -> None:
    rules = recipe.cleaning
    for pair in of(lang):
        for bad in (datasets.has_slogan, datasets.has_diagnosis, datasets.has_list):
            assert not bad(pair.chosen, lang, rules), pair.id
        assert not datasets.is_preachy(pair.chosen, lang, rules), pair.id
        assert not datasets.wrong_script(pair.chosen, lang, rules), pair.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pairs_are_varied(lang: str) -> None:
    pairs = of(lang)
    assert len({pair.user for pair in pairs}) == len(pairs)
    assert too_alike([pair.chosen for pair in pairs]) == []
    assert too_alike([pair.rejected for pair in pairs]) == []


def test_a_share_of_the_pairs_is_kept_to_judge_by() -> None:
    learnt, judged = split_pairs(load_pairs(), 20)
    assert len(learnt) + len(judged) == len(load_pairs())
    assert {pair.lang for pair in judged} == set(LANGUAGES)
    assert {pair.kind for pair in judged} == set(KINDS)
    assert 0.1 < len(judged) / len(load_pairs()) < 0.3


def test_our_english_dialogues_are_varied_and_of_three_or_four_turns() -> None:
    own = [dialogue for dialogue in corpus.load_seeds() if dialogue.id.startswith("own-en")]
    assert len(own) >= 60
    assert {len(dialogue.turns) for dialogue in own} == {3, 4}
    assert too_alike(["".join(t.user + t.reply for t in d.turns) for d in own]) == []
    assert too_alike([turn.reply for dialogue in own for turn in dialogue.turns]) == []
