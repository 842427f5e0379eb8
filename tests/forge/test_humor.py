from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from psylite_desktop.content.humor import HumorWords
from psylite_desktop.forge.humor import DOUBTED, TEXTS, _doubt_below, _fit, _logit, _offer_from
from psylite_desktop.forge.humor_texts import OWN, SETS, Talk, _labelled
from psylite_desktop.forge.linear_fit import BITS, Linear, write_linear
from psylite_desktop.safety.lightness import (
    HEADS,
    LAYOUT,
    LENGTHS,
    LightnessClassifier,
    heard,
    sigmoid,
)
from psylite_desktop.safety.linear import LANGS, features

ASSETS = Path(__file__).parents[2] / "assets"


@pytest.mark.parametrize("lang", LANGS)
def test_own_talks_are_many_of_both_kinds_and_none_is_of_a_set(lang: str) -> None:
    own = [
        talk
        for name in OWN
        for talk in _labelled(TEXTS / "humor" / f"{name}_{lang}.jsonl", lang, name)
    ]
    counts = Counter(talk.welcome for talk in own)
    assert min(counts.values()) >= 250
    assert len({talk.texts for talk in own}) == len(own)
    judged = {
        talk.texts
        for name in SETS
        for talk in _labelled(TEXTS / "humor" / f"{name}_{lang}.jsonl", lang, name)
        if len("".join(talk.texts)) > 20  # short orders are everybody's
    }
    assert not judged & {talk.texts for talk in own}
    words = HumorWords.load(ASSETS)
    unsigned = [talk for talk in own if talk.welcome and not words.sign(talk.texts[-1], lang)]
    assert len(unsigned) >= 100, "patterns need no help with what they find"


def test_thresholds_leave_few_false_offers() -> None:
    wrong = [place / 100 for place in range(50)]
    offer = _offer_from(wrong, 100, 0.03)
    assert sum(logit >= offer for logit in wrong) == 3
    assert _doubt_below([0.0, 1.0]) == pytest.approx(DOUBTED)


def test_what_forge_writes_the_app_reads(tmp_path: Path) -> None:
    text, before = "so silly", "quite grave"
    planes = []
    for words, value in ((text, 3.0), (before, -5.0)):
        weights = np.zeros(1 << BITS)
        weights[list(features(words, "en", (1 << BITS) - 1, LENGTHS))] = value
        planes.append(weights)
    heads = dict(zip(HEADS, (Linear(planes[0], -1.0), Linear(planes[1], 0.0)), strict=True))
    said = {"heads": heads, "thresholds": {"offer": 0.6, "doubt": 0.2, "sure": 0.9}}
    write_linear(tmp_path, LAYOUT, dict.fromkeys(LANGS, said), {"seed": 1})
    model = LightnessClassifier.load(tmp_path)
    for texts in ([text], [before, text], ["well", text]):
        logit = _logit(list(heads.values()), heard(texts, "en", BITS))
        assert model.probability(texts, "en") == pytest.approx(sigmoid(logit), abs=0.01)
    assert model.welcomes([text], "en")
    assert model.doubts([before, text], "en")


@pytest.mark.skipif(importlib.util.find_spec("sklearn") is None, reason="needs the extra forge")
def test_the_newest_and_the_earlier_words_are_learnt_apart() -> None:
    talks = [
        Talk(texts, "en", welcome, "own")
        for texts, welcome in (
            (("silly goose",), True),
            (("quiet rain",), False),
            (("grave news", "silly goose"), False),
            (("quiet rain", "silly goose"), True),
        )
        for _ in range(10)
    ]
    read = [heard(talk.texts, "en", BITS) for talk in talks]
    heads = _fit(talks, read, range(len(talks)), seed=1)
    assert [_logit(heads, one) > 0 for one in read] == [talk.welcome for talk in talks]
